//! Headings, table cells, code and raw HTML: what the plain writer of HTML would do differently.

use pulldown_cmark::{Alignment, BlockQuoteKind, CowStr, Event, HeadingLevel, Tag, TagEnd};

use super::{Code, Writer};
use crate::diagnostics::{Span, rules};
use crate::markdown::headings::Heading;
use crate::markdown::highlight::{escape_into, highlight};
use crate::markdown::raw_html::{instead_of, is_comment};

/// Some grammars look at each character of a line once for each other one. A long line of 2,000 characters costs a quarter
/// of a second then; this much per body is two of those, and more code than any study has.
const MOST_SQUARES: usize = 8_000_000;

impl Writer<'_, '_> {
    /// A cell says its alignment by a class: a style attribute would need an exception in the site's security policy.
    pub(super) fn start_cell(&mut self) {
        let align = match self.columns.get(self.column) {
            Some(Alignment::Left) => " class=\"align-left\"",
            Some(Alignment::Center) => " class=\"align-center\"",
            Some(Alignment::Right) => " class=\"align-right\"",
            Some(Alignment::None) | None => "",
        };
        self.column += 1;
        self.push_html(if self.in_table_head {
            format!("<th scope=\"col\"{align}>")
        } else {
            format!("<td{align}>")
        });
    }

    pub(super) fn heading_level(&mut self, level: HeadingLevel, range: &Span) -> HeadingLevel {
        let line = self.place(range);
        if level != HeadingLevel::H1 {
            let source = &self.body[range.clone()];
            let marks = source.len() - source.trim_start_matches('#').len();
            let marks = line.start..line.start + marks;
            rules::heading_skipped::check(self.last_level, level as u8, marks, self.sink);
            self.last_level = level as u8;
            return level;
        }
        self.last_level = HeadingLevel::H2 as u8;
        let first = self.body[range.clone()].chars().next();
        let width = first.map_or(0, char::len_utf8);
        let help = match first {
            Some('#') => "begin the heading with ## instead of #",
            _ => "take out the line of = below, and begin the heading with ##",
        };
        let diagnostic = self
            .sink
            .diagnostic(
                &rules::SECOND_H1,
                line.start..line.start + width,
                "a text can't have a heading of the first level; that is its title",
            )
            .help(help);
        self.sink.push(diagnostic);
        HeadingLevel::H2
    }

    pub(super) fn close_heading(&mut self) {
        let Some(heading) = self.open_heading.take() else {
            return;
        };
        let id = self.ids.claim(heading.authored.as_deref(), &heading.text);
        let list = self
            .out
            .last_mut()
            .expect("invariant: the list of the body is never popped");
        let at = heading.at.min(list.len());
        let start = Tag::Heading {
            level: heading.level,
            id: Some(CowStr::from(id.clone())),
            classes: Vec::new(),
            attrs: Vec::new(),
        };
        list.insert(at, Event::Start(start));
        self.push(Event::End(TagEnd::Heading(heading.level)));
        self.headings.push(Heading {
            level: heading.level as u8,
            id,
            text: heading.text.trim().to_owned(),
        });
    }

    /// A second footnote with one label: it is left out, and said.
    pub(super) fn start_doubled_note(&mut self, label: &str, range: &Span) {
        self.doubled_notes = 1;
        let span = self.place(range);
        let first = self.body[range.clone()].lines().next().unwrap_or("").len();
        let diagnostic = self
            .sink
            .diagnostic(
                &rules::REPEATED_VALUE,
                span.start..span.start + first,
                format!("the footnote `{label}` is written twice"),
            )
            .help("give the second one another label; it is left out");
        self.sink.push(diagnostic);
    }

    pub(super) fn close_code(&mut self) {
        let Some(open) = self.open_code.take() else {
            return;
        };
        let inner = self
            .highlighted(&open.language, &open.code)
            .unwrap_or_else(|| escape(&open.code));
        let class = if open.language.is_empty() {
            String::new()
        } else {
            format!(" class=\"language-{}\"", open.language)
        };
        self.push_html(format!(
            "<pre tabindex=\"0\"><code{class}>{inner}</code></pre>\n"
        ));
    }

    /// Highlighted code, if it is to be, and as long as the body's code is not made to cost minutes.
    fn highlighted(&mut self, language: &str, code: &str) -> Option<String> {
        if self.code == Code::Plain {
            return None;
        }
        let squares: usize = code.lines().map(|line| line.len() * line.len()).sum();
        self.code_squares = self.code_squares.saturating_add(squares);
        (self.code_squares <= MOST_SQUARES).then(|| highlight(language, code))?
    }

    /// Raw HTML is shown as the text that it is, and reported; comments are left out.
    pub(super) fn raw_html(&mut self, html: &str, range: &Span) {
        if is_comment(html) {
            return;
        }
        let span = self.place(range);
        let first_line = html.lines().next().unwrap_or("");
        let diagnostic = self
            .sink
            .diagnostic(
                &rules::RAW_HTML,
                span.start..span.start + first_line.len(),
                "HTML can't be used here",
            )
            .help(instead_of(html));
        self.sink.push(diagnostic);
        if self.open_html {
            self.push_html(format!("<p>{}</p>\n", escape(html.trim_end())));
        } else {
            self.push(Event::Text(CowStr::from(html.to_owned())));
        }
    }
}

pub(super) fn alert(kind: BlockQuoteKind) -> (&'static str, &'static str) {
    match kind {
        BlockQuoteKind::Note => ("note", "Note"),
        BlockQuoteKind::Tip => ("tip", "Tip"),
        BlockQuoteKind::Important => ("important", "Important"),
        BlockQuoteKind::Warning => ("warning", "Warning"),
        BlockQuoteKind::Caution => ("caution", "Caution"),
    }
}

/// The language of a fenced block: its first word, if that is a plain name.
pub(super) fn language(info: &str) -> String {
    let word = info.split([' ', ',', '\t']).next().unwrap_or("");
    let plain = word
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'#' | b'_' | b'.'));
    if plain && word.len() <= 40 {
        word.to_ascii_lowercase()
    } else {
        String::new()
    }
}

fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    escape_into(text, &mut html);
    html
}
