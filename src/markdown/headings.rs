//! Headings of a body: their levels, and ids that are unique on the page.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::slug::slugify;

/// A heading of a body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// 2 to 6; the title of the page is the only heading of level one.
    pub level: u8,
    /// What a fragment names.
    pub id: String,
    /// The text without markup.
    pub text: String,
}

/// Ids that templates use themselves.
const RESERVED: [&str; 35] = [
    "abstract",
    "accompanying",
    "around",
    "at-a-glance",
    "barriers",
    "body",
    "cite",
    "cite-bibtex",
    "cite-text",
    "conditions",
    "configurations",
    "content",
    "contents",
    "counterpoints",
    "enablers",
    "evidence",
    "factors",
    "frameworks",
    "main",
    "mechanisms",
    "mentioned-in",
    "mixed",
    "navigation",
    "outcomes",
    "participation",
    "partners",
    "references",
    "related",
    "reviews",
    "scheme",
    "search",
    "sources",
    "studies",
    "themes",
    "top",
];

/// Hands out ids.
#[derive(Debug, Default)]
pub(super) struct Ids {
    used: FxHashMap<String, usize>,
}

impl Ids {
    /// An id for a heading: the one that its author wrote, if it is one, or the slug of its text; made unique by a
    /// number.
    pub(super) fn claim(&mut self, authored: Option<&str>, text: &str) -> String {
        let wanted = authored
            .map(slugify)
            .filter(|id| !id.is_empty())
            .unwrap_or_else(|| slugify(text));
        let mut wanted = if wanted.is_empty() {
            "section".to_owned()
        } else {
            wanted
        };
        // Footnotes have ids of this form.
        if wanted.starts_with("fn-") || wanted.starts_with("fnref-") {
            wanted.insert_str(0, "h-");
        }
        let mut id = wanted.clone();
        let mut number = usize::from(RESERVED.contains(&wanted.as_str()));
        loop {
            if number > 0 {
                id = format!("{wanted}-{number}");
            }
            if !self.used.contains_key(&id) {
                self.used.insert(id.clone(), 1);
                return id;
            }
            number = self.used.get(&wanted).copied().unwrap_or(0).max(number) + 1;
            self.used.insert(wanted.clone(), number);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_keep_clear_of_the_templates() {
        let mut ids = Ids::default();
        assert_eq!(ids.claim(None, "What was done"), "what-was-done");
        assert_eq!(ids.claim(None, "What was done"), "what-was-done-2");
        assert_eq!(ids.claim(None, "What was done"), "what-was-done-3");
        assert_eq!(ids.claim(None, "Outcomes"), "outcomes-1");
        assert_eq!(ids.claim(None, "Outcomes"), "outcomes-2");
        assert_eq!(ids.claim(Some("mine"), "Text"), "mine");
        assert_eq!(ids.claim(None, "!!"), "section");
        assert_eq!(ids.claim(None, "FN 1"), "h-fn-1");
    }
}
