//! By what two versions of a file are told apart.

use memchr::memmem;

/// Hashes of a file; of a page one without and one with the look that it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Prints {
    /// Of all that a stylesheet doesn't change.
    pub(super) content: String,
    /// Of the stylesheets.
    pub(super) look: String,
}

impl Prints {
    /// The prints of a file that has no look.
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self {
            content: short_hash(bytes),
            look: String::new(),
        }
    }

    /// The prints of a page. Names of stylesheets hold a hash of their content, so they don't count as content: else every
    /// page would be another when one line of a stylesheet is.
    pub(super) fn of_page(html: &[u8], stylesheets: &[String]) -> Self {
        let mut rest = html.to_vec();
        for name in stylesheets {
            rest = without(&rest, name.as_bytes());
        }
        Self {
            content: short_hash(&rest),
            look: short_hash(stylesheets.join(" ").as_bytes()),
        }
    }

    /// A validator for conditional requests.
    pub(super) fn etag(&self) -> String {
        format!("\"{}{}\"", self.content, self.look)
    }
}

/// Sixteen digits: enough to tell the versions of one page apart.
fn short_hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..16].to_owned()
}

fn without(text: &[u8], name: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    for found in memmem::find_iter(text, name) {
        out.extend_from_slice(&text[at..found]);
        at = found + name.len();
    }
    out.extend_from_slice(&text[at..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(body: &str, sheet: &str) -> Prints {
        let html = format!("<link href=\"../{sheet}\"><p>{body}");
        Prints::of_page(html.as_bytes(), &[sheet.to_owned()])
    }

    #[test]
    fn the_name_of_a_stylesheet_is_look_and_all_else_is_content() {
        let before = page("a", "assets/style-000000000000.css");
        let restyled = page("a", "assets/style-111111111111.css");
        let rewritten = page("b", "assets/style-000000000000.css");
        assert_eq!(before.content, restyled.content);
        assert_ne!(before.look, restyled.look);
        assert_ne!(before.content, rewritten.content);
        assert_eq!(before.look, rewritten.look);
        assert_ne!(before.etag(), restyled.etag());
    }
}
