//! Lines that begin at the wrong column, or with blanks that are none.

use super::Cause;
use crate::source::yaml::line::{Line, lines};

const HELP: &str = "lines that belong together begin at the same column; what belongs to a line above is indented further than that line";

/// A tab or an unusual blank in the indentation of a line.
pub(super) fn odd_blank(yaml: &str, line: &Line<'_>) -> Option<Cause> {
    let blanks = &yaml[line.start..line.text_at];
    let (at, odd) = blanks.char_indices().find(|(_, blank)| *blank != ' ')?;
    let at = line.start + at;
    let plain: String = blanks
        .chars()
        .map(|blank| if blank == '\t' { "  " } else { " " })
        .collect();
    let cause = if odd == '\t' {
        Cause::at(
            at,
            "a line is indented with spaces here, not with a tab",
            "replace the tab by two spaces",
        )
    } else {
        Cause::new(
            at..at + odd.len_utf8(),
            "the blank at the beginning of this line is not an ordinary one",
            "it looks the same, but comes from a word processor or a web page; delete it and type spaces",
        )
    };
    Some(cause.mend(line.start..line.text_at, plain, "indent it with spaces"))
}

/// The first key of a document stands further to the right than the key at `next`.
pub(super) fn indented_first(yaml: &str, next: usize) -> Cause {
    let first = lines(&yaml[..next]).find(|line| !line.is_blank());
    if let Some(odd) = first.and_then(|line| odd_blank(yaml, &line)) {
        return odd;
    }
    let (start, text_at) = first.map_or((0, 0), |line| (line.start, line.text_at));
    let next_end = next + yaml[next..].find([':', '\n', '\r']).unwrap_or(0);
    Cause::at(text_at, "this line must begin at the first column", HELP)
        .label(next..next_end, "it should line up with this")
        .mend(start..text_at, "", "begin it at the first column")
}

/// The line at `at`, if it begins an entry at a column where no other entry begins.
pub(super) fn misplaced(known: &[Line<'_>], at: usize) -> Option<Cause> {
    let (line, above) = known.split_last()?;
    let text = |line: &Line<'_>| line.key().is_some() || line.is_item();
    let single_word = line.is_item()
        || line
            .key()
            .is_some_and(|(key, _)| !key.contains(char::is_whitespace));
    if line.start > at || !single_word {
        return None;
    }
    let column = line.indent();
    let kind = |other: &&Line<'_>| text(other) && other.is_item() == line.is_item();
    // The keys of an item begin after its hyphen.
    let columns = |other: &Line<'_>| {
        let own = other.indent();
        let inner = other.entry_at - other.start;
        if line.is_item() { own } else { inner }
    };
    let nearest = above
        .iter()
        .rev()
        .filter(|other| kind(other) || !line.is_item() && other.key().is_some())
        .min_by_key(|other| columns(other).abs_diff(column))?;
    let wanted = columns(nearest);
    if wanted == column {
        return None;
    }
    let message = if wanted < column {
        "this line is indented too far"
    } else {
        "this line is not indented far enough"
    };
    let shown = nearest.start + wanted;
    let key = nearest
        .key()
        .map_or(nearest.end, |(key, _)| nearest.entry_at + key.len());
    Some(
        Cause::at(line.text_at, message, HELP)
            .label(shown..key.max(shown), "it should line up with this")
            .mend(
                line.start..line.text_at,
                " ".repeat(wanted),
                match wanted {
                    0 => "begin it at the first column".to_owned(),
                    1 => "indent it by one space".to_owned(),
                    _ => format!("indent it by {wanted} spaces"),
                },
            ),
    )
}
