//! The Diagnostic Format of [reviewdog](https://github.com/reviewdog/reviewdog) in one JSON object, `DiagnosticResult`.
//!
//! Its suggestions become fixes at one click. Lines and columns count from 1; columns are bytes of UTF-8, and the end is
//! exclusive. Files are named from the current folder, in which reviewdog has to be started too.

use serde::Serialize;

use super::Context;
use crate::diagnostics::{Diagnostic, Severity, Span};

#[derive(Serialize)]
struct DiagnosticResult<'d> {
    source: Source,
    diagnostics: Vec<Entry<'d>>,
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
}

#[derive(Serialize)]
struct Entry<'d> {
    message: String,
    location: Location,
    severity: &'static str,
    code: Code<'d>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion<'d>>,
}

#[derive(Serialize)]
struct Location {
    path: String,
    range: Range,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct Code<'d> {
    value: &'d str,
}

#[derive(Serialize)]
struct Suggestion<'d> {
    range: Range,
    text: &'d str,
}

/// Renders a report, with a line break at the end.
pub(super) fn render(context: &mut Context<'_>) -> String {
    let diagnostics = context.report.diagnostics().iter();
    let result = DiagnosticResult {
        source: Source { name: "caseloom" },
        diagnostics: diagnostics
            .map(|diagnostic| entry(diagnostic, context))
            .collect(),
    };
    super::to_json(&result)
}

fn entry<'d>(diagnostic: &'d Diagnostic, context: &mut Context<'_>) -> Entry<'d> {
    let message = super::in_words(diagnostic, context);
    Entry {
        message,
        location: Location {
            path: format!("{}{}", context.prefix, diagnostic.path),
            range: range(diagnostic, &diagnostic.span, context),
        },
        severity: match diagnostic.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
            Severity::Info => "INFO",
        },
        code: Code {
            value: diagnostic.rule.name,
        },
        suggestions: diagnostic
            .suggestions
            .iter()
            .map(|suggestion| Suggestion {
                range: range(diagnostic, &suggestion.span, context),
                text: &suggestion.replacement,
            })
            .collect(),
    }
}

fn range(diagnostic: &Diagnostic, span: &Span, context: &mut Context<'_>) -> Range {
    let mut position = |offset| {
        let (line, column) = context.places.in_bytes(&diagnostic.path, offset);
        Position { line, column }
    };
    Range {
        start: position(span.start),
        end: position(span.end),
    }
}
