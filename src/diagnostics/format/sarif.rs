//! SARIF 2.1.0, the OASIS format that code scanning and many viewers read.
//!
//! Lines and columns count from 1, columns in Unicode code points; the end is exclusive. A line may end in each of the ways
//! that editors know, which is said too. Addresses of files are relative to the root of the repository. The rules are
//! listed by name, only those that were broken.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use super::Context;
use crate::diagnostics::rules::Rule;
use crate::diagnostics::{Diagnostic, Severity, Span};

/// Renders a report, with a line break at the end.
pub(super) fn render(context: &mut Context<'_>) -> String {
    let mut rules: BTreeMap<&str, &'static Rule> = BTreeMap::new();
    for diagnostic in context.report.diagnostics() {
        rules.insert(diagnostic.rule.name, diagnostic.rule);
    }
    let index: BTreeMap<&str, usize> = rules
        .keys()
        .enumerate()
        .map(|(index, name)| (*name, index))
        .collect();
    let results: Vec<Value> = context
        .report
        .diagnostics()
        .iter()
        .map(|diagnostic| result(diagnostic, index[diagnostic.rule.name], context))
        .collect();
    super::to_json(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": {
                    "name": "caseloom",
                    "version": env!("CARGO_PKG_VERSION"),
                    "rules": rules.values().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
                }
            },
            "columnKind": "unicodeCodePoints",
            "newlineSequences": ["\r\n", "\n", "\r"],
            "results": results,
        }]
    }))
}

fn descriptor(rule: &Rule) -> Value {
    json!({
        "id": rule.name,
        "shortDescription": { "text": rule.summary },
        "fullDescription": { "text": format!("{} {}", rule.summary, rule.why) },
        "help": { "text": rule.mend, "markdown": rule.explain() },
        "defaultConfiguration": { "level": level(rule.severity) },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn result(diagnostic: &Diagnostic, index: usize, context: &mut Context<'_>) -> Value {
    let mut result = json!({
        "ruleId": diagnostic.rule.name,
        "ruleIndex": index,
        "level": level(diagnostic.severity),
        "message": { "text": super::in_words(diagnostic, context) },
        "locations": [{ "physicalLocation": place(&diagnostic.path, &diagnostic.span, context) }],
    });
    if !diagnostic.labels.is_empty() {
        let related: Vec<Value> = diagnostic
            .labels
            .iter()
            .map(|label| {
                json!({
                    "physicalLocation": place(&label.path, &label.span, context),
                    "message": { "text": label.text },
                })
            })
            .collect();
        result["relatedLocations"] = related.into();
    }
    if !diagnostic.suggestions.is_empty() {
        let fixes: Vec<Value> = diagnostic
            .suggestions
            .iter()
            .map(|suggestion| {
                json!({
                    "description": { "text": suggestion.label },
                    "artifactChanges": [{
                        "artifactLocation": { "uri": uri(&diagnostic.path, context) },
                        "replacements": [{
                            "deletedRegion": region(&diagnostic.path, &suggestion.span, context),
                            "insertedContent": { "text": suggestion.replacement },
                        }],
                    }],
                })
            })
            .collect();
        result["fixes"] = fixes.into();
    }
    result
}

fn place(path: &Arc<str>, span: &Span, context: &mut Context<'_>) -> Value {
    json!({
        "artifactLocation": { "uri": uri(path, context) },
        "region": region(path, span, context),
    })
}

fn region(path: &Arc<str>, span: &Span, context: &mut Context<'_>) -> Value {
    let (start, end) = context.places.of(path, span);
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

fn uri(path: &str, context: &Context<'_>) -> String {
    relative_reference(&format!("{}{path}", context.prefix))
}

/// A path as a relative reference: everything but unreserved characters and slashes is escaped, so that no name of a file
/// can be read as a scheme, a query or a fragment.
fn relative_reference(path: &str) -> String {
    let mut uri = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_characters_stand_in_an_address_as_they_are() {
        assert_eq!(relative_reference("a-b_c.d~e/9"), "a-b_c.d~e/9");
        assert_eq!(relative_reference("Ä b.md"), "%C3%84%20b.md");
        assert_eq!(
            relative_reference("http://x?y#z%20"),
            "http%3A//x%3Fy%23z%2520"
        );
    }
}
