//! What the head of a page says, besides the values of its template.

use std::borrow::Cow;

use tera::Value;

use super::value::link;

/// Sections of the site in the order of the navigation.
pub(super) const SECTIONS: [(&str, &str); 8] = [
    ("Studies", "studies"),
    ("Themes", "themes"),
    ("Factors", "factors"),
    ("Systems", "systems"),
    ("Matrix", "matrix"),
    ("Reviews", "reviews"),
    ("References", "evidence"),
    ("Glossary", "glossary"),
];

/// The template of a page, and what the frame around it shows.
pub(super) struct Head<'h> {
    pub(super) template: &'static str,
    pub(super) title: Cow<'h, str>,
    pub(super) description: Cow<'h, str>,
    pub(super) section: &'static str,
    pub(super) noindex: bool,
    pub(super) breadcrumbs: Vec<Value>,
    pub(super) feed: Value,
}

impl<'h> Head<'h> {
    pub(super) fn new(
        template: &'static str,
        title: impl Into<Cow<'h, str>>,
        description: impl Into<Cow<'h, str>>,
    ) -> Self {
        Self {
            template,
            title: title.into(),
            description: description.into(),
            section: "",
            noindex: false,
            breadcrumbs: Vec::new(),
            feed: Value::none(),
        }
    }

    pub(super) fn section(mut self, section: &'static str) -> Self {
        self.section = section;
        self
    }

    /// A page below the list of a section.
    pub(super) fn under(mut self, section: &'static str) -> Self {
        let label = SECTIONS
            .iter()
            .find(|(_, known)| *known == section)
            .map_or("", |(label, _)| label);
        self.breadcrumbs
            .push(link(label, format!("{section}/index.html")));
        self.section(section)
    }

    pub(super) fn crumb(mut self, crumb: Value) -> Self {
        self.breadcrumbs.push(crumb);
        self
    }

    pub(super) fn noindex(mut self, noindex: bool) -> Self {
        self.noindex = noindex;
        self
    }
}
