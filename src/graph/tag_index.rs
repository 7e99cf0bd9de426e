//! From a tag to the studies that carry it. Withdrawn studies are in none of these lists.

use crate::content::{Direction, Library, Reference, Study};
use crate::id::Id;
use crate::vocabulary::{Factor, System, Theme};

/// The studies of every factor, theme, system and reference, each list sorted by slug and without doubles.
#[derive(Debug, Hash)]
pub struct TagIndex {
    factors: Vec<[Vec<Id<Study>>; 3]>,
    themes: Vec<Vec<Id<Study>>>,
    systems: Vec<Vec<Id<Study>>>,
    references: Vec<Vec<Id<Study>>>,
}

impl TagIndex {
    /// Indexes all listed studies.
    pub fn new(library: &Library) -> Self {
        let vocabulary = &library.vocabulary;
        let mut index = Self {
            factors: (0..vocabulary.factors.len())
                .map(|_| Default::default())
                .collect(),
            themes: vec![Vec::new(); vocabulary.themes.len()],
            systems: vec![Vec::new(); vocabulary.systems.len()],
            references: vec![Vec::new(); library.references.len()],
        };
        for (id, study) in library.listed_studies() {
            for citation in &study.citations {
                push(
                    &mut index.factors[citation.factor.index()][citation.direction as usize],
                    id,
                );
            }
            for theme in &study.themes {
                push(&mut index.themes[theme.index()], id);
            }
            for system in &study.systems {
                push(&mut index.systems[system.index()], id);
            }
            for reference in cited(study) {
                push(&mut index.references[reference.index()], id);
            }
        }
        index
    }

    /// The studies in which a factor worked in one direction.
    pub fn factor(&self, factor: Id<Factor>, direction: Direction) -> &[Id<Study>] {
        &self.factors[factor.index()][direction as usize]
    }

    /// The studies of a theme.
    pub fn theme(&self, theme: Id<Theme>) -> &[Id<Study>] {
        &self.themes[theme.index()]
    }

    /// The studies of a system or scope.
    pub fn system(&self, system: Id<System>) -> &[Id<Study>] {
        &self.systems[system.index()]
    }

    /// The studies that cite a reference, as a reference or as a source.
    pub fn reference(&self, reference: Id<Reference>) -> &[Id<Study>] {
        &self.references[reference.index()]
    }
}

/// Every reference that a study names.
fn cited(study: &Study) -> impl Iterator<Item = Id<Reference>> {
    let sources = study.sources.iter().filter_map(|source| match source {
        crate::content::Source::Reference(reference, _) => Some(*reference),
        crate::content::Source::Url(..) => None,
    });
    study.references.iter().copied().chain(sources)
}

/// Studies arrive in order, so a double can only be the last one.
fn push(list: &mut Vec<Id<Study>>, id: Id<Study>) {
    if list.last() != Some(&id) {
        list.push(id);
    }
}
