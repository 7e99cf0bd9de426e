//! Atom feeds (RFC 4287): the whole site and one for each theme, the fifty latest entries each.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::xml::escape;
use crate::config::Config;
use crate::content::{Library, Review, Study};
use crate::id::Id;
use crate::vocabulary::Theme;

/// Entries in a feed.
const ENTRIES: usize = 50;

struct Entry<'l> {
    title: &'l str,
    summary: &'l str,
    path: String,
    published: Date,
    modified: Date,
    slug: &'l str,
}

/// The feed at `path`: of one theme, or of the whole site.
pub(super) fn feed(
    path: &str,
    theme: Option<Id<Theme>>,
    config: &Config,
    library: &Library,
) -> String {
    let has = |themes: &[Id<Theme>]| theme.is_none_or(|theme| themes.contains(&theme));
    let studies = library
        .studies()
        .map(|(_, study)| study)
        .filter(|study| study.is_public() && has(&study.themes))
        .map(study_entry);
    let reviews = library
        .reviews()
        .iter()
        .filter(|review| review.is_public() && has(&review.themes))
        .map(review_entry);
    let mut entries: Vec<_> = studies.chain(reviews).collect();
    entries.sort_by_key(|entry| (std::cmp::Reverse(entry.modified), entry.slug));
    entries.truncate(ENTRIES);
    let title = match theme {
        None => config.title.clone(),
        Some(theme) => {
            let label = &library.vocabulary.themes.get(theme).label;
            format!("{label}: {}", config.title)
        }
    };
    let home = match theme {
        None => "index.html".to_owned(),
        Some(theme) => library.vocabulary.themes.get(theme).output_path(),
    };
    write(path, &title, &home, &entries, config)
}

fn study_entry(study: &Study) -> Entry<'_> {
    Entry {
        title: &study.title,
        summary: &study.summary,
        path: study.output_path(),
        published: study.published,
        modified: study.modified(),
        slug: &study.slug,
    }
}

fn review_entry(review: &Review) -> Entry<'_> {
    Entry {
        title: &review.title,
        summary: &review.summary,
        path: review.output_path(),
        published: review.published,
        modified: review.modified(),
        slug: &review.slug,
    }
}

fn write(path: &str, title: &str, home: &str, entries: &[Entry<'_>], config: &Config) -> String {
    let url = |path: &str| escape(&config.base_url.public(path));
    // An empty feed has no date of its own; the clock must not be in the output.
    let updated = entries.first().map_or_else(
        || "1970-01-01".to_owned(),
        |entry| entry.modified.to_string(),
    );
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let _ = write!(
        out,
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n  <title>{}</title>\n  <id>{self_url}</id>\n  \
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{self_url}\"/>\n  \
         <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n  <updated>{updated}T00:00:00Z</updated>\n  \
         <author><name>{}</name></author>\n",
        escape(&config.language),
        escape(title),
        url(home),
        escape(&config.title),
        self_url = url(path),
    );
    for entry in entries {
        let _ = write!(
            out,
            "  <entry>\n    <title>{}</title>\n    <id>{link}</id>\n    \
             <link rel=\"alternate\" type=\"text/html\" href=\"{link}\"/>\n    \
             <published>{}T00:00:00Z</published>\n    <updated>{}T00:00:00Z</updated>\n    \
             <summary>{}</summary>\n  </entry>\n",
            escape(entry.title),
            entry.published,
            entry.modified,
            escape(entry.summary),
            link = url(&entry.path),
        );
    }
    out.push_str("</feed>\n");
    out
}
