//! The glossary as search uses it: who writes of an ICB is found by "integrated care board", and the other way round.

use super::hash::{pair_hash, word_hash};
use super::stem::stem;
use super::tokens::{is_stop, tokens};
use crate::content::Library;
use crate::memo::{Key, key_of};

/// The glossary as search uses it.
#[derive(Debug)]
pub(super) struct Abbreviations {
    /// Stem of each abbreviation, and what it stands for.
    expansions: Vec<(String, String)>,
    /// For each of them the hashes of the pairs of its expansion; empty for one word.
    pairs: Vec<Vec<u32>>,
}

impl Abbreviations {
    pub(super) fn new(library: &Library) -> Self {
        let entries = library.vocabulary.glossary.iter();
        let expansions: Vec<(String, String)> = entries
            .filter_map(|(_, entry)| {
                let mut words = Vec::new();
                tokens(&entry.abbr, |word, span| {
                    words.extend((span == 1).then(|| word.to_owned()))
                });
                let [word] = words.as_slice() else {
                    return None;
                };
                (!is_stop(word)).then(|| (stem(word), entry.expansion.clone()))
            })
            .collect();
        let pairs = expansions
            .iter()
            .map(|(_, expansion)| {
                let mut pairs = Vec::new();
                let mut before: Option<u32> = None;
                tokens(expansion, |word, span| {
                    if span == 1 && !is_stop(word) {
                        let stem = word_hash(&stem(word));
                        pairs.extend(before.map(|before| pair_hash(before, stem)));
                        before = Some(stem);
                    }
                });
                pairs
            })
            .collect();
        Self { expansions, pairs }
    }

    /// Each abbreviation's stem, what it stands for, and the hashes of the pairs of that; none for one word.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str, &[u32])> {
        let pairs = self.expansions.iter().zip(&self.pairs);
        pairs.map(|((word, expansion), pairs)| (&**word, &**expansion, &**pairs))
    }

    /// The hash of all of them.
    pub(super) fn key(&self) -> Key {
        let texts = self.expansions.iter();
        key_of(texts.flat_map(|(word, expansion)| [word.as_bytes(), expansion.as_bytes()]))
    }
}
