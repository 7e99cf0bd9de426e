//! Two systems stand on the same tile of a map.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Example, Group, Rule, Severity};
use crate::date;
use crate::diagnostics::Diagnostic;
use crate::vocabulary::{System, Terms, periods};

pub(crate) static SHARED_TILE: Rule = Rule {
    name: "shared-tile",
    group: Group::Vocabulary,
    severity: Severity::Warning,
    fixed: false,
    summary: "Two systems stand on the same tile of a map.",
    why: "One would hide the other, so the site has no map of the time in which both are there.",
    example: Example::yaml(
        "  - id: dales\n    label: Dales United\n    valid_from: 2022-07-01\n    hex_col: 1\n    hex_row: 1\n  - id: hill\n    label: Hill and Moor\n    hex_col: 1\n    hex_row: 1",
        "  - id: dales\n    label: Dales United\n    valid_from: 2022-07-01\n    hex_col: 1\n    hex_row: 0\n  - id: hill\n    label: Hill and Moor\n    hex_col: 1\n    hex_row: 1",
    ),
    mend: "Give one of them another `hex_col` or `hex_row`. If they clash on later maps only, give it an entry in `tile_moves`.",
};

/// Looks at the systems of each period, the newest first; a pair is reported once.
pub(crate) fn check(systems: &Terms<System>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut reported = FxHashSet::default();
    for period in periods(systems).into_iter().rev() {
        let mut taken = FxHashMap::default();
        for (id, tile) in period.systems {
            let Some(tile) = tile else { continue };
            let Some(first) = taken.insert(tile, id) else {
                continue;
            };
            if !reported.insert((first, id)) {
                continue;
            }
            let (first, second) = (systems.get(first), systems.get(id));
            let when = match (period.from, period.until) {
                (Some(from), _) => format!(", on the map from {}", date::in_words(from)),
                (None, Some(until)) => format!(", on the map until {}", date::in_words(until)),
                (None, None) => String::new(),
            };
            let (column, row) = (tile.column, tile.row);
            let place = &second.place;
            diagnostics.push(
                Diagnostic::new(
                    &SHARED_TILE,
                    &place.path,
                    place.span.clone(),
                    format!("`{}` stands on the tile of `{}`{when}", second.id, first.id),
                )
                .label(
                    &first.place.path,
                    first.place.span.clone(),
                    format!("column {column}, row {row} as well"),
                )
                .help("give one of them another tile; without it this map isn't drawn"),
            );
        }
    }
    diagnostics
}
