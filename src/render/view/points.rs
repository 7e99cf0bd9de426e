//! Counterpoints as values: the same few studies stand opposite a factor on every page, so they are built once.

use tera::Value;

use super::super::value::{list, object, optional};
use super::Cards;
use crate::content::{Direction, Library, Study};
use crate::graph::Counterpoints;
use crate::id::Id;
use crate::vocabulary::Factor;

/// How many counterpoints each factor of a study shows; the factor's own page has the rest.
const SHOWN: usize = 5;

/// The first counterpoints of every factor, from either side.
pub(super) struct Points {
    factors: Vec<[Side; 2]>,
}

/// The best-evidenced studies of one side: one more than is shown, since a study is no counterpoint of itself.
struct Side {
    studies: Vec<(Id<Study>, Value)>,
    /// The list that every study gets which is not in it.
    shown: Value,
}

impl Points {
    pub(super) fn new(library: &Library, counterpoints: &Counterpoints, cards: &Cards) -> Self {
        let side = |factor, direction| {
            let ranked = counterpoints.ranked(factor, direction).unwrap_or(&[]);
            let studies: Vec<_> = ranked
                .iter()
                .take(SHOWN + 1)
                .map(|&(id, at)| {
                    let citation = &library.study(id).citations[at];
                    let point = object([
                        ("study", cards.study(id)),
                        ("evidence", optional(citation.evidence.as_deref())),
                        ("condition", optional(citation.condition.as_deref())),
                    ]);
                    (id, point)
                })
                .collect();
            let shown = studies.iter().take(SHOWN).map(|(_, point)| point.clone());
            Side {
                shown: list(shown),
                studies,
            }
        };
        let factors = library.vocabulary.factors.ids();
        Self {
            factors: factors
                .map(|factor| {
                    [
                        side(factor, Direction::Enabler),
                        side(factor, Direction::Barrier),
                    ]
                })
                .collect(),
        }
    }

    /// What stands opposite a factor that worked in `direction` in `study`.
    pub(super) fn opposite(
        &self,
        study: Id<Study>,
        factor: Id<Factor>,
        direction: Direction,
    ) -> Value {
        let [enablers, barriers] = &self.factors[factor.index()];
        let side = match direction {
            Direction::Enabler => barriers,
            Direction::Barrier => enablers,
            Direction::Mixed => return list([]),
        };
        if side.studies.iter().all(|(other, _)| *other != study) {
            return side.shown.clone();
        }
        let others = side.studies.iter().filter(|(other, _)| *other != study);
        list(others.take(SHOWN).map(|(_, point)| point.clone()))
    }
}
