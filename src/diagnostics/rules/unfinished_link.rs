//! Text looks like a link but isn't one.

use super::{Example, Group, Rule, Severity};
use crate::diagnostics::{Sink, Span, floor_char_boundary};
use crate::markdown::may_be_published;

pub(crate) static UNFINISHED_LINK: Rule = Rule {
    name: "unfinished-link",
    group: Group::Links,
    severity: Severity::Warning,
    fixed: false,
    summary: "Text looks like a link but isn't one.",
    why: "Readers see square brackets and an address in place of a link.",
    example: Example::markdown(
        "the [guidance] (https://www.england.nhs.uk/)",
        "the [guidance](https://www.england.nhs.uk/)",
    ),
    mend: "A link is words in square brackets and, right after them, the address in round ones: \
           `[words](address)`. An address with blanks in it stands between `<` and `>`.",
};

/// No address is longer, in bytes.
const LONGEST: usize = 2_000;

/// Looks for what people write when they mean a link, in `source`, a piece of plain text that begins at byte `offset`.
pub(crate) fn check(source: &str, offset: usize, sink: &mut Sink) {
    let mut opened = None;
    for at in memchr::memchr2_iter(b'[', b']', source.as_bytes()) {
        if source.as_bytes()[at] == b'[' {
            opened = Some(at);
            continue;
        }
        let Some(open) = opened else {
            continue;
        };
        let (before, after) = (&source[..at], &source[at + 1..]);
        // A backslash says that the bracket is meant as a bracket.
        if before.ends_with('\\') || before[..open].ends_with('\\') {
            continue;
        }
        let Some((end, help)) = unfinished(after) else {
            continue;
        };
        let span: Span = offset + open..offset + at + 1 + end;
        let diagnostic = sink
            .diagnostic(
                &UNFINISHED_LINK,
                span,
                "this looks like a link but isn't one",
            )
            .help(help);
        sink.push(diagnostic);
    }
}

/// The length of what follows the square brackets, if it was meant as an address, and what is wrong with it.
fn unfinished(after: &str) -> Option<(usize, &'static str)> {
    let blanks = after.len() - after.trim_start_matches(' ').len();
    let address = after[blanks..].strip_prefix('(')?;
    // A line of 2 MB may have a hundred thousand of them.
    let address = &address[..floor_char_boundary(address, LONGEST)];
    let line = address.lines().next().unwrap_or("");
    let end = line.find(')');
    let inside = &line[..end.unwrap_or(line.len())];
    let address_like = inside.contains("://")
        || inside.contains(".md")
        || inside.starts_with("www.")
        || may_be_published(inside.trim());
    let length = blanks + 1 + end.map_or(inside.trim_end().len(), |end| end + 1);
    match (blanks, end) {
        _ if !address_like => None,
        (_, None) => Some((length, "close the address with a round bracket")),
        (1.., Some(_)) => Some((
            length,
            "take out the blank between the square and the round brackets",
        )),
        (0, Some(_)) if inside.contains(' ') => Some((
            length,
            "an address can't have blanks: write %20 for each, or put the address between < and >",
        )),
        (0, Some(_)) => Some((length, "write it as [words](address)")),
    }
}
