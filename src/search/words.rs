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

use super::bytes::varint;
use super::file::{Series, shared_prefix};
use super::part::{Part, Posting};
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

/// A word with its postings as bytes.
struct Encoded<'p> {
    word: &'p str,
    records: usize,
    postings: Vec<u8>,
}

/// Merges the words of all parts.
pub(super) fn write(parts: &[Arc<Part>]) -> Words {
    // The parts of one word stay in the order of their records.
    let mut places: FxHashMap<&str, Vec<&[Posting]>> = FxHashMap::default();
    for (word, postings) in parts.iter().flat_map(|part| part.words()) {
        places.entry(word).or_default().push(postings);
    }
    let mut groups: Vec<(&str, Vec<&[Posting]>)> = places.into_iter().collect();
    groups.par_sort_unstable_by(|(one, _), (other, _)| order(one, other));
    let words: Vec<Encoded<'_>> = groups.into_par_iter().map(encode).collect();
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

fn encode<'p>((word, parts): (&'p str, Vec<&[Posting]>)) -> Encoded<'p> {
    let records = parts.iter().map(|postings| postings.len()).sum();
    let coarse = u32::from(records > COMMON);
    let mut postings = Vec::new();
    let mut next = 0;
    for posting in parts.iter().copied().flatten() {
        varint(
            &mut postings,
            (posting.record() - next) << 4 | posting.impact() | coarse,
        );
        next = posting.record() + 1;
    }
    Encoded {
        word,
        records,
        postings,
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
        number(&mut out, word.records);
        number(&mut out, word.postings.len());
        before = word.word;
    }
    for word in words {
        out.extend_from_slice(&word.postings);
    }
    out
}

fn number(out: &mut Vec<u8>, number: usize) {
    varint(
        out,
        u32::try_from(number).expect("invariant: a file of words is smaller than 4 GB"),
    );
}
