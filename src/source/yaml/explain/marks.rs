//! Characters that mean something at the beginning of a line or of a text.

use super::{Cause, quoted};
use crate::source::yaml::line::Line;

/// A mark before an item of a list that isn't a hyphen and a blank.
pub(super) fn of_list(line: &Line<'_>) -> Option<Cause> {
    let first = line.entry.chars().next()?;
    let rest = &line.entry[first.len_utf8()..];
    let at = line.entry_at;
    if line.is_item() {
        return None;
    }
    if first == '-' && rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '"' | '\'')) {
        return Some(
            Cause::new(
                at..at + 1,
                "a blank is missing after this hyphen",
                "an item of a list begins with a hyphen and a blank",
            )
            .mend(at..at + 1, "- ", "put a blank in between"),
        );
    }
    let looks_alike = matches!(
        first,
        '\u{2013}'
            | '\u{2014}'
            | '\u{2212}'
            | '\u{2010}'
            | '\u{2011}'
            | '\u{2022}'
            | '\u{b7}'
            | '*'
    );
    if !looks_alike || first == '*' && !rest.starts_with([' ', '\u{a0}']) {
        return None;
    }
    let blanks = rest.len() - rest.trim_start().len();
    let end = at + first.len_utf8();
    Some(
        Cause::new(
            at..end,
            format!("an item of a list begins with a hyphen, not with `{first}`"),
            "write a hyphen and a blank",
        )
        .mend(at..end + blanks, "- ", "write a hyphen"),
    )
}

/// The value of a line when it begins with a character that can't begin a text.
pub(super) fn kept(yaml: &str, line: &Line<'_>) -> Option<Cause> {
    let at = line.value_at();
    let value = &yaml[at..line.end];
    let first = value.chars().next()?;
    let text = match first {
        '@' | '`' | '%' | '&' | '*' | '!' => true,
        // Alone, or with a digit or sign, they begin a text of several lines.
        '|' | '>' => value[1..]
            .split(" #")
            .next()
            .unwrap_or_default()
            .trim()
            .contains(|c: char| !matches!(c, '+' | '-' | '0'..='9')),
        ',' => true,
        '?' => value[1..].starts_with(' '),
        _ => false,
    };
    text.then(|| {
        Cause::at(
            at,
            format!("text that begins with {first} must stand in quotes"),
            "put double quotes around the whole text",
        )
        .mend(at..line.end, quoted(value), "put it in quotes")
    })
}
