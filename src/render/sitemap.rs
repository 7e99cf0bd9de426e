//! The sitemap (sitemaps.org protocol 0.9) and robots.txt.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::xml::escape;
use crate::config::Config;

/// Most addresses of one file, by the protocol.
pub(super) const MOST: usize = 50_000;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// A page and the day on which its content last changed, where that is known.
pub(super) type Page<'p> = (&'p str, Option<Date>);

/// One file of addresses.
pub(super) fn sitemap(pages: &[Page<'_>], config: &Config) -> String {
    let mut out = format!("{HEAD}<urlset xmlns=\"{NAMESPACE}\">\n");
    for (path, modified) in pages {
        let _ = write!(
            out,
            "  <url><loc>{}</loc>",
            escape(&config.base_url.public(path))
        );
        if let Some(modified) = modified {
            let _ = write!(out, "<lastmod>{modified}</lastmod>");
        }
        out.push_str("</url>\n");
    }
    out.push_str("</urlset>\n");
    out
}

/// The file that names the others, when there are too many addresses for one.
pub(super) fn index(parts: usize, config: &Config) -> String {
    let mut out = format!("{HEAD}<sitemapindex xmlns=\"{NAMESPACE}\">\n");
    for part in 1..=parts {
        let url = config.base_url.public(&part_path(part));
        let _ = writeln!(out, "  <sitemap><loc>{}</loc></sitemap>", escape(&url));
    }
    out.push_str("</sitemapindex>\n");
    out
}

/// The path of one part.
pub(super) fn part_path(part: usize) -> String {
    format!("sitemap-{part}.xml")
}

/// Everything may be read by everybody.
pub(super) fn robots(config: &Config) -> String {
    format!(
        "User-agent: *\nAllow: /\n\nSitemap: {}\n",
        config.base_url.public("sitemap.xml")
    )
}
