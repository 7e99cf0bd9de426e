//! Systems with their dates, successions and neighbours, and the scopes that are no area.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Loader;
use super::shapes::{SUCCESSOR, SYSTEM, TILE_MOVE};
use crate::diagnostics::{Sink, Spanned, rules};
use crate::source::yaml::Node;
use crate::source::{Record, start_of};
use crate::vocabulary::term::{Place, Successor, System, Tile, TileMove};
use crate::vocabulary::terms::Terms;

/// Scopes that a study may name instead of a system, with their labels. They are no area and stand off the map.
const SCOPES: [(&str, &str); 3] = [
    ("national", "National"),
    ("international", "International"),
    ("anonymised", "Anonymised"),
];

/// Successors and neighbours are other systems, so they are looked up when all are known.
struct Links {
    path: Arc<str>,
    successors: Vec<(Spanned<String>, Option<String>)>,
    neighbours: Vec<Spanned<String>>,
}

pub(super) fn systems(loader: &mut Loader<'_>) -> Terms<System> {
    let mut links: BTreeMap<(Arc<str>, usize), Links> = BTreeMap::new();
    let (mut systems, unusable) = loader.file("systems", &SYSTEM, |record, place, sink| {
        let found = Links {
            path: place.path.clone(),
            successors: successors(&record, sink),
            neighbours: record.texts("neighbours", sink),
        };
        links.insert((place.path.clone(), place.span.start), found);
        let valid_from = record.partial_date("valid_from", sink);
        let valid_to = record.partial_date("valid_to", sink);
        if let (Some(from), Some(to)) = (&valid_from, &valid_to)
            && from.value.first_day() > to.value.last_day()
        {
            sink.report(
                &rules::REVERSED_PERIOD,
                to.span.clone(),
                "this system ceased before it began",
            );
        }
        let tile = tile(&record, sink);
        let tile_moves = tile_moves(&record, sink);
        let label = record.text("label", sink);
        let short = record.text("short", sink).map(|text| text.value);
        let aliases = record.texts("aliases", sink);
        let region = record.text("region", sink).map(|text| text.value);
        let codes = ["ons_code", "ods_code"]
            .into_iter()
            .filter_map(|key| Some((key, record.text(key, sink)?.value)))
            .collect();
        Some(System {
            id: String::new(),
            label: label?.value,
            short,
            aliases,
            region,
            codes,
            valid_from: valid_from.map(|date| date.value),
            valid_to: valid_to.map(|date| date.value),
            successors: Vec::new(),
            predecessors: Vec::new(),
            neighbours: Vec::new(),
            tile,
            tile_moves,
            scope: false,
            place,
        })
    });
    add_scopes(&mut systems);
    let mut systems = Terms::new((systems, unusable), &mut loader.diagnostics);
    for system in systems.ids().collect::<Vec<_>>() {
        let place = &systems.get(system).place;
        let Some(found) = links.remove(&(place.path.clone(), place.span.start)) else {
            continue;
        };
        let mut sink = Sink::new(&found.path);
        for (id, part) in found.successors {
            if let Some(other) = systems.resolve(&id, &rules::UNKNOWN_SYSTEM, &mut sink) {
                let link = |system| Successor {
                    system,
                    part: part.clone(),
                };
                systems.items_mut()[system.index()]
                    .successors
                    .push(link(other));
                systems.items_mut()[other.index()]
                    .predecessors
                    .push(link(system));
            }
        }
        for id in found.neighbours {
            if id.value == systems.get(system).id {
                let message = "a system can't be its own neighbour";
                sink.report(&rules::SELF_RELATION, id.span, message);
            } else if let Some(other) = systems.resolve(&id, &rules::UNKNOWN_SYSTEM, &mut sink) {
                systems.items_mut()[system.index()].neighbours.push(other);
            }
        }
        loader.diagnostics.extend(sink.into_diagnostics());
    }
    systems
}

/// Puts the scopes behind the systems, unless the vocabulary has records of its own for them.
fn add_scopes(systems: &mut Vec<System>) {
    for (id, label) in SCOPES {
        match systems.iter_mut().find(|system| system.id == id) {
            Some(own) => own.scope = true,
            None => systems.push(System {
                id: id.to_owned(),
                label: label.to_owned(),
                short: None,
                aliases: Vec::new(),
                region: None,
                codes: BTreeMap::new(),
                valid_from: None,
                valid_to: None,
                successors: Vec::new(),
                predecessors: Vec::new(),
                neighbours: Vec::new(),
                tile: None,
                tile_moves: Vec::new(),
                scope: true,
                place: Place {
                    path: "".into(),
                    span: usize::MAX..usize::MAX,
                },
            }),
        }
    }
}

fn tile(record: &Record<'_, '_>, sink: &mut Sink) -> Option<Tile> {
    let column = record.integer("hex_col", sink);
    let row = record.integer("hex_row", sink);
    Some(Tile {
        column: column?,
        row: row?,
    })
}

/// The moves of a tile by their day, whatever their order in the file.
fn tile_moves(record: &Record<'_, '_>, sink: &mut Sink) -> Vec<TileMove> {
    let mut moves = Vec::new();
    for node in record.items("tile_moves", sink) {
        let Some(inner) = Record::open(node, &TILE_MOVE, start_of(node), sink) else {
            continue;
        };
        let from = inner.partial_date("from", sink);
        if let (Some(from), Some(tile)) = (from, tile(&inner, sink)) {
            let from = from.value.first_day();
            moves.push(TileMove { from, tile });
        }
    }
    moves.sort_by_key(|tile_move| tile_move.from);
    moves
}

/// Each successor is an id, or a record with the part of the area that went to it.
fn successors(record: &Record<'_, '_>, sink: &mut Sink) -> Vec<(Spanned<String>, Option<String>)> {
    let mut successors = Vec::new();
    for node in record.items("successors", sink) {
        match &node.value {
            Node::Scalar { text, .. } => {
                let id = Spanned::new(text.trim().to_owned(), node.span.clone());
                successors.push((id, None));
            }
            _ => {
                let Some(inner) = Record::open(node, &SUCCESSOR, start_of(node), sink) else {
                    continue;
                };
                if let Some(system) = inner.text("system", sink) {
                    let part = inner.text("part", sink).map(|part| part.value);
                    successors.push((system, part));
                }
            }
        }
    }
    successors
}
