//! A scan of finished pages that shares no code with caseloom: tags with their attributes, and text.

/// A tag of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tag {
    /// Its name in lower case; an end tag's begins with `/`.
    pub(crate) name: String,
    /// Its attributes in order, character references decoded.
    pub(crate) attributes: Vec<(String, String)>,
}

impl Tag {
    /// The value of an attribute.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

/// All tags of a page, as a browser would find them; comments and the doctype are passed over.
pub(crate) fn tags(page: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix("!--") {
            rest = after.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let is_tag = rest
            .trim_start_matches('/')
            .starts_with(|c: char| c.is_ascii_alphabetic());
        if !is_tag {
            continue;
        }
        let (tag, after) = one_tag(rest);
        tags.push(tag);
        rest = after;
    }
    tags
}

fn one_tag(text: &str) -> (Tag, &str) {
    let end = text
        .find(|c: char| c.is_whitespace() || c == '>')
        .unwrap_or(text.len());
    let mut tag = Tag {
        name: text[..end].trim_end_matches('/').to_ascii_lowercase(),
        attributes: Vec::new(),
    };
    let mut rest = &text[end..];
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if let Some(after) = rest.strip_prefix('>') {
            return (tag, after);
        }
        if rest.is_empty() {
            return (tag, rest);
        }
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/'))
            .unwrap_or(rest.len())
            .max(1);
        let name = rest[..end].to_ascii_lowercase();
        rest = rest[end..].trim_start();
        let Some(after) = rest.strip_prefix('=') else {
            tag.attributes.push((name, String::new()));
            continue;
        };
        let after = after.trim_start();
        let (value, after) = match after.chars().next() {
            Some(quote @ ('"' | '\'')) => after[1..].split_once(quote).unwrap_or((after, "")),
            _ => {
                let end = after
                    .find(|c: char| c.is_whitespace() || c == '>')
                    .unwrap_or(after.len());
                after.split_at(end)
            }
        };
        tag.attributes.push((name, decode(value)));
        rest = after;
    }
}

/// Elements that stand inside a line, so that their tags part no words.
const INLINE: [&str; 21] = [
    "a", "abbr", "b", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "small",
    "span", "strong", "sub", "sup", "time", "u", "var",
];

/// The text of a page without its tags, character references decoded, each run of blanks as one.
pub(crate) fn text(page: &str) -> String {
    let mut out = String::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let is_tag = rest.starts_with('!')
            || rest
                .trim_start_matches('/')
                .starts_with(|c: char| c.is_ascii_alphabetic());
        if is_tag {
            let (tag, after) = one_tag(rest);
            rest = after;
            if !INLINE.contains(&tag.name.trim_start_matches('/')) {
                out.push(' ');
            }
        } else {
            out.push('<');
        }
    }
    out.push_str(rest);
    let words: Vec<&str> = out.split_whitespace().collect();
    decode(&words.join(" "))
}

/// The part of a page between its `<main …>` and `</main>`.
pub(crate) fn main_part(page: &str) -> &str {
    let start = page.find("<main").expect("a page has a main part");
    let end = page.find("</main>").expect("the main part ends");
    &page[start..end]
}

/// Decodes the character references that a writer of HTML needs, and numeric ones.
pub(crate) fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let reference = rest[1..].split_once(';').map(|(name, _)| name);
        let decoded = reference.and_then(|name| match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            "nbsp" => Some('\u{a0}'),
            _ => {
                let number = name.strip_prefix('#')?;
                let code = match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                    None => number.parse().ok()?,
                };
                char::from_u32(code)
            }
        });
        match (decoded, reference) {
            (Some(c), Some(name)) => {
                out.push(c);
                rest = &rest[name.len() + 2..];
            }
            _ => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

#[test]
fn the_scan_finds_tags_as_browsers_do() {
    let page = "<!doctype html><!-- <b> --><a href='x&amp;y' data-z>1 &lt; 2</a><br/><p title=\"a>b\">c</p>";
    let found = tags(page);
    let names: Vec<_> = found.iter().map(|tag| tag.name.as_str()).collect();
    assert_eq!(names, ["a", "/a", "br", "p", "/p"]);
    assert_eq!(found[0].get("href"), Some("x&y"));
    assert_eq!(found[0].get("data-z"), Some(""));
    assert_eq!(found[3].get("title"), Some("a>b"));
    assert_eq!(
        text("<p>1 &lt; 2 &#8212; <b>x</b>y</p><p>z"),
        "1 < 2 \u{2014} xy z"
    );
}
