//! The page of a study.

mod factors;
mod found;
mod near;
mod participation;
mod sources;

pub(super) use self::found::outcomes;
pub(super) use self::participation::level as participation_level;

use anyhow::Result;
use tera::Value;

use super::super::bibliography;
use super::super::value::{list, markup, object, optional, text};
use super::explained::Explained;
use super::{Fields, Site, choice_labels, toc};
use crate::config::Config;
use crate::content::{Status, Study};
use crate::date::{self, PartialDate};
use crate::id::Id;

/// A body with fewer headings needs no table of contents.
const MIN_TOC: usize = 3;

/// Values of `study.html`. Texts are made in the order in which the page shows them: an abbreviation is explained where it
/// is read first.
///
/// # Errors
/// When a component of the skin fails.
pub(in crate::render) fn study(id: Id<Study>, site: &Site<'_>) -> Result<Fields> {
    let (study, account) = (site.library.study(id), site.library.account(id));
    let body = site.study_body(id);
    let headings = body.map_or(&[][..], |body| body.headings);
    let explained = || Explained::new(&site.library.vocabulary, "../../");
    let mut first = explained();
    let facts = facts(id, site, &mut first);
    let (groups, counterpoints) = factors::groups(id, study, site, &mut first)?;
    let outcomes = list(found::outcomes(account, &mut first));
    let configurations = list(found::configurations(account, &mut first));
    let certainty = found::certainty(study, account, site.config, &mut first);
    if study.status == Status::Withdrawn {
        // The page shows the body and nothing else.
        first = explained();
    }
    Ok(vec![
        ("study", facts),
        ("groups", groups),
        ("outcomes", outcomes),
        (
            "participation",
            participation::participation(study, &site.library.vocabulary),
        ),
        ("configurations", configurations),
        ("certainty", certainty),
        ("body", first.body(body)),
        (
            "toc",
            toc(if headings.len() >= MIN_TOC {
                headings
            } else {
                &[]
            }),
        ),
        ("counterpoints", counterpoints),
        ("linked", near::linked(id, site)),
        ("related", near::related(id, site)),
        ("mentions", near::mentions(&study.path, site)),
        ("sources", list(sources::sources(study, site))),
        ("references", list(sources::references(study, site))),
        ("edit_url", optional(site.edit_url(&study.path))),
        ("citation", text(citation(study, site.config))),
        (
            "bibtex",
            text(bibliography::study_bibtex(study, site.config)),
        ),
    ])
}

/// What stands at the head of the page and at its side.
fn facts(id: Id<Study>, site: &Site<'_>, first: &mut Explained<'_>) -> Value {
    let (study, account) = (site.library.study(id), site.library.account(id));
    let summary = first.text(site.library.summary(id));
    let partners = study.partners.iter().map(|partner| {
        object([
            ("name", text(&partner.name)),
            (
                "kind",
                optional(partner.kind.as_ref().map(|kind| &kind.label)),
            ),
        ])
    });
    let population = first.optional(account.population.as_deref());
    let effort = account.effort.iter().map(|(key, words)| {
        let label = match key {
            "staff" => "Staff",
            "cost" => "Cost",
            _ => "Time",
        };
        object([("label", text(label)), ("text", first.text(words))])
    });
    object([
        ("title", text(&study.title)),
        ("summary", summary),
        ("status", text(study.status.as_str())),
        (
            "withdrawn_reason",
            optional(account.withdrawn_reason.as_deref()),
        ),
        (
            "systems",
            list(study.systems.iter().map(|system| site.system_link(*system))),
        ),
        ("system_inferred", Value::from(study.system_inferred)),
        ("place", optional(study.place.as_deref())),
        ("levels", choice_labels(&study.levels)),
        (
            "organisational_levels",
            choice_labels(&study.organisational_levels),
        ),
        ("period", optional(study.period_in_words())),
        ("timeline", timeline(study, site)),
        ("population", population),
        ("partners", list(partners)),
        (
            "programme",
            optional(study.programme.as_ref().map(|programme| &programme.label)),
        ),
        (
            "themes",
            list(study.themes.iter().map(|theme| site.theme_link(*theme))),
        ),
        ("effort", list(effort)),
        ("published", text(study.published.to_string())),
        ("published_words", text(date::in_words(study.published))),
        ("updated_words", optional(study.updated.map(date::in_words))),
    ])
}

/// How to cite the page, in one line.
fn citation(study: &Study, config: &Config) -> String {
    format!(
        "{}. {}, {}. {}",
        study.title.trim_end_matches('.'),
        config.title,
        date::in_words(study.modified()),
        config.base_url.public(&study.output_path())
    )
}

/// Its period among the years of the library; none when nobody says when it began.
fn timeline(study: &Study, site: &Site<'_>) -> Value {
    match (site.axis(), study.start) {
        (Some(axis), Some(start)) => {
            let end = study.end.map(PartialDate::last_day);
            markup(&axis.period(start.first_day(), end))
        }
        _ => Value::none(),
    }
}
