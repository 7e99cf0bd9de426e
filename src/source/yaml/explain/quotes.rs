//! Quotation marks that are not closed, or not around the whole text.

use super::{Cause, quoted};
use crate::source::yaml::line::Line;

/// The characters that look like quotation marks and aren't.
pub(super) const CURLY: [char; 8] = [
    '\u{201c}', '\u{201d}', '\u{201e}', '\u{2018}', '\u{2019}', '\u{201a}', '\u{ab}', '\u{bb}',
];

/// The value of a line that begins with a quotation mark and isn't one text in quotes.
pub(super) fn broken(yaml: &str, line: &Line<'_>) -> Option<Cause> {
    let start = line.value_at();
    let value = &yaml[start..line.end];
    let quote = value
        .chars()
        .next()
        .filter(|quote| matches!(quote, '"' | '\''))?;
    let Some(close) = closing(&yaml[start..], quote).map(|close| start + close) else {
        return Some(unclosed(yaml, start, line.end, quote));
    };
    let after = yaml[close + 1..]
        .split(['\n', '\r'])
        .next()
        .unwrap_or_default();
    let rest = after.trim();
    // A key in quotes is followed by its colon, a comment by nothing more.
    if rest.is_empty() || rest.starts_with(['#', ':', ',', ']', '}']) {
        return escapes(yaml, start, close, quote);
    }
    let cause = Cause::at(
        start,
        "this text must stand in quotes as a whole",
        "put double quotes around all of it; write \\\" for a double quote that belongs to the text",
    );
    Some(if close < line.end {
        cause.mend(start..line.end, quoted(value), "put it in quotes")
    } else {
        cause
    })
}

/// A backslash in double quotes that means nothing.
fn escapes(yaml: &str, start: usize, close: usize, quote: char) -> Option<Cause> {
    if quote != '"' {
        return None;
    }
    let inner = &yaml[start + 1..close];
    let mut characters = inner.char_indices();
    while let Some((at, character)) = characters.next() {
        if character != '\\' {
            continue;
        }
        let (_, next) = characters.next()?;
        if !"0abtnvfre \"/\\N_LPxuU\t\n\r".contains(next) {
            let at = start + 1 + at;
            return Some(
                Cause::new(
                    at..at + 1,
                    "a backslash in double quotes must be written twice",
                    "write \\\\ for each backslash that belongs to the text",
                )
                .mend(at..at + 1, "\\\\", "write it twice"),
            );
        }
    }
    None
}

fn unclosed(yaml: &str, start: usize, end: usize, quote: char) -> Cause {
    let value = &yaml[start..end];
    let only_line = yaml[end..].trim().is_empty();
    if let Some(inner) = value[1..].strip_suffix(CURLY) {
        return Cause::at(
            start,
            "this quotation mark is never closed: the one at the end is a curly one",
            "use the same straight mark at both ends",
        )
        .mend(start..end, quoted(inner), "write straight marks");
    }
    let cause = Cause::at(
        start,
        "this quotation mark is never closed",
        if quote == '"' {
            "close the text with the same mark; inside double quotes, write \\\" for a mark that belongs to the text"
        } else {
            "close the text with the same mark; if it is an apostrophe, put the whole text in double quotes"
        },
    );
    if quote == '\'' && only_line {
        cause.mend(start..end, quoted(value), "put it in double quotes")
    } else if only_line && !value.ends_with('\\') {
        cause.mend(end..end, "\"", "close it here")
    } else {
        cause
    }
}

/// Where the text in quotes that `text` begins with is closed.
pub(super) fn closing(text: &str, quote: char) -> Option<usize> {
    let mut at = 1;
    while let Some(found) = text[at..].find([quote, '\\']) {
        let place = at + found;
        if text[place..].starts_with('\\') {
            let skipped = text[place + 1..].chars().next()?;
            // In single quotes a backslash is one.
            at = place + 1 + if quote == '"' { skipped.len_utf8() } else { 0 };
        } else if quote == '\'' && text[place + 1..].starts_with('\'') {
            at = place + 2;
        } else {
            return Some(place);
        }
    }
    None
}
