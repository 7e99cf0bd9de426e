//! The graph of a library: who shares what with whom, and why. Pure functions of the library.

mod choices;
mod counterpoints;
mod crosswalk;
mod links;
mod matrix;
mod redirects;
mod related;
mod tag_index;

pub use choices::ChoiceIndex;
pub use counterpoints::Counterpoints;
pub use crosswalk::Crosswalk;
pub use links::{AuthoredLink, Links, Pair};
pub use matrix::{Axis, Column, Matrix};
pub use redirects::{Redirect, redirects};
pub use related::{Neighbour, Reason};
pub use tag_index::TagIndex;

use self::related::Related;
use crate::content::{Direction, Library, Study};
use crate::diagnostics::Diagnostic;
use crate::id::Id;
use crate::markdown::Bodies;
use crate::vocabulary::{Factor, Framework, Vocabulary};

/// Everything that links the pages of a library to each other.
#[derive(Debug, Hash)]
pub struct Graph {
    /// Which studies carry a factor, a theme, a system, a reference.
    pub tags: TagIndex,
    /// Which studies carry a value of a controlled list.
    pub choices: ChoiceIndex,
    /// Where frameworks put factors.
    pub crosswalk: Crosswalk,
    /// Where factors were seen: one matrix for each axis that the library has.
    pub matrices: Vec<Matrix>,
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

impl Graph {
    /// Whether there is something to say of a framework.
    pub fn has_page(&self, framework: Id<Framework>, vocabulary: &Vocabulary) -> bool {
        self.crosswalk.has_page(framework, vocabulary)
    }

    /// Whether there is anything to say of where a factor was seen.
    pub fn is_seen(&self, factor: Id<Factor>) -> bool {
        let cited = |direction| !self.tags.factor(factor, direction).is_empty();
        !self.matrices.is_empty() && Direction::ALL.into_iter().any(cited)
    }
}

/// Links the library. Bodies are needed for the links in their text.
pub fn build(library: &Library, bodies: &Bodies) -> (Graph, Vec<Diagnostic>) {
    let links = || Links::new(library, bodies);
    let lists = || {
        rayon::join(
            || (TagIndex::new(library), ChoiceIndex::new(library)),
            || (Counterpoints::new(library), redirects(library)),
        )
    };
    let (
        (links, mut diagnostics),
        (related, ((tags, choices), (counterpoints, (redirects, found)))),
    ) = rayon::join(links, || rayon::join(|| Related::new(library), lists));
    diagnostics.extend(found);
    let graph = Graph {
        matrices: Matrix::all(library, &tags, &choices),
        crosswalk: Crosswalk::new(&library.vocabulary),
        choices,
        tags,
        counterpoints,
        links,
        redirects,
        related,
    };
    (graph, diagnostics)
}
