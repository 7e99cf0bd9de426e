//! A tolerant reader of HTML that finds the attributes of start tags.
//!
//! It follows the tokenizer of the HTML standard (<https://html.spec.whatwg.org/multipage/parsing.html>) where that
//! decides what is an attribute: quotes, comments, raw text, the first of two attributes of one name. It builds no tree
//! and knows no error: any bytes can be scanned. Left out is the "double escaped" state of scripts, a
//! `<script>` inside `<!--` inside a `<script>`.

use memchr::{memchr, memmem};

use super::attribute::{Attribute, Element, Name};

/// Calls `visit` for every attribute of interest, in the order of the page.
pub(super) fn scan<'a>(html: &'a [u8], visit: impl FnMut(Attribute<'a>)) {
    let mut scanner = Scanner {
        html,
        foreign: 0,
        visit,
    };
    let mut at = 0;
    while let Some(found) = next_tag(&html[at..]) {
        at = scanner.markup(at + found + 1).min(html.len());
    }
}

/// Where the next `<` is. Tags follow each other closely, so that most are found without a search.
fn next_tag(rest: &[u8]) -> Option<usize> {
    match rest {
        [b'<', ..] => Some(0),
        [_, b'<', ..] => Some(1),
        _ => memchr(b'<', rest),
    }
}

struct Scanner<'a, V> {
    html: &'a [u8],
    /// How many `svg` and `math` elements are open: in them `<style>`, `<script>` and `<title>` are plain elements.
    foreign: usize,
    visit: V,
}

impl<'a, V: FnMut(Attribute<'a>)> Scanner<'a, V> {
    /// Reads what stands behind a `<`; returns where to go on.
    fn markup(&mut self, at: usize) -> usize {
        match self.html.get(at) {
            Some(byte) if byte.is_ascii_alphabetic() => self.start_tag(at),
            Some(b'/') => self.end_tag(at + 1),
            Some(b'!') => self.declaration(at + 1),
            Some(b'?') => self.after(at, b">"),
            _ => at,
        }
    }

    fn start_tag(&mut self, at: usize) -> usize {
        let name_end = self.find(at, TAG_NAME_END);
        let name = &self.html[at..name_end];
        let (end, self_closing) = match self.html.get(name_end) {
            Some(b'>') => (name_end + 1, false),
            _ => self.attributes(name_end, Some(Element::of(name))),
        };
        if is_foreign(name) {
            self.foreign += usize::from(!self_closing);
        } else if self.foreign == 0 && holds_text(name) {
            return self.text_end(end, name);
        }
        end
    }

    fn end_tag(&mut self, at: usize) -> usize {
        if !self.html.get(at).is_some_and(u8::is_ascii_alphabetic) {
            return self.after(at, b">");
        }
        let name_end = self.find(at, TAG_NAME_END);
        if is_foreign(&self.html[at..name_end]) {
            self.foreign = self.foreign.saturating_sub(1);
        }
        match self.html.get(name_end) {
            Some(b'>') => name_end + 1,
            _ => self.attributes(name_end, None).0,
        }
    }

    /// A comment, the doctype or a CDATA section; `at` is behind the `<!`.
    fn declaration(&self, at: usize) -> usize {
        let rest = &self.html[at..];
        if rest.starts_with(b"--") {
            return self.comment_end(at);
        }
        if self.foreign > 0 && rest.starts_with(b"[CDATA[") {
            return self.after(at, b"]]>");
        }
        self.after(at, b">")
    }

    /// The end of a comment is `-->`, where the dashes may be those of the start (`<!-->`), or `--!>`.
    fn comment_end(&self, at: usize) -> usize {
        let mut from = at;
        while let Some(found) = memchr(b'>', &self.html[from..]) {
            let end = from + found;
            let comment = &self.html[at..end];
            if comment.ends_with(b"--") || (comment.len() >= 5 && comment.ends_with(b"--!")) {
                return end + 1;
            }
            from = end + 1;
        }
        self.html.len()
    }

    /// Reads attributes up to the `>`; reports them when there is an element. Returns the place behind the `>` and
    /// whether a `/` stood before it.
    fn attributes(&mut self, mut at: usize, element: Option<Element>) -> (usize, bool) {
        let html = self.html;
        let mut seen = 0_u16;
        let mut slash_end = 0;
        loop {
            match html.get(at) {
                None => return (html.len(), false),
                Some(b'>') => return (at + 1, slash_end == at),
                Some(b'/') => {
                    at += 1;
                    slash_end = at;
                }
                Some(&byte) if is(byte, SPACE) => at += 1,
                Some(_) => {
                    // A `=` at the start is part of the name.
                    let name_end = self.find(at + 1, ATTRIBUTE_NAME_END);
                    let name = &html[at..name_end];
                    let Some((value, end)) = self.value(name_end) else {
                        return (html.len(), false);
                    };
                    at = end;
                    let known = element.and_then(|e| Some((e, Name::of(name, e)?)));
                    if let Some((element, name)) = known
                        && seen & (1 << name as u16) == 0
                    {
                        seen |= 1 << name as u16;
                        (self.visit)(Attribute {
                            element,
                            name,
                            value,
                        });
                    }
                }
            }
        }
    }

    /// The value of the attribute whose name ends at a place, and where it ends; `None` when the page ends first.
    fn value(&self, name_end: usize) -> Option<(&'a [u8], usize)> {
        let html = self.html;
        // Nearly all are written like this.
        if let Some(rest) = html[name_end..].strip_prefix(b"=\"") {
            let length = memchr(b'"', rest)?;
            return Some((&rest[..length], name_end + 2 + length + 1));
        }
        let equals = self.skip_space(name_end);
        if html.get(equals) != Some(&b'=') {
            return Some((&[], equals));
        }
        let start = self.skip_space(equals + 1);
        match html.get(start)? {
            &quote @ (b'"' | b'\'') => {
                let start = start + 1;
                let end = start + memchr(quote, &html[start..])?;
                Some((&html[start..end], end + 1))
            }
            _ => {
                let end = self.find(start, UNQUOTED_END);
                Some((&html[start..end], end))
            }
        }
    }

    /// Where the text inside an element ends that holds no markup: at its end tag.
    fn text_end(&self, at: usize, name: &[u8]) -> usize {
        let mut from = at;
        while let Some(found) = memmem::find(&self.html[from..], b"</") {
            let end = from + found;
            let rest = &self.html[end + 2..];
            if rest.len() >= name.len()
                && rest[..name.len()].eq_ignore_ascii_case(name)
                && rest
                    .get(name.len())
                    .is_none_or(|&byte| is(byte, TAG_NAME_END))
            {
                return end;
            }
            from = end + 2;
        }
        self.html.len()
    }

    fn skip_space(&self, mut at: usize) -> usize {
        while self.html.get(at).is_some_and(|&byte| is(byte, SPACE)) {
            at += 1;
        }
        at
    }

    /// The first place from `at` on with a byte of a set, or the end of the page.
    fn find(&self, at: usize, set: u8) -> usize {
        let rest = self.html.get(at..).unwrap_or_default();
        let found = rest.iter().position(|&byte| is(byte, set));
        found.map_or(self.html.len(), |found| at + found)
    }

    /// The place behind the next `needle`, or the end of the page.
    fn after(&self, at: usize, needle: &[u8]) -> usize {
        memmem::find(&self.html[at..], needle)
            .map_or(self.html.len(), |found| at + found + needle.len())
    }
}

fn is_foreign(name: &[u8]) -> bool {
    match name.len() {
        3 => name.eq_ignore_ascii_case(b"svg"),
        4 => name.eq_ignore_ascii_case(b"math"),
        _ => false,
    }
}

/// Whether what stands inside an element is text, whatever it looks like.
fn holds_text(name: &[u8]) -> bool {
    let is = |other: &[u8]| name.eq_ignore_ascii_case(other);
    match name.len() {
        3 => is(b"xmp"),
        5 => is(b"style") || is(b"title"),
        6 => is(b"script") || is(b"iframe"),
        7 => is(b"noembed"),
        8 => is(b"textarea") || is(b"noframes"),
        _ => false,
    }
}

const SPACE: u8 = 1;
const TAG_NAME_END: u8 = 2;
const ATTRIBUTE_NAME_END: u8 = 4;
const UNQUOTED_END: u8 = 8;

/// Which sets each byte belongs to.
const SETS: [u8; 256] = {
    let mut sets = [0; 256];
    let spaces = b"\t\n\x0c\r ";
    let mut at = 0;
    while at < spaces.len() {
        sets[spaces[at] as usize] = SPACE | TAG_NAME_END | ATTRIBUTE_NAME_END | UNQUOTED_END;
        at += 1;
    }
    sets[b'>' as usize] = TAG_NAME_END | ATTRIBUTE_NAME_END | UNQUOTED_END;
    sets[b'/' as usize] = TAG_NAME_END | ATTRIBUTE_NAME_END;
    sets[b'=' as usize] = ATTRIBUTE_NAME_END;
    sets
};

fn is(byte: u8, set: u8) -> bool {
    SETS[usize::from(byte)] & set != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The attributes of a page, one a line: `name=value`.
    fn found(html: &str) -> String {
        let mut lines = Vec::new();
        scan(html.as_bytes(), |attribute| {
            let value = String::from_utf8_lossy(attribute.value);
            lines.push(format!("{}={value}", attribute.name.as_str()));
        });
        lines.join("\n")
    }

    #[test]
    fn quotes() {
        assert_eq!(
            found(r#"<a href="a>b'c">"#),
            "href=a>b'c",
            "a > in quotes is no end"
        );
        assert_eq!(found(r#"<a href='a"b'>"#), "href=a\"b");
        assert_eq!(
            found("<a href=a/b/ id=x>"),
            "href=a/b/\nid=x",
            "without quotes"
        );
        assert_eq!(
            found("<a\nHREF\t= \n 'x'\n>"),
            "href=x",
            "space around the ="
        );
        assert_eq!(
            found(r#"<a href="x"id="y">"#),
            "href=x\nid=y",
            "no space between"
        );
        assert_eq!(found("<a href><p id=>"), "href=\nid=", "without a value");
        assert_eq!(
            found("<br/id=x/><a/href=y>"),
            "id=x/\nhref=y",
            "a slash is a space"
        );
    }

    #[test]
    fn what_is_not_an_attribute() {
        assert_eq!(found("href=x a < b id=y 1<2 <3 id=z>"), "", "text");
        assert_eq!(found("</a href=x>"), "", "an end tag");
        assert_eq!(
            found(r#"<p data-href="x" data-id=y title="id='z'">"#),
            "",
            "other names"
        );
        assert_eq!(found("<!DOCTYPE html id=x><?xml id=y?>"), "");
        assert_eq!(
            found("<base href=x><form data=x><object action=x><p name=x>"),
            ""
        );
        assert_eq!(found("<a href=\"x"), "", "the page ends in a value");
        assert_eq!(found("<a href=x href=y>"), "href=x", "the first one counts");
    }

    #[test]
    fn comments() {
        assert_eq!(
            found("<!-- <a href=x> > -- > <a href=y> --><a href=z>"),
            "href=z"
        );
        assert_eq!(
            found("<!--><a href=x><!---><a href=y>"),
            "href=x\nhref=y",
            "empty ones"
        );
        assert_eq!(found("<!-- x --!><a href=x>"), "href=x");
        assert_eq!(
            found("<!--!><a href=x>--><a href=y>"),
            "href=y",
            "the ! needs its own dashes"
        );
        assert_eq!(found("<!-- <a href=x>"), "", "one without an end");
    }

    #[test]
    fn text_is_no_markup() {
        assert_eq!(
            found("<script src=s>'<a href=x>' </scripty></SCRIPT ><a href=y>"),
            "src=s\nhref=y"
        );
        assert_eq!(
            found("<style>/*<a href=x>*/</style><title><a href=y></title><a href=z>"),
            "href=z"
        );
        assert_eq!(
            found("<textarea id=t><a href=x></textarea><a href=z>"),
            "id=t\nhref=z"
        );
        assert_eq!(found("<script><a href=x>"), "", "one without an end");
    }

    #[test]
    fn drawings_have_plain_elements() {
        assert_eq!(
            found("<svg><title/><a href=x></a><![CDATA[<a href=y>]]></svg><![CDATA[><a id=z>"),
            "href=x\nid=z"
        );
        assert_eq!(found("<svg/><style><a href=x></style>"), "");
        assert_eq!(found("<svg><use xlink:href='#i'/></svg>"), "xlink:href=#i");
    }

    #[test]
    fn all_names() {
        assert_eq!(
            found(
                "<a name=1><img srcset=2><link imagesrcset=3><video poster=4><form action=5><button formaction=6>\
                 <object data=7>"
            ),
            "name=1\nsrcset=2\nimagesrcset=3\nposter=4\naction=5\nformaction=6\ndata=7"
        );
    }
}
