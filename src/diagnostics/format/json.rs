//! One JSON object for programs: the shape is a contract, and `version` counts its changes.

use serde::Serialize;

use super::Context;
use crate::diagnostics::{Diagnostic, Severity};

/// The version of the shape of the output.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Output<'d> {
    version: u32,
    summary: Summary,
    diagnostics: Vec<Entry<'d>>,
}

#[derive(Serialize)]
struct Summary {
    errors: usize,
    warnings: usize,
    /// How many files have a diagnostic.
    files: usize,
}

/// Lines and columns count from 1, columns in Unicode scalar values; the end is exclusive.
#[derive(Serialize)]
struct Entry<'d> {
    rule: &'d str,
    severity: &'d str,
    path: &'d str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    message: &'d str,
    help: Option<&'d str>,
    suggestions: Vec<Suggestion<'d>>,
}

/// `start` and `end` are bytes of the file, the end exclusive.
#[derive(Serialize)]
struct Suggestion<'d> {
    replacement: &'d str,
    start: usize,
    end: usize,
    label: &'d str,
}

/// Renders a report, with a line break at the end.
pub(super) fn render(context: &mut Context<'_>) -> String {
    let report = context.report;
    let output = Output {
        version: VERSION,
        summary: Summary {
            errors: report.count(Severity::Error),
            warnings: report.count(Severity::Warning),
            files: report.files(),
        },
        diagnostics: report
            .diagnostics()
            .iter()
            .map(|diagnostic| entry(diagnostic, context))
            .collect(),
    };
    super::to_json(&output)
}

fn entry<'d>(diagnostic: &'d Diagnostic, context: &mut Context<'_>) -> Entry<'d> {
    let (start, end) = context.places.of(&diagnostic.path, &diagnostic.span);
    Entry {
        rule: diagnostic.rule.name,
        severity: diagnostic.severity.as_str(),
        path: &diagnostic.path,
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
        suggestions: diagnostic
            .suggestions
            .iter()
            .map(|suggestion| Suggestion {
                replacement: &suggestion.replacement,
                start: suggestion.span.start,
                end: suggestion.span.end,
                label: &suggestion.label,
            })
            .collect(),
    }
}
