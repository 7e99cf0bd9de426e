//! The graph of a library: who shares what with whom, and why. Pure functions of the library.

mod counterpoints;
mod links;
mod redirects;
mod related;
mod tag_index;

pub use counterpoints::Counterpoints;
pub use links::{AuthoredLink, Links, Mention, Pair};
pub use redirects::{Redirect, redirects};
pub use related::{Neighbour, Reason, Traits};
pub use tag_index::TagIndex;

use rustc_hash::FxHashMap;
use std::sync::Arc;

use crate::content::Library;
use crate::diagnostics::Diagnostic;
use crate::markdown::Rendered;

/// Everything that links the pages of a library to each other.
#[derive(Debug)]
pub struct Graph {
    /// Which studies carry a factor, a theme, a system, a reference.
    pub tags: TagIndex,
    /// Where the same factor worked the other way.
    pub counterpoints: Counterpoints,
    /// For each study the most similar ones, best first.
    pub related: Vec<Vec<Neighbour>>,
    /// Links that authors made.
    pub links: Links,
    /// Old addresses.
    pub redirects: Vec<Redirect>,
}

/// Links the library. Bodies are needed for the links in their text.
pub fn build(
    library: &Library,
    bodies: &FxHashMap<Arc<str>, Rendered>,
) -> (Graph, Vec<Diagnostic>) {
    let ((links, mut diagnostics), (tags, counterpoints, traits, (redirects, found))) = rayon::join(
        || Links::new(library, bodies),
        || {
            (
                TagIndex::new(library),
                Counterpoints::new(library),
                Traits::new(library),
                redirects(library),
            )
        },
    );
    diagnostics.extend(found);
    let graph = Graph {
        tags,
        counterpoints,
        related: traits.related(library, &links),
        links,
        redirects,
    };
    (graph, diagnostics)
}
