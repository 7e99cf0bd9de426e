//! Where the facts of a study come from, and what else it cites.

use tera::Value;

use super::super::super::value::{object, optional};
use super::super::Site;
use crate::content::{Source, Study};

/// Where the facts come from.
pub(super) fn sources(study: &Study, site: &Site<'_>) -> impl Iterator<Item = Value> {
    study.sources.iter().map(|source| {
        let (reference, url, place) = match source {
            Source::Reference(reference, place) => {
                (site.cards.reference(*reference), None, place.as_deref())
            }
            Source::Url(url, place) => (Value::none(), Some(url), place.as_deref()),
        };
        object([
            ("reference", reference),
            ("url", optional(url)),
            ("place", optional(place)),
        ])
    })
}

/// What a study cites beyond its sources, which the page names by themselves.
pub(super) fn references(study: &Study, site: &Site<'_>) -> impl Iterator<Item = Value> {
    study
        .references
        .iter()
        .filter(|reference| {
            !study
                .sources
                .iter()
                .any(|source| matches!(source, Source::Reference(known, _) if known == *reference))
        })
        .map(|reference| site.cards.reference(*reference))
}
