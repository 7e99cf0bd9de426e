//! Lines of YAML as people see them: an indentation, perhaps a hyphen, perhaps a key, and a value.

use crate::diagnostics::Span;

/// One line, cut where a reader would cut it. All places are bytes of the text that it came from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'t> {
    /// Where it begins.
    pub(super) start: usize,
    /// Where it ends, without its line end and without blanks.
    pub(super) end: usize,
    /// Where its text begins, after blanks of any kind.
    pub(super) text_at: usize,
    /// Where its text begins after the hyphens of list items.
    pub(super) entry_at: usize,
    /// The text from `entry_at` to the end.
    pub(super) entry: &'t str,
}

impl<'t> Line<'t> {
    fn new(all: &'t str, span: Span) -> Self {
        let text = &all[span.clone()];
        let end = span.start + text.trim_end().len();
        let text_at = (span.start + text.len() - text.trim_start().len()).min(end);
        let mut entry_at = text_at;
        while let Some(rest) = all[entry_at..end].strip_prefix("- ") {
            entry_at = end - rest.trim_start().len();
        }
        Self {
            start: span.start,
            end,
            text_at,
            entry_at,
            entry: &all[entry_at..end],
        }
    }

    /// How far it is indented, in bytes.
    pub(super) fn indent(&self) -> usize {
        self.text_at - self.start
    }

    /// Whether it says nothing.
    pub(super) fn is_blank(&self) -> bool {
        self.text_at == self.end || self.text_at == self.entry_at && self.entry.starts_with('#')
    }

    /// Whether it begins an item of a list.
    pub(super) fn is_item(&self) -> bool {
        self.entry_at > self.text_at || self.entry == "-"
    }

    /// Its key, and where its value begins.
    pub(super) fn key(&self) -> Option<(&'t str, usize)> {
        let (key, after) = key(self.entry)?;
        let value = self.entry[after..].trim_start();
        Some((key, self.end - value.len()))
    }

    /// Its value, or all of it where it has no key.
    pub(super) fn value_at(&self) -> usize {
        self.key().map_or(self.entry_at, |(_, value_at)| value_at)
    }
}

/// The lines of a text with any kind of line end.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        if at >= text.len() {
            return None;
        }
        let start = at;
        let rest = &text.as_bytes()[start..];
        let end = memchr::memchr2(b'\n', b'\r', rest).map_or(text.len(), |end| start + end);
        at = match text.as_bytes()[end..] {
            [b'\r', b'\n', ..] => end + 2,
            [_, ..] => end + 1,
            [] => end,
        };
        Some(Line::new(text, start..end))
    })
}

/// The key that a text begins with and the end of its colon: words before a colon that is followed by a blank or by
/// nothing.
pub(super) fn key(text: &str) -> Option<(&str, usize)> {
    if let Some(quote @ ('"' | '\'')) = text.chars().next() {
        let close = 1 + text[1..].find(quote)?;
        let after = text[close + 1..].trim_start_matches(' ');
        let colon = text.len() - after.len();
        return (after == ":" || after.starts_with(": ")).then(|| (&text[1..close], colon + 1));
    }
    if !text.starts_with(|c: char| c.is_alphanumeric() || c == '<') {
        return None;
    }
    let colon = text.match_indices(':').map(|(at, _)| at).find(|at| {
        text[at + 1..]
            .chars()
            .next()
            .is_none_or(|next| matches!(next, ' ' | '\t'))
    })?;
    let comment = text.find(" #").is_some_and(|hash| hash < colon);
    (!comment).then(|| (text[..colon].trim_end(), colon + 1))
}

/// The word that a text begins with when something like a colon follows it that isn't one: `title:A`, `title = A`.
/// Gives the word and the place of the sign after it.
pub(super) fn near_key(text: &str) -> Option<(&str, usize)> {
    let length = text
        .find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-'))
        .unwrap_or(text.len());
    let word = &text[..length];
    if !word.starts_with(char::is_alphabetic) {
        return None;
    }
    let blanks = text[length..].len() - text[length..].trim_start_matches(' ').len();
    let sign = length + blanks;
    let rest = &text[sign..];
    let colon = rest.starts_with(':') && blanks == 0 && !rest.starts_with("://");
    let semicolon = rest == ";" && blanks == 0;
    (colon || semicolon || rest.starts_with(['=', '\u{ff1a}'])).then_some((word, sign))
}
