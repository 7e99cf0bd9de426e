//! The words and phrases of some consecutive records: a pure function of them. The index is merged from parts, so that after
//! an edit only the part of the edited record is made anew.

use std::ops::Range;
use std::rc::Rc;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::raw::Raw;
use super::records::{Field, Site, Subject};
use super::stem::stem;
use super::tokens::{is_stop, tokens};
use crate::content::Library;
use crate::memo::{Key, key_of};

/// Records of one part.
pub(super) const RECORDS: usize = 128;

/// How fast more occurrences of a word stop to matter (BM25's k1, in weighted occurrences).
const SATURATION: f32 = 4.0;
/// How much of that depends on the length of a record (BM25's b), and the length at which it doesn't: a constant, where
/// BM25 has the average, so that a record's part of the index depends on nothing but the record.
const LENGTH_MATTERS: f32 = 0.5;
const USUAL_LENGTH: f32 = 900.0;
/// The highest impact: sixteen steps fit into four bits.
const STEPS: f32 = 16.0;

/// Words and phrases of the records of a part.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Part {
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
    /// Hashes of the pairs of neighbouring words, each above the number of a record that has it, in 64 bits; sorted.
    #[serde(with = "super::raw")]
    pub(super) pairs: Vec<u64>,
    /// Of each record the sentences from which an excerpt is taken, one block a line.
    pub(super) texts: Vec<String>,
}

/// Many short texts in one piece of memory: a part has thousands, and another thread takes them down.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Strings {
    text: String,
    ends: Vec<u32>,
}

impl Strings {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(length(self.text.len()));
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        ranges(&self.ends).map(|range| &self.text[range])
    }
}

/// The pieces whose ends are given.
fn ranges(ends: &[u32]) -> impl Iterator<Item = Range<usize>> {
    ends.iter().scan(0, |start, end| {
        let range = *start..*end as usize;
        *start = range.end;
        Some(range)
    })
}

fn length(length: usize) -> u32 {
    u32::try_from(length).expect("invariant: the words of a part take less than 4 GB")
}

/// A record, and how much it is about a word: 0 to 15, in the lowest four bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Posting(u32);

impl Posting {
    fn new(record: u32, impact: u8) -> Self {
        assert!(
            record < 1 << 28,
            "invariant: fewer than 2^28 records, of which each is a page"
        );
        Self(record << 4 | u32::from(impact.min(15)))
    }

    /// The number of the record.
    pub(super) fn record(self) -> u32 {
        self.0 >> 4
    }

    /// How much it is about the word.
    pub(super) fn impact(self) -> u32 {
        self.0 & 15
    }
}

impl Raw<4> for Posting {
    fn bytes(self) -> [u8; 4] {
        self.0.to_le_bytes()
    }

    fn of(bytes: [u8; 4]) -> Self {
        Self(u32::from_le_bytes(bytes))
    }
}

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

    /// The hash of all of them.
    pub(super) fn key(&self) -> Key {
        let texts = self.expansions.iter();
        key_of(texts.flat_map(|(word, expansion)| [word.as_bytes(), expansion.as_bytes()]))
    }
}

/// FNV-1a of 32 bits over the bytes of a stem.
pub(super) fn word_hash(stem: &str) -> u32 {
    stem.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

/// The hash of two stems side by side from the hashes of both, mixed so that its highest bits are as good as the others.
pub(super) fn pair_hash(one: u32, other: u32) -> u32 {
    let both = (one.wrapping_mul(0x2c1b_3c6d) ^ other).wrapping_mul(0x297a_2d39);
    both ^ (both >> 15)
}

impl Part {
    /// Reads records; the first has the number `first`. Of the text of each at most `kept` bytes are kept for excerpts.
    pub(super) fn new(
        site: Site<'_>,
        abbreviations: &Abbreviations,
        subjects: &[Subject],
        first: usize,
        kept: usize,
    ) -> Self {
        let mut collector = Collector::default();
        let mut texts = Vec::with_capacity(subjects.len());
        for (number, subject) in subjects.iter().enumerate() {
            let record =
                u32::try_from(first + number).expect("invariant: records have 32-bit numbers");
            let mut excerpt = String::new();
            site.texts(*subject, &mut |field, text| {
                collector.text(field, text);
                if field.is_told() && excerpt.len() + text.len() < kept {
                    excerpt.push_str(text);
                    excerpt.push('\n');
                }
            });
            excerpt.pop();
            texts.push(excerpt);
            collector.expand(abbreviations);
            collector.end_record(record);
        }
        collector.finish(texts)
    }

    /// Each stem with its postings in the order of the records.
    pub(super) fn words(&self) -> impl Iterator<Item = (&str, &[Posting])> {
        let postings = ranges(&self.ends).map(|range| &self.postings[range]);
        self.words.iter().zip(postings)
    }

    /// Each word as it is written, folded, with the number of records that have it.
    pub(super) fn spellings(&self) -> impl Iterator<Item = (&str, u32)> {
        self.spellings.iter().zip(self.counts.iter().copied())
    }
}

#[derive(Debug, Clone, Copy)]
enum Meaning {
    /// A word that says nothing.
    Stop,
    /// The stem in the list of stems.
    Stem(usize),
}

#[derive(Debug)]
struct Spelling {
    meaning: Meaning,
    records: u32,
    /// Whether the open record has it.
    seen: bool,
}

#[derive(Debug, Default)]
struct Stem {
    text: Box<str>,
    hash: u32,
    /// Weighted occurrences in the open record.
    weight: f32,
    postings: Vec<Posting>,
}

#[derive(Debug, Default)]
struct Collector {
    spellings: Vec<Spelling>,
    spelling_of: FxHashMap<Box<str>, usize>,
    /// The tokens of texts that recur, as spellings and spans.
    names: FxHashMap<Box<str>, Rc<[(usize, usize)]>>,
    stems: Vec<Stem>,
    stem_of: FxHashMap<Box<str>, usize>,
    /// Stems and spellings of the open record.
    touched: Vec<usize>,
    spelt: Vec<usize>,
    length: f32,
    /// Hashes of the pairs of the open record, with the highest weight of a field that has them.
    open_pairs: FxHashMap<u32, f32>,
    pairs: Vec<u64>,
}

impl Collector {
    fn text(&mut self, field: Field, text: &str) {
        let mut before = None;
        if !field.recurs() {
            return tokens(text, |word, span| {
                let spelling = self.spelling(word);
                self.token(field, spelling, span, &mut before);
            });
        }
        let known = self.names.get(text).cloned();
        let known = known.unwrap_or_else(|| {
            let mut all = Vec::new();
            tokens(text, |word, span| all.push((self.spelling(word), span)));
            let all: Rc<[_]> = all.into();
            self.names.insert(text.into(), Rc::clone(&all));
            all
        });
        for (spelling, span) in known.iter() {
            self.token(field, *spelling, *span, &mut before);
        }
    }

    /// Counts a token; `before` is the stem that it may be a pair with.
    fn token(&mut self, field: Field, spelling: usize, span: usize, before: &mut Option<usize>) {
        let weight = field.weight();
        let once = field == Field::OtherWord;
        let known = &mut self.spellings[spelling];
        if !once && !known.seen {
            known.seen = true;
            known.records += 1;
            self.spelt.push(spelling);
        }
        let Meaning::Stem(stem) = known.meaning else {
            return;
        };
        let open = &mut self.stems[stem].weight;
        if *open == 0.0 {
            self.touched.push(stem);
        }
        if !once {
            *open += weight;
            self.length += f32::from(u8::from(span == 1));
        } else if *open < weight {
            *open = weight;
        }
        if span == 1 && field.has_phrases() {
            if let Some(before) = *before {
                self.pair(before, stem, weight);
            }
            *before = Some(stem);
        }
    }

    /// The place of a word in the list of spellings.
    fn spelling(&mut self, word: &str) -> usize {
        if let Some(known) = self.spelling_of.get(word) {
            return *known;
        }
        let meaning = if is_stop(word) {
            Meaning::Stop
        } else {
            Meaning::Stem(self.stem(stem(word)))
        };
        self.spellings.push(Spelling {
            meaning,
            records: 0,
            seen: false,
        });
        self.spelling_of
            .insert(word.into(), self.spellings.len() - 1);
        self.spellings.len() - 1
    }

    fn stem(&mut self, text: String) -> usize {
        if let Some(known) = self.stem_of.get(text.as_str()) {
            return *known;
        }
        let text: Box<str> = text.into();
        self.stems.push(Stem {
            text: text.clone(),
            hash: word_hash(&text),
            ..Stem::default()
        });
        self.stem_of.insert(text, self.stems.len() - 1);
        self.stems.len() - 1
    }

    fn pair(&mut self, one: usize, other: usize, weight: f32) {
        let hash = pair_hash(self.stems[one].hash, self.stems[other].hash);
        let known = self.open_pairs.entry(hash).or_insert(weight);
        *known = known.max(weight);
    }

    /// Adds what the record's abbreviations stand for, and the abbreviations of what it spells out: these count as if they stood in
    /// the same field.
    fn expand(&mut self, abbreviations: &Abbreviations) {
        let pairs = abbreviations.expansions.iter().zip(&abbreviations.pairs);
        for ((abbreviation, expansion), pairs) in pairs {
            let known = self.stem_of.get(abbreviation.as_str());
            let used = known.is_some_and(|stem| self.stems[*stem].weight >= Field::Body.weight());
            let spelt_out = pairs.iter().try_fold(f32::INFINITY, |least, pair| {
                self.open_pairs.get(pair).map(|weight| least.min(*weight))
            });
            if used {
                self.text(Field::OtherWord, expansion);
            } else if let Some(weight) = spelt_out.filter(|_| !pairs.is_empty()) {
                let stem = self.stem(abbreviation.clone());
                if self.stems[stem].weight == 0.0 {
                    self.touched.push(stem);
                }
                self.stems[stem].weight += weight;
            }
        }
    }

    fn end_record(&mut self, record: u32) {
        let norm = 1.0 - LENGTH_MATTERS + LENGTH_MATTERS * self.length / USUAL_LENGTH;
        for stem in self.touched.drain(..) {
            let Stem {
                weight, postings, ..
            } = &mut self.stems[stem];
            let share = *weight / (*weight + SATURATION * norm);
            // A share lies between 0 and 1; what follows the point is cut off.
            postings.push(Posting::new(record, (share * STEPS) as u8));
            *weight = 0.0;
        }
        for spelling in self.spelt.drain(..) {
            self.spellings[spelling].seen = false;
        }
        self.pairs.extend(
            self.open_pairs
                .drain()
                .map(|(pair, _)| u64::from(pair) << 32 | u64::from(record)),
        );
        self.length = 0.0;
    }

    fn finish(mut self, texts: Vec<String>) -> Part {
        // Records come in order, and stay in it.
        radsort::sort_by_key(&mut self.pairs, |pair| (pair >> 32) as u32);
        let mut part = Part {
            pairs: self.pairs,
            texts,
            ..Part::default()
        };
        for stem in self.stems.iter().filter(|stem| !stem.postings.is_empty()) {
            part.words.push(&stem.text);
            part.postings.extend_from_slice(&stem.postings);
            part.ends.push(length(part.postings.len()));
        }
        for (text, spelling) in &self.spelling_of {
            let records = self.spellings[*spelling].records;
            if records > 0 {
                part.spellings.push(text);
                part.counts.push(records);
            }
        }
        part
    }
}
