//! Hidden characters change the order in which text is shown.

use super::{Example, Group, Rule, Severity};
use crate::diagnostics::{Sink, Span};

pub(crate) static BIDIRECTIONAL_CONTROL: Rule = Rule {
    name: "bidirectional-control",
    group: Group::Links,
    severity: Severity::Error,
    fixed: false,
    summary: "Hidden characters change the order in which text is shown.",
    why: "With such characters a file can look different from what it holds, so nobody who reads a change sees \
           what they approve. They come in with text that was copied from elsewhere.",
    example: Example::text(
        "A hidden character U+202E between two words.",
        "The same words without it.",
    ),
    mend: "Delete the character: remove the words on both sides of the mark and type them again.",
};

/// So many are told for one file.
const MOST: usize = 5;

/// Looks for embeddings, overrides and isolates in the whole text of a file.
pub(crate) fn check(text: &str, sink: &mut Sink) {
    let found = memchr::memchr_iter(0xe2, text.as_bytes())
        .filter_map(|at| Some((at, text.get(at..)?.chars().next()?)))
        .filter(|(_, c)| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'));
    for (at, c) in found.take(MOST) {
        let span: Span = at..at + c.len_utf8();
        let diagnostic = sink
            .diagnostic(
                &BIDIRECTIONAL_CONTROL,
                span,
                format!(
                    "a hidden character (U+{:04X}) changes the order in which this line is shown",
                    u32::from(c)
                ),
            )
            .help("delete the words on both sides of the mark and type them again")
            .suggest("", "take the character out");
        sink.push(diagnostic);
    }
}
