//! `search/words-<n>-<hash>.bin`: from words to the records that have them.
//!
//! All stems of the library, sorted by UTF-16 code units as browsers compare text, are cut into files of about
//! [`TARGET`] bytes; the entry file names the first word of each. A query reads only the files of its words, and those of a word and of
//! words that begin alike are the same or neighbours.
//!
//! Version 1. All numbers are varints ([`super::bytes`]):
//!
//! ```text
//! number of words
//! for each word:   letters shared with the word before, in bytes · bytes that follow · these bytes (UTF-8)
//!                  number of records · bytes of its postings
//! then for each word its postings, one for each record in order:
//!                  (number of the record − number of the one before − 1) × 16 + impact
//! ```
//!
//! An impact from 0 to 15 says how much the record is about the word: BM25's saturated term frequency over weighted fields
//! ([`super::part`]), without the rarity of the word, which the reader knows from its number of records.

use std::cmp::Ordering;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::bytes::varint;
use super::file::{Series, shared_prefix};
use super::piece::{Piece, Posting, RECORDS, Strings, length, ranges};
use super::slice::Slice;
use crate::output::OutputFile;

/// A file of words is closed when it has this many bytes.
const TARGET: usize = 8_000;

/// A word of more records than this has coarser impacts.
const COMMON: usize = 2_000;

/// The files of all words, and the first word of each.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) files: Vec<OutputFile>,
    pub(super) series: Series,
    pub(super) first: Vec<String>,
}

/// The words of a slice with their postings as bytes, sorted.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct SliceWords {
    words: Strings,
    /// The number of records that have each.
    records: Vec<u32>,
    #[serde(with = "super::raw")]
    postings: Vec<u8>,
    /// Where the postings of each end.
    ends: Vec<u32>,
}

impl SliceWords {
    fn iter(&self) -> impl Iterator<Item = Encoded<'_>> {
        let postings = ranges(&self.ends).map(|range| &self.postings[range]);
        let words = self.words.iter().zip(&self.records).zip(postings);
        words.map(|((word, records), postings)| Encoded {
            word,
            records: *records,
            postings,
        })
    }
}

/// A word with its postings as bytes.
struct Encoded<'s> {
    word: &'s str,
    records: u32,
    postings: &'s [u8],
}

/// The postings of a word in some parts, each with the number of its first record.
type Places<'p> = Vec<(u32, &'p [Posting])>;

/// Merges the words of all parts in a slice.
pub(super) fn merge(pieces: &[&Piece]) -> SliceWords {
    // The parts of one word stay in the order of their records.
    let mut places: FxHashMap<&str, Places<'_>> = FxHashMap::default();
    for (piece, first) in pieces.iter().zip((0..).step_by(RECORDS)) {
        for (word, postings) in piece.words() {
            places.entry(word).or_default().push((first, postings));
        }
    }
    let mut words: Vec<(&str, Places<'_>)> = places.into_iter().collect();
    words.sort_unstable_by(|(one, _), (other, _)| order(one, other));
    let mut merged = SliceWords::default();
    for (word, places) in words {
        let records = places.iter().map(|(_, postings)| postings.len()).sum();
        let coarse = u32::from(records > COMMON);
        let mut next = 0;
        for (first, posting) in places
            .into_iter()
            .flat_map(|(first, postings)| postings.iter().map(move |posting| (first, posting)))
        {
            let record = first + posting.place();
            varint(
                &mut merged.postings,
                (record - next) << 4 | posting.impact() | coarse,
            );
            next = record + 1;
        }
        merged.words.push(word);
        merged.records.push(length(records));
        merged.ends.push(length(merged.postings.len()));
    }
    merged
}

/// The files of the words of all slices.
pub(super) fn write(slices: &[Arc<Slice>]) -> Words {
    let words = slices.iter().flat_map(|slice| slice.words.iter());
    let mut words: Vec<Encoded<'_>> = words.collect();
    // Stable: it makes use of the order that each slice has already.
    words.par_sort_by(|one, other| order(one.word, other.word));
    let mut shards: Vec<&[Encoded<'_>]> = Vec::new();
    let mut rest = words.as_slice();
    while !rest.is_empty() {
        let mut bytes = 0;
        let end = rest.iter().position(|word| {
            bytes += word.postings.len() + word.word.len() / 2 + 4;
            bytes >= TARGET
        });
        let (shard, more) = rest.split_at(end.map_or(rest.len(), |end| end + 1));
        shards.push(shard);
        rest = more;
    }
    let bytes: Vec<Vec<u8>> = shards.par_iter().map(|shard| shard_bytes(shard)).collect();
    let first = shards
        .iter()
        .map(|shard| shard[0].word.to_owned())
        .collect();
    let (series, files) = Series::write("words", "bin", bytes);
    Words {
        files,
        series,
        first,
    }
}

/// The order in which browsers compare text.
pub(super) fn order(one: &str, other: &str) -> Ordering {
    if one.is_ascii() && other.is_ascii() {
        one.cmp(other)
    } else {
        one.encode_utf16().cmp(other.encode_utf16())
    }
}

fn shard_bytes(words: &[Encoded<'_>]) -> Vec<u8> {
    let mut out = Vec::new();
    number(&mut out, words.len());
    let mut before = "";
    for word in words {
        let shared = shared_prefix(before, word.word);
        number(&mut out, shared);
        number(&mut out, word.word.len() - shared);
        out.extend_from_slice(&word.word.as_bytes()[shared..]);
        varint(&mut out, word.records);
        number(&mut out, word.postings.len());
        before = word.word;
    }
    for word in words {
        out.extend_from_slice(word.postings);
    }
    out
}

fn number(out: &mut Vec<u8>, number: usize) {
    varint(out, length(number));
}
