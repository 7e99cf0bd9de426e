//! For people at a terminal: rustc's look, drawn by rustc's own renderer.

use std::borrow::Cow;
use std::collections::BTreeMap;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet,
};

use super::places::Places;
use crate::diagnostics::{Diagnostic, Position, Report, Severity, Span, floor_char_boundary};
use crate::source::Sources;

/// Lines longer than this are cut around the problem by the renderer.
const TERM_WIDTH: usize = 100;

/// Lines longer than this, in bytes, are named and not shown: no machine can write or read them.
const LONGEST_LINE: usize = 4_000;

/// What the output for people looks like.
#[derive(Debug, Clone, Copy, Default)]
pub struct Look {
    /// Whether terminal escapes add colour.
    pub color: bool,
    /// Whether every remark is listed, however many.
    pub all: bool,
}

/// So many remarks are listed unasked; more would bury the errors.
const FEW_REMARKS: usize = 20;

/// Renders every problem with the line that it points at, file by file, each followed by an empty line.
pub fn render(report: &Report, sources: &Sources, look: Look) -> String {
    let renderer = if look.color {
        Renderer::styled()
    } else {
        Renderer::plain()
    }
    .decor_style(DecorStyle::Ascii)
    .term_width(TERM_WIDTH);
    let mut lines = Lines {
        sources,
        places: Places::new(sources),
    };
    let mut out = String::new();
    let list_remarks = look.all || report.count(Severity::Info) <= FEW_REMARKS;
    for file in report.diagnostics().chunk_by(|a, b| a.path == b.path) {
        // Within a file what has to be mended comes before what is worth knowing.
        let (remarks, problems): (Vec<_>, Vec<_>) = file
            .iter()
            .partition(|diagnostic| diagnostic.severity == Severity::Info);
        let remarks = remarks.into_iter().filter(|_| list_remarks);
        for diagnostic in problems.into_iter().chain(remarks) {
            lines.places.index(&diagnostic.path);
            for label in &diagnostic.labels {
                lines.places.index(&label.path);
            }
            out.push_str(&renderer.render(&groups(diagnostic, &lines)));
            out.push_str("\n\n");
        }
    }
    if !list_remarks {
        out.push_str(&remarks_by_rule(report));
    }
    out
}

/// How many remarks each rule has, when they are too many to list.
fn remarks_by_rule(report: &Report) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for diagnostic in report.diagnostics() {
        if diagnostic.severity == Severity::Info {
            *counts.entry(diagnostic.rule.name).or_default() += 1;
        }
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let listed: Vec<String> = counts
        .iter()
        .map(|(rule, count)| format!("{count} {rule}"))
        .collect();
    format!("Remarks: {} (--all lists them).\n\n", listed.join(", "))
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
        (count > 0).then(|| super::counted(count, word))
    })
    .collect();
    (!counts.is_empty()).then(|| counts.join(", "))
}

/// The lines of the files that diagnostics point into.
struct Lines<'s> {
    sources: &'s Sources,
    places: Places<'s>,
}

/// One line of a file, as it can be shown, with a span in it.
struct Line<'s> {
    number: usize,
    text: Cow<'s, str>,
    span: Span,
}

impl<'s> Lines<'s> {
    /// The line in which a span begins; what goes on in further lines would fill a phone's screen.
    fn line(&self, path: &str, span: &Span) -> Option<Line<'s>> {
        let text = self.sources.text(path).filter(|text| !text.is_empty())?;
        let (number, range) = self.places.get(path)?.line(span.start);
        let text = &text[range.clone()];
        let inside = |offset: usize| {
            let offset = offset.clamp(range.start, range.end) - range.start;
            floor_char_boundary(text, offset)
        };
        let start = inside(span.start);
        let end = inside(span.end).max(start);
        let (text, span) = match text.len() <= LONGEST_LINE {
            true => legible(text, start..end),
            false => (Cow::Borrowed(text), start..end),
        };
        Some(Line { number, text, span })
    }

    /// `path:line:column`, for a place whose line is not shown.
    fn origin(&self, path: &str, span: &Span) -> Origin<'static> {
        let position = self
            .places
            .get(path)
            .map_or(Position { line: 1, column: 1 }, |index| {
                index.position(span.start)
            });
        Origin::path(printable(path))
            .line(position.line)
            .char_column(position.column)
    }
}

fn groups<'d>(diagnostic: &'d Diagnostic, lines: &'d Lines<'_>) -> Vec<Group<'d>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let mut group = level
        .primary_title(printable(&diagnostic.message))
        .id(diagnostic.rule.name)
        .elements(Vec::<Snippet<'_, Annotation<'_>>>::new());
    let primary = lines.line(&diagnostic.path, &diagnostic.span);
    let shown = |line: &Line<'_>| line.text.len() <= LONGEST_LINE;
    match &primary {
        Some(line) if shown(line) => {
            let mut snippet = snippet(line, &diagnostic.path)
                .annotation(AnnotationKind::Primary.span(line.span.clone()));
            for label in on_the_line(diagnostic, line, lines) {
                snippet = snippet.annotation(label);
            }
            group = group.element(snippet);
        }
        _ => group = group.element(lines.origin(&diagnostic.path, &diagnostic.span)),
    }
    for label in &diagnostic.labels {
        let line = lines.line(&label.path, &label.span);
        let same = label.path == diagnostic.path
            && line.as_ref().map(|line| line.number) == primary.as_ref().map(|line| line.number);
        match line {
            _ if same => {}
            Some(line) if shown(&line) => {
                let annotation = AnnotationKind::Context
                    .span(line.span.clone())
                    .label(printable(&label.text));
                group = group.element(snippet(&line, &label.path).annotation(annotation));
            }
            _ => group = group.element(lines.origin(&label.path, &label.span)),
        }
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(printable(help)));
    }
    let mut groups = vec![group];
    if let Some(suggestion) = diagnostic.suggestions.first()
        && let Some(line) = lines.line(&diagnostic.path, &suggestion.span).filter(shown)
    {
        let patch = Patch::new(line.span.clone(), printable(&suggestion.replacement));
        groups.push(
            Level::HELP
                .secondary_title(printable(&suggestion.label))
                .element(
                    Snippet::source(line.text.clone())
                        .path(printable(&diagnostic.path))
                        .line_start(line.number)
                        .patch(patch),
                ),
        );
    }
    groups
}

fn snippet<'a>(line: &Line<'a>, path: &str) -> Snippet<'a, Annotation<'a>> {
    Snippet::source(line.text.clone())
        .path(printable(path))
        .line_start(line.number)
}

/// The labels that point into the line of the diagnostic itself.
fn on_the_line<'d>(
    diagnostic: &'d Diagnostic,
    line: &Line<'_>,
    lines: &Lines<'_>,
) -> Vec<Annotation<'d>> {
    diagnostic
        .labels
        .iter()
        .filter(|label| label.path == diagnostic.path)
        .filter_map(|label| Some((label, lines.line(&label.path, &label.span)?)))
        .filter(|(_, other)| other.number == line.number)
        .map(|(label, other)| {
            AnnotationKind::Context
                .span(other.span)
                .label(printable(&label.text))
        })
        .collect()
}

/// GitHub takes what follows for a command wherever it stands in a line of a log (its older form of commands). A blank in it
/// makes it text.
const COMMAND: &str = "##[";
const NO_COMMAND: &str = "## [";

/// A line of text that can't drive a terminal or a CI service: control characters, line ends among them, and direction
/// marks are written as their code points.
pub fn printable(text: &str) -> String {
    escape_hidden(text, false)
}

/// The same for text of several lines, such as the message of an error of the tool.
pub fn printable_lines(text: &str) -> String {
    escape_hidden(text, true)
}

fn escape_hidden(text: &str, keep_lines: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_hidden(c) && c != '\t' && !(keep_lines && c == '\n') {
            out.push_str(&format!("\\u{{{:x}}}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out.replace(COMMAND, NO_COMMAND)
}

/// Whether a character is no text: it drives a terminal, or turns the text around it.
pub(super) fn is_hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') || is_mark(c)
}

/// Whether a character says in which direction its neighbours run.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}')
}

/// A line of a file and a span in it, so that the line can't drive a terminal or a CI service. The renderer shows control
/// characters of ASCII and what overrides directions as one sign each; the same is done here with all that it passes on.
fn legible(text: &str, span: Span) -> (Cow<'_, str>, Span) {
    let hidden = |c: char| matches!(c, '\u{80}'..='\u{9f}') || is_mark(c);
    if !text.contains(hidden) && !text.contains(COMMAND) {
        return (Cow::Borrowed(text), span);
    }
    let shown = |part: &str| {
        part.replace(hidden, "\u{fffd}")
            .replace(COMMAND, NO_COMMAND)
    };
    let place = |offset: usize| shown(&text[..offset]).len();
    let span = place(span.start)..place(span.end);
    (Cow::Owned(shown(text)), span)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminal_escapes_and_direction_marks_are_shown_not_obeyed() {
        assert_eq!(printable("a\u{1b}[31mb\u{202e}"), "a\\u{1b}[31mb\\u{202e}");
        assert_eq!(printable("é — ok"), "é — ok");
        assert_eq!(printable("a\u{9b}31m\u{61c}"), "a\\u{9b}31m\\u{61c}");
        assert_eq!(
            legible("é\u{9b}31m\u{200f}ab", 10..11),
            ("é\u{fffd}31m\u{fffd}ab".into(), 11..12)
        );
    }

    #[test]
    fn text_is_no_command_of_a_ci_service() {
        assert_eq!(printable("a ##[error]b"), "a ## [error]b");
        assert_eq!(
            legible("a ##[error]b", 5..10),
            ("a ## [error]b".into(), 6..11)
        );
        assert_eq!(legible("## [a](b)", 4..5), ("## [a](b)".into(), 4..5));
    }
}
