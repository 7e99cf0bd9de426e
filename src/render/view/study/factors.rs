//! The factors of a study, and where they went the other way.

use anyhow::Result;
use tera::Value;

use super::super::super::value::{list, object};
use super::super::explained::Explained;
use super::super::points::opposite;
use super::super::{Site, terms};
use crate::content::{Citation, Direction, Said, Status, Study};
use crate::id::Id;

/// The counterpoints of so many factors are shown at once; those of more are folded up.
const UNFOLDED: usize = 4;

/// The factors by direction, and their counterpoints.
///
/// # Errors
/// When a component of the skin fails.
pub(super) fn groups(
    id: Id<Study>,
    study: &Study,
    site: &Site<'_>,
    first: &mut Explained<'_>,
) -> Result<(Value, Value)> {
    if study.status == Status::Withdrawn {
        return Ok((list([]), list([])));
    }
    let mut groups = Vec::new();
    let mut points = Vec::new();
    for direction in Direction::ALL {
        let mut entries = Vec::new();
        for (citation, said) in site.library.cited(id, direction) {
            let shown = opposite(id, citation, site)?;
            let turn = shown.as_ref().map(|shown| shown.turn.clone());
            entries.push(entry(citation, said, turn, site, first));
            points.extend(shown);
        }
        if !entries.is_empty() {
            groups.push(object([
                ("direction", site.direction(direction)),
                ("entries", list(entries)),
            ]));
        }
    }
    let fold = points.len() > UNFOLDED;
    let counterpoints = points
        .into_iter()
        .map(|shown| if fold { shown.folded } else { shown.unfolded });
    Ok((list(groups), list(counterpoints)))
}

fn entry(
    citation: &Citation,
    said: &Said,
    turn: Option<Value>,
    site: &Site<'_>,
    first: &mut Explained<'_>,
) -> Value {
    let factor = &site.shared.factors[citation.factor.index()];
    object([
        ("label", factor.label.clone()),
        ("path", factor.path.clone()),
        ("evidence", first.optional(said.evidence.as_deref())),
        (
            "terms",
            terms(citation, said, |words| first.optional(words)),
        ),
        ("turn", turn.unwrap_or_else(Value::none)),
    ])
}
