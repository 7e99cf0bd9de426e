//! `search/terms-<hash>.json`: the names of themes, factors, systems and glossary entries, and all other words for them, so that what a
//! reader types exactly stands above the results. So do its codes, and an id of one word, or of two: it is often what a long name is for
//! short, but no word that readers are told of.
//!
//! Version 2: a list of `[number of the record, [name, other word, …], [key, …]]`. The name of a glossary entry is its abbreviation,
//! and its only other word what that stands for.

use serde_json::{Value, json};

use super::records::Subject;
use crate::content::Library;
use crate::vocabulary::Term;

/// The terms among the records.
pub(super) fn write(library: &Library, subjects: &[Subject]) -> Vec<u8> {
    let vocabulary = &library.vocabulary;
    let terms: Vec<Value> = subjects
        .iter()
        .enumerate()
        .filter_map(|(record, subject)| {
            Some(match *subject {
                Subject::Theme(id) => term(record, vocabulary.themes.get(id)),
                Subject::Factor(id) => term(record, vocabulary.factors.get(id)),
                Subject::System(id) => term(record, vocabulary.systems.get(id)),
                Subject::Glossary(id) => {
                    let entry = vocabulary.glossary.get(id);
                    json!([record, [entry.abbr, entry.expansion], []])
                }
                _ => return None,
            })
        })
        .collect();
    super::file::json(&terms)
}

fn term(record: usize, term: &impl Term) -> Value {
    let aliases = term.aliases().iter().map(|alias| alias.value.as_str());
    let names: Vec<&str> = std::iter::once(term.label()).chain(aliases).collect();
    let mut keys = term.codes();
    if term.id().matches('-').count() < 2 {
        keys.push(term.id());
    }
    json!([record, names, keys])
}
