//! Results of pure functions, kept by the hash of all that went into them.
//!
//! Nothing says which result depends on what: whoever asks names everything, by its hash, and gets what was computed for
//! exactly that. So a result can't be stale, and one that nobody asks for any more is forgotten.

use std::hash::{Hash, Hasher};

use rayon::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::cache::Cache;

/// The hash of everything that a result is computed from.
pub type Key = blake3::Hash;

/// The hash of several parts, told from each other by their lengths.
pub fn key_of<'p>(parts: impl IntoIterator<Item = &'p [u8]>) -> Key {
    let mut digest = Digest::default();
    for part in parts {
        digest.add(&(part.len() as u64).to_le_bytes());
        digest.add(part);
    }
    digest.key()
}

/// The hash of a value, of which every part has to count.
pub fn hash_of(value: &impl Hash) -> Key {
    let mut digest = Digest::default();
    value.hash(&mut digest);
    digest.key()
}

/// A hash of many small pieces, which are gathered before they are hashed: that is several times faster.
#[derive(Debug, Default)]
pub(crate) struct Digest {
    hasher: Box<blake3::Hasher>,
    gathered: Vec<u8>,
}

/// How many bytes are gathered: enough for a processor to hash in one go.
const GATHERED: usize = 16 * 1024;

impl Digest {
    /// Adds bytes, of which nothing tells where they begin and end.
    pub(crate) fn add(&mut self, bytes: &[u8]) {
        if self.gathered.len() + bytes.len() > GATHERED {
            self.hasher.update(&self.gathered);
            self.gathered.clear();
        }
        if bytes.len() > GATHERED {
            self.hasher.update(bytes);
        } else {
            self.gathered.extend_from_slice(bytes);
        }
    }

    /// The hash of all that was added.
    pub(crate) fn key(mut self) -> Key {
        self.hasher.update(&self.gathered);
        self.hasher.finalize()
    }
}

/// The standard library's way through a value, with a hash that nobody can make collide.
impl Hasher for Digest {
    fn write(&mut self, bytes: &[u8]) {
        self.add(bytes);
    }

    fn finish(&self) -> u64 {
        unreachable!("invariant: only the whole hash is asked for")
    }
}

/// The results of the last round of one function.
#[derive(Debug)]
pub struct Memo<V> {
    /// In as many lists as there are files of them in a cache, each sorted.
    known: Vec<Results<V>>,
    /// Which keys each file of the cache has, as their sum, if it was loaded from there.
    loaded: Vec<[u8; 32]>,
}

/// Some results with their keys.
type Results<V> = Vec<([u8; 32], V)>;

/// A memo is kept in so many files, by the first byte of the keys: of those only few change with few results.
const FILES: usize = 64;

impl<V> Default for Memo<V> {
    fn default() -> Self {
        Self {
            known: (0..FILES).map(|_| Vec::new()).collect(),
            loaded: vec![[0; 32]; FILES],
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
        let results: Results<V> = items
            .par_iter()
            .with_max_len(ONE)
            .map(|item| {
                let key = *key(item).as_bytes();
                let known = self.get(&key).cloned();
                (key, known.unwrap_or_else(|| compute(item)))
            })
            .collect();
        let mut places: Vec<Vec<usize>> = vec![Vec::new(); FILES];
        for (place, (key, _)) in results.iter().enumerate() {
            places[file_of(key)].push(place);
        }
        let files = self.known.par_iter_mut().zip(&mut places);
        files.for_each(|(file, places)| {
            places.sort_unstable_by_key(|place| &results[*place].0);
            places.dedup_by_key(|place| &results[*place].0);
            *file = places.iter().map(|place| results[*place].clone()).collect();
        });
        results.into_iter().map(|(_, result)| result).collect()
    }

    /// The same for a single item.
    pub fn once(&mut self, key: Key, compute: impl Fn() -> V + Sync) -> V {
        let mut results = self.round(&[()], |()| key, |()| compute());
        results.pop().expect("invariant: one item has one result")
    }

    fn get(&self, key: &[u8; 32]) -> Option<&V> {
        let file = &self.known[file_of(key)];
        let place = file.binary_search_by(|(known, _)| known.cmp(key));
        place.ok().map(|place| &file[place].1)
    }
}

impl<V: Serialize + DeserializeOwned + Send + Sync> Memo<V> {
    /// What was left in a cache under a name.
    pub fn load(cache: &Cache, name: &str) -> Self {
        let files = (0..FILES).into_par_iter();
        let known: Vec<Results<V>> = files
            .map(|file| cache.read(&file_name(name, file)).unwrap_or_default())
            .collect();
        let loaded = known.iter().map(|file| sum(file)).collect();
        Self { known, loaded }
    }

    /// Leaves the results of the last round in a cache under a name; files that have the same already stay as they are.
    pub fn save(&self, cache: &Cache, name: &str) {
        let files = self.known.par_iter().zip(&self.loaded).enumerate();
        files.for_each(|(file, (results, loaded))| {
            let name = file_name(name, file);
            if results.is_empty() {
                cache.forget(&name);
            } else if sum(results) != *loaded {
                cache.write(&name, results);
            }
        });
    }
}

fn file_name(name: &str, file: usize) -> String {
    format!("{name}-{file:02}")
}

fn file_of(key: &[u8; 32]) -> usize {
    usize::from(key[0]) % FILES
}

/// The sum of the keys of some results.
fn sum<V>(results: &Results<V>) -> [u8; 32] {
    let mut sum = [0; 32];
    for (key, _) in results {
        for (sum, byte) in sum.iter_mut().zip(key) {
            *sum ^= byte;
        }
    }
    sum
}

/// Items that a thread takes in one piece: one may take as long as thousands of others, and rayon by itself cuts a round into so few
/// pieces that at its end one thread waits for all that the other has before it.
const ONE: usize = 1;

/// A round with a memo, or without one: then nothing is hashed and nothing kept.
pub(crate) fn round<T: Sync, V: Clone + Send + Sync>(
    memo: Option<&mut Memo<V>>,
    items: &[T],
    key: impl Fn(&T) -> Key + Sync,
    compute: impl Fn(&T) -> V + Send + Sync,
) -> Vec<V> {
    match memo {
        Some(memo) => memo.round(items, key, compute),
        None => items.par_iter().with_max_len(ONE).map(compute).collect(),
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
    fn what_is_left_in_a_cache_is_loaded_and_only_what_differs_is_written() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let cache = Cache::in_folder(&dir.path().join("cache"));
        let number = |item: &u32| key_of([&item.to_le_bytes()[..]]);
        let round = |memo: &mut Memo<u32>, items: &[u32]| {
            let computed = AtomicUsize::new(0);
            memo.round(items, number, |item| {
                computed.fetch_add(1, Ordering::Relaxed);
                *item
            });
            computed.into_inner()
        };
        let items: Vec<u32> = (0..1_000).collect();
        let mut memo = Memo::load(&cache, "numbers");
        assert_eq!(round(&mut memo, &items), 1_000);
        memo.save(&cache, "numbers");
        let files = || {
            let files = std::fs::read_dir(dir.path().join("cache")).expect("a cache");
            let file = |entry: std::fs::DirEntry| entry.metadata().and_then(|it| it.modified());
            let files = files.map(|entry| entry.expect("a file"));
            let files = files.map(|entry| (entry.file_name(), file(entry).expect("a time")));
            files.collect::<std::collections::BTreeMap<_, _>>()
        };
        for entry in std::fs::read_dir(dir.path().join("cache")).expect("a cache") {
            let file = std::fs::File::options()
                .write(true)
                .open(entry.expect("a file").path());
            file.and_then(|file| file.set_modified(std::time::SystemTime::UNIX_EPOCH))
                .expect("the time can be set");
        }
        let before = files();
        // One number more, and one less.
        let mut memo = Memo::load(&cache, "numbers");
        assert_eq!(round(&mut memo, &(1..=1_000).collect::<Vec<_>>()), 1);
        memo.save(&cache, "numbers");
        let after = files();
        let written = after
            .iter()
            .filter(|file| before.get(file.0) != Some(file.1));
        assert!(written.count() <= 2);
        let mut memo = Memo::load(&cache, "numbers");
        assert_eq!(round(&mut memo, &[1, 1_000]), 0, "both are there");
        assert_eq!(round(&mut memo, &[0]), 1, "what nobody asked for is gone");
        // A name under which little is left has few files.
        memo.save(&cache, "numbers");
        assert!(files().keys().filter(|name| *name != "output").count() == 1);
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        let key = |parts: &[&str]| key_of(parts.iter().map(|part| part.as_bytes()));
        assert_ne!(key(&["ab", "c"]), key(&["a", "bc"]));
        assert_ne!(key(&["ab"]), key(&["ab", ""]));
    }
}
