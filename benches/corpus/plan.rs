//! Which studies and references there will be: names and places first, so that every link has a target.

use std::collections::HashSet;

use crate::prose::{Prose, capitalised};
use crate::random::{SplitMix64, Zipf};
use crate::vocabulary::Vocabulary;
use crate::words;

/// Studies in a folder, on average: enough folders to walk, in proportion to the library.
const STUDIES_PER_SHARD: usize = 64;
/// References made up, beside those that the vocabulary cites.
const MADE_UP_REFERENCES: usize = 300;
/// Longest slug before a number is added.
const LONGEST_SLUG: usize = 60;

/// Streams of chance that belong to no study; studies count from [`Stream::STUDIES`].
pub(crate) struct Stream;

impl Stream {
    /// Order of the factors and systems.
    const ORDER: u64 = 1;
    /// Reference records.
    pub(crate) const EVIDENCE: u64 = 2;
    /// Reviews and pages.
    pub(crate) const NARRATIVE: u64 = 3;
    /// The plan of the first study; two streams a study.
    const STUDIES: u64 = 1000;
}

/// Where a study is and what it is called.
pub(crate) struct StudyPlan {
    /// Its title.
    pub(crate) title: String,
    /// Its slug, unique.
    pub(crate) slug: String,
    /// Its folder under `content/studies`, two signs of `[0-9a-z]`.
    pub(crate) shard: String,
    /// A place that is not on any map.
    pub(crate) place: String,
}

/// The whole library before a word of it is written.
pub(crate) struct Plan {
    /// The seed.
    pub(crate) seed: u64,
    /// The real vocabulary.
    pub(crate) vocabulary: Vocabulary,
    /// Words and their frequencies.
    pub(crate) prose: Prose,
    /// All studies.
    pub(crate) studies: Vec<StudyPlan>,
    /// Ids of all references; the made-up ones first.
    pub(crate) references: Vec<String>,
    /// Factors from the most to the least cited.
    pub(crate) factors: Vec<&'static str>,
    /// The law by which factors are cited.
    pub(crate) factor_ranks: Zipf,
    /// The law by which references are cited.
    pub(crate) reference_ranks: Zipf,
}

impl Plan {
    /// Plans `count` studies.
    ///
    /// # Errors
    /// When the vocabulary cannot be read.
    pub(crate) fn new(seed: u64, count: usize) -> Result<Self, String> {
        let vocabulary = Vocabulary::read()?;
        let prose = Prose::new();
        let mut factors = vocabulary.factors.clone();
        SplitMix64::new(seed, Stream::ORDER).shuffle(&mut factors);
        let references = plan_references(seed, &vocabulary);
        Ok(Self {
            // The shifts are fitted to the real library: its commonest factor is in a good tenth of the studies that
            // cite four or five, its rarest in one or two.
            factor_ranks: Zipf::new(factors.len(), 5),
            reference_ranks: Zipf::new(references.len(), 10),
            studies: plan_studies(seed, count, &prose),
            seed,
            vocabulary,
            prose,
            references,
            factors,
        })
    }

    /// The chance from which the study `index` is written.
    pub(crate) fn random_of(&self, index: usize) -> SplitMix64 {
        SplitMix64::new(self.seed, Stream::STUDIES + 2 * index as u64 + 1)
    }

    /// `count` different ids of references.
    pub(crate) fn some_references(&self, random: &mut SplitMix64, count: usize) -> Vec<&str> {
        let ranks = self.reference_ranks.draw_some(random, count);
        ranks
            .into_iter()
            .map(|rank| self.references[rank].as_str())
            .collect()
    }
}

fn plan_studies(seed: u64, count: usize, prose: &Prose) -> Vec<StudyPlan> {
    let shards = count.div_ceil(STUDIES_PER_SHARD).clamp(1, 36 * 36);
    let mut used = HashSet::with_capacity(count);
    (0..count)
        .map(|index| {
            let mut random = SplitMix64::new(seed, Stream::STUDIES + 2 * index as u64);
            let place = words::place_name(&mut random);
            let title = make_title(&mut random, prose, &place);
            let slug = make_slug(&title, &mut used);
            StudyPlan {
                title,
                slug,
                shard: shard_name(random.below(shards)),
                place,
            }
        })
        .collect()
}

fn make_title(random: &mut SplitMix64, prose: &Prose, place: &str) -> String {
    let mut label = |count| prose.label(random, count);
    let (long, one, two) = (label(3), label(1), label(2));
    match random.below(4) {
        0 => format!("{place}: {long}"),
        1 => format!("{} in {place}", capitalised(&long)),
        2 => format!("{}, {one} and {two} around {place}", capitalised(&long)),
        _ => format!("{} and {one}: {two} at {place}", capitalised(&long)),
    }
}

/// The title in small letters and hyphens, with a number when it was there before.
fn make_slug(title: &str, used: &mut HashSet<String>) -> String {
    let mut slug = String::with_capacity(title.len());
    for word in title
        .split(|sign: char| !sign.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        if slug.len() + 1 + word.len() > LONGEST_SLUG {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(&word.to_ascii_lowercase());
    }
    let mut unique = slug.clone();
    let mut number = 2;
    while !used.insert(unique.clone()) {
        unique = format!("{slug}-{number}");
        number += 1;
    }
    unique
}

/// A shard's number in base 36, scattered so that neighbours look unlike.
fn shard_name(shard: usize) -> String {
    const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    // 731 and 1296 have no common factor: every number below 1296 stays unique.
    let scattered = shard * 731 % (36 * 36);
    [DIGITS[scattered / 36], DIGITS[scattered % 36]]
        .into_iter()
        .map(char::from)
        .collect()
}

fn plan_references(seed: u64, vocabulary: &Vocabulary) -> Vec<String> {
    let mut random = SplitMix64::new(seed, Stream::EVIDENCE);
    let made_up = (0..MADE_UP_REFERENCES).map(|number| {
        let author = words::place_name(&mut random).to_ascii_lowercase();
        format!("{author}-{}-{number:03}", random.between(1998, 2026))
    });
    let mut ids: Vec<String> = made_up.collect();
    ids.extend(vocabulary.cited.iter().map(|&id| id.to_owned()));
    ids
}
