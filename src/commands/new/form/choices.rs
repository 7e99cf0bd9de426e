//! What may stand after a key, as lines for whoever fills it in.

use std::collections::BTreeMap;

use crate::content::Library;
use crate::schema::{Word, list, terms};
use crate::source::Value;

/// The choices of keys. Each list is written out once; after that, the key that has it is named.
pub(super) struct Choices<'l> {
    library: &'l Library,
    told: BTreeMap<&'static str, String>,
}

impl<'l> Choices<'l> {
    pub(super) fn new(library: &'l Library) -> Self {
        Self {
            library,
            told: BTreeMap::new(),
        }
    }

    /// Lines for the key `name`; none where anything may stand there.
    pub(super) fn of(&mut self, name: &str, value: Value) -> Vec<String> {
        let vocabulary = &self.library.vocabulary;
        match value {
            Value::List(inner) | Value::OneOrMany(inner) => {
                let mut lines = self.of(name, *inner);
                if let Some(first) = lines.first_mut()
                    && matches!(value, Value::OneOrMany(_))
                {
                    first.insert_str(0, "One, or a list such as [a, b]. ");
                }
                lines
            }
            Value::TextOrRecord(inner, _) => self.of(name, *inner),
            Value::OneOf(words) => vec![format!("The choices: {}", words.join(", "))],
            Value::Choice(field) => self.words(field, name, list(field, vocabulary)),
            Value::ChoiceRange(field) => {
                let mut lines = self.words(field, name, list(field, vocabulary));
                if list(field, vocabulary).is_some() {
                    lines.push("A range has two dots: lower..higher".to_owned());
                }
                lines
            }
            Value::Term("references") => {
                vec![
                    "Ids of records in content/evidence; a new document needs a record first."
                        .into(),
                ]
            }
            Value::Term(kind) => self.words(kind, name, terms(kind, vocabulary, None)),
            Value::Day | Value::Date => vec!["Such as 2026-11-25".to_owned()],
            Value::WebAddress => vec!["Such as https://example.org/report".to_owned()],
            _ => Vec::new(),
        }
    }

    fn words(&mut self, list: &'static str, name: &str, words: Option<Vec<Word>>) -> Vec<String> {
        let Some(words) = words else {
            return Vec::new();
        };
        if let Some(first) = self.told.get(list) {
            return vec![format!("The choices are those of `{first}` above.")];
        }
        self.told.insert(list, name.to_owned());
        let mut groups: Vec<(Option<&str>, Vec<&str>)> = Vec::new();
        for word in words.iter().filter(|word| !word.retired) {
            let group = word.group.as_deref();
            match groups.iter_mut().find(|(known, _)| *known == group) {
                Some((_, ids)) => ids.push(&word.id),
                None => groups.push((group, vec![&word.id])),
            }
        }
        if groups.is_empty() {
            return vec!["There is nothing to choose from yet.".to_owned()];
        }
        if let [(None, ids)] = groups.as_slice() {
            return vec![format!("The choices: {}", ids.join(", "))];
        }
        let mut lines = vec!["The choices:".to_owned()];
        lines.extend(groups.iter().map(|(group, ids)| {
            let group = group.unwrap_or("Others");
            format!("- {group}: {}", ids.join(", "))
        }));
        lines
    }
}
