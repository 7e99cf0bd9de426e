//! Atom feeds (RFC 4287): the whole site and one for each theme, the fifty latest entries each.

use std::cmp::Reverse;
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
}

/// What an entry tells of.
#[derive(Clone, Copy)]
enum Subject<'l> {
    Study(Id<Study>, &'l Study),
    Review(&'l Review),
}

impl<'l> Subject<'l> {
    /// Latest first; no two are the same in this.
    fn order(&self) -> (Reverse<Date>, &'l str, bool) {
        match self {
            Self::Study(_, study) => (Reverse(study.modified()), &study.slug, false),
            Self::Review(review) => (Reverse(review.modified()), &review.slug, true),
        }
    }

    fn entry(self, library: &'l Library) -> Entry<'l> {
        match self {
            Self::Study(id, study) => Entry {
                title: &study.title,
                summary: library.summary(id),
                path: study.output_path(),
                published: study.published,
                modified: study.modified(),
            },
            Self::Review(review) => Entry {
                title: &review.title,
                summary: &review.summary,
                path: review.output_path(),
                published: review.published,
                modified: review.modified(),
            },
        }
    }
}

/// The feed at `path`: of one theme, or of the whole site.
pub(super) fn feed(
    path: &str,
    theme: Option<Id<Theme>>,
    config: &Config,
    library: &Library,
) -> String {
    let has = |themes: &[Id<Theme>]| theme.is_none_or(|theme| themes.contains(&theme));
    let studies = library.studies();
    let studies = studies.filter(|(_, study)| study.is_public() && has(&study.themes));
    let reviews = library.reviews().iter();
    let reviews = reviews.filter(|review| review.is_public() && has(&review.themes));
    let mut latest: Vec<Subject<'_>> = studies
        .map(|(id, study)| Subject::Study(id, study))
        .chain(reviews.map(Subject::Review))
        .collect();
    if latest.len() > ENTRIES {
        latest.select_nth_unstable_by_key(ENTRIES, Subject::order);
        latest.truncate(ENTRIES);
    }
    latest.sort_unstable_by_key(Subject::order);
    let entries: Vec<Entry<'_>> = latest
        .into_iter()
        .map(|subject| subject.entry(library))
        .collect();
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
