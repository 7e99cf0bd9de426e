//! The graph of a library: who shares what with whom, and why. Pure functions of the library.

mod counterpoints;
mod links;
mod redirects;
mod related;
mod tag_index;

pub use counterpoints::Counterpoints;
pub use links::{AuthoredLink, Links, Mention};
pub use redirects::{Redirect, redirects};
pub use related::{Neighbour, Reason};
pub use tag_index::TagIndex;

use self::related::Related;
use crate::content::{Library, Study};
use crate::diagnostics::Diagnostic;
use crate::id::Id;
use crate::markdown::Bodies;

/// Everything that links the pages of a library to each other.
#[derive(Debug)]
pub struct Graph {
    /// Which studies carry a factor, a theme, a system, a reference.
    pub tags: TagIndex,
    /// Where the same factor worked the other way.
    pub counterpoints: Counterpoints,
    /// Links that authors made.
    pub links: Links,
    /// Old addresses.
    pub redirects: Vec<Redirect>,
    related: Related,
}

impl Graph {
    /// The studies that are most similar to one, best first; they are sought when they are first asked for.
    pub fn related(&self, study: Id<Study>, library: &Library) -> &[Neighbour] {
        self.related.of(study, library, &self.links)
    }
}

/// Links the library. Bodies are needed for the links in their text.
pub fn build(library: &Library, bodies: &Bodies) -> (Graph, Vec<Diagnostic>) {
    let ((links, mut diagnostics), (related, (tags, counterpoints, (redirects, found)))) =
        rayon::join(
            || Links::new(library, bodies),
            || {
                rayon::join(
                    || Related::new(library),
                    || {
                        (
                            TagIndex::new(library),
                            Counterpoints::new(library),
                            redirects(library),
                        )
                    },
                )
            },
        );
    diagnostics.extend(found);
    let graph = Graph {
        tags,
        counterpoints,
        links,
        redirects,
        related,
    };
    (graph, diagnostics)
}
