//! Results of pure functions, kept by the hash of all that went into them.
//!
//! Nothing says which result depends on what: whoever asks names everything, by its hash, and gets what was computed for
//! exactly that. So a result can't be stale, and one that nobody asks for any more is forgotten.

use std::hash::{Hash, Hasher};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// The hash of everything that a result is computed from.
pub type Key = blake3::Hash;

/// The hash of several parts, told from each other by their lengths.
pub fn key_of<'p>(parts: impl IntoIterator<Item = &'p [u8]>) -> Key {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize()
}

/// The hash of a value, of which every part has to count.
pub fn hash_of(value: &impl Hash) -> Key {
    let mut hasher = Digest(Box::default());
    value.hash(&mut hasher);
    hasher.0.finalize()
}

/// The standard library's way through a value, with a hash that nobody can make collide.
struct Digest(Box<blake3::Hasher>);

impl Hasher for Digest {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(&self) -> u64 {
        unreachable!("invariant: only the whole hash is asked for")
    }
}

/// The results of the last round of one function.
#[derive(Debug)]
pub struct Memo<V> {
    known: FxHashMap<[u8; 32], V>,
}

impl<V> Default for Memo<V> {
    fn default() -> Self {
        Self {
            known: FxHashMap::default(),
        }
    }
}

impl<V: Clone + Send + Sync> Memo<V> {
    /// The results for all items, in their order; computed in parallel where they are not known. What this round doesn't ask
    /// for is forgotten.
    pub fn round<T: Sync>(
        &mut self,
        items: &[T],
        key: impl Fn(&T) -> Key + Sync,
        compute: impl Fn(&T) -> V + Sync,
    ) -> Vec<V> {
        let results: Vec<([u8; 32], V)> = items
            .par_iter()
            .map(|item| {
                let key = *key(item).as_bytes();
                let known = self.known.get(&key).cloned();
                (key, known.unwrap_or_else(|| compute(item)))
            })
            .collect();
        self.known = results.iter().cloned().collect();
        results.into_iter().map(|(_, result)| result).collect()
    }

    /// The same for a single item.
    pub fn once(&mut self, key: Key, compute: impl Fn() -> V + Sync) -> V {
        let mut results = self.round(&[()], |()| key, |()| compute());
        results.pop().expect("invariant: one item has one result")
    }
}

/// A round with a memo, or without one: then nothing is hashed and nothing kept.
pub(crate) fn round<T: Sync, V: Clone + Send + Sync>(
    memo: Option<&mut Memo<V>>,
    items: &[T],
    key: impl Fn(&T) -> Key + Sync,
    compute: impl Fn(&T) -> V + Send + Sync,
) -> Vec<V> {
    match memo {
        Some(memo) => memo.round(items, key, compute),
        None => items.par_iter().map(compute).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn only_what_is_new_is_computed_and_only_the_last_round_is_kept() {
        let computed = AtomicUsize::new(0);
        let mut memo = Memo::default();
        let mut round = |items: &[&str]| {
            computed.store(0, Ordering::Relaxed);
            let results = memo.round(
                items,
                |item| key_of([item.as_bytes()]),
                |item| {
                    computed.fetch_add(1, Ordering::Relaxed);
                    item.len()
                },
            );
            (results, computed.load(Ordering::Relaxed))
        };
        assert_eq!(round(&["a", "bb"]), (vec![1, 2], 2));
        assert_eq!(round(&["bb", "a", "ccc"]), (vec![2, 1, 3], 1));
        assert_eq!(round(&["a"]), (vec![1], 0));
        assert_eq!(round(&["bb"]), (vec![2], 1));
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        let key = |parts: &[&str]| key_of(parts.iter().map(|part| part.as_bytes()));
        assert_ne!(key(&["ab", "c"]), key(&["a", "bc"]));
        assert_ne!(key(&["ab"]), key(&["ab", ""]));
    }
}
