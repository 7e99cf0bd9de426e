//! Counterpoints as values: the same few studies stand opposite a factor on every page, so they are built once.

use anyhow::Result;
use tera::{Tera, Value};

use super::super::value::{fragment, list, markup, object, optional};
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
    /// What every study gets that is not in it: the list, and its markup.
    shown: (Value, Value),
}

impl Points {
    pub(super) fn new(
        library: &Library,
        counterpoints: &Counterpoints,
        cards: &Cards,
        tera: &Tera,
    ) -> Result<Self> {
        let side = |factor, direction| -> Result<Side> {
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
            Ok(Side {
                shown: with_markup(list(shown), tera)?,
                studies,
            })
        };
        let factors = library.vocabulary.factors.ids();
        Ok(Self {
            factors: factors
                .map(|factor| {
                    Ok([
                        side(factor, Direction::Enabler)?,
                        side(factor, Direction::Barrier)?,
                    ])
                })
                .collect::<Result<_>>()?,
        })
    }

    /// What stands opposite a factor that worked in `direction` in `study`: the list, and its markup.
    pub(super) fn opposite(
        &self,
        study: Id<Study>,
        factor: Id<Factor>,
        direction: Direction,
        tera: &Tera,
    ) -> Result<(Value, Value)> {
        let [enablers, barriers] = &self.factors[factor.index()];
        let side = match direction {
            Direction::Enabler => barriers,
            Direction::Barrier => enablers,
            Direction::Mixed => return Ok((list([]), markup(""))),
        };
        if side.studies.iter().all(|(other, _)| *other != study) {
            return Ok(side.shown.clone());
        }
        let others = side.studies.iter().filter(|(other, _)| *other != study);
        with_markup(
            list(others.take(SHOWN).map(|(_, point)| point.clone())),
            tera,
        )
    }
}

fn with_markup(points: Value, tera: &Tera) -> Result<(Value, Value)> {
    let markup = fragment(tera, "counterpoint_list", [("points", points.clone())])?;
    Ok((points, markup))
}
