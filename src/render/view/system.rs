//! The page of a system or scope, and the list of systems.

use std::collections::BTreeMap;

use tera::Value;

use super::super::value::{list, object, optional, text};
use super::map::{inherited, maps, place};
use super::studies::newest;
use super::{Counts, Fields, Site};
use crate::date::PartialDate;
use crate::id::Id;
use crate::vocabulary::{Factor, Successor, System};

/// Values of `system.html`.
pub(in crate::render) fn system(id: Id<System>, site: &Site<'_>) -> Fields {
    let system = site.library.vocabulary.systems.get(id);
    let (before, gains) = split_predecessors(system, site);
    let codes = system.codes.iter().map(|(name, code)| {
        let name = match *name {
            "ons_code" => "ONS code",
            _ => "ODS code",
        };
        object([("name", text(name)), ("code", text(code))])
    });
    vec![
        (
            "system",
            object([
                ("id", text(&system.id)),
                ("label", text(&system.label)),
                ("short", optional(system.short.as_deref())),
                (
                    "aliases",
                    list(system.aliases.iter().map(|alias| text(&alias.value))),
                ),
                ("region", optional(system.region.as_deref())),
                ("codes", list(codes)),
                ("scope", Value::from(system.scope)),
                (
                    "began_words",
                    optional(system.valid_from.map(PartialDate::in_words)),
                ),
                (
                    "ceased_words",
                    optional(system.valid_to.map(PartialDate::in_words)),
                ),
                ("predecessors", list(successions(&before, site))),
                ("gains", list(successions(&gains, site))),
                ("successors", list(successions(&system.successors, site))),
                (
                    "neighbours",
                    list(
                        system
                            .neighbours
                            .iter()
                            .map(|other| site.system_link(*other)),
                    ),
                ),
            ]),
        ),
        ("groups", list(study_groups(id, site))),
        ("profile", site.factor_rows(&profile(id, site))),
        ("place", place(id, site)),
    ]
}

/// What a system was made out of, and what came to it later: a predecessor that was still there when it began gave it a
/// part of its area when it ceased.
fn split_predecessors(system: &System, site: &Site<'_>) -> (Vec<Successor>, Vec<Successor>) {
    let systems = &site.library.vocabulary.systems;
    let came_later = |other: &Successor| {
        let ceased = systems.get(other.system).valid_to;
        matches!((system.valid_from, ceased), (Some(began), Some(ceased)) if ceased.first_day() > began.first_day())
    };
    let (gains, before) = system.predecessors.iter().cloned().partition(came_later);
    (before, gains)
}

/// The day after a system's last one.
fn day_after(system: &System) -> Option<String> {
    let next = system.valid_to?.day()?.tomorrow().ok()?;
    Some(PartialDate::full(next).in_words())
}

fn successions<'s>(
    others: &'s [Successor],
    site: &'s Site<'_>,
) -> impl Iterator<Item = Value> + use<'s> {
    others.iter().map(|other| {
        let term = site.library.vocabulary.systems.get(other.system);
        object([
            ("label", text(&term.label)),
            ("path", text(term.output_path())),
            ("part", optional(other.part.as_deref())),
            ("since_words", optional(day_after(term))),
            (
                "studies",
                Value::from(site.graph.tags.system(other.system).len()),
            ),
        ])
    })
}

/// The studies of the system, then those of each predecessor and successor, each labelled as such.
fn study_groups(id: Id<System>, site: &Site<'_>) -> Vec<Value> {
    let system = site.library.vocabulary.systems.get(id);
    let group = |of: Id<System>, relation: &str, title: String, part: Option<&str>| {
        object([
            ("relation", text(relation)),
            ("title", text(title)),
            ("system", site.system_link(of)),
            ("part", optional(part)),
            ("studies", newest(site.lists.of_system(of), site)),
        ])
    };
    let mut groups = vec![group(
        id,
        "own",
        format!("Studies of {}", system.label),
        None,
    )];
    for (relation, words, others) in [
        ("predecessor", "which came before", &system.predecessors),
        ("successor", "which came after", &system.successors),
    ] {
        for other in others {
            if site.graph.tags.system(other.system).is_empty() {
                continue;
            }
            let label = &site.library.vocabulary.systems.get(other.system).label;
            let title = format!("Studies of {label}, {words}");
            groups.push(group(other.system, relation, title, other.part.as_deref()));
        }
    }
    groups
}

/// The factors that the system's own studies cite, most cited first.
fn profile(id: Id<System>, site: &Site<'_>) -> Vec<(Id<Factor>, Counts)> {
    let mut counts: BTreeMap<Id<Factor>, Counts> = BTreeMap::new();
    for study in site.graph.tags.system(id) {
        let mut seen = Vec::new();
        for citation in &site.library.study(*study).citations {
            let key = (citation.factor, citation.direction);
            if !seen.contains(&key) {
                seen.push(key);
                counts
                    .entry(citation.factor)
                    .or_default()
                    .add(citation.direction);
            }
        }
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(factor, counts)| (std::cmp::Reverse(counts.total()), *factor));
    counts
}

/// Values of `systems.html`: systems of today by region, systems that ceased, and scopes.
pub(in crate::render) fn systems(site: &Site<'_>) -> Fields {
    let systems = &site.library.vocabulary.systems;
    let row = |(id, system): (Id<System>, &System)| {
        object([
            ("label", text(&system.label)),
            ("path", text(system.output_path())),
            ("short", optional(system.short.as_deref())),
            ("region", optional(system.region.as_deref())),
            (
                "began_words",
                optional(system.valid_from.map(PartialDate::in_words)),
            ),
            (
                "ceased_words",
                optional(system.valid_to.map(PartialDate::in_words)),
            ),
            ("studies", Value::from(site.graph.tags.system(id).len())),
            ("inherited", Value::from(inherited(id, site))),
            ("successors", list(successions(&system.successors, site))),
            (
                "predecessors",
                list(successions(&split_predecessors(system, site).0, site)),
            ),
        ])
    };
    let current = || {
        systems
            .iter()
            .filter(|(_, system)| !system.scope && system.valid_to.is_none())
    };
    let mut regions: Vec<Option<&str>> = current()
        .map(|(_, system)| system.region.as_deref())
        .collect();
    regions.sort_unstable_by_key(|region| (region.is_none(), *region));
    regions.dedup();
    let regions = regions.into_iter().map(|region| {
        let rows = current()
            .filter(|(_, system)| system.region.as_deref() == region)
            .map(row);
        object([("name", optional(region)), ("systems", list(rows))])
    });
    let ceased = systems
        .iter()
        .filter(|(_, system)| !system.scope && system.valid_to.is_some())
        .map(row);
    let scopes = systems.iter().filter(|(_, system)| system.scope).map(row);
    vec![
        ("regions", list(regions)),
        ("ceased", list(ceased)),
        ("scopes", list(scopes)),
        ("maps", maps("../", site)),
        ("current_count", Value::from(current().count())),
    ]
}
