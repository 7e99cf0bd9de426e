//! The list of all studies, and the glossary.

use tera::Value;

use super::super::value::{list, object, text};
use super::{Fields, Site};

/// Values of `studies.html`: all listed studies, newest first, then by title.
pub(in crate::render) fn studies(site: &Site<'_>) -> Fields {
    let mut studies: Vec<_> = site.library.listed_studies().collect();
    studies.sort_by_key(|(id, study)| (std::cmp::Reverse(study.published), &study.title, *id));
    let count = studies.len();
    vec![
        (
            "studies",
            site.cards.studies(studies.iter().map(|(id, _)| *id)),
        ),
        ("count", Value::from(count)),
    ]
}

/// Values of `glossary.html`: all entries in the order of their letters, upper and lower case alike.
pub(in crate::render) fn glossary(site: &Site<'_>) -> Fields {
    let mut entries: Vec<_> = site
        .library
        .vocabulary
        .glossary
        .iter()
        .map(|(_, entry)| entry)
        .collect();
    entries.sort_by_key(|entry| (entry.abbr.to_lowercase(), &entry.expansion, &entry.id));
    let entries = entries.into_iter().map(|entry| {
        object([
            ("id", text(&entry.id)),
            ("abbr", text(&entry.abbr)),
            ("expansion", text(&entry.expansion)),
            ("definition", text(&entry.definition)),
            ("ambiguous", Value::from(entry.ambiguous)),
        ])
    });
    vec![("entries", list(entries))]
}
