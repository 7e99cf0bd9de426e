//! Writing text in spans, one for neighbours of one class.

use super::CLASSES;

/// A class, by its place in [`CLASSES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Comment,
    String,
    Number,
    Keyword,
    Type,
    Function,
    Variable,
    Constant,
    Operator,
    Tag,
    Attribute,
    Punctuation,
}

/// HTML in the making. White space is never the first or the last of a span.
pub(super) struct Spans {
    html: String,
    open: Option<Class>,
    /// White space that waits for what comes behind it.
    space: String,
}

impl Spans {
    pub(super) fn with_room(bytes: usize) -> Self {
        Self {
            html: String::with_capacity(bytes),
            open: None,
            space: String::new(),
        }
    }

    /// Adds text of a class, or of none.
    pub(super) fn push(&mut self, text: &str, class: Option<Class>) {
        let from_word = text.trim_start();
        let words = from_word.trim_end();
        self.space.push_str(&text[..text.len() - from_word.len()]);
        if words.is_empty() {
            return;
        }
        if class != self.open {
            self.end_span();
        }
        self.html.push_str(&self.space);
        self.space.clear();
        if let (Some(class), None) = (class, self.open) {
            self.html.push_str("<span class=\"");
            self.html.push_str(CLASSES[class as usize]);
            self.html.push_str("\">");
            self.open = Some(class);
        }
        escape_into(words, &mut self.html);
        self.space.push_str(&from_word[words.len()..]);
    }

    pub(super) fn close(mut self) -> String {
        self.end_span();
        self.html.push_str(&self.space);
        self.html
    }

    fn end_span(&mut self) {
        if self.open.take().is_some() {
            self.html.push_str("</span>");
        }
    }
}

/// Appends text as HTML text: `&`, `<`, `>` and `"` as entities.
pub(in crate::markdown) fn escape_into(text: &str, html: &mut String) {
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            _ => html.push(character),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(parts: &[(&str, Option<Class>)]) -> String {
        let mut spans = Spans::with_room(0);
        for &(text, class) in parts {
            spans.push(text, class);
        }
        spans.close()
    }

    #[test]
    fn neighbours_of_one_class_share_a_span() {
        let (number, tag) = (Some(Class::Number), Some(Class::Tag));
        assert_eq!(
            html(&[("1", number), (" ", None), ("2\n", number), ("b", tag)]),
            "<span class=\"hl-number\">1 2</span>\n<span class=\"hl-tag\">b</span>"
        );
        assert_eq!(
            html(&[(" 1 ", number), ("", tag), (" a ", None), ("\n", tag)]),
            " <span class=\"hl-number\">1</span>  a \n"
        );
        assert_eq!(html(&[]), "");
    }

    #[test]
    fn text_is_escaped() {
        assert_eq!(
            html(&[("<&\">'", Some(Class::Tag))]),
            "<span class=\"hl-tag\">&lt;&amp;&quot;&gt;'</span>"
        );
    }

    #[test]
    fn classes_stand_at_their_places() {
        for (class, name) in [
            (Class::Comment, "hl-comment"),
            (Class::Function, "hl-function"),
            (Class::Punctuation, "hl-punctuation"),
        ] {
            assert_eq!(CLASSES[class as usize], name);
        }
    }
}
