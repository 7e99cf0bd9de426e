//! One pass over the events of a body: links rewritten and checked, headings numbered, code highlighted, HTML written.

mod abbreviations;
mod blocks;
mod destination;
mod fragments;
mod rendered;
mod targets;

use std::sync::OnceLock;

use pulldown_cmark::{
    Alignment, CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd,
    TextMergeWithOffset,
};
use rustc_hash::FxHashSet;

pub use self::abbreviations::FirstUse;
use self::blocks::{alert, language};
use self::destination::Definitions;
pub use self::fragments::Fragment;
pub(crate) use self::fragments::SUGGESTED;
pub use self::rendered::{Html, InternalLink, Rendered};
use super::cost;
use super::footnotes::Footnotes;
use super::headings::{Heading, Ids};
use super::links::{LinkMap, is_page_fragment};
use crate::diagnostics::{Sink, Span, rules};
use crate::vocabulary::Vocabulary;

/// How code is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// As a page shows it.
    Highlighted,
    /// In the same words without markup: for a language that nothing was written in yet, highlighting takes longer than some hundred
    /// bodies.
    Plain,
}

/// Renders the Markdown `body` (which begins at byte `offset` of the file of `sink`) for a page at `address`.
pub fn render(
    body: &str,
    offset: usize,
    address: &str,
    links: LinkMap<'_>,
    vocabulary: &Vocabulary,
    code: Code,
    sink: &mut Sink,
) -> Rendered {
    let body = if cost::is_too_high(body, offset, sink) {
        ""
    } else {
        body
    };
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM;
    let parser = Parser::new_ext(body, options).into_offset_iter();
    let mut writer = Writer {
        body,
        offset,
        root: "../".repeat(address.matches('/').count()),
        links,
        code,
        sink,
        out: vec![Vec::new()],
        notes: Vec::new(),
        footnotes: Footnotes::default(),
        ids: Ids::default(),
        headings: Vec::new(),
        open_heading: None,
        open_links: Vec::new(),
        open_image: None,
        last_level: 1,
        leftovers: rules::template_text::is_suspect(body),
        open_code: None,
        open_html: false,
        doubled_notes: 0,
        code_squares: 0,
        columns: Vec::new(),
        column: 0,
        in_table_head: false,
        internal: Vec::new(),
        assets: Vec::new(),
        own_fragments: Vec::new(),
        definitions: Definitions::new(parser.reference_definitions()),
    };
    for (event, range) in TextMergeWithOffset::new(parser) {
        writer.event(event, range);
    }
    writer.finish(vocabulary)
}

struct OpenHeading {
    level: HeadingLevel,
    authored: Option<String>,
    text: String,
    /// Where its opening tag goes when its text is known.
    at: usize,
}

struct OpenLink {
    /// Whether it is written.
    written: bool,
    words: String,
    span: Span,
}

struct OpenImage {
    /// How many images are open: this one, and those in its words.
    depth: usize,
    /// Whether it is written.
    written: bool,
    words: String,
    span: Span,
}

struct OpenCode {
    language: String,
    code: String,
}

struct Writer<'w, 't> {
    body: &'t str,
    offset: usize,
    /// Leads from the page's folder to the root of the site.
    root: String,
    links: LinkMap<'w>,
    code: Code,
    sink: &'w mut Sink,
    /// Events to write; a footnote's definition has a list of its own while it is open.
    out: Vec<Vec<Event<'t>>>,
    /// Labels of the footnotes that are open.
    notes: Vec<CowStr<'t>>,
    footnotes: Footnotes<'t>,
    ids: Ids,
    headings: Vec<Heading>,
    open_heading: Option<OpenHeading>,
    open_links: Vec<OpenLink>,
    open_image: Option<OpenImage>,
    /// The level of the heading before; the title of the page is the first.
    last_level: u8,
    /// Whether the body may hold text that a template left.
    leftovers: bool,
    open_code: Option<OpenCode>,
    open_html: bool,
    /// How deep we are in a footnote that is left out, since its label was defined before.
    doubled_notes: usize,
    /// Squares of the lengths of the lines of code so far: highlighting may cost that much.
    code_squares: usize,
    /// Alignments of the open table, the column that comes next, and whether it is in the table's head.
    columns: Vec<Alignment>,
    column: usize,
    in_table_head: bool,
    internal: Vec<InternalLink>,
    assets: Vec<String>,
    own_fragments: Vec<Fragment>,
    definitions: Definitions,
}

impl<'t> Writer<'_, 't> {
    fn push(&mut self, event: Event<'t>) {
        let list = self
            .out
            .last_mut()
            .expect("invariant: the list of the body is never popped");
        list.push(event);
    }

    fn push_html(&mut self, html: impl Into<String>) {
        self.push(Event::Html(CowStr::from(html.into())));
    }

    fn place(&self, range: &Span) -> Span {
        range.start + self.offset..range.end + self.offset
    }

    fn event(&mut self, event: Event<'t>, range: Span) {
        if self.doubled_notes > 0 {
            match event {
                Event::Start(Tag::FootnoteDefinition(_)) => self.doubled_notes += 1,
                Event::End(TagEnd::FootnoteDefinition) => self.doubled_notes -= 1,
                _ => {}
            }
            return;
        }
        if let Some(code) = &mut self.open_code {
            match event {
                Event::Text(text) => code.code.push_str(&text),
                Event::End(TagEnd::CodeBlock) => self.close_code(),
                _ => {}
            }
            return;
        }
        if let Some(heading) = &mut self.open_heading
            && matches!(event, Event::SoftBreak | Event::HardBreak)
        {
            heading.text.push(' ');
        }
        if let Event::Text(text) | Event::Code(text) = &event {
            if let Some(heading) = &mut self.open_heading {
                heading.text.push_str(text);
            }
            if let Some(image) = &mut self.open_image {
                image.words.push_str(text);
            }
            if let Some(link) = self.open_links.last_mut() {
                link.words.push_str(text);
            }
        }
        if let Event::Text(_) = &event {
            let source = &self.body[range.clone()];
            if self.leftovers {
                rules::template_text::check(source, self.offset + range.start, self.sink);
            }
            // Not back to the start of the line: one of 2 MB may have a million pieces.
            let blank = |c: char| c != '\n' && c.is_whitespace();
            let before = self.body[..range.start].trim_end_matches(blank);
            let begins_line = before.is_empty() || before.ends_with('\n');
            if begins_line && self.open_heading.is_none() {
                rules::unmarked_list::check(source, self.offset + range.start, self.sink);
            }
            if self.open_links.is_empty() {
                rules::unfinished_link::check(source, self.offset + range.start, self.sink);
            }
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Html(_) if self.open_html => {}
            Event::Html(html) | Event::InlineHtml(html) => self.raw_html(&html, &range),
            Event::FootnoteReference(label) => {
                let mention = self.footnotes.mention(&label);
                self.push(mention);
            }
            Event::TaskListMarker(done) => {
                let (mark, word) = if done {
                    ("\u{2611}", "Done")
                } else {
                    ("\u{2610}", "To do")
                };
                self.push(Event::InlineHtml(CowStr::from(format!(
                    "<span class=\"task\" role=\"img\" aria-label=\"{word}\">{mark}</span> "
                ))));
            }
            event => self.push(event),
        }
    }

    fn start(&mut self, tag: Tag<'t>, range: Span) {
        match tag {
            Tag::Heading { level, id, .. } => {
                // Classes and attributes of a heading are dropped: they could hold anything.
                let at = self.out.last().map_or(0, Vec::len);
                let level = self.heading_level(level, &range);
                self.open_heading = Some(OpenHeading {
                    level,
                    authored: id.map(|id| id.to_string()),
                    text: String::new(),
                    at,
                });
            }
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => language(&info),
                    CodeBlockKind::Indented => String::new(),
                };
                self.open_code = Some(OpenCode {
                    language,
                    code: String::new(),
                });
            }
            Tag::BlockQuote(Some(kind)) => {
                let (class, title) = alert(kind);
                self.push_html(format!(
                    "<div class=\"alert alert-{class}\" role=\"note\">\n<p class=\"alert-title\">{title}</p>\n"
                ));
            }
            Tag::Table(columns) => {
                self.columns = columns;
                self.push_html("<div class=\"table-scroll\" role=\"region\" aria-label=\"Table\" tabindex=\"0\">");
                self.push(Event::Start(Tag::Table(Vec::new())));
            }
            Tag::TableHead | Tag::TableRow => {
                self.in_table_head = matches!(tag, Tag::TableHead);
                self.column = 0;
                self.push(Event::Start(tag));
            }
            Tag::TableCell => self.start_cell(),
            Tag::HtmlBlock => {
                self.open_html = true;
                let body = self.body;
                self.raw_html(&body[range.clone()], &range);
            }
            Tag::FootnoteDefinition(label) => {
                if self.footnotes.claim(&label) {
                    self.notes.push(label);
                    self.out.push(Vec::new());
                } else {
                    self.start_doubled_note(&label, &range);
                }
            }
            Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            } => self.start_link(link_type, dest_url, title, id, range),
            Tag::Image {
                link_type,
                dest_url,
                title,
                id,
            } => self.start_image(link_type, &dest_url, title, id, range),
            tag => self.push(Event::Start(tag)),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => self.close_heading(),
            TagEnd::BlockQuote(Some(_)) => self.push_html("</div>\n"),
            TagEnd::Table => {
                self.push(Event::End(tag));
                self.push_html("</div>\n");
            }
            TagEnd::TableCell => {
                self.push_html(if self.in_table_head { "</th>" } else { "</td>" });
            }
            TagEnd::HtmlBlock => self.open_html = false,
            TagEnd::FootnoteDefinition => {
                if let (Some(label), true) = (self.notes.pop(), self.out.len() > 1) {
                    let events = self.out.pop().unwrap_or_default();
                    self.footnotes.define(&label, events);
                }
            }
            TagEnd::Link => {
                if let Some(link) = self.open_links.pop() {
                    rules::vague_link_text::check(&link.words, link.span, self.sink);
                    if link.written {
                        self.push(Event::End(tag));
                    }
                }
            }
            TagEnd::Image => {
                if let Some(mut image) = self.open_image.take() {
                    if image.written {
                        self.push(Event::End(tag));
                    }
                    image.depth -= 1;
                    if image.depth > 0 {
                        self.open_image = Some(image);
                    } else {
                        rules::missing_alt_text::check(&image.words, image.span, self.sink);
                    }
                }
            }
            tag => self.push(Event::End(tag)),
        }
    }

    fn finish(mut self, vocabulary: &Vocabulary) -> Rendered {
        // Footnotes that were left open by the end of the text.
        while self.out.len() > 1 {
            self.end(TagEnd::FootnoteDefinition);
        }
        let ids: FxHashSet<&str> = self
            .headings
            .iter()
            .map(|heading| heading.id.as_str())
            .collect();
        let mut said: FxHashSet<&str> = FxHashSet::default();
        for fragment in &self.own_fragments {
            if !is_page_fragment(&fragment.id, &ids) && said.insert(&fragment.id) {
                let suggest = said.len() <= SUGGESTED;
                fragment.report("this page", &self.headings, suggest, self.sink);
            }
        }
        let mut events = self.out.pop().unwrap_or_default();
        events.extend(self.footnotes.into_events());
        let mut text = String::with_capacity(self.body.len() * 5 / 4 + 64);
        let abbreviations = abbreviations::write(events, vocabulary, &mut text);
        Rendered {
            key: blake3::hash(text.as_bytes()).into(),
            html: OnceLock::from(Html {
                text,
                abbreviations,
            }),
            headings: self.headings,
            links: self.internal,
            assets: self.assets,
        }
    }
}
