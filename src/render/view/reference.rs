//! Reference records: each with who cites it, and the list of all.

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
        (
            "studies",
            site.cards
                .studies(site.graph.tags.reference(id).iter().copied()),
        ),
        ("reviews", list(reviews)),
        ("factors", list(factors)),
    ]
}

/// Values of `references.html`: by type, each list in the order of year (latest first) and title.
pub(in crate::render) fn references(site: &Site<'_>) -> Fields {
    let references = &site.library.references;
    let mut kinds: Vec<Option<&str>> = references
        .iter()
        .map(|(_, reference)| reference.kind.as_deref())
        .collect();
    kinds.sort_unstable_by_key(|kind| (kind.is_none(), *kind));
    kinds.dedup();
    let groups = kinds.into_iter().map(|kind| {
        let mut of_kind: Vec<_> = references
            .iter()
            .filter(|(_, reference)| reference.kind.as_deref() == kind)
            .collect();
        of_kind.sort_by_key(|(id, reference)| {
            (std::cmp::Reverse(reference.year), &reference.title, *id)
        });
        let rows = of_kind.into_iter().map(|(id, _)| {
            object([
                ("reference", site.cards.reference(id)),
                ("studies", Value::from(site.graph.tags.reference(id).len())),
            ])
        });
        object([
            (
                "id",
                text(format!("kind-{}", slugify(kind.unwrap_or("other")))),
            ),
            (
                "label",
                text(kind.map_or_else(|| "Other".to_owned(), plural)),
            ),
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
