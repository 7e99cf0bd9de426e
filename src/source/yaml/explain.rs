//! Why YAML can't be read, in the words of the mistakes that people make.

use crate::diagnostics::{Span, floor_char_boundary};

/// A mistake that somebody made.
#[derive(Debug)]
pub(super) struct Slip {
    /// Where it stands.
    pub(super) span: Span,
    /// What is wrong.
    pub(super) message: String,
    /// What to do.
    pub(super) help: String,
    /// What to put in the place of which text.
    pub(super) mend: Option<(Span, String)>,
}

impl Slip {
    fn new(span: Span, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            span,
            message: message.into(),
            help: help.into(),
            mend: None,
        }
    }

    fn mend(mut self, span: Span, replacement: impl Into<String>) -> Self {
        self.mend = Some((span, replacement.into()));
        self
    }
}

/// A line without its line end, and where it begins.
#[derive(Debug, Clone, Copy)]
struct Line<'y> {
    start: usize,
    text: &'y str,
}

impl<'y> Line<'y> {
    fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start_matches([' ', '\t', '\u{a0}']).len()
    }

    /// What follows the key or the hyphen of the line, and where that begins in the document.
    fn value(&self) -> Option<(usize, &'y str)> {
        let at = match (self.text.find(": "), self.text.find("- ")) {
            (Some(colon), _) => colon + 2,
            (None, Some(hyphen)) if self.text[..hyphen].trim().is_empty() => hyphen + 2,
            _ => return None,
        };
        let value = self.text[at..].trim_start();
        let start = self.start + self.text.len() - value.len();
        Some((start, value.trim_end()))
    }
}

/// Finds the likely cause behind a parser's complaint at byte `at`: the mistakes that people make, in the order of how
/// sure we are. `info` is the parser's own view, for the rest.
pub(super) fn explain(yaml: &str, at: usize, info: &str) -> Slip {
    let at = floor_char_boundary(yaml, at);
    let lines = lines(yaml);
    let here = lines
        .iter()
        .rposition(|line| line.start <= at)
        .unwrap_or_default();
    // A parser complains where it gives up, which is often the line after the mistake.
    let near = &lines[here.saturating_sub(2)..(here + 1).min(lines.len())];
    let last_two = &near[near.len().saturating_sub(2)..];
    type Check = fn(Line<'_>) -> Option<Slip>;
    let checks: [(&[Line<'_>], Check); 8] = [
        (near, tab_indent),
        (near, hard_blank),
        (&lines, missing_blank),
        (near, equals_sign),
        (near, other_dash),
        (&lines, unclosed_bracket),
        (last_two, needs_quotes),
        (last_two, colon_in_text),
    ];
    if let Some(slip) = unclosed_quote(yaml, &lines, at) {
        return slip;
    }
    for (lines, check) in checks {
        if let Some(slip) = lines.iter().rev().find_map(|line| check(*line)) {
            return slip;
        }
    }
    if let Some(slip) = out_of_line(&lines, here) {
        return slip;
    }
    let message = if info.is_empty() {
        "this is no key with a value".to_owned()
    } else {
        "the computer can't make sense of this line".to_owned()
    };
    let end = lines
        .get(here)
        .map_or(at, |line| line.start + line.text.len());
    Slip::new(
        at..end.max(at),
        message,
        "look at this line and the one before: blanks at their beginning, a missing colon, quotes or brackets",
    )
}

fn lines(yaml: &str) -> Vec<Line<'_>> {
    let mut start = 0;
    yaml.split_inclusive('\n')
        .map(|whole| {
            let line = Line {
                start,
                text: whole.trim_end_matches(['\n', '\r']),
            };
            start += whole.len();
            line
        })
        .collect()
}

fn tab_indent(line: Line<'_>) -> Option<Slip> {
    let tab = line.start + line.text[..line.indent()].find('\t')?;
    Some(
        Slip::new(
            tab..tab + 1,
            "a tab stands where there must be spaces",
            "replace the tab by two spaces",
        )
        .mend(tab..tab + 1, "  "),
    )
}

/// A non-breaking blank looks like a space and is none; it comes in with text from a word processor.
fn hard_blank(line: Line<'_>) -> Option<Slip> {
    let at = line.text.find('\u{a0}')?;
    let before = &line.text[..at];
    let matters = before.trim().is_empty() || before.ends_with([':', '-']);
    let span = line.start + at..line.start + at + '\u{a0}'.len_utf8();
    matters.then(|| {
        Slip::new(
            span.clone(),
            "this looks like a space but is another character",
            "delete it and type a space; it comes in with text from a word processor",
        )
        .mend(span, " ")
    })
}

/// `title:A` or `-trust`.
fn missing_blank(line: Line<'_>) -> Option<Slip> {
    let text = line.text.trim_start();
    let at = line.start + line.text.len() - text.len();
    let next = |text: &str| {
        text.chars()
            .next()
            .is_some_and(|c| !c.is_whitespace() && c != '/')
    };
    if let Some(item) = text.strip_prefix('-')
        && item.starts_with(char::is_alphabetic)
    {
        return Some(
            Slip::new(
                at..at + 1,
                "a space is missing after this hyphen",
                "write a hyphen, a space, and then the item",
            )
            .mend(at..at + 1, "- "),
        );
    }
    let body = text.strip_prefix("- ").unwrap_or(text);
    let key = body.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))?;
    let colon = at + text.len() - body.len() + key;
    let after = body[key..].strip_prefix(':')?;
    (key > 0 && next(after)).then(|| {
        Slip::new(
            colon..colon + 1,
            format!("a space is missing after the colon of `{}`", &body[..key]),
            "write the key, a colon, a space, and then the value",
        )
        .mend(colon..colon + 1, ": ")
    })
}

/// `key = value`
fn equals_sign(line: Line<'_>) -> Option<Slip> {
    let (key, _) = line.text.split_once('=')?;
    let word = key.trim();
    let plain = word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    (plain && !word.is_empty()).then(|| {
        let blank = line.start + key.trim_end().len();
        let sign = line.start + key.len();
        Slip::new(
            sign..sign + 1,
            format!("`{word}` is followed by an equals sign instead of a colon"),
            "write the key, a colon, a space, and then the value",
        )
        .mend(blank..sign + 1, ":")
    })
}

/// A word processor's dash as the mark of a list item.
fn other_dash(line: Line<'_>) -> Option<Slip> {
    let text = line.text.trim_start();
    let dash = text
        .chars()
        .next()
        .filter(|c| matches!(c, '–' | '—' | '•' | '*'))?;
    let after = text[dash.len_utf8()..].chars().next()?;
    let at = line.start + line.text.len() - text.len();
    let span = at..at + dash.len_utf8();
    after.is_whitespace().then(|| {
        Slip::new(
            span.clone(),
            format!("`{dash}` doesn't begin an item of a list"),
            "begin each item with a plain hyphen and a space",
        )
        .mend(span, "-")
    })
}

/// The opening quotation mark of a value that has no closing one, at or before `at`.
fn unclosed_quote(yaml: &str, lines: &[Line<'_>], at: usize) -> Option<Slip> {
    for line in lines.iter().take_while(|line| line.start <= at) {
        let Some((start, value)) = line.value() else {
            continue;
        };
        let Some(quote @ ('"' | '\'')) = value.chars().next() else {
            continue;
        };
        if value[1..].contains(quote) {
            continue;
        }
        // Text in quotes may go on over several lines; it is unclosed only if no later line closes it.
        let rest = &yaml[line.start + line.text.len()..];
        let closes = rest
            .lines()
            .take_while(|next| !next.contains(": ") && !next.trim_end().ends_with(':'))
            .any(|next| next.contains(quote));
        if !closes {
            let end = start + value.len();
            return Some(
                Slip::new(
                    start..start + 1,
                    "this quotation mark is never closed",
                    "close the text with the same mark; inside double quotes, write \\\" for a mark that belongs to the text",
                )
                .mend(end..end, quote),
            );
        }
    }
    None
}

/// `[a, b` without its end, or an end without a beginning.
fn unclosed_bracket(line: Line<'_>) -> Option<Slip> {
    let (start, value) = line.value()?;
    if !value.starts_with(['[', '{']) {
        return None;
    }
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut quote = None;
    for (index, c) in value.char_indices() {
        match (quote, c) {
            (Some(mark), _) if c == mark => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '[') => open.push((index, ']')),
            (None, '{') => open.push((index, '}')),
            (None, ']' | '}') => match open.pop() {
                Some((_, wanted)) if wanted == c => {}
                Some((_, wanted)) => {
                    let span = start + index..start + index + 1;
                    return Some(
                        Slip::new(
                            span.clone(),
                            format!("here `{wanted}` must close what was opened before"),
                            "square brackets hold a list, curly ones hold keys with values",
                        )
                        .mend(span, wanted),
                    );
                }
                None => {
                    let span = start + index..start + index + 1;
                    return Some(
                        Slip::new(
                            span.clone(),
                            format!("this `{c}` closes nothing"),
                            "take it out, or open the list before it",
                        )
                        .mend(span, ""),
                    );
                }
            },
            _ => {}
        }
    }
    let (index, wanted) = open.pop()?;
    let end = start + value.len();
    Some(
        Slip::new(
            start + index..start + index + 1,
            "this bracket is never closed",
            format!("write `{wanted}` where the list ends"),
        )
        .mend(end..end, wanted),
    )
}

/// A value that begins with a character that YAML keeps for itself, or with quoted words that are followed by more.
fn needs_quotes(line: Line<'_>) -> Option<Slip> {
    let (start, value) = line.value()?;
    let first = value.chars().next()?;
    let kept = matches!(first, '@' | '`' | '%' | '|' | '>' | '&' | '*' | '!');
    let quoted_part = matches!(first, '"' | '\'')
        && value[1..].find(first).is_some_and(|close| {
            !matches!(
                value[close + 2..].trim_start().chars().next(),
                None | Some('#' | ',' | '}' | ']')
            )
        });
    (kept || quoted_part)
        .then(|| in_quotes(start, value, "this text must stand in quotes as a whole"))
}

/// Unquoted text that holds a colon and a space.
fn colon_in_text(line: Line<'_>) -> Option<Slip> {
    let (start, value) = line.value()?;
    if value.starts_with(['"', '\'', '{', '[', '|', '>']) {
        return None;
    }
    let colon = value.find(": ")?;
    let mut slip = in_quotes(
        start,
        value,
        "text with a colon and a space must stand in quotes",
    );
    slip.span = start + colon..start + colon + 1;
    Some(slip)
}

/// The whole value must be quoted.
fn in_quotes(start: usize, value: &str, message: &str) -> Slip {
    let quoted = format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""));
    Slip::new(
        start..start + value.len(),
        message,
        "put the whole text after the key in double quotes; write \\\" for a double quote that belongs to it",
    )
    .mend(start..start + value.len(), quoted)
}

/// A line that begins at a place where none of those before it does, or that has no key where one must be.
fn out_of_line(lines: &[Line<'_>], here: usize) -> Option<Slip> {
    let full = |line: &&Line<'_>| {
        let text = line.text.trim();
        !text.is_empty() && !text.starts_with('#')
    };
    let line = lines.get(here).filter(full)?;
    let before = lines[..here].iter().rfind(full)?;
    let text = line.text.trim();
    let start = line.start + line.indent();
    let span = start..line.start + line.text.trim_end().len();
    let keyed = text.starts_with("- ") || text.contains(": ") || text.ends_with(':');
    if !keyed {
        return Some(Slip::new(
            span,
            "this line has no key, and isn't part of the text before it",
            "put it at the end of the line before, or begin it with two spaces more than that line",
        ));
    }
    let indents: Vec<usize> = lines[..here]
        .iter()
        .filter(full)
        .map(Line::indent)
        .collect();
    let nearest = indents
        .iter()
        .min_by_key(|indent| indent.abs_diff(line.indent()))?;
    let wanted = *nearest;
    (line.indent() != wanted || line.indent() != before.indent()).then(|| {
        Slip::new(
            span,
            "this line begins at a place where no line before it does",
            format!(
                "lines that belong together begin with the same number of spaces: here probably {wanted}"
            ),
        )
        .mend(line.start..start, " ".repeat(wanted))
    })
}
