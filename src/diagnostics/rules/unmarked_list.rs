//! A line begins like an item of a list or a heading, and is neither.

use super::{Example, Group, Rule, Severity};
use crate::diagnostics::Sink;

pub(crate) static UNMARKED_LIST: Rule = Rule {
    name: "unmarked-list",
    group: Group::Links,
    severity: Severity::Warning,
    fixed: false,
    summary: "A line begins like an item of a list or a heading, and is neither.",
    why: "Lists and headings that are pasted from a word processor keep their signs and lose what they mean. The \
          site runs such lines together into one paragraph, signs and all.",
    example: Example::markdown(
        "• one nurse from every ward\n• a pharmacist twice a week\n",
        "- one nurse from every ward\n- a pharmacist twice a week\n",
    ),
    mend: "Begin the items of a list with `- `, those of a numbered one with `1. `, and a heading with `## `: the sign, \
           and one blank. A line that is meant as it stands begins with a backslash, as in `\\-5 points`.",
};

/// Signs of items as word processors have them.
const BULLETS: [char; 8] = ['•', '·', '▪', '◦', '‣', '●', '○', '\u{f0b7}'];

/// Looks at `line`, plain text from the start of a line on, which begins at byte `offset`.
pub(crate) fn check(line: &str, offset: usize, sink: &mut Sink) {
    let Some((length, meant)) = sign(line) else {
        return;
    };
    let span = offset..offset + length;
    let what = if meant.starts_with('#') {
        "a heading"
    } else {
        "an item of a list"
    };
    let diagnostic = sink
        .diagnostic(
            &UNMARKED_LIST,
            span.clone(),
            format!("this looks like {what} but isn't one"),
        )
        .suggest_at(span, &meant, format!("begin it with `{meant}`"), false);
    sink.push(diagnostic);
}

/// The length of the sign with which a line begins, if it was meant as one, and what it should be.
fn sign(line: &str) -> Option<(usize, String)> {
    let first = line.chars().next()?;
    let begins_word = |rest: &str| rest.starts_with(char::is_alphabetic);
    if BULLETS.contains(&first) {
        let text = line[first.len_utf8()..].trim_start();
        return (!text.is_empty()).then(|| (line.len() - text.len(), "- ".to_owned()));
    }
    if let Some(text) = line.strip_prefix("o\t") {
        return Some((line.len() - text.trim_start().len(), "- ".to_owned()));
    }
    if let Some(text) = line.strip_prefix('-') {
        return begins_word(text).then(|| (1, "- ".to_owned()));
    }
    // One alone may be that of a hashtag.
    let text = line.trim_start_matches('#');
    let level = line.len() - text.len();
    if (2..=6).contains(&level) {
        return begins_word(text).then(|| (level, format!("{} ", &line[..level])));
    }
    let text = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = line.len() - text.len();
    let rest = text.strip_prefix([')', '.'])?;
    ((1..=2).contains(&digits) && begins_word(rest))
        .then(|| (digits + 1, format!("{}. ", &line[..digits])))
}

#[cfg(test)]
mod tests {
    use super::sign;

    #[test]
    fn signs_of_word_processors_and_signs_without_a_blank_are_known() {
        for (line, meant) in [
            ("• one", Some((4, "- "))),
            ("·\tone", Some((3, "- "))),
            ("o\tone", Some((2, "- "))),
            ("-one", Some((1, "- "))),
            ("##One", Some((2, "## "))),
            ("1)one", Some((2, "1. "))),
            ("12.one", Some((3, "12. "))),
            ("•", None),
            ("of one", None),
            ("-5 points", None),
            ("--one", None),
            ("#one", None),
            ("#######one", None),
            ("1.5 million", None),
            ("2019)one", None),
            ("one", None),
            ("", None),
        ] {
            let meant = meant.map(|(length, meant): (usize, &str)| (length, meant.to_owned()));
            assert_eq!(sign(line), meant, "{line:?}");
        }
    }
}
