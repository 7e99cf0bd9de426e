//! Raw HTML is refused, since content may come from a stranger. Comments are no content and are left out in silence.

/// Whether a piece of raw HTML is nothing but comments and blanks.
pub(super) fn is_comment(html: &str) -> bool {
    let mut rest = html.trim();
    while let Some(inner) = rest.strip_prefix("<!--") {
        let Some(end) = inner.find("-->") else {
            return false;
        };
        rest = inner[end + 3..].trim_start();
    }
    rest.is_empty()
}

/// What to write instead, for a person who knows neither HTML nor Markdown.
pub(super) fn instead_of(html: &str) -> &'static str {
    let name = html.trim_start_matches(['<', '/']);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric());
    let name = &name[..end.unwrap_or(name.len())];
    match name.to_ascii_lowercase().as_str() {
        "br" | "p" => "begin a new paragraph with an empty line instead",
        "b" | "strong" => "write **words** for bold instead",
        "i" | "em" => "write *words* for italics instead",
        "a" => "write [words](https://...) for a link instead",
        "img" | "figure" => "write ![what it shows](file.png) for an image instead",
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "begin the line with ## for a heading instead",
        "ul" | "ol" | "li" => "begin each line with - for a list instead",
        "table" | "thead" | "tbody" | "tr" | "th" | "td" => {
            "write a table with | between its columns and |---|---| under its first line instead"
        }
        "iframe" | "video" | "audio" | "embed" | "object" => {
            "link to it instead: [what it is](https://...)"
        }
        "div" | "span" | "font" | "center" | "u" | "small" | "style" | "script" | "section" => {
            "take it out; the words between can stay"
        }
        _ => {
            "take out the < and the >, or put the words between backticks to show them as they are"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_is_about_the_tag() {
        for (html, word) in [
            ("<BR/>", "empty line"),
            ("</b>", "**"),
            ("<a href=\"x\">", "[words]"),
            ("<insert name>", "backticks"),
            ("<?php", "backticks"),
        ] {
            assert!(instead_of(html).contains(word), "{html}");
        }
    }

    #[test]
    fn only_comments_are_comments() {
        assert!(is_comment("<!-- a -->"));
        assert!(is_comment(" <!-- a -->\n<!-- b --> "));
        assert!(!is_comment("<!-- a --><script>"));
        assert!(!is_comment("<!-- a"));
        assert!(!is_comment("<b>"));
    }
}
