//! Replacements that are certain enough to be made without asking: what they are in a file, and the text they make.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Diagnostic, Report, Span};

/// A replacement in one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The bytes that go.
    pub span: Span,
    /// What comes in their place.
    pub replacement: String,
}

/// The edits that a report offers, by file: of each diagnostic the first replacement that is certain.
pub fn edits(report: &Report) -> BTreeMap<Arc<str>, Vec<Edit>> {
    let mut files: BTreeMap<Arc<str>, Vec<Edit>> = BTreeMap::new();
    for diagnostic in report.diagnostics() {
        let mut suggestions = diagnostic.suggestions.iter();
        if let Some(certain) = suggestions.find(|suggestion| suggestion.machine_applicable) {
            let edits = files.entry(diagnostic.path.clone()).or_default();
            edits.push(Edit {
                span: certain.span.clone(),
                replacement: certain.replacement.clone(),
            });
        }
    }
    files
}

/// The text with the edits made, and how many were made. Of edits that overlap the first in the text wins; those that
/// change nothing, or don't fit the text, are left out.
pub fn apply(text: &str, mut edits: Vec<Edit>) -> (String, usize) {
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    let mut last: Option<Span> = None;
    let mut made = 0;
    for Edit { span, replacement } in edits {
        let overlaps = last
            .as_ref()
            .is_some_and(|last| span.start < last.end || span.start == last.start);
        match text.get(span.clone()) {
            Some(old) if !overlaps && old != replacement => {}
            _ => continue,
        }
        out.push_str(&text[at..span.start]);
        out.push_str(&replacement);
        at = span.end;
        last = Some(span);
        made += 1;
    }
    out.push_str(&text[at..]);
    (out, made)
}

/// Makes the replacements of a diagnostic fit the text that they go into: what stood in quotes stays in them. One that
/// would not be the same in YAML is no longer made without asking.
pub(crate) fn fit(diagnostic: &mut Diagnostic, text: &str) {
    for suggestion in &mut diagnostic.suggestions {
        let Some(old) = text.get(suggestion.span.clone()) else {
            suggestion.machine_applicable = false;
            continue;
        };
        let is_word = is_word(&suggestion.replacement);
        match quote(old) {
            Some(quote) if is_word => {
                suggestion.replacement = format!("{quote}{}{quote}", suggestion.replacement);
            }
            _ => suggestion.machine_applicable &= is_word,
        }
    }
}

/// Whether a text means itself in YAML without quotes, as ids, keys, dates and ranges of ids do.
fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
        && text != "null"
}

/// The quotation mark that a text begins and ends with.
fn quote(text: &str) -> Option<char> {
    let first = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    (text.len() >= 2 && text.ends_with(first)).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::rules;
    use proptest::prelude::*;

    fn edit(span: Span, replacement: &str) -> Edit {
        Edit {
            span,
            replacement: replacement.to_owned(),
        }
    }

    #[test]
    fn edits_are_made_in_the_order_of_the_text_and_the_first_of_two_wins() {
        let edits = vec![edit(8..11, "III"), edit(0..3, "I"), edit(4..7, "II")];
        assert_eq!(apply("one two six", edits), ("I II III".to_owned(), 3));
        let edits = vec![
            edit(2..7, "x"),
            edit(0..3, "I"),
            edit(0..3, "J"),
            edit(3..4, "-"),
        ];
        assert_eq!(apply("one two", edits), ("I-two".to_owned(), 2));
    }

    #[test]
    fn edits_that_do_not_fit_or_change_nothing_are_left_out() {
        let edits = vec![edit(1..2, "x"), edit(2..9, "x"), edit(2..3, "a")];
        assert_eq!(apply("éa", edits), ("éa".to_owned(), 0));
    }

    fn fitted(old: &str, replacement: &str) -> (String, bool) {
        let mut diagnostic = Diagnostic::new(&rules::ALIAS_USED, &"a".into(), 0..old.len(), "x")
            .suggest_at(0..old.len(), replacement, "x", true);
        fit(&mut diagnostic, old);
        let suggestion = diagnostic.suggestions.remove(0);
        (suggestion.replacement, suggestion.machine_applicable)
    }

    #[test]
    fn quotes_stay_and_what_yaml_would_read_otherwise_is_left_to_people() {
        assert_eq!(
            fitted("\"Co location\"", "co-location"),
            ("\"co-location\"".to_owned(), true)
        );
        assert_eq!(
            fitted("'x'", "co-location"),
            ("'co-location'".to_owned(), true)
        );
        assert_eq!(
            fitted("Co\n  location", "co-location"),
            ("co-location".to_owned(), true)
        );
        assert_eq!(fitted("'", "a"), ("a".to_owned(), true));
        for replacement in ["null", "", "a: b", "- a", "*a", "a\nb"] {
            assert!(!fitted("x", replacement).1, "{replacement:?}");
        }
    }

    /// A text, and edits whose spans are anywhere in it or beyond.
    fn cases() -> impl Strategy<Value = (String, Vec<Edit>)> {
        let edits = proptest::collection::vec((0..20usize, 0..6usize, "[a-zé]{0,4}"), 0..8);
        ("[aé😀\r\n]{0,12}", edits).prop_map(|(text, edits)| {
            let edits = edits.into_iter();
            let edits = edits.map(|(start, length, new)| edit(start..start + length, &new));
            (text, edits.collect())
        })
    }

    proptest! {
            #[test]
            fn what_no_edit_names_stays((text, edits) in cases()) {
                let (out, made) = apply(&text, edits.clone());
                prop_assert!(made <= edits.len());
                let named = |at: usize| edits.iter().any(|edit| edit.span.contains(&at));
                // The characters that no edit names are there in the same order.
                let mut rest = out.chars();
                for (_, kept) in text.char_indices().filter(|&(at, c)| (at..at + c.len_utf8()).all(|at| !named(at))) {
                    prop_assert!(rest.any(|c| c == kept), "{text:?} {edits:?} {out:?}");
                }
    prop_assert!(made > 0 || out == text);
            }

            #[test]
            fn one_edit_is_a_replacement((text, edits) in cases()) {
                for edit in edits {
                    let Some(old) = text.get(edit.span.clone()) else { continue };
                    let (out, made) = apply(&text, vec![edit.clone()]);
                    prop_assert_eq!(made == 1, old != edit.replacement);
                    let mut expected = text.clone();
                    expected.replace_range(edit.span.clone(), &edit.replacement);
                    prop_assert_eq!(out, expected);
                }
            }
        }
}
