//! The words of a rendered body: its HTML without tags, block by block.

use memchr::{memchr, memchr2};

/// A piece of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Block {
    /// A heading.
    Heading,
    /// Anything else.
    Text,
}

/// What holds words in one line with their surroundings; every other tag ends the line.
const INLINE: [&[u8]; 12] = [
    b"a", b"abbr", b"b", b"code", b"del", b"em", b"i", b"mark", b"q", b"span", b"strong", b"sub",
];

/// Calls `visit` for every block of text of the HTML that the Markdown renderer wrote. Numbers of footnotes are left out.
pub(super) fn blocks(html: &str, mut visit: impl FnMut(Block, &str)) {
    let bytes = html.as_bytes();
    let mut text = String::new();
    let mut piece = Block::Text;
    let mut at = 0;
    let mut flush = |text: &mut String, piece| {
        let trimmed = text.trim();
        if !trimmed.is_empty() {
            visit(piece, trimmed);
        }
        text.clear();
    };
    while at < bytes.len() {
        match bytes[at] {
            b'<' => {
                let end = memchr(b'>', &bytes[at..]).map_or(bytes.len(), |end| at + end);
                let (closes, name) = tag(&bytes[at + 1..end]);
                at = end + 1;
                if name == b"sup" && !closes {
                    at = memchr::memmem::find(&bytes[at..], b"</sup>")
                        .map_or(bytes.len(), |end| at + end + b"</sup>".len());
                } else if !INLINE.contains(&name) {
                    flush(&mut text, piece);
                    let heading = matches!(name, [b'h', b'1'..=b'6']) && !closes;
                    piece = if heading { Block::Heading } else { Block::Text };
                }
            }
            b'&' => at += entity(&html[at..], &mut text),
            _ => {
                let end = memchr2(b'<', b'&', &bytes[at..]).map_or(bytes.len(), |end| at + end);
                text.push_str(&html[at..end]);
                at = end;
            }
        }
    }
    flush(&mut text, piece);
}

/// Whether a tag closes, and its name.
fn tag(inside: &[u8]) -> (bool, &[u8]) {
    let (closes, rest) = match inside {
        [b'/', rest @ ..] => (true, rest),
        rest => (false, rest),
    };
    let end = rest
        .iter()
        .position(|byte| !byte.is_ascii_alphanumeric())
        .unwrap_or(rest.len());
    (closes, &rest[..end])
}

/// Appends what the entity at the head of `html` stands for; returns its length. The renderer writes these alone.
fn entity(html: &str, text: &mut String) -> usize {
    for (entity, stands_for) in [
        ("&amp;", "&"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
    ] {
        if html.starts_with(entity) {
            text.push_str(stands_for);
            return entity.len();
        }
    }
    text.push('&');
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(html: &str) -> Vec<(Block, String)> {
        let mut all = Vec::new();
        blocks(html, |piece, text| all.push((piece, text.to_owned())));
        all
    }

    #[test]
    fn blocks_are_apart_and_inline_markup_is_not() {
        let html = "<h2 id=\"a\">One <em>two</em></h2>\n<p>Three&amp;four <a href=\"x\">f</a>ive<sup class=\"footnote-ref\">\
                    <a href=\"#fn-1\">1</a></sup>.</p><ul><li>six</li><li>&lt;b&gt;</li></ul>";
        let expected = [
            (Block::Heading, "One two"),
            (Block::Text, "Three&four five."),
            (Block::Text, "six"),
            (Block::Text, "<b>"),
        ];
        assert_eq!(
            of(html),
            expected.map(|(piece, text)| (piece, text.to_owned()))
        );
    }

    #[test]
    fn markup_of_code_makes_no_other_words() {
        let plain = "<pre tabindex=\"0\"><code class=\"language-js\">let a = &quot;b&quot;;\n</code></pre>\n";
        let highlighted = plain
            .replace("let", "<span class=\"hl-keyword\">let</span>")
            .replace(
                "&quot;b&quot;",
                "<span class=\"hl-string\">&quot;b&quot;</span>",
            );
        assert_eq!(of(&highlighted), of(plain));
        assert_eq!(of(plain), [(Block::Text, "let a = \"b\";".to_owned())]);
    }

    #[test]
    fn broken_ends_do_no_harm() {
        for html in ["<", "<p", "a<sup>b", "&", "&am", "</"] {
            of(html);
        }
    }
}
