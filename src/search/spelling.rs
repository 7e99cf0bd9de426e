//! `search/spelling-<n>-<hash>.json`: the words of the library as they are written, to find what a misspelt one was meant to be.
//!
//! Words of letters only, folded, sorted and cut before a new first letter into files of at least [`TARGET`] bytes; the entry file
//! names the first letter of each. A browser reads one only when a query has a word that the library lacks.
//!
//! Version 1: `{"words":"ability able …","commonness":"31…"}`; the second has a digit for each word, the binary logarithm of the
//! number of records that have it, 9 at most.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::file::{Series, json};
use super::piece::{Piece, Strings};
use super::slice::Slice;
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

/// The words of a slice as they are written, with the number of records that have each; sorted.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct SliceSpellings {
    words: Strings,
    records: Vec<u32>,
}

/// Merges the spellings of all parts in a slice.
pub(super) fn merge(pieces: &[&Piece]) -> SliceSpellings {
    let mut records: FxHashMap<&str, u32> = FxHashMap::default();
    for (word, count) in pieces.iter().flat_map(|piece| piece.spellings()) {
        if word.len() > 2 && word.chars().all(char::is_alphabetic) {
            *records.entry(word).or_default() += count;
        }
    }
    let mut records: Vec<(&str, u32)> = records.into_iter().collect();
    records.sort_unstable();
    let mut merged = SliceSpellings::default();
    for (word, count) in records {
        merged.words.push(word);
        merged.records.push(count);
    }
    merged
}

/// The files of the spellings of all slices.
pub(super) fn write(slices: &[Arc<Slice>]) -> Spelling {
    let of_slices = slices.iter().map(|slice| &slice.spellings);
    let records = of_slices.flat_map(|slice| slice.words.iter().zip(slice.records.iter().copied()));
    let mut records: Vec<(&str, u32)> = records.collect();
    // Stable: it makes use of the order that each slice has already.
    records.par_sort();
    let least = if records.len() > MANY { 2 } else { 1 };
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
