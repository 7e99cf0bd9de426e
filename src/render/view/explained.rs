//! Abbreviations on their first use: a link to their meaning in the glossary, which the link says at once to those who
//! point at it, move to it, have it read to them, touch a screen or print the page.

use std::borrow::Cow;
use std::fmt::Write as _;

use tera::Value;

use super::super::value::{markup, text};
use super::super::xml::escape;
use crate::id::Id;
use crate::markdown::{Body, Html};
use crate::vocabulary::abbreviations::is_spelt_out;
use crate::vocabulary::{GlossaryEntry, Vocabulary};

/// The HTML of a body on a page of a study that says nothing else.
#[cfg(feature = "fuzzing")]
pub(crate) fn body_html(vocabulary: &Vocabulary, body: &Html) -> String {
    Explained::new(vocabulary, "../../").html(body).into_owned()
}

/// The abbreviations that a page has explained; its texts are given to it in the order in which they are read.
pub(super) struct Explained<'v> {
    vocabulary: &'v Vocabulary,
    /// Leads from the page to the root of the site.
    root: &'static str,
    seen: Vec<Id<GlossaryEntry>>,
}

impl<'v> Explained<'v> {
    /// A page of which nothing was read yet.
    pub(super) fn new(vocabulary: &'v Vocabulary, root: &'static str) -> Self {
        Self {
            vocabulary,
            root,
            seen: Vec::new(),
        }
    }

    /// A text of the page, as markup if it has something to explain.
    pub(super) fn text(&mut self, words: &str) -> Value {
        let mut html = String::new();
        let mut done = 0;
        for found in self.vocabulary.abbreviations.uses(words, None, None) {
            if self.seen.contains(&found.entry) {
                continue;
            }
            self.seen.push(found.entry);
            let (before, after) = (&words[..found.range.start], &words[found.range.end..]);
            let entry = self.vocabulary.glossary.get(found.entry);
            if !is_spelt_out(&entry.expansion, before.chars().rev(), after.chars()) {
                html.push_str(&escape(&words[done..found.range.start]));
                self.link(found.entry, &escape(&words[found.range.clone()]), &mut html);
                done = found.range.end;
            }
        }
        if done == 0 {
            return text(words);
        }
        html.push_str(&escape(&words[done..]));
        markup(&html)
    }

    /// The same of a text that may be missing.
    pub(super) fn optional(&mut self, words: Option<&str>) -> Value {
        words.map_or_else(Value::none, |words| self.text(words))
    }

    /// The body of the page as markup.
    pub(super) fn body(&mut self, body: Option<Body<'_>>) -> Value {
        markup(&body.map_or(Cow::Borrowed(""), |body| self.html(body.html)))
    }

    /// The HTML of the body of the page.
    fn html<'b>(&mut self, body: &'b Html) -> Cow<'b, str> {
        let mut html = String::new();
        let mut done = 0;
        for first in &body.abbreviations {
            if self.seen.contains(&first.entry) {
                continue;
            }
            self.seen.push(first.entry);
            if !first.spelt_out {
                html.push_str(&body.text[done..first.html.start]);
                self.link(first.entry, &body.text[first.html.clone()], &mut html);
                done = first.html.end;
            }
        }
        if done == 0 {
            return Cow::Borrowed(&body.text);
        }
        html.push_str(&body.text[done..]);
        Cow::Owned(html)
    }

    /// Writes an abbreviation, whose letters are HTML already, as a link to the glossary. The name of the link begins with
    /// the letters, so that who speaks to a computer can say what stands there.
    fn link(&self, entry: Id<GlossaryEntry>, letters: &str, html: &mut String) {
        let entry = self.vocabulary.glossary.get(entry);
        let (root, path) = (self.root, entry.output_path());
        let expansion = escape(&entry.expansion);
        let name = letters.replace('"', "&quot;");
        let _ = write!(
            html,
            "<a class=\"abbr\" href=\"{root}{path}\" aria-label=\"{name}: {expansion}\">\
             <abbr title=\"{expansion}\">{letters}</abbr></a>"
        );
    }
}
