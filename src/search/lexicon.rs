//! Numbers for words, in the order in which they come.

use rustc_hash::FxHashMap;

use super::piece::Strings;

/// The words of some records. Most are short and lie in the table itself, as numbers: a part looks up each word of its texts, and
/// would wait for the memory of most.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    short: FxHashMap<u128, usize>,
    long: FxHashMap<Box<str>, usize>,
    words: Strings,
}

impl Lexicon {
    /// The number of a word, if it has one.
    pub(super) fn get(&self, word: &str) -> Option<usize> {
        let known = match key(word.as_bytes()) {
            Some(key) => self.short.get(&key),
            None => self.long.get(word),
        };
        known.copied()
    }

    /// Gives a new word the next number.
    pub(super) fn add(&mut self, word: &str) -> usize {
        let number = self.short.len() + self.long.len();
        match key(word.as_bytes()) {
            Some(key) => self.short.insert(key, number),
            None => self.long.insert(word.into(), number),
        };
        self.words.push(word);
        number
    }

    /// The word of a number.
    pub(super) fn word(&self, number: usize) -> &str {
        self.words.get(number)
    }
}

/// The letters of a short word, and its length in the highest byte.
fn key(word: &[u8]) -> Option<u128> {
    let length = word.len();
    // Two reads, which may overlap, take less than a copy of as many bytes as there happen to be.
    let letters = match length {
        0 => 0,
        1..4 => {
            let (middle, last) = (length / 2, length - 1);
            let letter = |at: usize| u128::from(word[at]) << (8 * at);
            letter(0) | letter(middle) | letter(last)
        }
        4..8 => {
            let [head, tail] = [word.first_chunk()?, word.last_chunk()?]
                .map(|half| u128::from(u32::from_le_bytes(*half)));
            head | tail << (8 * (length - 4))
        }
        8..16 => {
            let [head, tail] = [word.first_chunk()?, word.last_chunk()?]
                .map(|half| u128::from(u64::from_le_bytes(*half)));
            head | tail << (8 * (length - 8))
        }
        _ => return None,
    };
    Some(letters | (length as u128) << 120)
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
        for (number, word) in words.iter().enumerate() {
            assert_eq!(lexicon.word(number), word);
        }
    }
}
