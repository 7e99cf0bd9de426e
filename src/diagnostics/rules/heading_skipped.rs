//! A heading is more than one level below the one before it.

use super::{Example, Group, Rule, Severity};
use crate::diagnostics::{Sink, Span};

pub(crate) static HEADING_SKIPPED: Rule = Rule {
    name: "heading-skipped",
    group: Group::Links,
    severity: Severity::Warning,
    fixed: false,
    summary: "A heading is more than one level below the one before it.",
    why: "Screen readers and the table of contents follow the levels. A missing step sounds like a missing \
           part of the page.",
    example: Example::markdown("#### What was done", "## What was done"),
    mend: "Begin the headings of the text with `##`; go down one `#` at a time, and up as far as you like.",
};

/// Told at the marks of a heading that stands more than one level below the heading before it.
pub(crate) fn check(before: u8, level: u8, marks: Span, sink: &mut Sink) {
    let deepest = before + 1;
    if level > deepest {
        let right = "#".repeat(usize::from(deepest));
        let message = match before {
            1 => format!("the first heading has level {level}; headings of the text begin with ##"),
            _ => format!("this heading has level {level}, and the one before it level {before}"),
        };
        let diagnostic = sink
            .diagnostic(&HEADING_SKIPPED, marks, message)
            .suggest(&right, format!("write `{right}`"));
        sink.push(diagnostic);
    }
}
