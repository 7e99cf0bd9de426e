//! Results that are kept, for a process that highlights the same code again and again as the development server does.

use std::collections::HashMap;
use std::mem;

/// The name of the grammar and the hash of the code.
pub(super) type Key = (&'static str, blake3::Hash);

/// How many bytes a generation may have.
const GENERATION: usize = 4 << 20;
/// About how many bytes an entry takes beside its HTML.
const ENTRY: usize = 128;

/// Two generations: when the newer one is full it becomes the older one, whose results are forgotten if nobody has
/// asked for them since.
#[derive(Default)]
pub(super) struct Cache {
    newer: HashMap<Key, Option<String>>,
    older: HashMap<Key, Option<String>>,
    newer_bytes: usize,
}

impl Cache {
    /// The result that was put in for a key; itself `None` for code that can't be highlighted.
    pub(super) fn get(&mut self, key: &Key) -> Option<Option<String>> {
        if let Some(known) = self.newer.get(key) {
            return Some(known.clone());
        }
        let known = self.older.remove(key)?;
        self.insert(*key, known.clone());
        Some(known)
    }

    pub(super) fn insert(&mut self, key: Key, html: Option<String>) {
        if self.newer.contains_key(&key) {
            return;
        }
        let bytes = ENTRY + html.as_ref().map_or(0, String::len);
        if self.newer_bytes + bytes > GENERATION {
            self.older = mem::take(&mut self.newer);
            self.newer_bytes = 0;
        }
        self.newer_bytes += bytes;
        self.newer.insert(key, html);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(number: usize) -> Key {
        ("x", blake3::hash(&number.to_le_bytes()))
    }

    #[test]
    fn what_is_asked_for_stays_and_the_rest_is_bounded() {
        let mut cache = Cache::default();
        let html = "x".repeat(10_000);
        cache.insert(key(0), None);
        for number in 1..5_000 {
            cache.insert(key(number), Some(html.clone()));
            assert_eq!(cache.get(&key(0)), Some(None), "{number}");
            let bytes = |entries: &HashMap<Key, Option<String>>| entries.len() * html.len();
            assert!(bytes(&cache.newer) + bytes(&cache.older) < 2 * GENERATION + html.len());
        }
        assert_eq!(cache.get(&key(4_999)), Some(Some(html)));
        assert_eq!(cache.get(&key(1)), None);
    }

    #[test]
    fn one_that_is_put_in_twice_counts_once() {
        let mut cache = Cache::default();
        for _ in 0..3 {
            cache.insert(key(1), Some("abc".to_owned()));
        }
        assert_eq!(cache.newer_bytes, ENTRY + 3);
    }
}
