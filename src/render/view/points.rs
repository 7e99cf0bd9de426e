//! Counterpoints as markup: the same few studies stand opposite a factor on every page, so they are rendered once.

use anyhow::{Result, anyhow};
use tera::Value;

use super::super::value::{fragment, list, object, optional};
use super::Site;
use crate::content::{Citation, Direction, Study};
use crate::id::Id;
use crate::vocabulary::Factor;

/// How many counterpoints each factor of a study shows; the factor's own page has the rest.
const SHOWN: usize = 5;

/// What the page of a study shows of one factor that worked the other way elsewhere, as markup.
#[derive(Clone)]
pub(super) struct Shown {
    /// The line beside the factor: in how many others.
    pub(super) turn: Value,
    /// The counterpoints, to be unfolded.
    pub(super) folded: Value,
    /// The counterpoints, unfolded.
    pub(super) unfolded: Value,
}

/// What stands opposite a citation of a study, if anything does.
///
/// # Errors
/// When a component of the skin fails.
pub(super) fn opposite(
    study: Id<Study>,
    citation: &Citation,
    site: &Site<'_>,
) -> Result<Option<Shown>> {
    let (factor, here) = (citation.factor, citation.direction);
    let cites_both_ways = site
        .library
        .study(study)
        .citations
        .iter()
        .any(|other| other.factor == factor && Some(other.direction) == here.opposite());
    if cites_both_ways {
        return shown(factor, here, Some(study), site);
    }
    // Every study that doesn't cite the factor both ways shows the same.
    let usual =
        site.shared.points[factor.index()][here as usize].get(|| shown(factor, here, None, site));
    usual.clone().map_err(|failure| anyhow!("{failure}"))
}

/// What stands opposite a factor that worked one way, except in one study.
fn shown(
    factor: Id<Factor>,
    here: Direction,
    except: Option<Id<Study>>,
    site: &Site<'_>,
) -> Result<Option<Shown>> {
    let Some(there) = here.opposite() else {
        return Ok(None);
    };
    let others = site.graph.counterpoints.of(factor, here, except);
    let count = others.clone().count();
    if count == 0 {
        return Ok(None);
    }
    let points = list(others.take(SHOWN).map(|&(study, at)| {
        let said = &site.library.said(study)[at];
        object([
            ("study", site.cards.brief(study)),
            ("evidence", optional(said.evidence.as_deref())),
            ("condition", optional(said.condition.as_deref())),
        ])
    }));
    let details = |open: bool| {
        let values = [
            ("factor", site.factor_link(factor)),
            ("here", site.direction(here)),
            ("there", site.direction(there)),
            ("points", points.clone()),
            ("count", Value::from(count)),
            ("open", Value::from(open)),
        ];
        fragment(site.tera, "counterpoints", values)
    };
    let turn = [
        ("there", site.direction(there)),
        ("count", Value::from(count)),
    ];
    Ok(Some(Shown {
        turn: fragment(site.tera, "turn", turn)?,
        folded: details(false)?,
        unfolded: details(true)?,
    }))
}
