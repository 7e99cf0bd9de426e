//! Links to the library itself that are written as web addresses.

use super::LinkMap;
use super::mistakes::Wrong;
use crate::diagnostics::rules;

impl LinkMap<'_> {
    /// What is said of a link of the file at `from` that leads to another site, if that site is this library.
    pub(in crate::markdown) fn own_site(&self, from: &str, destination: &str) -> Option<Wrong> {
        let inside =
            without_scheme(destination)?.strip_prefix(without_scheme(&self.places.site)?)?;
        let mut wrong = Wrong::new(
            &rules::LINK_TO_OWN_SITE,
            "this link leads to the library itself, by its web address",
        );
        wrong.help = Some("link to the Markdown file, relative to this one".to_owned());
        let inside = inside.split('?').next().unwrap_or(inside);
        wrong.meant = self.source_of(from, inside);
        Some(wrong)
    }
}

/// An address of the web without `https:` or `http:`, which lead to one site.
fn without_scheme(address: &str) -> Option<&str> {
    address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"))
}
