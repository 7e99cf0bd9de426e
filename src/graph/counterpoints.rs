//! Counterpoints: where the factor that helped here got in the way, and the reverse. Best-evidenced first.

use rayon::prelude::*;

use crate::content::{Direction, Library, Study};
use crate::id::Id;
use crate::vocabulary::Factor;

/// For every factor the studies that cite it as an enabler and as a barrier, best-evidenced first.
///
/// Every study's counterpoints are the head of one of these lists, so they are kept once, not once a study.
#[derive(Debug, Hash)]
pub struct Counterpoints {
    ranked: Vec<[Vec<Entry>; 2]>,
}

/// A study and the place of the citation in it.
pub(super) type Entry = (Id<Study>, usize);

impl Counterpoints {
    /// Ranks the citations of all listed studies: those with an evidence sentence first, then by the place of the
    /// study's design in its list (which runs from strong to weak), then by slug.
    pub fn new(library: &Library) -> Self {
        let mut ranked: Vec<[Vec<Entry>; 2]> = (0..library.vocabulary.factors.len())
            .map(|_| Default::default())
            .collect();
        for (id, study) in library.listed_studies() {
            for (at, citation) in study.citations.iter().enumerate() {
                if let Some(side) = side(citation.direction) {
                    let list = &mut ranked[citation.factor.index()][side];
                    if list.last().is_none_or(|(last, _)| *last != id) {
                        list.push((id, at));
                    }
                }
            }
        }
        ranked.par_iter_mut().flatten().for_each(|list| {
            list.sort_by_cached_key(|&(id, at)| {
                let study = library.study(id);
                let design = study.design.as_ref();
                (
                    library.said(id)[at].evidence.is_none(),
                    design.map_or(usize::MAX, |design| design.rank),
                    id,
                )
            });
        });
        Self { ranked }
    }

    /// The counterpoints of a factor that worked in one direction: studies in which it worked the other way, with the
    /// place of the citation in each, but never `except`, the study itself. A mixed factor has none.
    pub fn of(
        &self,
        factor: Id<Factor>,
        here: Direction,
        except: Option<Id<Study>>,
    ) -> impl Iterator<Item = &Entry> + Clone {
        here.opposite()
            .and_then(|there| self.ranked(factor, there))
            .unwrap_or(&[])
            .iter()
            .filter(move |(study, _)| Some(*study) != except)
    }

    /// The citations of a factor in one direction, best-evidenced first; `None` for mixed.
    pub fn ranked(&self, factor: Id<Factor>, direction: Direction) -> Option<&[Entry]> {
        side(direction).map(|side| self.ranked[factor.index()][side].as_slice())
    }
}

fn side(direction: Direction) -> Option<usize> {
    match direction {
        Direction::Enabler => Some(0),
        Direction::Barrier => Some(1),
        Direction::Mixed => None,
    }
}
