//! Cuts a Markdown file into front matter and body without losing where they stand.

use crate::diagnostics::{BOM, Span};

/// The parts of a Markdown file; every span is one of the whole file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The opening `---`, where messages about missing keys point; `0..0` without front matter.
    pub fence: Span,
    /// The YAML between the fences, or `None` when the file has no complete front matter.
    pub yaml: Option<Span>,
    /// The Markdown after the closing fence.
    pub body: Span,
    /// True when the opening fence is there and the closing one is not.
    pub unterminated: bool,
}

/// Splits a file. The first line, after a byte-order mark, must be `---`; the next line that is `---` closes it.
/// Blanks after a fence are allowed, and any kind of line end.
///
/// Without an opening fence all is body; without a closing one nothing is, since nobody can say where the YAML ends.
pub fn split(text: &str) -> Document {
    let start = if text.starts_with(BOM) { BOM.len() } else { 0 };
    let mut lines = Lines { text, at: start };
    let none = Document {
        fence: 0..0,
        yaml: None,
        body: start..text.len(),
        unterminated: false,
    };
    let Some(first) = lines.next() else {
        return none;
    };
    if !is_fence(&text[first.clone()]) {
        return none;
    }
    let fence = start..start + 3;
    let yaml_start = lines.at;
    while let Some(line) = lines.next() {
        if is_fence(&text[line.clone()]) {
            return Document {
                fence,
                yaml: Some(yaml_start..line.start),
                body: lines.at..text.len(),
                unterminated: false,
            };
        }
    }
    Document {
        fence,
        yaml: None,
        body: text.len()..text.len(),
        unterminated: true,
    }
}

fn is_fence(line: &str) -> bool {
    line.trim_end_matches([' ', '\t']) == "---"
}

/// Spans of the lines of a text without their line ends.
struct Lines<'t> {
    text: &'t str,
    at: usize,
}

impl Iterator for Lines<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        if self.at >= self.text.len() {
            return None;
        }
        let start = self.at;
        let rest = &self.text.as_bytes()[start..];
        let end = memchr::memchr2(b'\n', b'\r', rest).map_or(self.text.len(), |at| start + at);
        let after = &self.text.as_bytes()[end..];
        self.at = end
            + match after {
                [b'\r', b'\n', ..] => 2,
                [_, ..] => 1,
                [] => 0,
            };
        Some(start..end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parts(text: &str) -> (Option<&str>, &str) {
        let document = split(text);
        (document.yaml.map(|span| &text[span]), &text[document.body])
    }

    #[test]
    fn finds_the_fences_with_every_kind_of_line_end() {
        for end in ["\n", "\r\n", "\r"] {
            let text = format!("---{end}a: 1{end}---{end}Body{end}");
            assert_eq!(
                parts(&text),
                (
                    Some(format!("a: 1{end}").as_str()),
                    format!("Body{end}").as_str()
                )
            );
        }
    }

    #[test]
    fn a_byte_order_mark_and_blanks_after_a_fence_do_no_harm() {
        assert_eq!(
            parts("\u{feff}--- \na: 1\n---\t\nBody"),
            (Some("a: 1\n"), "Body")
        );
        assert_eq!(split("\u{feff}---\na: 1\n---\n").fence, 3..6);
    }

    #[test]
    fn a_file_without_fences_is_all_body() {
        assert_eq!(parts("# Title\n"), (None, "# Title\n"));
        assert_eq!(parts(""), (None, ""));
        assert_eq!(parts(" ---\na: 1\n---\n"), (None, " ---\na: 1\n---\n"));
        assert_eq!(parts("----\na: 1\n---\n"), (None, "----\na: 1\n---\n"));
    }

    #[test]
    fn without_a_closing_fence_nothing_is_body() {
        let document = split("---\na: 1\n");
        assert!(document.unterminated);
        assert_eq!(document.body, 9..9);
    }

    proptest! {
        #[test]
        fn any_text_splits_into_places_of_itself(text in "[-a: \r\n\u{feff}é]{0,60}") {
            let document = split(&text);
            prop_assert!(text.get(document.body.clone()).is_some());
            if let Some(yaml) = &document.yaml {
                prop_assert!(text.get(yaml.clone()).is_some());
                prop_assert!(yaml.end <= document.body.start);
                prop_assert!(is_fence(text[yaml.end..document.body.start].trim_end_matches(['\n', '\r'])));
            }
        }

        #[test]
        fn what_was_joined_is_split_again(
            yaml in "([a-z]{1,8}: [a-zé]{0,8}\n){0,5}",
            body in "[a-z#\n -]{0,80}",
            bom in any::<bool>(),
            crlf in any::<bool>(),
        ) {
            let mut text = format!("---\n{yaml}---\n{body}");
            let (mut yaml, mut body) = (yaml, body);
            if crlf {
                for part in [&mut text, &mut yaml, &mut body] {
                    *part = part.replace('\n', "\r\n");
                }
            }
            if bom {
                text.insert_str(0, BOM);
            }
            prop_assert_eq!(parts(&text), (Some(yaml.as_str()), body.as_str()));
        }
    }
}
