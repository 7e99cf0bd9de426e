//! Footnotes: collected where they stand, numbered in the order of their first mention, written at the end.

use std::fmt::Write as _;

use pulldown_cmark::{CowStr, Event};
use rustc_hash::{FxHashMap, FxHashSet};

/// The footnotes of one body.
#[derive(Debug, Default)]
pub(super) struct Footnotes<'t> {
    numbers: FxHashMap<String, usize>,
    mentions: Vec<usize>,
    definitions: Vec<(String, Vec<Event<'t>>)>,
    defined: FxHashSet<String>,
}

impl<'t> Footnotes<'t> {
    /// The markup of a mention.
    pub(super) fn mention(&mut self, label: &str) -> Event<'t> {
        let next = self.numbers.len() + 1;
        let number = *self.numbers.entry(fold(label)).or_insert(next);
        if number > self.mentions.len() {
            self.mentions.push(0);
        }
        self.mentions[number - 1] += 1;
        let id = mention_id(number, self.mentions[number - 1]);
        let html = format!(
            "<sup class=\"footnote-ref\"><a id=\"{id}\" href=\"#fn-{number}\" aria-label=\"Footnote {number}\">{number}</a></sup>"
        );
        Event::InlineHtml(CowStr::from(html))
    }

    /// Whether a definition is the first of its label; of two the first stands, as with CommonMark's link references.
    pub(super) fn claim(&mut self, label: &str) -> bool {
        self.defined.insert(fold(label))
    }

    /// Takes a definition in that was claimed.
    pub(super) fn define(&mut self, label: &str, events: Vec<Event<'t>>) {
        self.definitions.push((fold(label), events));
    }

    /// The list at the end of the body: mentioned footnotes by number, then those that nothing mentions.
    pub(super) fn into_events(mut self) -> Vec<Event<'t>> {
        // A note inside a doubled note is gone with it; its mention still needs a place to lead to.
        let defined: FxHashSet<&str> = self
            .definitions
            .iter()
            .map(|(label, _)| label.as_str())
            .collect();
        let lost: Vec<String> = self
            .numbers
            .keys()
            .filter(|label| !defined.contains(label.as_str()))
            .cloned()
            .collect();
        self.definitions
            .extend(lost.into_iter().map(|label| (label, Vec::new())));
        if self.definitions.is_empty() {
            return Vec::new();
        }
        let number = |label: &str| self.numbers.get(label).copied();
        self.definitions
            .sort_by_key(|(label, _)| number(label).unwrap_or(usize::MAX));
        let mut events = vec![html(
            "<section class=\"footnotes\" aria-label=\"Footnotes\">\n<ol>\n",
        )];
        for (label, definition) in self.definitions {
            match self.numbers.get(&label) {
                None => {
                    events.push(html("<li>"));
                    events.extend(definition);
                }
                Some(&number) => {
                    events.push(html(&format!("<li id=\"fn-{number}\">")));
                    events.extend(definition);
                    let mut back = String::from("<p class=\"footnote-back\">");
                    for mention in 1..=self.mentions[number - 1] {
                        let id = mention_id(number, mention);
                        let _ = write!(
                            back,
                            "<a href=\"#{id}\" aria-label=\"Back to the text of footnote {number}\">\u{21a9}\u{fe0e}</a> "
                        );
                    }
                    back.push_str("</p>");
                    events.push(html(&back));
                }
            }
            events.push(html("</li>\n"));
        }
        events.push(html("</ol>\n</section>\n"));
        events
    }
}

/// Labels are alike when they differ in case alone.
fn fold(label: &str) -> String {
    label.to_lowercase()
}

fn mention_id(number: usize, mention: usize) -> String {
    if mention == 1 {
        format!("fnref-{number}")
    } else {
        format!("fnref-{number}-{mention}")
    }
}

fn html<'t>(text: &str) -> Event<'t> {
    Event::Html(CowStr::from(text.to_owned()))
}
