//! The page of an address that doesn't exist: the library's own, with the pages that may have been meant.

use anyhow::Result;

use super::live::Moved;
use super::prints::Prints;
use super::snapshot::{File, Snapshot};
use crate::render::escape;
use crate::vocabulary::suggest;

/// How many pages are suggested.
const MOST: usize = 3;

/// The library's `404.html` with suggestions for one address, which is relative to the site.
///
/// # Errors
/// When its template fails.
pub(super) fn page(address: &str, site: &Snapshot, moved: &Moved) -> Result<File> {
    let page = site.not_found()?;
    let meant = meant(address, site, moved);
    if meant.is_empty() {
        return Ok(page);
    }
    let html = String::from_utf8_lossy(&page.bytes);
    let at = html.rfind("</main>").unwrap_or(html.len());
    let html = format!("{}{}{}", &html[..at], list(&meant, site), &html[at..]);
    Ok(File {
        // The look is that of the page; its content is another for each address.
        prints: Prints {
            content: Prints::of(html.as_bytes()).content,
            look: page.prints.look.clone(),
        },
        bytes: html.into(),
    })
}

/// The addresses that may have been meant, best first: where the page has moved to, else those spelt nearly alike.
fn meant<'s>(address: &str, site: &'s Snapshot, moved: &'s Moved) -> Vec<&'s str> {
    let address = address.trim_end_matches("index.html");
    let folder = format!("{}/", address.trim_end_matches('/'));
    if let Some(to) = moved.get(&folder) {
        return vec![to];
    }
    let (section, name) = split(&folder);
    // In the same section first: a word of it may be the name of a page in another.
    let inside = site.addresses().filter(|other| split(other).0 == section);
    let names = inside.map(|other| split(other).1);
    let near = suggest::nearest(name, names, MOST);
    if !near.is_empty() {
        let near = near.into_iter();
        return near
            .filter_map(|name| {
                site.addresses()
                    .find(|other| split(other) == (section, name))
            })
            .collect();
    }
    suggest::nearest(&folder, site.addresses(), MOST)
}

/// The sections above a page, and its name: `studies/` and `a` of `studies/a/`.
fn split(address: &str) -> (&str, &str) {
    let whole = address.trim_end_matches('/');
    let at = whole.rfind('/').map_or(0, |slash| slash + 1);
    (&whole[..at], &whole[at..])
}

fn list(meant: &[&str], site: &Snapshot) -> String {
    let base = site.project.config.base_url.path();
    let items: String = meant
        .iter()
        .map(|address| {
            let title = title(address, site).unwrap_or(address);
            format!(
                "<li><a href=\"{}\">{}</a> <span>/{}</span></li>\n",
                escape(&format!("{base}{address}")),
                escape(title),
                escape(address)
            )
        })
        .collect();
    format!("<h2>Did you mean</h2>\n<ul class=\"ways\">\n{items}</ul>\n")
}

/// What the page of a study is called; others are named well enough by their address.
fn title<'s>(address: &str, site: &'s Snapshot) -> Option<&'s str> {
    let library = &site.project.library;
    let slug = address.strip_prefix("studies/")?.trim_end_matches('/');
    Some(&library.study(library.find_study(slug)?).title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_section_and_a_name() {
        assert_eq!(split("studies/a/"), ("studies/", "a"));
        assert_eq!(split("studies/"), ("", "studies"));
        assert_eq!(split("data/network/"), ("data/", "network"));
        assert_eq!(split(""), ("", ""));
    }
}
