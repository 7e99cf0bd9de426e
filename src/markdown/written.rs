//! Bodies with their HTML, for those who make pages and the index.

use std::borrow::Cow;

use super::Bodies;
use super::headings::Heading;
use super::links::LinkMap;
use super::render::{Code, Html, InternalLink, Rendered, render};
use crate::diagnostics::Sink;
use crate::source::{Kind, SourceFile, Sources, split};
use crate::vocabulary::Vocabulary;

/// Renders the Markdown of a file; `sink` is that of the file.
pub fn render_file(
    file: &SourceFile,
    links: LinkMap<'_>,
    vocabulary: &Vocabulary,
    code: Code,
    sink: &mut Sink,
) -> Rendered {
    let body = split(&file.text).body;
    let section = match file.kind {
        Kind::Study => "studies/",
        Kind::Review => "reviews/",
        _ => "",
    };
    let address = format!("{section}{}/index.html", file.stem());
    let text = &file.text[body.clone()];
    render(text, body.start, &address, links, vocabulary, code, sink)
}

/// A body with its HTML.
#[derive(Debug, Clone, Copy)]
pub struct Body<'b> {
    /// Its HTML.
    pub html: &'b Html,
    /// Its headings in order.
    pub headings: &'b [Heading],
    /// Its links to other content.
    pub links: &'b [InternalLink],
}

/// Gives out bodies with their HTML. That of a body which an earlier build has rendered is written once more when it is first asked
/// for: reading the HTML of a whole library from a cache takes longer than writing the little that a build asks for.
#[derive(Debug, Clone, Copy)]
pub struct Written<'b> {
    /// Bodies with their HTML, or without.
    pub bodies: &'b Bodies,
    /// The files that they were rendered from.
    pub sources: &'b Sources,
    /// What their links were made with.
    pub links: LinkMap<'b>,
    /// The words that were known.
    pub vocabulary: &'b Vocabulary,
}

impl<'b> Written<'b> {
    /// The body of the file at a path.
    pub fn body(&self, path: &str) -> Option<Body<'b>> {
        let body = self.bodies.get(path)?;
        Some(Body {
            html: body.html.get_or_init(|| self.write(path, body)),
            headings: &body.headings,
            links: &body.links,
        })
    }

    /// The HTML of the body of the file at a path, for those who only read its words: without markup of code, and not kept, if no page
    /// has asked for it. Whether an image has changed since is not looked at: no word of a body comes from one.
    pub fn words(&self, path: &str) -> Option<Cow<'b, str>> {
        let body = self.bodies.get(path)?;
        Some(match body.html.get() {
            Some(html) => Cow::Borrowed(&html.text),
            None => {
                let plain = self.again(path, Code::Plain).html.into_inner();
                plain.unwrap_or_default().text.into()
            }
        })
    }

    /// The hash of the HTML of the file at a path.
    pub fn key(&self, path: &str) -> Option<&'b [u8]> {
        self.bodies.get(path).map(|body| &body.key[..])
    }

    fn write(&self, path: &str, known: &Rendered) -> Html {
        let again = self.again(path, Code::Highlighted);
        if again.key != known.key {
            self.links.note_change();
        }
        again.html.into_inner().unwrap_or_default()
    }

    fn again(&self, path: &str, code: Code) -> Rendered {
        let file = self.sources.get(path);
        let file = file.expect("invariant: every body was rendered from a file");
        // What is to be said of it was said when it was rendered first.
        let mut sink = Sink::new(&file.path);
        render_file(file, self.links, self.vocabulary, code, &mut sink)
    }
}
