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
        let number = *self.numbers.entry(label.to_owned()).or_insert(next);
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

    /// Takes a definition in; of two with one label the first stands, as in CommonMark's link references.
    pub(super) fn define(&mut self, label: &str, events: Vec<Event<'t>>) {
        if self.defined.insert(label.to_owned()) {
            self.definitions.push((label.to_owned(), events));
        }
    }

    /// The list at the end of the body: mentioned footnotes by number, then those that nothing mentions.
    pub(super) fn into_events(mut self) -> Vec<Event<'t>> {
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
