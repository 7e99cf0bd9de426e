//! Workflow commands of GitHub Actions, which become annotations on the lines of a pull request.
//!
//! The form is that of GitHub's own toolkit: `::error file=…,line=…,col=…,title=…::message`, with `%`, line ends and, in
//! properties, `:` and `,` escaped. GitHub shows ten errors, ten warnings and ten notices of a step, so no more are written;
//! those in changed files come first. Files are named from the root of the repository.
//!
//! GitHub reads a line as a command if it begins with `::`, and the first command of a line is the only one. So content can
//! give none: every line that quotes content begins with a command of ours, and nothing quoted can end the line.

use super::Context;
use super::human::printable_lines;
use crate::diagnostics::{Diagnostic, Severity};

/// So many annotations of one kind GitHub shows for a step.
const MOST: usize = 10;

/// Renders a report, followed by a line on what did not fit.
pub(super) fn render(context: &mut Context<'_>) -> String {
    let report = context.report;
    let mut out = String::new();
    let mut left_out = Vec::new();
    for (severity, command, word) in [
        (Severity::Error, "error", "error"),
        (Severity::Warning, "warning", "warning"),
        (Severity::Info, "notice", "remark"),
    ] {
        let mut found: Vec<&Diagnostic> = report
            .diagnostics()
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity)
            .collect();
        // A stable sort: within each half the order of paths and places stays.
        found.sort_by_key(|diagnostic| {
            report
                .changed()
                .is_some_and(|changed| !changed.contains(&diagnostic.path))
        });
        for diagnostic in found.iter().take(MOST) {
            annotation(command, diagnostic, context, &mut out);
        }
        if let Some(more) = found.len().checked_sub(MOST).filter(|more| *more > 0) {
            left_out.push(super::counted(more, &format!("more {word}")));
        }
    }
    if !left_out.is_empty() {
        out.push_str(&format!(
            "GitHub shows {MOST} of each kind. There are {}: `caseloom check --all` lists them.\n",
            left_out.join(", ")
        ));
    }
    out
}

fn annotation(command: &str, diagnostic: &Diagnostic, context: &mut Context<'_>, out: &mut String) {
    let (start, end) = context.places.of(&diagnostic.path, &diagnostic.span);
    let path = format!("{}{}", context.prefix, diagnostic.path);
    out.push_str(&format!(
        "::{command} file={},line={},endLine={}",
        property(&path),
        start.line,
        end.line
    ));
    // GitHub takes columns only where both ends stand on one line.
    if start.line == end.line {
        out.push_str(&format!(",col={},endColumn={}", start.column, end.column));
    }
    let mut message = super::in_words(diagnostic, context);
    for suggestion in &diagnostic.suggestions {
        message.push_str(&format!("\n{}", suggestion.label));
    }
    out.push_str(&format!(
        ",title={}::{}\n",
        property(diagnostic.rule.name),
        data(&printable_lines(&message))
    ));
}

/// Text after the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_as_the_toolkit_does() {
        assert_eq!(
            data("100%, a: b\r\n::error::x"),
            "100%25, a: b%0D%0A::error::x"
        );
        assert_eq!(data("%0A"), "%250A", "what looks escaped stays as it is");
        assert_eq!(property("a:b,c%\r\n"), "a%3Ab%2Cc%25%0D%0A");
        assert_eq!(property("Ärzte und Co/a=b.md"), "Ärzte und Co/a=b.md");
    }

    #[test]
    fn nothing_ends_a_property_or_a_line_early() {
        for text in ["a::b", "a,line=9", "a\n::error::b", "a\r::stop-commands::b"] {
            let value = property(text);
            assert!(!value.contains([':', ',', '\r', '\n']), "{value}");
            assert!(!data(text).contains(['\r', '\n']), "{text}");
        }
    }
}
