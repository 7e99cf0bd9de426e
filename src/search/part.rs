//! The words and phrases of some consecutive records: a pure function of them. The index is merged from parts, slice by slice, so
//! that after an edit only the part of the edited record is made anew, and the slices in which that has another piece.

use std::borrow::Cow;
use std::mem;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::abbreviations::Abbreviations;
use super::hash::{SLICES, pair_hash, pair_slice, word_hash, word_slice};
use super::lexicon::Lexicon;
use super::piece::{Piece, Posting};
use super::records::{Field, Site, Subject};
use super::stem::stem;
use super::tokens::{is_stop, tokens};
use super::visit::{Named, Visit};
use crate::memo::hash_of;
use crate::rooms::Rooms;
use crate::vocabulary::Vocabulary;

/// How fast more occurrences of a word stop to matter (BM25's k1, in weighted occurrences).
const SATURATION: f32 = 4.0;
/// How much of that depends on the length of a record (BM25's b), and the length at which it doesn't: a constant, where
/// BM25 has the average, so that a record's part of the index depends on nothing but the record.
const LENGTH_MATTERS: f32 = 0.5;
const USUAL_LENGTH: f32 = 900.0;
/// The highest impact: sixteen steps fit into four bits.
const STEPS: f32 = 16.0;

/// Words and phrases of the records of a part.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Part {
    /// What it has in each slice; nothing if it comes from a cache, which has the pieces of each slice by themselves.
    #[serde(skip)]
    pub(super) pieces: Vec<Arc<Piece>>,
    /// The hashes of the pieces; nothing if nobody is to know them again.
    pub(super) hashes: Vec<[u8; 32]>,
    /// The number of pairs of all records.
    pub(super) pairs: usize,
    /// Of each record the sentences from which an excerpt is taken, one block a line.
    pub(super) texts: Vec<String>,
}

impl Part {
    /// Reads records. Of the text of each at most `kept` bytes are kept for excerpts. `hashed` says whether its pieces are to be
    /// known again.
    pub(super) fn new(
        site: Site<'_>,
        abbreviations: &Abbreviations,
        subjects: &[Subject],
        kept: usize,
        hashed: bool,
        collectors: &Rooms<Collector>,
    ) -> Self {
        // Those that are known from an earlier build have to be rendered again: side by side.
        let bodies: Vec<Cow<'_, str>> = subjects.par_iter().map(|it| site.html(*it)).collect();
        let bodies = subjects.iter().zip(&bodies);
        collectors.work(
            || Collector::with(abbreviations),
            |collector| Self::read(site, abbreviations, bodies, kept, hashed, collector),
        )
    }

    fn read<'b>(
        site: Site<'_>,
        abbreviations: &Abbreviations,
        bodies: impl ExactSizeIterator<Item = (&'b Subject, &'b Cow<'b, str>)>,
        kept: usize,
        hashed: bool,
        collector: &mut Collector,
    ) -> Self {
        let mut texts = Vec::with_capacity(bodies.len());
        for (subject, body) in bodies {
            let mut reader = Reader {
                collector: &mut *collector,
                vocabulary: &site.library.vocabulary,
                excerpt: String::new(),
                kept,
            };
            site.texts(*subject, body, &mut reader);
            let mut excerpt = reader.excerpt;
            excerpt.pop();
            texts.push(excerpt);
            collector.expand(abbreviations);
            collector.end_record();
        }
        Self::of(collector, texts, hashed)
    }

    /// Records with these texts.
    #[cfg(test)]
    pub(super) fn of_texts(texts: &[String]) -> Self {
        let mut collector = Collector::new();
        for text in texts {
            collector.text(Field::Body, text);
            collector.end_record();
        }
        Self::of(&mut collector, texts.to_vec(), true)
    }

    fn of(collector: &mut Collector, texts: Vec<String>, hashed: bool) -> Self {
        let pieces = collector.end_part();
        let to_hash = pieces.iter().filter(|_| hashed);
        Self {
            hashes: to_hash.map(|piece| hash_of(piece).into()).collect(),
            pairs: pieces.iter().map(Piece::pair_count).sum(),
            pieces: pieces.into_iter().map(Arc::new).collect(),
            texts,
        }
    }
}

/// Reads a record.
struct Reader<'r> {
    collector: &'r mut Collector,
    vocabulary: &'r Vocabulary,
    /// What is kept of its text, a block a line, and how many bytes that may be.
    excerpt: String,
    kept: usize,
}

impl Visit for Reader<'_> {
    fn text(&mut self, field: Field, text: &str) {
        self.collector.text(field, text);
        if field.is_told() && self.excerpt.len() + text.len() < self.kept {
            self.excerpt.push_str(text);
            self.excerpt.push('\n');
        }
    }

    fn names(&mut self, term: Named) {
        self.collector.names(term, self.vocabulary);
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
    /// Records of the open part that have it.
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
    /// Those of the open part.
    postings: Vec<Posting>,
}

/// The tokens of a text, as spellings and spans.
type Tokens = Arc<[(usize, usize)]>;

/// Words that a collector may know. Each takes about 150 bytes, and a large library has a million, hardly any of which comes again.
const KNOWN_WORDS: usize = 100_000;

/// Collects the words and phrases of one part after the other. What it knows of words serves the next part, and shows in none.
#[derive(Debug, Default)]
pub(super) struct Collector {
    spellings: Vec<Spelling>,
    /// The words, numbered as their spellings.
    lexicon: Lexicon,
    /// The tokens of texts that recur.
    recurring: FxHashMap<Box<str>, Tokens>,
    /// The names of terms: the field and the tokens of each.
    names: FxHashMap<Named, Arc<[(Field, Tokens)]>>,
    stems: Vec<Stem>,
    stem_of: FxHashMap<Box<str>, usize>,
    /// Stems and spellings of the open record.
    touched: Vec<usize>,
    spelt: Vec<usize>,
    length: f32,
    /// The pairs that abbreviations stand for.
    spelt_out: Marks,
    /// Of these, those of the open record, with the highest weight of a field that has them.
    open_pairs: FxHashMap<u32, f32>,
    /// The place of the open record.
    place: usize,
    /// Stems and spellings of the open part, in the order in which they came: one word more moves no other.
    part_stems: Vec<usize>,
    part_spellings: Vec<usize>,
    /// What the open part has in each slice.
    pieces: Vec<Piece>,
}

/// Numbers, told apart by their lowest bits: what has a mark may be one of them. Nearly all that are none have no mark.
#[derive(Debug)]
struct Marks([u64; Marks::WORDS]);

impl Default for Marks {
    fn default() -> Self {
        Self([0; Marks::WORDS])
    }
}

impl Marks {
    const WORDS: usize = 128;

    fn place(number: u32) -> (usize, u64) {
        let bit = number as usize % (Self::WORDS * 64);
        (bit / 64, 1 << (bit % 64))
    }

    fn add(&mut self, number: u32) {
        let (word, bit) = Self::place(number);
        self.0[word] |= bit;
    }

    fn may_have(&self, number: u32) -> bool {
        let (word, bit) = Self::place(number);
        self.0[word] & bit != 0
    }
}

impl Collector {
    fn new() -> Self {
        Self {
            pieces: (0..SLICES).map(|_| Piece::default()).collect(),
            ..Self::default()
        }
    }

    /// One that can expand abbreviations.
    fn with(abbreviations: &Abbreviations) -> Self {
        let mut collector = Self::new();
        let pairs = abbreviations.iter().flat_map(|(_, _, pairs)| pairs);
        pairs.for_each(|pair| collector.spelt_out.add(*pair));
        collector
    }

    fn text(&mut self, field: Field, text: &str) {
        if field.recurs() {
            let tokens = self.recurring(text);
            return self.tokens(field, &tokens);
        }
        let mut before = None;
        tokens(text, |word, span| {
            let spelling = self.spelling(word);
            self.token(field, spelling, span, &mut before);
        });
    }

    /// Reads all names of a term.
    fn names(&mut self, term: Named, vocabulary: &Vocabulary) {
        let known = self.names.get(&term).cloned();
        let known = known.unwrap_or_else(|| {
            let mut all = Vec::new();
            term.names(vocabulary, &mut |field, text| {
                all.push((field, self.recurring(text)));
            });
            let all: Arc<[_]> = all.into();
            self.names.insert(term, Arc::clone(&all));
            all
        });
        for (field, tokens) in known.iter() {
            self.tokens(*field, tokens);
        }
    }

    /// The tokens of a text that recurs.
    fn recurring(&mut self, text: &str) -> Tokens {
        if let Some(known) = self.recurring.get(text) {
            return Arc::clone(known);
        }
        let mut all = Vec::new();
        tokens(text, |word, span| all.push((self.spelling(word), span)));
        let all: Tokens = all.into();
        self.recurring.insert(text.into(), Arc::clone(&all));
        all
    }

    /// Counts the tokens of a text.
    fn tokens(&mut self, field: Field, tokens: &[(usize, usize)]) {
        let mut before = None;
        for (spelling, span) in tokens {
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
            if known.records == 0 {
                self.part_spellings.push(spelling);
            }
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
        if let Some(known) = self.lexicon.get(word) {
            return known;
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
        self.lexicon.add(word)
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
        // A record may have it many times, which is cheaper to find when all are sorted.
        self.pieces[pair_slice(hash)].add_pair(hash, self.place);
        if self.spelt_out.may_have(hash) {
            let known = self.open_pairs.entry(hash).or_insert(weight);
            *known = known.max(weight);
        }
    }

    /// Adds what the record's abbreviations stand for, and the abbreviations of what it spells out: these count as if they stood in
    /// the same field.
    fn expand(&mut self, abbreviations: &Abbreviations) {
        for (abbreviation, expansion, pairs) in abbreviations.iter() {
            let known = self.stem_of.get(abbreviation);
            let used = known.is_some_and(|stem| self.stems[*stem].weight >= Field::Body.weight());
            let spelt_out = pairs.iter().try_fold(f32::INFINITY, |least, pair| {
                self.open_pairs.get(pair).map(|weight| least.min(*weight))
            });
            if used {
                self.text(Field::OtherWord, expansion);
            } else if let Some(weight) = spelt_out.filter(|_| !pairs.is_empty()) {
                let stem = self.stem(abbreviation.to_owned());
                if self.stems[stem].weight == 0.0 {
                    self.touched.push(stem);
                }
                self.stems[stem].weight += weight;
            }
        }
    }

    fn end_record(&mut self) {
        let norm = 1.0 - LENGTH_MATTERS + LENGTH_MATTERS * self.length / USUAL_LENGTH;
        for stem in self.touched.drain(..) {
            let Stem {
                weight, postings, ..
            } = &mut self.stems[stem];
            if postings.is_empty() {
                self.part_stems.push(stem);
            }
            let share = *weight / (*weight + SATURATION * norm);
            // A share lies between 0 and 1; what follows the point is cut off.
            postings.push(Posting::new(self.place, (share * STEPS) as u8));
            *weight = 0.0;
        }
        for spelling in self.spelt.drain(..) {
            self.spellings[spelling].seen = false;
        }
        self.open_pairs.clear();
        self.length = 0.0;
        self.place += 1;
    }

    /// What the part has in each slice.
    fn end_part(&mut self) -> Vec<Piece> {
        let pieces = &mut self.pieces;
        for stem in self.part_stems.drain(..) {
            let Stem {
                text,
                hash,
                postings,
                ..
            } = &mut self.stems[stem];
            pieces[word_slice(*hash)].add_word(text, postings);
            postings.clear();
        }
        for spelling in self.part_spellings.drain(..) {
            let text = self.lexicon.word(spelling);
            let records = mem::take(&mut self.spellings[spelling].records);
            pieces[word_slice(word_hash(text))].add_spelling(text, records);
        }
        let pieces = pieces.iter_mut().map(Piece::finish).collect();
        self.place = 0;
        if self.spellings.len() > KNOWN_WORDS {
            *self = Self {
                spelt_out: mem::take(&mut self.spelt_out),
                ..Self::new()
            };
        }
        pieces
    }
}
