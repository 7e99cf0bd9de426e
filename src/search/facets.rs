//! `search/facet-<key>-<hash>.bin`: which records have which value of a facet.
//!
//! Version 1. For each value of the facet in the order of the entry file, and in a facet with directions for each of these:
//!
//! ```text
//! number of records × 2 + 1, then a bit for each record of the library, the lowest of a byte first
//! number of records × 2,     then the number of each as a varint, less the one before, less one
//! ```
//!
//! whichever is shorter.

use std::collections::{BTreeMap, BTreeSet};

use super::bytes::{gaps, varint};
use super::records::{KINDS, Subject};
use crate::content::{Direction, Library, Study};
use crate::vocabulary::{Choice, Term, Terms};

/// The directions of a factor in the address of a search, in the order of [`Direction::ALL`].
const WAYS: [&str; Direction::ALL.len()] = ["enabler", "barrier", "mixed"];

/// A facet: its values, and the records of each.
#[derive(Debug)]
pub(super) struct Facet {
    pub(super) key: &'static str,
    /// Its name.
    pub(super) label: &'static str,
    /// Id and label of each value.
    pub(super) values: Vec<(String, String)>,
    /// What it is called in the address of a search: its key, or each of the directions. A value has a list of records for each.
    pub(super) names: &'static [&'static str],
    records: Vec<Vec<u32>>,
}

impl Facet {
    fn new(
        names: &'static [&'static str],
        label: &'static str,
        values: Vec<(String, String)>,
    ) -> Self {
        Self {
            key: names[0],
            label,
            records: vec![Vec::new(); values.len() * names.len()],
            values,
            names,
        }
    }

    fn add(&mut self, value: usize, record: u32) {
        let list = &mut self.records[value];
        // Records arrive in order, so a double can only be the last one.
        if list.last() != Some(&record) {
            list.push(record);
        }
    }

    fn add_id(&mut self, id: &str, record: u32) {
        if let Some(value) = self.values.iter().position(|(known, _)| known == id) {
            self.add(value, record);
        }
    }

    /// The file.
    pub(super) fn bytes(&self, records: usize) -> Vec<u8> {
        let mut out = Vec::new();
        for list in &self.records {
            let count = u32::try_from(list.len()).expect("invariant: records have 32-bit numbers");
            let mut sparse = Vec::new();
            gaps(&mut sparse, list.iter().copied());
            let dense = records.div_ceil(8);
            if sparse.len() <= dense {
                varint(&mut out, count * 2);
                out.extend_from_slice(&sparse);
            } else {
                varint(&mut out, count * 2 + 1);
                let start = out.len();
                out.resize(start + dense, 0);
                for record in list {
                    out[start + *record as usize / 8] |= 1 << (record % 8);
                }
            }
        }
        out
    }
}

/// The facets of a library in the order of the page.
#[derive(Debug)]
pub(super) struct Facets {
    kind: Facet,
    theme: Facet,
    factor: Facet,
    system: Facet,
    level: Facet,
    year: Facet,
    design: Facet,
}

impl Facets {
    /// Sorts all records into facets.
    pub(super) fn new(library: &Library, subjects: &[Subject]) -> Self {
        let vocabulary = &library.vocabulary;
        let mut facets = Self {
            kind: Facet::new(&["kind"], "Kind of page", kinds()),
            theme: Facet::new(&["theme"], "Theme", terms(&vocabulary.themes)),
            factor: Facet::new(
                &WAYS,
                "What helped, what hindered",
                terms(&vocabulary.factors),
            ),
            system: Facet::new(&["system"], "System", terms(&vocabulary.systems)),
            level: Facet::new(&["level"], "Level", choices(library, |study| &study.levels)),
            year: Facet::new(&["year"], "Year of the work", all_years(library)),
            design: Facet::new(&["design"], "Kind of evidence", choices(library, design)),
        };
        for (record, subject) in subjects.iter().enumerate() {
            let record = u32::try_from(record).expect("invariant: records have 32-bit numbers");
            facets.kind.add(subject.kind(), record);
            match *subject {
                Subject::Study(id) => facets.study(library.study(id), record),
                Subject::Review(index) => {
                    for theme in &library.reviews()[index].themes {
                        facets.theme.add(theme.index(), record);
                    }
                }
                _ => {}
            }
        }
        facets
    }

    fn study(&mut self, study: &Study, record: u32) {
        for theme in &study.themes {
            self.theme.add(theme.index(), record);
        }
        for citation in &study.citations {
            self.factor.add(
                citation.factor.index() * WAYS.len() + citation.direction as usize,
                record,
            );
        }
        for system in &study.systems {
            self.system.add(system.index(), record);
        }
        for level in &study.levels {
            self.level.add_id(&level.id, record);
        }
        for year in years(study) {
            self.year.add_id(&year.to_string(), record);
        }
        for design in design(study) {
            self.design.add_id(&design.id, record);
        }
    }

    /// All of them.
    pub(super) fn all(&self) -> [&Facet; 7] {
        [
            &self.kind,
            &self.theme,
            &self.factor,
            &self.system,
            &self.level,
            &self.year,
            &self.design,
        ]
    }
}

/// The years in which the work of a study went on; the one that is known when the other end of its period isn't.
fn years(study: &Study) -> impl Iterator<Item = i16> {
    let ends = study.start.or(study.end).zip(study.end.or(study.start));
    ends.into_iter()
        .flat_map(|(start, end)| start.year()..=end.year())
}

/// The years of all studies, latest first.
fn all_years(library: &Library) -> Vec<(String, String)> {
    let years: BTreeSet<i16> = library
        .listed_studies()
        .flat_map(|(_, study)| years(study))
        .collect();
    let text = |year: i16| (year.to_string(), year.to_string());
    years.into_iter().rev().map(text).collect()
}

fn kinds() -> Vec<(String, String)> {
    KINDS
        .iter()
        .map(|(id, label, _)| ((*id).to_owned(), (*label).to_owned()))
        .collect()
}

fn terms<T: Term>(terms: &Terms<T>) -> Vec<(String, String)> {
    let terms = terms.iter();
    terms
        .map(|(_, term)| (term.id().to_owned(), term.label().to_owned()))
        .collect()
}

/// The values of a list that studies have, in the order of the list.
fn choices<'l>(
    library: &'l Library,
    of: impl Fn(&'l Study) -> &'l [Choice],
) -> Vec<(String, String)> {
    let used: BTreeMap<(usize, &str), &str> = library
        .listed_studies()
        .flat_map(|(_, study)| of(study))
        .map(|choice| ((choice.rank, &*choice.id), &*choice.label))
        .collect();
    let text = |((_, id), label): ((usize, &str), &str)| (id.to_owned(), label.to_owned());
    used.into_iter().map(text).collect()
}

fn design(study: &Study) -> &[Choice] {
    study.design.as_slice()
}
