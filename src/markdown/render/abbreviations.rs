//! The first use of each abbreviation in a body. It is found here, in the events in the order in which they are written,
//! and made a link by the page, which knows what it has explained above its body.

use std::cell::Cell;
use std::fmt;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd, html};

use crate::id::Id;
use crate::vocabulary::abbreviations::{Use, is_spelt_out};
use crate::vocabulary::{GlossaryEntry, Terms, Vocabulary};

/// The first use of an abbreviation in a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstUse {
    /// What it means.
    pub entry: Id<GlossaryEntry>,
    /// The bytes of the body's HTML that show it: text without markup.
    pub html: Range<usize>,
    /// Whether the author spells it out there.
    pub spelt_out: bool,
}

/// Writes events as HTML, and says where in it each abbreviation is used first.
pub(super) fn write(
    events: Vec<Event<'_>>,
    vocabulary: &Vocabulary,
    html: &mut String,
) -> Vec<FirstUse> {
    let (events, marks) = split(events, vocabulary);
    if marks.is_empty() {
        html::push_html(html, events.into_iter());
        return Vec::new();
    }
    let written = Cell::new(html.len());
    // An event is asked for when all before it have been written.
    let mut places = Vec::with_capacity(events.len() + 1);
    let counted = events.into_iter().inspect(|_| places.push(written.get()));
    let out = Counted {
        html,
        written: &written,
    };
    html::write_html_fmt(out, counted).expect("invariant: a String takes everything");
    places.push(written.get());
    let first_use = |mark: Mark| FirstUse {
        entry: mark.entry,
        html: places[mark.event]..places[mark.event + 1],
        spelt_out: mark.spelt_out,
    };
    marks.into_iter().map(first_use).collect()
}

/// HTML that tells how long it is while it is written.
struct Counted<'c> {
    html: &'c mut String,
    written: &'c Cell<usize>,
}

impl fmt::Write for Counted<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.html.push_str(text);
        self.written.set(self.html.len());
        Ok(())
    }
}

/// An event that holds an abbreviation and nothing else.
struct Mark {
    event: usize,
    entry: Id<GlossaryEntry>,
    spelt_out: bool,
}

/// Gives the first use of each abbreviation an event of its own. Headings, links, code, the words of an image and terms
/// that are defined are passed over: a link can't stand in a link, and a name is no place to explain.
fn split<'t>(events: Vec<Event<'t>>, vocabulary: &Vocabulary) -> (Vec<Event<'t>>, Vec<Mark>) {
    let mut uses = Vec::new();
    let mut seen: Vec<Id<GlossaryEntry>> = Vec::new();
    let mut names = 0_usize;
    for (at, event) in events.iter().enumerate() {
        match event {
            Event::Start(tag) if is_name(&tag.to_end()) => names += 1,
            Event::End(tag) if is_name(tag) => names -= 1,
            Event::Text(text) if names == 0 => {
                let (before, after) = (before(&events, at).next(), after(&events, at).next());
                for found in vocabulary.abbreviations.uses(text, before, after) {
                    if !seen.contains(&found.entry) {
                        seen.push(found.entry);
                        uses.push((at, found));
                    }
                }
            }
            _ => {}
        }
    }
    if uses.is_empty() {
        return (events, Vec::new());
    }
    let spelt_out: Vec<bool> = uses
        .iter()
        .map(|(at, found)| in_words(&events, *at, found, &vocabulary.glossary))
        .collect();
    let mut marks = Vec::with_capacity(uses.len());
    let mut parts = Vec::with_capacity(events.len() + 2 * uses.len());
    let mut uses = uses.into_iter().zip(spelt_out).peekable();
    for (at, event) in events.into_iter().enumerate() {
        let Event::Text(text) = event else {
            parts.push(event);
            continue;
        };
        let mut done = 0;
        while let Some(((_, found), spelt_out)) = uses.next_if(|((of, _), _)| *of == at) {
            push_text(&mut parts, &text[done..found.range.start]);
            marks.push(Mark {
                event: parts.len(),
                entry: found.entry,
                spelt_out,
            });
            push_text(&mut parts, &text[found.range.clone()]);
            done = found.range.end;
        }
        if done == 0 {
            parts.push(Event::Text(text));
        } else {
            push_text(&mut parts, &text[done..]);
        }
    }
    (parts, marks)
}

fn push_text(events: &mut Vec<Event<'_>>, text: &str) {
    if !text.is_empty() {
        events.push(Event::Text(CowStr::from(text.to_owned())));
    }
}

fn is_name(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Heading(_) | TagEnd::Link | TagEnd::Image | TagEnd::DefinitionListTitle
    )
}

/// Whether the author spells out what is used in an event.
fn in_words(events: &[Event<'_>], at: usize, found: &Use, glossary: &Terms<GlossaryEntry>) -> bool {
    let Event::Text(text) = &events[at] else {
        return false;
    };
    let head = text[..found.range.start].chars().rev();
    let tail = text[found.range.end..].chars();
    is_spelt_out(
        &glossary.get(found.entry).expansion,
        head.chain(before(events, at)),
        tail.chain(after(events, at)),
    )
}

/// The text before an event in its paragraph, backwards.
fn before(events: &[Event<'_>], at: usize) -> impl Iterator<Item = char> {
    let parts = events[..at].iter().rev().map_while(words);
    parts.flat_map(|words| words.chars().rev())
}

/// The text behind an event in its paragraph.
fn after(events: &[Event<'_>], at: usize) -> impl Iterator<Item = char> {
    let parts = events[at + 1..].iter().map_while(words);
    parts.flat_map(str::chars)
}

/// What a reader sees of an event within a line; `None` where the line ends.
fn words<'e>(event: &'e Event<'_>) -> Option<&'e str> {
    match event {
        Event::Text(text) | Event::Code(text) => Some(text),
        Event::SoftBreak | Event::HardBreak => Some(" "),
        Event::InlineHtml(_) => Some(""),
        Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. })
        | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link) => {
            Some("")
        }
        _ => None,
    }
}
