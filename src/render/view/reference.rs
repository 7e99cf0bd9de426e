//! Reference records: each with who cites it, and the list of all.

use std::collections::BTreeMap;

use tera::Value;

use super::super::value::{list, object, optional, text};
use super::review::review_card;
use super::{Fields, Site};
use crate::content::Reference;
use crate::id::Id;
use crate::slug::slugify;

/// Values of `reference.html`.
pub(in crate::render) fn reference(id: Id<Reference>, site: &Site<'_>) -> Fields {
    let reference = site.library.references.get(id);
    let reviews = site
        .library
        .reviews()
        .iter()
        .filter(|review| review.is_listed() && review.references.contains(&id))
        .map(review_card);
    let factors = site
        .library
        .vocabulary
        .factors
        .iter()
        .filter(|(_, factor)| factor.sources.contains(&reference.id))
        .map(|(factor, _)| site.factor_link(factor));
    vec![
        ("reference", site.cards.reference(id)),
        (
            "details",
            object([
                ("access", optional(reference.access.as_deref())),
                ("url", optional(reference.url.as_deref())),
                (
                    "themes",
                    list(reference.themes.iter().map(|theme| site.theme_link(*theme))),
                ),
                (
                    "bibtex",
                    text(super::super::bibliography::bibtex(reference)),
                ),
            ]),
        ),
        ("studies", site.cards.list(site.graph.tags.reference(id))),
        ("reviews", list(reviews)),
        ("factors", list(factors)),
    ]
}

/// A kind of reference: its name, and its references.
type Kind<'r> = (&'r str, Vec<Id<Reference>>);

/// Values of `references.html`: by type, each list in the order of year (latest first) and title.
pub(in crate::render) fn references(site: &Site<'_>) -> Fields {
    let references = &site.library.references;
    // Kinds that differ in case or hyphens alone are one; the spelling that comes first names it.
    let mut kinds: BTreeMap<(bool, String), Kind<'_>> = BTreeMap::new();
    for (id, reference) in references.iter() {
        let kind = reference.kind.as_deref().unwrap_or("other");
        let slug = slugify(kind);
        let group = kinds.entry((slug == "other", slug));
        group.or_insert((kind, Vec::new())).1.push(id);
    }
    let groups = kinds.into_iter().map(|((_, slug), (kind, mut ids))| {
        ids.sort_by_key(|id| {
            let reference = references.get(*id);
            (std::cmp::Reverse(reference.year), &reference.title, *id)
        });
        let rows = ids.into_iter().map(|id| {
            object([
                ("reference", site.cards.reference(id)),
                ("studies", Value::from(site.graph.tags.reference(id).len())),
            ])
        });
        let label = if slug == "other" {
            "Other".to_owned()
        } else {
            plural(kind)
        };
        object([
            ("id", text(format!("kind-{slug}"))),
            ("label", text(label)),
            ("references", list(rows)),
        ])
    });
    vec![
        ("groups", list(groups)),
        ("count", Value::from(references.len())),
    ]
}

/// The name of several documents of a kind: Articles, Theses.
fn plural(kind: &str) -> String {
    let mut letters = kind.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    let word = first.unwrap_or_default() + letters.as_str();
    match word.strip_suffix("is") {
        Some(stem) => format!("{stem}es"),
        None if word.ends_with('s') => word,
        None => format!("{word}s"),
    }
}
