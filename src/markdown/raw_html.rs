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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_comments_are_comments() {
        assert!(is_comment("<!-- a -->"));
        assert!(is_comment(" <!-- a -->\n<!-- b --> "));
        assert!(!is_comment("<!-- a --><script>"));
        assert!(!is_comment("<!-- a"));
        assert!(!is_comment("<b>"));
    }
}
