//! Numbers for words, in the order in which they come.

use rustc_hash::FxHashMap;

/// Bytes of a word that fits into a key.
const SHORT: usize = 15;

/// The words of some records. Most are short and lie in the table itself: a part looks up each word of its texts, and would wait
/// for the memory of most.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    short: FxHashMap<[u8; SHORT + 1], usize>,
    long: FxHashMap<Box<str>, usize>,
}

impl Lexicon {
    /// The number of a word, if it has one.
    pub(super) fn get(&self, word: &str) -> Option<usize> {
        let known = match key(word) {
            Some(key) => self.short.get(&key),
            None => self.long.get(word),
        };
        known.copied()
    }

    /// Gives a new word the next number.
    pub(super) fn add(&mut self, word: &str) -> usize {
        let number = self.short.len() + self.long.len();
        match key(word) {
            Some(key) => self.short.insert(key, number),
            None => self.long.insert(word.into(), number),
        };
        number
    }

    /// All words, each at the place of its number.
    pub(super) fn words(&self) -> Vec<&str> {
        let mut words = vec![""; self.short.len() + self.long.len()];
        for (key, number) in &self.short {
            let letters = &key[..usize::from(key[SHORT])];
            words[*number] = std::str::from_utf8(letters).expect("invariant: a key holds a word");
        }
        for (word, number) in &self.long {
            words[*number] = word;
        }
        words
    }
}

/// A short word with its length at the end.
fn key(word: &str) -> Option<[u8; SHORT + 1]> {
    let mut key = [0; SHORT + 1];
    let (letters, length) = key.split_at_mut(SHORT);
    letters
        .get_mut(..word.len())?
        .copy_from_slice(word.as_bytes());
    length[0] = word.len() as u8;
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_any_length_are_found_again() {
        let mut lexicon = Lexicon::default();
        let words: Vec<String> = (0..40).map(|length| "ä".repeat(length)).collect();
        let more = ["a\0", "a", "interoperability", "co-production's"].map(str::to_owned);
        let words: Vec<String> = words.into_iter().chain(more).collect();
        for (number, word) in words.iter().enumerate() {
            assert_eq!(lexicon.get(word), None, "{word}");
            assert_eq!(lexicon.add(word), number);
        }
        for (number, word) in words.iter().enumerate() {
            assert_eq!(lexicon.get(word), Some(number), "{word}");
        }
        assert_eq!(lexicon.words(), words);
    }
}
