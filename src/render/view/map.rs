//! The maps of systems: what stands in their tiles, and where a system stands on them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use tera::Value;

use super::super::picture::{Locator, MapTile, tile_map};
use super::super::value::{list, markup, object, optional, text};
use super::Site;
use crate::content::Study;
use crate::date;
use crate::id::Id;
use crate::vocabulary::{Layout, Successor, System, Tile, Vocabulary, layouts};

/// The maps of a library, the newest first.
pub(super) struct Maps(Vec<(Layout, Locator)>);

impl Maps {
    pub(super) fn new(vocabulary: &Vocabulary) -> Self {
        let layouts = layouts(&vocabulary.systems).into_iter();
        let located = layouts.map(|layout| {
            let tiles: Vec<Tile> = layout.tiles.iter().map(|(_, tile)| *tile).collect();
            let locator = Locator::new(&tiles);
            (layout, locator)
        });
        Self(located.collect())
    }

    fn layouts(&self) -> impl Iterator<Item = &Layout> {
        self.0.iter().map(|(layout, _)| layout)
    }
}

/// All maps, for a page from which `root` leads to the root of the site.
pub(super) fn maps(root: &str, site: &Site<'_>) -> Value {
    list(site.maps().layouts().map(|layout| map(layout, root, site)))
}

/// The map of the systems of today; none when it can't be drawn.
pub(super) fn map_of_today(root: &str, site: &Site<'_>) -> Value {
    let mut layouts = site.maps().layouts();
    let today = layouts.find(|layout| layout.until.is_none());
    today.map_or_else(Value::none, |layout| map(layout, root, site))
}

/// Where a system stands on the newest map that it is on; none when it is on no map.
pub(super) fn place(id: Id<System>, site: &Site<'_>) -> Value {
    let neighbours = neighbours(id, &site.library.vocabulary);
    let found = site.maps().0.iter().find_map(|(layout, locator)| {
        let tile = |id| {
            let mut tiles = layout.tiles.iter();
            tiles.find(|(other, _)| *other == id).map(|(_, tile)| *tile)
        };
        tile(id).map(|here| {
            let near: Vec<Tile> = neighbours.iter().filter_map(|id| tile(*id)).collect();
            object([
                ("picture", markup(&locator.mark(here, &near))),
                ("neighbours", Value::from(near.len())),
                ("period", optional(period(layout))),
                (
                    "path",
                    text(format!("systems/index.html#{}", fragment(layout))),
                ),
            ])
        })
    });
    found.unwrap_or_else(Value::none)
}

/// How many studies of the systems before it a system of today stands for on the map.
pub(super) fn inherited(id: Id<System>, site: &Site<'_>) -> usize {
    let mut layouts = site.maps().layouts();
    let today = layouts.find(|layout| layout.until.is_none());
    let own = site.graph.tags.system(id).len();
    today.map_or(0, |layout| with_predecessors(id, layout, site).len() - own)
}

/// What the tiles of a part of a map hold together.
#[derive(Debug, Default)]
struct Sum {
    systems: usize,
    /// Systems with studies.
    covered: usize,
    /// The studies, each once.
    studies: BTreeSet<Id<Study>>,
}

impl Sum {
    fn add(&mut self, studies: &BTreeSet<Id<Study>>) {
        self.systems += 1;
        self.covered += usize::from(!studies.is_empty());
        self.studies.extend(studies);
    }

    fn fields(&self) -> [(&'static str, Value); 3] {
        [
            ("systems", Value::from(self.systems)),
            ("covered", Value::from(self.covered)),
            ("studies", Value::from(self.studies.len())),
        ]
    }
}

/// The systems that border on a system in any period. What became a part of another borders on what that borders on, and
/// so does the other way round; where only a part of an area went to another, nobody can tell.
fn neighbours(id: Id<System>, vocabulary: &Vocabulary) -> BTreeSet<Id<System>> {
    let systems = &vocabulary.systems;
    let heir = |id: Id<System>| match systems.get(id).successors.as_slice() {
        [Successor { system, part: None }] => Some(*system),
        _ => None,
    };
    let before = systems.get(id).predecessors.iter();
    let merged = before
        .map(|other| other.system)
        .filter(|other| heir(*other) == Some(id));
    let mut found: BTreeSet<Id<System>> = std::iter::once(id)
        .chain(merged)
        .flat_map(|area| &systems.get(area).neighbours)
        .flat_map(|other| [Some(*other), heir(*other)])
        .flatten()
        .collect();
    found.remove(&id);
    found
}

fn map(layout: &Layout, root: &str, site: &Site<'_>) -> Value {
    let systems = &site.library.vocabulary.systems;
    let mut all = Sum::default();
    let mut regions: BTreeMap<(bool, Option<&str>), Sum> = BTreeMap::new();
    let mut inherits = false;
    let tiles: Vec<MapTile<'_>> = layout
        .tiles
        .iter()
        .map(|(id, place)| {
            let system = systems.get(*id);
            let own = site.graph.tags.system(*id).len();
            let studies = with_predecessors(*id, layout, site);
            let count = studies.len();
            inherits |= count > own;
            all.add(&studies);
            // Systems without a region come last.
            let region = system.region.as_deref();
            let sum = regions.entry((region.is_none(), region)).or_default();
            sum.add(&studies);
            MapTile {
                place: *place,
                short: system.short.as_deref().unwrap_or(&system.label),
                name: tile_name(system, count, count - own),
                href: format!("{root}{}", system.output_path()),
                count,
            }
        })
        .collect();
    let period = period(layout);
    let label = match &period {
        Some(period) => format!("Map of the systems {period}"),
        None => "Map of the systems".to_owned(),
    };
    let [systems, covered, studies] = all.fields();
    object([
        ("id", text(fragment(layout))),
        ("today", Value::from(layout.until.is_none())),
        ("period", optional(period)),
        ("picture", markup(&tile_map(&label, &tiles))),
        ("inherits", Value::from(inherits)),
        (
            "regions",
            list(regions.iter().map(|((_, name), sum)| {
                let [systems, covered, studies] = sum.fields();
                object([("name", optional(*name)), systems, covered, studies])
            })),
        ),
        systems,
        covered,
        studies,
    ])
}

/// The studies that the page of a system shows as its own or as those of a system before it. What stands on the same map
/// wasn't before it yet.
fn with_predecessors(id: Id<System>, layout: &Layout, site: &Site<'_>) -> BTreeSet<Id<Study>> {
    let before = &site.library.vocabulary.systems.get(id).predecessors;
    let before = before
        .iter()
        .map(|other| other.system)
        .filter(|other| layout.tiles.iter().all(|(there, _)| there != other));
    std::iter::once(id)
        .chain(before)
        .flat_map(|system| site.graph.tags.system(system))
        .copied()
        .collect()
}

/// What the link of a tile is called. The short label comes first, since it is what stands in the tile.
fn tile_name(system: &System, count: usize, inherited: usize) -> String {
    let short = system
        .short
        .as_ref()
        .filter(|short| **short != system.label);
    let short = short.map_or(String::new(), |short| format!("{short}, "));
    let studies = match count {
        0 => "no study".to_owned(),
        1 => "1 study".to_owned(),
        count => format!("{count} studies"),
    };
    let before = match inherited {
        0 => String::new(),
        _ if inherited == count => ", from before it".to_owned(),
        inherited => format!(", {inherited} from before it"),
    };
    format!("{short}{}: {studies}{before}", system.label)
}

/// The period of a map in words; none when nothing changed, ever.
fn period(layout: &Layout) -> Option<String> {
    let words = |day: Date| date::in_words(day);
    match (layout.from.map(words), layout.until.map(words)) {
        (Some(from), Some(until)) => Some(format!("from {from} to {until}")),
        (Some(from), None) => Some(format!("since {from}")),
        (None, Some(until)) => Some(format!("until {until}")),
        (None, None) => None,
    }
}

/// The id of a map on the page of systems.
fn fragment(layout: &Layout) -> String {
    match layout.until {
        Some(until) => format!("map-until-{until}"),
        None => "map".to_owned(),
    }
}
