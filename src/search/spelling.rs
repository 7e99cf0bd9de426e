//! `search/spelling-<n>-<hash>.json`: the words of the library as they are written, to find what a misspelt one was meant to be.
//!
//! Words of letters only, folded, sorted and cut before a new first letter into files of at least [`TARGET`] bytes; the entry file
//! names the first letter of each. A browser reads one only when a query has a word that the library lacks.
//!
//! Version 1: `{"words":"ability able …","commonness":"31…"}`; the second has a digit for each word, the binary logarithm of the
//! number of records that have it, 9 at most.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::file::{Series, json};
use super::part::Part;
use crate::output::OutputFile;

/// A file is closed before a new first letter when it has this many bytes.
const TARGET: usize = 24_000;

/// In a library with more words than this, a word that only one record has is as likely a slip of the pen itself.
const MANY: usize = 30_000;

/// The files, and the first letter of each.
#[derive(Debug)]
pub(super) struct Spelling {
    pub(super) files: Vec<OutputFile>,
    pub(super) series: Series,
    pub(super) first: Vec<char>,
}

#[derive(Debug, Default, Serialize)]
struct File {
    words: String,
    commonness: String,
}

/// Merges the spellings of all parts.
pub(super) fn write(parts: &[Arc<Part>]) -> Spelling {
    let mut records: FxHashMap<&str, u32> = FxHashMap::default();
    for (word, count) in parts.iter().flat_map(|part| part.spellings()) {
        if word.len() > 2 && word.chars().all(char::is_alphabetic) {
            *records.entry(word).or_default() += count;
        }
    }
    let least = if records.len() > MANY { 2 } else { 1 };
    let mut records: Vec<(&str, u32)> = records.into_iter().collect();
    records.sort_unstable();
    let mut files = vec![File::default()];
    let mut first = Vec::new();
    let mut initial = None;
    for (word, count) in records.into_iter().filter(|(_, count)| *count >= least) {
        let letter = word.chars().next();
        let mut last = files.len() - 1;
        if letter != initial && (files[last].words.len() >= TARGET || initial.is_none()) {
            if initial.is_some() {
                files.push(File::default());
                last += 1;
            }
            first.extend(letter);
        }
        initial = letter;
        let file = &mut files[last];
        if !file.words.is_empty() {
            file.words.push(' ');
        }
        file.words.push_str(word);
        file.commonness.push_str(&count.ilog2().min(9).to_string());
    }
    let (series, files) = Series::write("spelling", "json", files.iter().map(json).collect());
    Spelling {
        files,
        series,
        first,
    }
}
