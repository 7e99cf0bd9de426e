//! `search/terms-<hash>.json`: the names of themes, factors, systems and glossary entries, and all other words for them, so that what a
//! reader types exactly stands above the results. An id of one word, or of two, is one of them: it is often what a long name is for short.
//!
//! Version 1: a list of `[number of the record, name, other word, …]`. The name of a glossary entry is its abbreviation, and its only
//! other word what that stands for.

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
                    json!([record, entry.abbr, entry.expansion])
                }
                _ => return None,
            })
        })
        .collect();
    super::file::json(&terms)
}

fn term(record: usize, term: &impl Term) -> Value {
    let mut list = vec![json!(record), json!(term.label())];
    list.extend(term.aliases().iter().map(|alias| json!(alias.value)));
    if term.id().matches('-').count() < 2 {
        list.push(json!(term.id()));
    }
    Value::from(list)
}
