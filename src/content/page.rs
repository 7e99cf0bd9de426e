//! A page that is no study: about, how to contribute, ...

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::content::shapes::PAGE;
use crate::diagnostics::{Sink, Span, Spanned};
use crate::source::Record;
use crate::source::yaml::Node;

use super::parse::{Context, read_aliases, read_summary};

/// Names that a page can't have, since they are sections of the site.
const RESERVED: [&str; 14] = [
    "studies",
    "themes",
    "factors",
    "systems",
    "reviews",
    "evidence",
    "frameworks",
    "glossary",
    "matrix",
    "compare",
    "search",
    "data",
    "assets",
    "404",
];

/// Whether a page can't have this name, since it is a section of the site.
pub(crate) fn is_reserved(slug: &str) -> bool {
    RESERVED.contains(&slug)
}

/// A page of the library itself.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Page {
    /// The name in its address.
    pub slug: String,
    /// Path of its file.
    pub path: Arc<str>,
    /// Title.
    pub title: String,
    /// What it says, in a sentence.
    pub summary: String,
    /// Old slugs.
    pub aliases: Vec<Spanned<String>>,
}

impl Page {
    /// The address of the page, relative to the site.
    pub fn output_path(&self) -> String {
        format!("{}/index.html", self.slug)
    }
}

pub(super) fn read(
    slug: &str,
    tree: &Spanned<Node<'_>>,
    fence: Span,
    context: &Context<'_>,
    sink: &mut Sink,
) -> Option<Page> {
    let record = Record::open(tree, &PAGE, fence, sink)?;
    let title = record.text("title", sink);
    let summary = read_summary(&record, title.as_ref(), context.config, sink);
    let aliases = read_aliases(&record, sink);
    Some(Page {
        slug: slug.to_owned(),
        path: sink.path().clone(),
        title: title?.value,
        summary: summary?.value,
        aliases,
    })
}
