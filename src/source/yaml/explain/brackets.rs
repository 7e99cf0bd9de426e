//! Brackets that are not closed, closed too often, or part of the text.

use super::{Cause, quoted, quotes};
use crate::source::yaml::line::Line;

const HELP: &str = "each bracket that is opened must be closed by one of its kind; put text with brackets in double quotes";

/// The value of a line that begins with a bracket and isn't one list or record.
pub(super) fn broken(yaml: &str, line: &Line<'_>) -> Option<Cause> {
    let start = line.value_at();
    let value = &yaml[start..];
    if !value.starts_with(['[', '{']) {
        return stray(yaml, line);
    }
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut at = start;
    let mut before = ' ';
    while let Some(c) = yaml[at..].chars().next() {
        let next = at + c.len_utf8();
        match c {
            '[' | '{' => open.push((at, c)),
            ']' | '}' => {
                let (opened, kind) = open.pop()?;
                let wanted = if kind == '[' { ']' } else { '}' };
                if c != wanted {
                    return Some(
                        Cause::new(
                            at..next,
                            format!("this `{c}` doesn't close the `{kind}`"),
                            HELP,
                        )
                        .label(opened..opened + 1, "opened here")
                        .mend(
                            at..next,
                            wanted,
                            format!("write `{wanted}`"),
                        ),
                    );
                }
                if open.is_empty() {
                    return after(yaml, line, start, next);
                }
            }
            '"' | '\'' if matches!(before, ' ' | '[' | '{' | ',' | '\n') => {
                match quotes::closing(&yaml[at..], c) {
                    Some(close) => {
                        at += close + 1;
                        before = c;
                        continue;
                    }
                    None => {
                        return Some(Cause::at(
                            at,
                            "this quotation mark is never closed",
                            "close the text with the same mark, before the comma or the bracket that ends it",
                        ));
                    }
                }
            }
            '#' if before == ' ' => {
                at += yaml[at..].find(['\n', '\r']).unwrap_or(yaml.len() - at);
                continue;
            }
            _ => {}
        }
        before = c;
        at = next;
    }
    let (opened, kind) = open.pop()?;
    let close = if kind == '[' { "]" } else { "}" };
    let cause = Cause::new(
        opened..opened + 1,
        format!("this `{kind}` is never closed"),
        HELP,
    );
    let ends_here = yaml[line.end..].trim().is_empty() && !yaml[start..line.end].contains(" #");
    Some(if ends_here && open.is_empty() {
        cause.mend(line.end..line.end, close, "close it here")
    } else {
        cause
    })
}

/// Something between brackets that are right themselves.
pub(super) fn around(yaml: &str, known: &[Line<'_>], at: usize) -> Option<Cause> {
    let line = known.last()?;
    let start = line.value_at();
    let inside = start < at && at < line.end && yaml[start..].starts_with(['[', '{']);
    inside.then(|| {
        let message = if yaml[at..].starts_with(':') {
            "text with a colon and a space must stand in quotes"
        } else {
            "this can't stand between brackets without quotes"
        };
        Cause::at(
            at,
            message,
            "between brackets, put text that holds a colon, a comma or a special character in double quotes, and \
             a comma between the entries",
        )
    })
}

/// What follows the closing bracket of a value.
fn after(yaml: &str, line: &Line<'_>, start: usize, close: usize) -> Option<Cause> {
    let rest = yaml[close..].split(['\n', '\r']).next().unwrap_or_default();
    let text = rest.trim();
    if text.is_empty() || text.starts_with('#') || text.starts_with(':') {
        return None;
    }
    let at = close + rest.len() - rest.trim_start().len();
    if text.starts_with([']', '}']) {
        return Some(extra(at, &yaml[at..=at]));
    }
    if close > line.end {
        return Some(Cause::at(at, "something follows the closing bracket", HELP));
    }
    Some(
        Cause::at(
            start,
            "text that begins with a bracket must stand in quotes",
            "a value that begins with [ or { is taken for a list or a record; put double quotes around the whole text",
        )
        .mend(
            start..line.end,
            quoted(&yaml[start..line.end]),
            "put it in quotes",
        ),
    )
}

/// A line that begins with a closing bracket.
fn stray(yaml: &str, line: &Line<'_>) -> Option<Cause> {
    let at = line.value_at();
    let closes = yaml[at..line.end].starts_with([']', '}']);
    let stray = closes && !yaml[..at].contains(['[', '{']);
    stray.then(|| extra(at, &yaml[at..=at]))
}

fn extra(at: usize, bracket: &str) -> Cause {
    Cause::new(
        at..at + 1,
        format!("this `{bracket}` closes nothing"),
        "take it out, or open it before",
    )
    .mend(at..at + 1, "", "take it out")
}
