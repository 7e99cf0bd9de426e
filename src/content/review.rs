//! A thematic review: a narrative across studies.

use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::evidence::Reference;
use super::parse::{Context, Head, distinct, read_aliases, read_head};
use super::study::Status;
use crate::content::shapes::REVIEW;
use crate::diagnostics::{Sink, Span, Spanned, rules};
use crate::id::Id;
use crate::source::Record;
use crate::source::yaml::Node;
use crate::vocabulary::Theme;

/// A thematic review.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Review {
    /// The name in its address.
    pub slug: String,
    /// Path of its file.
    pub path: Arc<str>,
    /// Title.
    pub title: String,
    /// What it finds, in a sentence or two.
    pub summary: String,
    /// Where it stands on its way.
    pub status: Status,
    /// The day on which it entered the library.
    pub published: Date,
    /// The day on which it last changed in substance.
    pub updated: Option<Date>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// The themes that it is about.
    pub themes: Vec<Id<Theme>>,
    /// What it cites.
    pub references: Vec<Id<Reference>>,
    /// Old slugs.
    pub aliases: Vec<Spanned<String>>,
}

impl Review {
    /// Whether lists and links show it.
    pub fn is_listed(&self) -> bool {
        self.status != Status::Withdrawn
    }

    /// Whether feeds, sitemap and data hold it.
    pub fn is_public(&self) -> bool {
        self.status == Status::Published
    }

    /// The last day on which its content changed.
    pub fn modified(&self) -> Date {
        self.updated.unwrap_or(self.published)
    }

    /// The address of its page, relative to the site.
    pub fn output_path(&self) -> String {
        format!("reviews/{}/index.html", self.slug)
    }
}

pub(super) fn read(
    slug: &str,
    tree: &Spanned<Node<'_>>,
    fence: Span,
    context: &Context<'_>,
    sink: &mut Sink,
) -> Option<Review> {
    let record = Record::open(tree, &REVIEW, fence, sink)?;
    let Head {
        title,
        summary,
        status,
        latest: _,
        published,
        updated,
    } = read_head(&record, context, sink);
    let authors = crate::source::values(record.one_or_many("authors", sink));
    let given = record.texts("themes", sink);
    let themes = given.iter().filter_map(|theme| {
        context
            .vocabulary
            .themes
            .resolve(theme, &rules::UNKNOWN_THEME, sink)
    });
    let themes = distinct(themes, |theme| theme);
    let references = record
        .texts("references", sink)
        .iter()
        .filter_map(|given| {
            context
                .references
                .resolve(given, &rules::UNKNOWN_REFERENCE, sink)
        })
        .collect();
    let aliases = read_aliases(&record, sink);
    Some(Review {
        slug: slug.to_owned(),
        path: sink.path().clone(),
        title: title?.value,
        summary: summary?.value,
        status,
        published: published?.value,
        updated,
        authors,
        themes,
        references,
        aliases,
    })
}
