//! For people at a terminal: rustc's look, drawn by rustc's own renderer.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet};

use crate::diagnostics::{Diagnostic, LineIndex, Report, Severity, Span, floor_char_boundary};
use crate::source::Sources;

/// Lines longer than this are cut around the problem by the renderer.
const TERM_WIDTH: usize = 100;

/// Renders every diagnostic, each followed by an empty line; `color` adds terminal escapes.
pub fn render(report: &Report, sources: &Sources, color: bool) -> String {
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    }
    .decor_style(DecorStyle::Ascii)
    .term_width(TERM_WIDTH);
    let mut out = String::new();
    for diagnostic in report.diagnostics() {
        out.push_str(&renderer.render(&groups(diagnostic, sources)));
        out.push_str("\n\n");
    }
    out
}

/// One line that counts what was found, or nothing when there is nothing to count.
pub fn summary(report: &Report) -> Option<String> {
    let counts: Vec<String> = [
        (Severity::Error, "error"),
        (Severity::Warning, "warning"),
        (Severity::Info, "remark"),
    ]
    .into_iter()
    .filter_map(|(severity, word)| {
        let count = report.count(severity);
        let plural = if count == 1 { "" } else { "s" };
        (count > 0).then(|| format!("{count} {word}{plural}"))
    })
    .collect();
    (!counts.is_empty()).then(|| counts.join(", "))
}

fn groups<'d>(diagnostic: &'d Diagnostic, sources: &'d Sources) -> Vec<Group<'d>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let mut group = level
        .primary_title(printable(&diagnostic.message))
        .id(diagnostic.rule.name)
        .elements(Vec::<Snippet<'_, annotate_snippets::Annotation<'_>>>::new());
    let text = sources.text(&diagnostic.path);
    match text {
        Some(text) if !text.is_empty() => {
            let (shown, span) = visible(text, &diagnostic.span);
            let mut snippet = Snippet::source(shown)
                .path(printable(&diagnostic.path))
                .annotation(AnnotationKind::Primary.span(span));
            for label in &diagnostic.labels {
                if label.path == diagnostic.path {
                    snippet = snippet.annotation(
                        AnnotationKind::Context
                            .span(visible(text, &label.span).1)
                            .label(printable(&label.text)),
                    );
                }
            }
            group = group.element(snippet);
        }
        _ => {
            group = group.element(
                Origin::path(printable(&diagnostic.path))
                    .line(1)
                    .char_column(1),
            );
        }
    }
    for label in &diagnostic.labels {
        if label.path == diagnostic.path {
            continue;
        }
        match sources.text(&label.path) {
            Some(text) if !text.is_empty() => {
                let (shown, span) = visible(text, &label.span);
                group = group.element(
                    Snippet::source(shown)
                        .path(printable(&label.path))
                        .annotation(
                            AnnotationKind::Context
                                .span(span)
                                .label(printable(&label.text)),
                        ),
                );
            }
            _ => group = group.element(Origin::path(printable(&label.path))),
        }
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(printable(help)));
    }
    let mut groups = vec![group];
    if let (Some(text), Some(suggestion)) = (text, diagnostic.suggestions.first()) {
        let (shown, span) = visible(text, &suggestion.span);
        groups.push(
            Level::HELP
                .secondary_title(printable(&suggestion.label))
                .element(
                    Snippet::source(shown)
                        .path(printable(&diagnostic.path))
                        .patch(Patch::new(span, printable(&suggestion.replacement))),
                ),
        );
    }
    groups
}

/// The text that an editor shows and the span in it: a byte-order mark is left out, spans end on character
/// boundaries and inside the text.
fn visible<'t>(text: &'t str, span: &Span) -> (&'t str, Span) {
    let bom = if text.starts_with(crate::diagnostics::BOM) {
        crate::diagnostics::BOM.len()
    } else {
        0
    };
    let start = floor_char_boundary(text, span.start).max(bom);
    let end = floor_char_boundary(text, span.end).max(start);
    // One line is enough to find a place; a whole block would fill a phone's screen.
    let end = text[start..end]
        .find(['\n', '\r'])
        .map_or(end, |at| start + at);
    (&text[bom..], start - bom..end - bom)
}

/// Text that can't drive a terminal: control characters and direction marks are written as their code points.
fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let hidden = (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}');
        if hidden {
            out.push_str(&format!("\\u{{{:x}}}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}

/// `path:line:column` of a diagnostic, for log lines and tests.
pub fn location(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let text = sources.text(&diagnostic.path).unwrap_or("");
    let position = LineIndex::new(text).position(diagnostic.span.start);
    format!("{}:{}:{}", diagnostic.path, position.line, position.column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminal_escapes_and_direction_marks_are_shown_not_obeyed() {
        assert_eq!(printable("a\u{1b}[31mb\u{202e}"), "a\\u{1b}[31mb\\u{202e}");
        assert_eq!(printable("é — ok"), "é — ok");
    }
}
