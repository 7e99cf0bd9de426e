//! `data/vocabulary.json`: every term of the library.

use serde_json::{Map, Value, json};

use super::{SCHEMA_VERSION, pretty};
use crate::content::Library;
use crate::diagnostics::Spanned;
use crate::vocabulary::{System, Term};

/// `{"schema_version":1,"themes":[],"factors":[],"systems":[],"frameworks":[],"glossary":[]}`.
pub(in crate::render) fn vocabulary_json(library: &Library) -> Vec<u8> {
    let vocabulary = &library.vocabulary;
    let themes: Vec<Value> = vocabulary
        .themes
        .iter()
        .map(|(_, theme)| {
            json!({
                "id": theme.id,
                "label": theme.label,
                "definition": theme.definition,
                "aliases": words(&theme.aliases),
            })
        })
        .collect();
    let factors: Vec<Value> = vocabulary
        .factors
        .iter()
        .map(|(id, factor)| {
            let maps_to: Map<String, Value> = vocabulary
                .categories_of(id)
                .into_iter()
                .map(|(framework, categories)| {
                    let framework = vocabulary.frameworks.get(framework);
                    let ids = categories
                        .into_iter()
                        .map(|place| framework.categories[place].id.as_ref());
                    (framework.id.clone(), ids.collect())
                })
                .collect();
            json!({
                "id": factor.id,
                "label": factor.label,
                "theme": vocabulary.themes.get(factor.theme).id,
                "also": factor.also.iter().map(|theme| vocabulary.themes.get(*theme).id()).collect::<Value>(),
                "definition": factor.definition,
                "aliases": words(&factor.aliases),
                "maps_to": maps_to,
                "sources": factor.sources,
            })
        })
        .collect();
    let systems: Vec<Value> = vocabulary
        .systems
        .iter()
        .map(|(_, system)| system_json(system, library))
        .collect();
    let frameworks: Vec<Value> = vocabulary
        .frameworks
        .iter()
        .map(|(_, framework)| framework.data.clone())
        .collect();
    let glossary: Vec<Value> = vocabulary
        .glossary
        .iter()
        .map(|(_, entry)| {
            json!({
                "id": entry.id,
                "abbr": entry.abbr,
                "expansion": entry.expansion,
                "definition": entry.definition,
                "ambiguous": entry.ambiguous,
                "sources": entry.sources,
            })
        })
        .collect();
    pretty(&json!({
        "schema_version": SCHEMA_VERSION,
        "themes": themes,
        "factors": factors,
        "systems": systems,
        "frameworks": frameworks,
        "glossary": glossary,
    }))
}

fn system_json(system: &System, library: &Library) -> Value {
    let systems = &library.vocabulary.systems;
    let mut value =
        json!({"id": system.id, "label": system.label, "aliases": words(&system.aliases)});
    let texts = [
        ("short", system.short.clone()),
        ("region", system.region.clone()),
        ("valid_from", system.valid_from.map(|date| date.to_string())),
        ("valid_to", system.valid_to.map(|date| date.to_string())),
    ];
    for (key, text) in texts {
        if let Some(text) = text {
            value[key] = text.into();
        }
    }
    for (key, code) in &system.codes {
        value[*key] = code.as_str().into();
    }
    if !system.successors.is_empty() {
        value["successors"] = system
            .successors
            .iter()
            .map(|successor| {
                let mut value = json!({"system": systems.get(successor.system).id});
                if let Some(part) = &successor.part {
                    value["part"] = part.as_str().into();
                }
                value
            })
            .collect();
    }
    if !system.neighbours.is_empty() {
        value["neighbours"] = system
            .neighbours
            .iter()
            .map(|other| systems.get(*other).id())
            .collect();
    }
    if let Some(tile) = system.tile {
        value["hex_col"] = tile.column.into();
        value["hex_row"] = tile.row.into();
    }
    if !system.tile_moves.is_empty() {
        value["tile_moves"] = system
            .tile_moves
            .iter()
            .map(|to| json!({"from": to.from.to_string(), "hex_col": to.tile.column, "hex_row": to.tile.row}))
            .collect();
    }
    value
}

fn words(aliases: &[Spanned<String>]) -> Value {
    aliases.iter().map(|alias| alias.value.as_str()).collect()
}
