//! The words of a link don't say where it leads.

use super::{Example, Group, Rule, Severity};
use crate::diagnostics::{Sink, Span};
use crate::vocabulary::suggest::compact;

pub(crate) static VAGUE_LINK_TEXT: Rule = Rule {
    name: "vague-link-text",
    group: Group::Links,
    severity: Severity::Warning,
    fixed: false,
    summary: "The words of a link don't say where it leads.",
    why: "Screen readers list the links of a page without the text around them. \"Click here\" five times says \
           nothing.",
    example: Example::markdown(
        "[Click here](https://www.england.nhs.uk/) to read the guidance.",
        "Read the [guidance of NHS England](https://www.england.nhs.uk/).",
    ),
    mend: "Put the link on the words that name what it leads to.",
};

/// Words that say nothing of where a link leads, as letters alone.
const VAGUE: [&str; 21] = [
    "article",
    "clickhere",
    "clickthislink",
    "document",
    "download",
    "findoutmore",
    "followthislink",
    "here",
    "learnmore",
    "link",
    "moreinformation",
    "more",
    "page",
    "readhere",
    "readmore",
    "seehere",
    "thisarticle",
    "thislink",
    "thispage",
    "thiswebsite",
    "website",
];

/// Told at a link by whose words nobody knows where it leads.
pub(crate) fn check(words: &str, span: Span, sink: &mut Sink) {
    let message = if words.trim().is_empty() {
        "this link has no words".to_owned()
    } else if words.len() <= 30 && VAGUE.contains(&compact(words).as_str()) {
        format!("\"{}\" doesn't say where the link leads", words.trim())
    } else {
        return;
    };
    let diagnostic = sink
        .diagnostic(&VAGUE_LINK_TEXT, span, message)
        .help("put the link on the words that name what it leads to: [guidance of NHS England](https://...)");
    sink.push(diagnostic);
}
