//! What is wrong, as somebody in front of a browser wants to read it: diagnostics and failures of the tool in one form.

use std::path::{Path, PathBuf};

use super::live::Desk;
use crate::diagnostics::format::human::printable_lines;
use crate::diagnostics::{Diagnostic, LineIndex, Report, Severity, floor_char_boundary};
use crate::source::Sources;

/// How much of a line is shown on either side of the problem, in bytes.
const AROUND: usize = 120;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) severity: Severity,
    /// One line, or for failures of the tool several.
    pub(super) message: String,
    /// The rule that was broken.
    pub(super) rule: Option<&'static str>,
    pub(super) place: Option<Place>,
    pub(super) line: Option<Excerpt>,
    /// What to do.
    pub(super) help: Option<String>,
    /// What could stand there instead.
    pub(super) suggestions: Vec<String>,
}

/// Where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// From the root of the library, with `/`.
    pub(super) path: String,
    /// On this machine.
    pub(super) absolute: PathBuf,
    /// From 1.
    pub(super) line: usize,
    /// From 1.
    pub(super) column: usize,
}

/// A line of a file in three parts: before the problem, the problem, after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Excerpt(pub(super) [String; 3]);

/// The problems of a report, errors first.
pub(super) fn of_report(report: &Report, sources: &Sources, root: &Path) -> Vec<Problem> {
    let mut problems: Vec<Problem> = report
        .diagnostics()
        .iter()
        .map(|diagnostic| of_diagnostic(diagnostic, sources, root))
        .collect();
    problems.sort_by_key(|problem| problem.severity);
    problems
}

fn of_diagnostic(diagnostic: &Diagnostic, sources: &Sources, root: &Path) -> Problem {
    let text = sources.text(&diagnostic.path).unwrap_or_default();
    let index = LineIndex::new(text);
    let start = index.position(diagnostic.span.start);
    let (_, line) = index.line(diagnostic.span.start);
    let shown = !text.is_empty() && !diagnostic.span.is_empty();
    Problem {
        severity: diagnostic.severity,
        message: diagnostic.message.clone(),
        rule: Some(diagnostic.rule.name),
        place: Some(Place {
            path: diagnostic.path.to_string(),
            absolute: root.join(&*diagnostic.path),
            line: start.line,
            column: start.column,
        }),
        line: shown.then(|| {
            let begin = diagnostic.span.start.clamp(line.start, line.end);
            let end = diagnostic.span.end.clamp(begin, line.end);
            excerpt(&text[line.clone()], begin - line.start, end - line.start)
        }),
        help: diagnostic.help.clone(),
        suggestions: diagnostic
            .suggestions
            .iter()
            .map(|suggestion| suggestion.label.clone())
            .collect(),
    }
}

/// A part of a line, cut where it is long.
fn excerpt(line: &str, start: usize, end: usize) -> Excerpt {
    let end = floor_char_boundary(line, end);
    let start = floor_char_boundary(line, start).min(end);
    let first = floor_char_boundary(line, start.saturating_sub(AROUND));
    let last = floor_char_boundary(line, (end + AROUND).min(line.len()));
    let middle_end = floor_char_boundary(line, end.min(start + AROUND));
    let cut = |is_cut: bool| if is_cut { "…" } else { "" };
    Excerpt([
        format!("{}{}", cut(first > 0), &line[first..start]),
        line[start..middle_end].to_owned(),
        format!("{}{}", &line[end..last], cut(last < line.len())),
    ])
}

/// The problem of a tool that can't do its work: a broken configuration, a mistake of a template.
pub(super) fn of_failure(error: &anyhow::Error, desk: &Desk) -> Problem {
    let message = printable_lines(&format!("{error:#}"));
    Problem {
        severity: Severity::Error,
        place: place_of(&message, desk),
        message,
        rule: None,
        line: None,
        help: None,
        suggestions: Vec::new(),
    }
}

/// The place that a message names: ` --> study.html:2:9` of a template, or `at line 3, column 5` of the configuration.
fn place_of(message: &str, desk: &Desk) -> Option<Place> {
    let root = &desk.root;
    let place = |absolute: PathBuf, line: &str, column: &str| {
        let path = absolute.strip_prefix(root).ok()?.to_string_lossy();
        Some(Place {
            path: path.replace('\\', "/"),
            line: leading_number(line)?,
            column: leading_number(column)?,
            absolute: absolute.clone(),
        })
        .filter(|_| absolute.is_file())
    };
    if message.contains(crate::config::FILE_NAME)
        && let Some((_, rest)) = message.split_once(" at line ")
    {
        let (line, column) = rest.split_once(", column ")?;
        return place(root.join(crate::config::FILE_NAME), line, column);
    }
    let (_, rest) = message.split_once("--> ")?;
    let mut parts = rest.lines().next()?.trim_end().splitn(3, ':');
    let (name, line, column) = (parts.next()?, parts.next()?, parts.next()?);
    place(desk.skin.join("templates").join(name), line, column)
}

fn leading_number(text: &str) -> Option<usize> {
    let end = text.find(|c: char| !c.is_ascii_digit());
    text[..end.unwrap_or(text.len())].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::anyhow;

    #[test]
    fn long_lines_are_cut_around_the_problem() {
        let Excerpt([before, marked, after]) = excerpt("title: x", 7, 8);
        assert_eq!((&*before, &*marked, &*after), ("title: ", "x", ""));
        let long = format!("{}é{}", "a".repeat(500), "b".repeat(500));
        let Excerpt([before, marked, after]) = excerpt(&long, 500, 502);
        assert_eq!(marked, "é");
        assert!(before.starts_with("…a") && before.chars().count() == AROUND + 1);
        assert!(after.ends_with("b…") && after.chars().count() == AROUND + 1);
    }

    #[test]
    fn failures_name_the_file_that_is_to_be_mended() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let desk = Desk {
            root: root.to_owned(),
            skin: root.join("themes/default"),
            editor: String::new(),
        };
        let place = |message: &'static str| of_failure(&anyhow!(message), &desk).place;
        let template =
            place("a template can't be used\nerror\n --> study.html:2:9\n  |").expect("a place");
        assert_eq!(template.path, "themes/default/templates/study.html");
        assert_eq!((template.line, template.column), (2, 9));
        let config =
            place("cannot use site-config.toml: TOML parse error at line 3, column 5\n  |");
        let config = config.expect("a place");
        assert_eq!(config.path, "site-config.toml");
        assert_eq!((config.line, config.column), (3, 5));
        assert_eq!(place("a full disk"), None);
        assert_eq!(place(" --> no-such-template.html:2:9"), None);
    }
}
