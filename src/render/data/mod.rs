//! The library as open data: `data/studies.json`, `data/studies.csv` and `data/vocabulary.json`.
//!
//! Keys are those of front matter. `schema_version` grows when a key changes its meaning or goes away.

mod counts;
mod csv;
mod studies;
mod vocabulary;

pub(super) use counts::counts_json;
pub(super) use csv::studies_csv;
pub(super) use studies::studies_json;
pub(super) use vocabulary::vocabulary_json;

use crate::content::{Library, Study};
use crate::id::Id;

/// Version of the shape of the JSON files.
const SCHEMA_VERSION: u32 = 1;

/// The studies that data holds, in the order of their slugs.
fn public(library: &Library) -> impl Iterator<Item = (Id<Study>, &Study)> {
    library.studies().filter(|(_, study)| study.is_public())
}

/// Bytes to begin with for a file of all studies, of which most take less than so many: to grow to megabytes step by step takes
/// copies of them. Not without end, as some systems give memory that is asked for, not only what is used.
fn room(library: &Library, of_each: usize) -> usize {
    (library.study_count() * of_each).min(64 << 20)
}

fn pretty(value: &serde_json::Value) -> Vec<u8> {
    let mut bytes =
        serde_json::to_vec_pretty(value).expect("invariant: JSON values are serialisable");
    bytes.push(b'\n');
    bytes
}
