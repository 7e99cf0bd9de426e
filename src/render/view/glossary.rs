//! The glossary.

use tera::Value;

use super::super::value::{list, object, text};
use super::{Fields, Site};

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
