//! An image has no words for those who can't see it.

use super::{Example, Group, Rule, Severity};
use crate::diagnostics::{Sink, Span};

pub(crate) static MISSING_ALT_TEXT: Rule = Rule {
    name: "missing-alt-text",
    group: Group::Links,
    severity: Severity::Warning,
    fixed: false,
    summary: "An image has no words for those who can't see it.",
    why: "People who use a screen reader hear these words in place of the picture; the accessibility \
           regulations for public bodies ask for them. They also show while the image is loading.",
    example: Example::markdown(
        "![](room.png)",
        "![Six desks around one table, with nurses and social workers](room.png)",
    ),
    mend: "Write between the square brackets what the picture shows and why it is here.",
};

/// Told at an image whose square brackets are empty.
pub(crate) fn check(words: &str, span: Span, sink: &mut Sink) {
    if words.trim().is_empty() {
        let diagnostic = sink
            .diagnostic(
                &MISSING_ALT_TEXT,
                span,
                "this image has no words for those who can't see it",
            )
            .help("write between the square brackets what the picture shows: ![What it shows](file.png)");
        sink.push(diagnostic);
    }
}
