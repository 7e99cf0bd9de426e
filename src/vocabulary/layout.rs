//! Maps of equal tiles: which systems stand on the same map, and where.
//!
//! Systems come and go, so one map can't show them all. There is one for each period in which their set stays the same.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rustc_hash::FxHashSet;

use super::{System, Terms, Tile};
use crate::id::Id;

/// A map with fewer tiles says nothing.
const FEWEST: usize = 2;

/// The map of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The day on which its set of systems began; `None` when all were there from the start.
    pub from: Option<Date>,
    /// The last day before a system came or went; `None` for the map of today.
    pub until: Option<Date>,
    /// Its systems with their places, no two of which are the same; row by row, each from the left.
    pub tiles: Vec<(Id<System>, Tile)>,
}

/// A time in which the same systems were there.
#[derive(Debug)]
pub(crate) struct Period {
    /// Its first day; `None` for the first period when it has no beginning.
    pub(crate) from: Option<Date>,
    /// Its last day; `None` for the last period.
    pub(crate) until: Option<Date>,
    /// The systems in their order, each with its tile at the end of the period.
    pub(crate) systems: Vec<(Id<System>, Option<Tile>)>,
}

/// The maps that the systems allow, the newest first. A period has one if each of its systems has a place of its own.
pub fn layouts(systems: &Terms<System>) -> Vec<Layout> {
    let mut layouts: Vec<Layout> = periods(systems).into_iter().filter_map(layout).collect();
    layouts.reverse();
    layouts
}

fn layout(period: Period) -> Option<Layout> {
    let mut tiles = period
        .systems
        .into_iter()
        .map(|(id, tile)| Some((id, tile?)))
        .collect::<Option<Vec<_>>>()?;
    tiles.sort_by_key(|(id, tile)| (tile.row, tile.column, *id));
    let places: FxHashSet<Tile> = tiles.iter().map(|(_, tile)| *tile).collect();
    (tiles.len() >= FEWEST && places.len() == tiles.len()).then_some(Layout {
        from: period.from,
        until: period.until,
        tiles,
    })
}

/// The times in which the set of systems stayed the same, oldest first. Scopes are no part of it.
pub(crate) fn periods(systems: &Terms<System>) -> Vec<Period> {
    let areas = || systems.iter().filter(|(_, system)| !system.scope);
    let mut starts: BTreeSet<Option<Date>> = BTreeSet::new();
    for (_, system) in areas() {
        starts.insert(system.valid_from.map(|from| from.first_day()));
        // A system that lasts until the end of the calendar ends no period.
        let after = system.valid_to.map(|to| to.last_day().tomorrow().ok());
        starts.extend(after.filter(Option::is_some));
    }
    let ends = starts
        .iter()
        .skip(1)
        .map(|start| start.as_ref()?.yesterday().ok());
    starts
        .iter()
        .zip(ends.chain([None]))
        .map(|(&from, until)| {
            let day = until.or(from).unwrap_or(Date::MAX);
            let there = areas().filter(|(_, system)| system.lives_on(day));
            Period {
                from,
                until,
                systems: there
                    .map(|(id, system)| (id, system.tile_on(until.unwrap_or(Date::MAX))))
                    .collect(),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::date::PartialDate;
    use crate::vocabulary::{Place, TileMove, Unusable};

    fn date(text: &str) -> Date {
        text.parse().expect("a date")
    }

    fn tile(column: i32, row: i32) -> Tile {
        Tile { column, row }
    }

    /// A system of a period `from..to`, either of which may be missing.
    fn system(id: &str, period: &str, tile: Option<Tile>) -> System {
        let (from, to) = period.split_once("..").expect("a period");
        System {
            id: id.to_owned(),
            label: id.to_owned(),
            short: None,
            aliases: Vec::new(),
            region: None,
            codes: BTreeMap::new(),
            valid_from: PartialDate::parse(from),
            valid_to: PartialDate::parse(to),
            successors: Vec::new(),
            predecessors: Vec::new(),
            neighbours: Vec::new(),
            tile,
            tile_moves: Vec::new(),
            scope: false,
            place: Place {
                path: "systems.yaml".into(),
                span: 0..0,
            },
        }
    }

    /// Each map as `from..until: id column,row ...`.
    fn maps(systems: Vec<System>) -> Vec<String> {
        let systems = Terms::new((systems, Unusable::default()), &mut Vec::new());
        let day = |day: Option<Date>| day.map_or(String::new(), |day| day.to_string());
        let tiles = |layout: &Layout| {
            let tiles = layout
                .tiles
                .iter()
                .map(|(id, tile)| format!(" {} {},{}", systems.get(*id).id, tile.column, tile.row));
            tiles.collect::<String>()
        };
        layouts(&systems)
            .iter()
            .map(|map| format!("{}..{}:{}", day(map.from), day(map.until), tiles(map)))
            .collect()
    }

    #[test]
    fn each_change_of_the_systems_begins_a_map_and_a_moved_tile_stands_elsewhere_on_the_newer_one()
    {
        let mut stays = system("stays", "2010..", Some(tile(0, 0)));
        stays.tile_moves = vec![TileMove {
            from: date("2022-07-01"),
            tile: tile(3, 2),
        }];
        assert_eq!(
            maps(vec![
                stays,
                system("older", "2010..2022-06", Some(tile(1, 0))),
                system("newer", "2022-07-01..", Some(tile(0, 0))),
            ]),
            [
                "2022-07-01..: newer 0,0 stays 3,2",
                "2010-01-01..2022-06-30: stays 0,0 older 1,0"
            ]
        );
    }

    #[test]
    fn systems_without_dates_stand_on_one_map_row_by_row() {
        let systems = [(2, 1), (0, 1), (9, 0), (-1, -1)];
        let systems = systems
            .map(|(column, row)| system(&format!("s{column}"), "..", Some(tile(column, row))));
        assert_eq!(maps(systems.into()), ["..: s-1 -1,-1 s9 9,0 s0 0,1 s2 2,1"]);
    }

    #[test]
    fn a_period_has_no_map_when_a_system_has_no_place_or_two_have_the_same_or_there_is_but_one() {
        let first = || system("first", "2010..2020", Some(tile(0, 0)));
        let lost = system("lost", "2010..2020", None);
        let same = system("same", "2010..2020", Some(tile(0, 0)));
        let good = system("good", "2010..2020", Some(tile(1, 0)));
        assert!(maps(vec![first(), lost]).is_empty());
        assert!(maps(vec![first(), same]).is_empty());
        assert!(maps(vec![first()]).is_empty());
        assert!(maps(vec![]).is_empty());
        assert_eq!(maps(vec![first(), good]).len(), 1);
    }

    #[test]
    fn a_scope_stands_on_no_map() {
        let mut scope = system("scope", "..", None);
        scope.scope = true;
        let left = system("left", "..", Some(tile(0, 0)));
        let right = system("right", "..", Some(tile(1, 0)));
        assert_eq!(maps(vec![left, scope, right]), ["..: left 0,0 right 1,0"]);
    }
}
