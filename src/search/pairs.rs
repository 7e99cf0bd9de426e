//! `search/pairs-<n>-<hash>.bin`: which words stand beside each other in which record, for phrases.
//!
//! Pairs of neighbouring words, those that say nothing left out, are known by a hash of 32 bits ([`super::part::pair_hash`]). The highest
//! bits of a hash, as many as the entry file says, are the number of its file. A phrase of three words is two pairs.
//!
//! Version 1. All numbers are varints ([`super::bytes`]):
//!
//! ```text
//! for each pair by its hash:   hash − hash of the one before; for the first − the lowest hash that the file may hold
//!                              number of records · number of each, less the one before, less one
//! ```

use std::sync::Arc;

use rayon::prelude::*;

use super::bytes::{gaps, varint};
use super::file::Series;
use super::part::Part;
use crate::output::OutputFile;

/// Pairs in a file, about: each takes three or four bytes.
const TARGET: usize = 8_000;

/// The files of all pairs.
#[derive(Debug)]
pub(super) struct Pairs {
    pub(super) files: Vec<OutputFile>,
    pub(super) series: Series,
    /// How many of the highest bits of a hash are the number of its file.
    pub(super) bits: u32,
}

/// Merges the pairs of all parts.
pub(super) fn write(parts: &[Arc<Part>]) -> Pairs {
    let total: usize = parts.iter().map(|part| part.pairs.len()).sum();
    let bits = (total / TARGET).max(1).ilog2();
    let bytes: Vec<Vec<u8>> = (0..1_u32 << bits)
        .into_par_iter()
        .map(|number| shard(parts, number, bits))
        .collect();
    let (series, files) = Series::write("pairs", "bin", bytes);
    Pairs {
        files,
        series,
        bits,
    }
}

fn shard(parts: &[Arc<Part>], number: u32, bits: u32) -> Vec<u8> {
    let lowest = if bits == 0 { 0 } else { number << (32 - bits) };
    let highest = lowest | u32::MAX.checked_shr(bits).unwrap_or(0);
    let hash = |pair: &u64| (pair >> 32) as u32;
    let mut pairs: Vec<u64> = Vec::new();
    for part in parts {
        let start = part.pairs.partition_point(|pair| hash(pair) < lowest);
        let end = part.pairs.partition_point(|pair| hash(pair) <= highest);
        pairs.extend_from_slice(&part.pairs[start..end]);
    }
    // Parts come in the order of their records, and stay in it.
    radsort::sort_by_key(&mut pairs, |pair| hash(pair));
    let mut out = Vec::with_capacity(pairs.len() * 4);
    let mut before = lowest;
    for group in pairs.chunk_by(|one, other| hash(one) == hash(other)) {
        varint(&mut out, hash(&group[0]) - before);
        varint(
            &mut out,
            u32::try_from(group.len()).expect("invariant: records have 32-bit numbers"),
        );
        gaps(&mut out, group.iter().map(|pair| *pair as u32));
        before = hash(&group[0]);
    }
    out
}
