//! Text of the template was left in.

use super::{Example, Group, Rule, Severity};
use crate::diagnostics::{Sink, Span};

pub(crate) static TEMPLATE_TEXT: Rule = Rule {
    name: "template-text",
    group: Group::Links,
    severity: Severity::Warning,
    fixed: false,
    summary: "Text of the template was left in.",
    why: "Notes such as \"TBC\" and words in double braces are meant for whoever writes, and readers would see \
           them.",
    example: Example::markdown("The team had TBC members.", "The team had nine members."),
    mend: "Write what belongs there, or take the sentence out.",
};

/// Words that stand for something to come; in capitals and apart from other letters.
const WORDS: [&str; 4] = ["TODO", "TBC", "TBD", "XXX"];
/// Pieces of templates.
const PIECES: [&str; 6] = [
    "Lorem ipsum",
    "lorem ipsum",
    "{{",
    "{%",
    "[insert",
    "[Insert",
];

/// Whether a text may hold leftovers at all: hardly any does, and this is told far faster than where they stand.
pub(crate) fn is_suspect(text: &str) -> bool {
    let bytes = text.as_bytes();
    let follows = |at: usize, rest: &[u8]| bytes[at + 1..].starts_with(rest);
    memchr::memchr3_iter(b'T', b'X', b'{', bytes).any(|at| match bytes[at] {
        b'T' => follows(at, b"O") || follows(at, b"B"),
        b'X' => follows(at, b"X"),
        _ => follows(at, b"{") || follows(at, b"%"),
    }) || memchr::memchr_iter(b'[', bytes).any(|at| follows(at, b"i") || follows(at, b"I"))
        || memchr::memmem::find(bytes, b"orem ipsum").is_some()
}

/// Looks for leftovers in `source`, a piece of text that begins at byte `offset`.
pub(crate) fn check(source: &str, offset: usize, sink: &mut Sink) {
    let apart = |c: Option<char>| !c.is_some_and(|c| c.is_alphanumeric() || c == '-');
    for word in WORDS {
        for at in memchr::memmem::find_iter(source.as_bytes(), word) {
            let before = source[..at].chars().next_back();
            let after = source[at + word.len()..].chars().next();
            if apart(before) && apart(after) {
                report(word, offset + at, sink);
            }
        }
    }
    for piece in PIECES {
        for at in memchr::memmem::find_iter(source.as_bytes(), piece) {
            report(piece, offset + at, sink);
        }
    }
}

fn report(leftover: &str, at: usize, sink: &mut Sink) {
    let span: Span = at..at + leftover.len();
    let diagnostic = sink
        .diagnostic(
            &TEMPLATE_TEXT,
            span,
            format!("`{leftover}` was probably left in by mistake"),
        )
        .help("write what belongs here, or take it out; between `backticks` such text is shown as it is");
    sink.push(diagnostic);
}
