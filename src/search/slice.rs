//! What the parts have between them in a slice of the index: a pure function of their pieces.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::hash::SLICES;
use super::part::Part;
use super::piece::Piece;
use super::{pairs, spelling, words};
use crate::cache::Cache;
use crate::memo::{Memo, key_of};

/// The words and pairs of all records whose hashes begin alike.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Slice {
    pub(super) words: words::SliceWords,
    pub(super) spellings: spelling::SliceSpellings,
    pub(super) pairs: Vec<pairs::Run>,
}

impl Slice {
    /// Merges what all parts have in a slice, in the order of their records; `bits` of a hash are the number of a file.
    fn merge(number: usize, bits: u32, pieces: &[&Piece]) -> Self {
        Self {
            words: words::merge(pieces),
            spellings: spelling::merge(pieces),
            pairs: pairs::merge(number, bits, pieces),
        }
    }
}

/// Parts, the slices that were merged from them, and how many of the highest bits of the hash of a pair are the number of its file.
pub(super) type Merged = (Vec<Arc<Part>>, Vec<Arc<Slice>>, u32);

/// Merges all slices of parts that have their pieces.
pub(super) fn merge(parts: Vec<Arc<Part>>) -> Merged {
    let bits = bits(&parts);
    let slices = (0..SLICES).into_par_iter().map(|number| {
        let pieces: Vec<&Piece> = parts.iter().map(|part| &*part.pieces[number]).collect();
        Arc::new(Slice::merge(number, bits, &pieces))
    });
    let slices = slices.collect();
    (parts, slices, bits)
}

/// The same with what is remembered; `parts` makes those that are not.
pub(super) fn merge_again(
    memory: &mut Memory,
    parts: impl Fn(Option<&mut Memo<Arc<Part>>>) -> Vec<Arc<Part>>,
) -> Merged {
    let known = parts(Some(&mut memory.parts));
    let bits = bits(&known);
    if let Some(slices) = memory.slices(&known, bits) {
        return (known, slices, bits);
    }
    // The cache has parts and lacks pieces of them: it is as good as none.
    memory.parts = Memo::default();
    let parts = parts(Some(&mut memory.parts));
    let slices = memory.slices(&parts, bits);
    let slices = slices.expect("invariant: parts that were just made have their pieces");
    (parts, slices, bits)
}

fn bits(parts: &[Arc<Part>]) -> u32 {
    pairs::bits(parts.iter().map(|part| part.pairs).sum())
}

/// The hash of a piece, or of all that a slice is merged from.
type Hash = [u8; 32];

/// The parts and slices of the last index, for the next one.
#[derive(Debug, Default)]
pub struct Memory {
    parts: Memo<Arc<Part>>,
    slices: Vec<Option<(Hash, Arc<Slice>)>>,
    /// Where the pieces are of parts that have none.
    cache: Option<Cache>,
}

/// The name under which a cache has the parts.
const PARTS: &str = "search-part";

/// The name under which a cache has a slice.
fn slice_name(number: usize) -> String {
    format!("search-slice-{number:03}")
}

/// The name under which a cache has the pieces of all parts in a slice, each with its hash.
fn pieces_name(number: usize) -> String {
    format!("search-pieces-{number:03}")
}

impl Memory {
    /// What the last build has left in a cache. The next index goes there slice by slice.
    pub fn load(cache: &Cache) -> Self {
        let slices = || {
            let slices = (0..SLICES).into_par_iter();
            slices
                .map(|number| cache.read(&slice_name(number)))
                .collect()
        };
        let (parts, slices) = rayon::join(|| Memo::load(cache, PARTS), slices);
        Self {
            parts,
            slices,
            cache: Some(cache.clone()),
        }
    }

    /// Leaves the parts there for the next.
    pub fn save(&self) {
        if let Some(cache) = &self.cache {
            self.parts.save(cache, PARTS);
        }
    }

    /// All slices of some parts; only those are merged in which a part has another piece. `None` if the cache lacks a piece.
    fn slices(&mut self, parts: &[Arc<Part>], bits: u32) -> Option<Vec<Arc<Slice>>> {
        let slices = (0..SLICES).into_par_iter().with_max_len(1);
        let slices = slices.map(|number| self.slice(number, parts, bits));
        let slices: Vec<(Hash, Arc<Slice>)> = slices.collect::<Option<_>>()?;
        self.slices = slices.iter().cloned().map(Some).collect();
        Some(slices.into_iter().map(|(_, slice)| slice).collect())
    }

    fn slice(&self, number: usize, parts: &[Arc<Part>], bits: u32) -> Option<(Hash, Arc<Slice>)> {
        let hashes = parts.iter().map(|part| &part.hashes[number]);
        let about = bits.to_le_bytes();
        let all = hashes.clone().map(|hash| &hash[..]);
        let key: Hash = key_of(all.chain([&about[..]])).into();
        if let Some(Some((known, slice))) = self.slices.get(number)
            && *known == key
        {
            return Some((key, Arc::clone(slice)));
        }
        let left: FxHashMap<Hash, Piece> = match &self.cache {
            Some(cache) if parts.iter().any(|part| part.pieces.is_empty()) => {
                let left: Vec<_> = cache.read(&pieces_name(number))?;
                left.into_iter().collect()
            }
            _ => FxHashMap::default(),
        };
        let pieces = parts.iter().zip(hashes.clone()).map(|(part, hash)| {
            let piece = part.pieces.get(number).map(AsRef::as_ref);
            piece.or_else(|| left.get(hash))
        });
        let pieces: Vec<&Piece> = pieces.collect::<Option<_>>()?;
        let slice = Arc::new(Slice::merge(number, bits, &pieces));
        if let Some(cache) = &self.cache {
            let pieces: Vec<(&Hash, &Piece)> = hashes.zip(pieces).collect();
            cache.write(&pieces_name(number), &pieces);
            cache.write(&slice_name(number), &(&key, &slice));
        }
        Some((key, slice))
    }
}

#[cfg(test)]
mod tests;
