//! What a part has in a slice: the words and pairs of some consecutive records whose hashes begin alike.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::hash::SLICE_BITS;
use super::raw::Raw;

/// Bits of the place of a record in its part.
const RECORD_BITS: u32 = 6;

/// Records of one part.
pub(super) const RECORDS: usize = 1 << RECORD_BITS;

/// Words and pairs of the records of a part in one slice. Records are named by their places in the part.
#[derive(Debug, Default, Clone, Hash, Serialize, Deserialize)]
pub(super) struct Piece {
    /// The stems.
    words: Strings,
    /// The postings of all stems, one stem after the other.
    #[serde(with = "super::raw")]
    postings: Vec<Posting>,
    /// Where the postings of each stem end.
    ends: Vec<u32>,
    /// The words as they are written, folded.
    spellings: Strings,
    /// The number of records that have each of them.
    counts: Vec<u32>,
    /// The pairs of neighbouring words, sorted: the bits of a hash that follow those of the slice, above the place of a record that
    /// has it.
    #[serde(with = "super::raw")]
    pairs: Vec<u32>,
}

impl Piece {
    /// Adds a stem with its postings in the order of the records.
    pub(super) fn add_word(&mut self, stem: &str, postings: &[Posting]) {
        self.words.push(stem);
        self.postings.extend_from_slice(postings);
        self.ends.push(length(self.postings.len()));
    }

    /// Adds a word as it is written, folded, with the number of records that have it.
    pub(super) fn add_spelling(&mut self, word: &str, records: u32) {
        self.spellings.push(word);
        self.counts.push(records);
    }

    /// Adds a pair that the record at a place has, perhaps once more.
    pub(super) fn add_pair(&mut self, hash: u32, place: usize) {
        self.pairs
            .push(hash << SLICE_BITS >> (SLICE_BITS - RECORD_BITS) | place as u32);
    }

    /// The piece, when everything was added. What is left is empty and has room for another one.
    pub(super) fn finish(&mut self) -> Self {
        self.pairs.sort_unstable();
        self.pairs.dedup();
        let piece = self.clone();
        let Self {
            words,
            postings,
            ends,
            spellings,
            counts,
            pairs,
        } = self;
        words.clear();
        postings.clear();
        ends.clear();
        spellings.clear();
        counts.clear();
        pairs.clear();
        piece
    }

    /// Each stem with its postings.
    pub(super) fn words(&self) -> impl Iterator<Item = (&str, &[Posting])> {
        let postings = ranges(&self.ends).map(|range| &self.postings[range]);
        self.words.iter().zip(postings)
    }

    /// Each word as it is written, folded, with the number of records that have it.
    pub(super) fn spellings(&self) -> impl Iterator<Item = (&str, u32)> {
        self.spellings.iter().zip(self.counts.iter().copied())
    }

    /// The number of pairs.
    pub(super) fn pair_count(&self) -> usize {
        self.pairs.len()
    }

    /// Each pair in order: the bits of its hash that follow those of the slice, and the place of a record.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (u32, u32)> {
        let pairs = self.pairs.iter();
        pairs.map(|pair| (pair >> RECORD_BITS, pair & (RECORDS as u32 - 1)))
    }
}

/// A record of a part, and how much it is about a word: 0 to 15, in the lowest four bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Posting(u16);

impl Posting {
    /// Of the record at a place in its part; the highest impact is 15.
    pub(super) fn new(place: usize, impact: u8) -> Self {
        Self((place as u16) << 4 | u16::from(impact.min(15)))
    }

    /// The place of the record in its part.
    pub(super) fn place(self) -> u32 {
        u32::from(self.0 >> 4)
    }

    /// How much it is about the word.
    pub(super) fn impact(self) -> u32 {
        u32::from(self.0 & 15)
    }
}

impl Raw<2> for Posting {
    fn bytes(self) -> [u8; 2] {
        self.0.to_le_bytes()
    }

    fn of(bytes: [u8; 2]) -> Self {
        Self(u16::from_le_bytes(bytes))
    }
}

/// Many short texts in one piece of memory: there are millions, and another thread takes them down.
#[derive(Debug, Default, Clone, Hash, Serialize, Deserialize)]
pub(super) struct Strings {
    text: String,
    ends: Vec<u32>,
}

impl Strings {
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(length(self.text.len()));
    }

    fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    pub(super) fn get(&self, number: usize) -> &str {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start as usize..self.ends[number] as usize]
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        ranges(&self.ends).map(|range| &self.text[range])
    }
}

/// The pieces whose ends are given.
pub(super) fn ranges(ends: &[u32]) -> impl Iterator<Item = Range<usize>> {
    ends.iter().scan(0, |start, end| {
        let range = *start..*end as usize;
        *start = range.end;
        Some(range)
    })
}

/// A length in 32 bits.
pub(super) fn length(length: usize) -> u32 {
    u32::try_from(length).expect("invariant: a slice of the index takes less than 4 GB")
}
