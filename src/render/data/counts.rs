//! `data/counts.json`: how many studies there are of every kind, counted at each build.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{SCHEMA_VERSION, pretty, public};
use crate::content::{Direction, Library, Study};
use crate::graph::TagIndex;
use crate::vocabulary::{Choice, Term};

/// Writes `{"schema_version":1,"studies":n,"themes":{},"factors":{},"systems":{},"levels":{},"designs":{}}`: ids with the
/// number of their public studies; for factors one number for each direction.
pub(in crate::render) fn counts_json(library: &Library, tags: &TagIndex) -> Vec<u8> {
    let vocabulary = &library.vocabulary;
    let count = |studies: &[crate::id::Id<Study>]| {
        let studies = studies.iter().filter(|id| library.study(**id).is_public());
        studies.count()
    };
    let themes: Map<String, Value> = vocabulary
        .themes
        .iter()
        .map(|(id, theme)| (theme.id().to_owned(), count(tags.theme(id)).into()))
        .collect();
    let factors: Map<String, Value> = vocabulary
        .factors
        .iter()
        .map(|(id, factor)| {
            let counts: Map<String, Value> = Direction::ALL
                .iter()
                .map(|direction| {
                    let studies = tags.factor(id, *direction);
                    (direction.key().to_owned(), count(studies).into())
                })
                .collect();
            (factor.id().to_owned(), counts.into())
        })
        .collect();
    let systems: Map<String, Value> = vocabulary
        .systems
        .iter()
        .map(|(id, system)| (system.id().to_owned(), count(tags.system(id)).into()))
        .collect();
    pretty(&json!({
        "schema_version": SCHEMA_VERSION,
        "studies": public(library).count(),
        "themes": themes,
        "factors": factors,
        "systems": systems,
        "levels": by_choice(library, |study| &study.levels),
        "designs": by_choice(library, |study| study.design.as_slice()),
    }))
}

fn by_choice(library: &Library, choices: impl Fn(&Study) -> &[Choice]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for choice in public(library).flat_map(|(_, study)| choices(study)) {
        *counts.entry(choice.id.to_string()).or_default() += 1;
    }
    counts
}
