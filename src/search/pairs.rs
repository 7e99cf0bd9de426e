//! `search/pairs-<n>-<hash>.bin`: which words stand beside each other in which record, for phrases.
//!
//! Pairs of neighbouring words, those that say nothing left out, are known by a hash of 32 bits ([`super::hash::pair_hash`]). The highest
//! bits of a hash, as many as the entry file says, are the number of its file. A phrase of three words is two pairs.
//!
//! Version 1. All numbers are varints ([`super::bytes`]):
//!
//! ```text
//! for each pair by its hash:   hash − hash of the one before; for the first − the lowest hash that the file may hold
//!                              number of records · number of each, less the one before, less one
//! ```

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::bytes::{gaps, varint};
use super::file::Series;
use super::hash::SLICE_BITS;
use super::piece::{Piece, RECORDS};
use super::slice::Slice;
use crate::output::OutputFile;

/// Pairs in a file, about: each takes three or four bytes.
const TARGET: usize = 8_000;

/// The files of all pairs.
#[derive(Debug)]
pub(super) struct Pairs {
    pub(super) files: Vec<OutputFile>,
    pub(super) series: Series,
}

/// Consecutive pairs of one file.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Run {
    /// The hashes of the first and the last.
    first: u32,
    last: u32,
    /// What the file has of them, but for the first number.
    #[serde(with = "super::raw")]
    bytes: Vec<u8>,
}

/// How many of the highest bits of a hash are the number of its file, with so many pairs.
pub(super) fn bits(pairs: usize) -> u32 {
    (pairs / TARGET).max(1).ilog2()
}

/// The number of the file of a pair.
fn file(hash: u32, bits: u32) -> usize {
    hash.checked_shr(32 - bits).unwrap_or(0) as usize
}

/// Merges the pairs of all parts in a slice.
pub(super) fn merge(slice: usize, bits: u32, pieces: &[&Piece]) -> Vec<Run> {
    let lowest = (slice as u32) << (32 - SLICE_BITS);
    let mut pairs: Vec<(u32, u32)> =
        Vec::with_capacity(pieces.iter().map(|piece| piece.pair_count()).sum());
    for (piece, first) in pieces.iter().zip((0..).step_by(RECORDS)) {
        let of_piece = piece.pairs();
        pairs.extend(of_piece.map(|(hash, place)| (lowest | hash, first + place)));
    }
    // Parts come in the order of their records, and stay in it.
    radsort::sort_by_key(&mut pairs, |(hash, _)| *hash);
    let of_files = pairs.chunk_by(|(one, _), (other, _)| file(*one, bits) == file(*other, bits));
    of_files.map(run).collect()
}

fn run(pairs: &[(u32, u32)]) -> Run {
    let mut bytes = Vec::with_capacity(pairs.len() * 4);
    let mut before = None;
    for group in pairs.chunk_by(|(one, _), (other, _)| one == other) {
        let (hash, _) = group[0];
        if let Some(before) = before {
            varint(&mut bytes, hash - before);
        }
        varint(
            &mut bytes,
            u32::try_from(group.len()).expect("invariant: records have 32-bit numbers"),
        );
        gaps(&mut bytes, group.iter().map(|(_, record)| *record));
        before = Some(hash);
    }
    bytes.shrink_to_fit();
    let (first, last) = (pairs[0].0, pairs[pairs.len() - 1].0);
    Run { first, last, bytes }
}

/// The files of the pairs of all slices.
pub(super) fn write(slices: &[Arc<Slice>], bits: u32) -> Pairs {
    let mut files = vec![Vec::new(); 1 << bits];
    let mut before: Vec<u32> = (0..1 << bits)
        .map(|number: u32| number.checked_shl(32 - bits).unwrap_or(0))
        .collect();
    for run in slices.iter().flat_map(|slice| &slice.pairs) {
        let number = file(run.first, bits);
        varint(&mut files[number], run.first - before[number]);
        files[number].extend_from_slice(&run.bytes);
        before[number] = run.last;
    }
    let (series, files) = Series::write("pairs", "bin", files);
    Pairs { files, series }
}
