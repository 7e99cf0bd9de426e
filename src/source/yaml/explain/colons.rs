//! Colons that are missing, that lack their blank, or that belong to a text.

use super::{Cause, quoted, quotes::CURLY};
use crate::source::yaml::line::{Line, near_key};

/// `title:A`, `title = A`, and a colon with a blank that is none.
pub(super) fn missing_blank(line: &Line<'_>) -> Option<Cause> {
    if line.key().is_some() {
        return None;
    }
    let (word, sign) = near_key(line.entry)?;
    let at = line.entry_at + sign;
    let mark = line.entry[sign..].chars().next()?;
    let rest = &line.entry[sign + mark.len_utf8()..];
    let blanks = rest.len() - rest.trim_start().len();
    if mark != ':' {
        let name = match mark {
            '=' => "an equals sign",
            ';' => "a semicolon",
            _ => "a wide one",
        };
        let end = at + mark.len_utf8();
        let colon = if rest.is_empty() { ":" } else { ": " };
        return Some(
            Cause::new(
                at..end,
                format!("after `{word}` there must be a colon, not {name}"),
                "write the key, a colon, a blank and the value",
            )
            .mend(
                line.entry_at + word.len()..end + blanks,
                colon,
                "write a colon",
            ),
        );
    }
    if blanks > 0 {
        return Some(
            Cause::new(
                at + 1..at + 1 + blanks,
                format!("the blank after `{word}:` is not an ordinary one"),
                "it looks the same, but comes from a word processor or a web page; delete it and type a blank",
            )
            .mend(at + 1..at + 1 + blanks, " ", "write an ordinary blank"),
        );
    }
    Some(
        Cause::new(
            at..at + 1,
            format!("a blank is missing after the colon of `{word}`"),
            "write the key, a colon, a blank and the value",
        )
        .mend(at..at + 1, ": ", "put a blank in between"),
    )
}

/// The second colon of a line: text that isn't in quotes and holds one.
pub(super) fn in_text(yaml: &str, line: &Line<'_>) -> Option<Cause> {
    let (_, start) = line.key()?;
    let value = &yaml[start..line.end];
    if value.starts_with(['"', '\'', '{', '[', '|', '>']) {
        return None;
    }
    let colon = value.match_indices(':').map(|(at, _)| at).find(|at| {
        value[at + 1..]
            .chars()
            .next()
            .is_none_or(|next| matches!(next, ' ' | '\t'))
    })?;
    let curly = value.starts_with(CURLY);
    let inner = value.trim_start_matches(CURLY).trim_end_matches(CURLY);
    let (message, help) = if curly {
        (
            "text with a colon and a space must stand in straight quotes; curly ones don't count",
            "write \" at both ends",
        )
    } else {
        (
            "text with a colon and a space must stand in quotes",
            if value[..colon].contains(|c: char| !c.is_ascii_lowercase()) {
                "put the whole text after the key in double quotes"
            } else {
                "put the whole text after the key in double quotes; if this is a key of its own, write it on a line \
                 of its own below, indented by two spaces"
            },
        )
    };
    let cause = Cause::at(start + colon, message, help);
    // Where the text goes on below, nobody can say where it ends.
    let goes_on = yaml[line.end..]
        .trim_start_matches(['\n', '\r'])
        .starts_with([' ', '\t']);
    Some(if goes_on {
        cause
    } else {
        let replacement = quoted(if curly { inner } else { value });
        cause.mend(start..line.end, replacement, "put it in quotes")
    })
}

/// Text over several lines that holds a colon in a line that isn't its first.
pub(super) fn in_further_text(known: &[Line<'_>]) -> Option<Cause> {
    let (line, above) = known.split_last()?;
    let (_, value_at) = line.key()?;
    let first = above.iter().rev().find(|other| other.key().is_some())?;
    let goes_on = first
        .key()
        .is_some_and(|(_, value_at)| value_at < first.end)
        && !line.is_item()
        && line.indent() > first.entry_at - first.start;
    let colon = line.entry_at + line.entry[..value_at - line.entry_at].rfind(':')?;
    goes_on.then(|| {
        Cause::at(
            colon,
            "text with a colon and a space must stand in quotes",
            "put the whole text in double quotes, from the line where it begins to its end",
        )
        .label(first.entry_at..first.end, "the text begins here")
    })
}

/// An item of a list that begins with a word and no colon, and goes on with keys.
pub(super) fn missing_in_item(known: &[Line<'_>]) -> Option<Cause> {
    let [.., item, line] = known else {
        return None;
    };
    let keyless = item.is_item() && item.key().is_none() && line.key().is_some() && !line.is_item();
    let (word, _) = item.entry.split_once(' ')?;
    let end = item.entry_at + word.len();
    keyless.then(|| {
        Cause::new(
            item.entry_at..end,
            format!("after `{word}` there must be a colon"),
            "each line of this item is a key, a colon, a blank and a value",
        )
        .mend(end..end, ":", "write a colon")
    })
}

/// A hyphen before a key that is no item of a list.
pub(super) fn stray_hyphen(known: &[Line<'_>]) -> Option<Cause> {
    let (line, above) = known.split_last()?;
    let first = above.iter().any(|other| other.is_item());
    (line.is_item() && line.key().is_some() && !first && line.indent() == 0).then(|| {
        Cause::new(
            line.text_at..line.text_at + 1,
            "there is no list here for this hyphen",
            "a hyphen begins an item of a list, below the key of the list; take it out before other keys",
        )
        .mend(line.text_at..line.entry_at, "", "take it out")
    })
}

/// A line without a colon where a key is wanted.
pub(super) fn missing(known: &[Line<'_>], at: usize) -> Option<Cause> {
    let (index, line) = known
        .iter()
        .enumerate()
        .rev()
        .find(|(_, line)| line.key().is_none() && !line.is_item() && line.start <= at)?;
    if !line.entry.contains(char::is_whitespace) && line.entry.starts_with(char::is_alphabetic) {
        return Some(Cause::new(
            line.text_at..line.end,
            format!("after `{}` there must be a colon and a value", line.entry),
            "write the key, a colon, a blank and the value; if the word goes on with the text above, indent it further \
             than the key of that text",
        ));
    }
    let above = known[..index]
        .iter()
        .rev()
        .find(|above| above.key().is_some());
    let Some(above) = above else {
        return Some(Cause::new(
            line.text_at..line.end,
            "this line has no key",
            "each line here is a key, a colon, a blank and a value",
        ));
    };
    let column = above.entry_at - above.start;
    let cause = Cause::new(
        line.text_at..line.end,
        "this line has no key and no colon",
        "if it goes on with the text above, indent it further than the key of that text; if it is an entry of its \
         own, write its key and a colon before it",
    );
    let wrapped = above
        .key()
        .is_some_and(|(_, value_at)| value_at < above.end);
    Some(if wrapped && line.indent() <= column {
        let indent = " ".repeat(column + 2);
        cause.mend(
            line.start..line.text_at,
            indent,
            "indent it, as a part of the text above",
        )
    } else {
        cause
    })
}
