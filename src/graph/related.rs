//! Related studies: neighbours by shared factors, themes, systems and programmes, weighted by rarity.
//!
//! The score of a pair is the sum over all that both share of `weight × ln((n + 1) / df)`, in thousandths, where `n` is
//! the number of studies and `df` the number that share the tag: a tag that half the library carries says little. This
//! is the inverse document frequency of information retrieval (K. Spärck Jones, 1972).
//!
//! The best are found exactly without scoring every pair. A column of 16-bit numbers for each common tag says, for every
//! study, what sharing that tag is worth, rounded up; processors add eight of them in one instruction, and so a study
//! gets a bound for all others in the time that it takes to read some fifteen columns. Rare tags have lists instead. Only the few
//! whose bound reaches the last of the best are then scored by all their tags.

use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::links::Links;
use crate::content::{Direction, Library, Study};
use crate::id::Id;
use crate::vocabulary::{Factor, System, Theme};

/// How many neighbours a page shows besides those that authors linked.
const SHOWN: usize = 6;
/// How many reasons are given for each.
const REASONS: usize = 3;

/// A tag that more than one in so many studies have is common. There can't be many: a study has some fifteen tags.
const COMMON: usize = 32;

/// Tags that add at most one in so many parts to the highest possible score are left out of the bounds: themes, mostly.
const SLACK: u32 = 8;

/// Bounds are multiples of this many thousandths, so that those of all but the most alike fit into 16 bits.
const GRAIN: u32 = 4;

/// How many bounds are looked at together.
const BLOCK: usize = 64;

/// Weight of a factor that both cite in the same direction.
const SAME_DIRECTION: u32 = 3;
/// Weight of a factor that both cite in different directions.
const OTHER_DIRECTION: u32 = 2;
/// Weight of a programme that both were part of.
const PROGRAMME: u32 = 2;
/// Weight of a theme or a system that both have.
const TAG: u32 = 1;

/// A similar study.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighbour {
    /// The other study.
    pub study: Id<Study>,
    /// How similar it is.
    pub score: u32,
    /// What both share, weightiest first, at most three.
    pub reasons: Vec<Reason>,
}

/// Something that two studies share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// A factor, and how it worked in the one and in the other.
    Factor(Id<Factor>, Direction, Direction),
    /// A theme.
    Theme(Id<Theme>),
    /// A system.
    System(Id<System>),
    /// A programme.
    Programme,
}

/// A tag of a study: which, and for factors the directions as bits.
type Tag = (u32, u8);

/// By what studies are compared: the tags of all studies, and the studies of all tags.
#[derive(Debug)]
struct Traits {
    studies: Vec<Vec<Tag>>,
    postings: Vec<Vec<(u32, u8)>>,
    /// Of each common tag, and of each set of directions that one study has of it, the bounds by study.
    columns: FxHashMap<Tag, Vec<i16>>,
    /// Rarity of each tag, in thousandths.
    rarity: Vec<u32>,
    factors: usize,
    themes: usize,
    systems: usize,
}

/// The neighbours of every study, sought when they are first asked for.
#[derive(Debug)]
pub(super) struct Related {
    traits: Traits,
    found: Vec<OnceLock<Vec<Neighbour>>>,
}

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

impl Related {
    pub(super) fn new(library: &Library) -> Self {
        Self {
            traits: Traits::new(library),
            found: (0..library.study_count())
                .map(|_| OnceLock::new())
                .collect(),
        }
    }

    /// The most similar studies: six, and one more for each study that an author linked, so that enough remain when
    /// those are shown by themselves. A withdrawn study has none and is none.
    pub(super) fn of(&self, study: Id<Study>, library: &Library, links: &Links) -> &[Neighbour] {
        self.found[study.index()].get_or_init(|| {
            let most = SHOWN + links.of(study).len();
            SCRATCH.with_borrow_mut(|scratch| {
                scratch.make_room(&self.traits);
                self.traits.related(study, most, library, scratch)
            })
        })
    }
}

/// What one thread reuses from study to study.
#[derive(Debug, Default)]
struct Scratch {
    /// Of each study a bound of its score, in grains; the highest number stands for all above.
    bounds: Vec<i16>,
    /// What sharing each tag is worth to the study whose neighbours are sought.
    worth: Vec<Worth>,
}

/// What sharing a tag adds to the score of a pair.
#[derive(Debug, Clone, Copy, Default)]
struct Worth {
    /// Directions of the study itself.
    bits: u8,
    /// When the directions meet.
    same: u32,
    /// When they don't.
    different: u32,
}

impl Worth {
    /// What is gained, in grains and rounded up.
    fn bound(self, other_bits: u8) -> i16 {
        i16::try_from(self.gain(other_bits).div_ceil(GRAIN)).unwrap_or(i16::MAX)
    }

    fn gain(self, other_bits: u8) -> u32 {
        if self.bits & other_bits != 0 {
            self.same
        } else {
            self.different
        }
    }
}

impl Scratch {
    /// Fits the room to a library; all worth is nothing.
    fn make_room(&mut self, traits: &Traits) {
        self.bounds.clear();
        self.bounds.resize(traits.studies.len(), 0);
        self.worth.resize(traits.rarity.len(), Worth::default());
    }

    /// Adds a column to the bounds. This is where most of the time goes.
    fn add(&mut self, column: &[i16]) {
        for (bound, more) in self.bounds.iter_mut().zip(column) {
            *bound = bound.saturating_add(*more);
        }
    }

    /// Adds the worth of a tag to the bounds of the studies of its list.
    fn add_listed(&mut self, list: &[(u32, u8)], worth: Worth) {
        for &(study, bits) in list {
            let bound = &mut self.bounds[study as usize];
            *bound = bound.saturating_add(worth.bound(bits));
        }
    }

    /// The score of a study by all its tags.
    fn full(&self, tags: &[Tag]) -> u32 {
        let gains = tags
            .iter()
            .map(|&(tag, bits)| self.worth[tag as usize].gain(bits));
        gains.sum()
    }

    /// Forgets what tags are worth.
    fn clear(&mut self, own: &[Tag]) {
        for &(tag, _) in own {
            self.worth[tag as usize] = Worth::default();
        }
    }
}

/// The best so far, best first; ties go by slug, which is the order of the ids.
struct Best {
    most: usize,
    found: Vec<(Reverse<u32>, u32)>,
}

impl Best {
    fn new(most: usize) -> Self {
        Self {
            most,
            found: Vec::with_capacity(most + 1),
        }
    }

    /// What a score has to reach; nothing while there is room.
    fn floor(&self) -> u32 {
        match self.found.last() {
            Some((Reverse(last), _)) if self.found.len() >= self.most => *last,
            _ => 0,
        }
    }

    fn offer(&mut self, score: u32, study: u32) {
        let entry = (Reverse(score), study);
        let at = self.found.partition_point(|known| *known < entry);
        if at < self.most {
            self.found.truncate(self.most - 1);
            self.found.insert(at, entry);
        }
    }
}

impl Traits {
    /// Collects the tags of all listed studies.
    fn new(library: &Library) -> Self {
        let vocabulary = &library.vocabulary;
        let (factors, themes, systems) = (
            vocabulary.factors.len(),
            vocabulary.themes.len(),
            vocabulary.systems.len(),
        );
        let mut programmes: BTreeMap<&str, u32> = BTreeMap::new();
        for (_, study) in library.listed_studies() {
            if let Some(programme) = &study.programme {
                programmes.entry(&programme.id).or_default();
            }
        }
        let first_programme = factors + themes + systems;
        for (number, tag) in programmes.values_mut().enumerate() {
            *tag = as_u32(first_programme + number);
        }
        let mut studies: Vec<Vec<Tag>> = vec![Vec::new(); library.study_count()];
        let mut postings: Vec<Vec<(u32, u8)>> =
            vec![Vec::new(); first_programme + programmes.len()];
        let mut listed = 0;
        for (id, study) in library.listed_studies() {
            listed += 1;
            let own = &mut studies[id.index()];
            for citation in &study.citations {
                let tag = as_u32(citation.factor.index());
                let bit = 1 << citation.direction as u8;
                match own.iter_mut().find(|(known, _)| *known == tag) {
                    Some((_, bits)) => *bits |= bit,
                    None => own.push((tag, bit)),
                }
            }
            let themes_at = factors;
            own.extend(
                study
                    .themes
                    .iter()
                    .map(|id| (as_u32(themes_at + id.index()), 0)),
            );
            let systems_at = factors + themes;
            own.extend(
                study
                    .systems
                    .iter()
                    // That two studies are both national, or both anonymised, says nothing.
                    .filter(|system| !vocabulary.systems.get(**system).scope)
                    .map(|id| (as_u32(systems_at + id.index()), 0)),
            );
            if let Some(programme) = &study.programme {
                own.extend(programmes.get(programme.id.as_ref()).map(|tag| (*tag, 0)));
            }
            own.sort_unstable();
            own.dedup_by_key(|(tag, _)| *tag);
            for &(tag, bits) in own.iter() {
                postings[tag as usize].push((as_u32(id.index()), bits));
            }
        }
        let rarity = postings
            .iter()
            .map(|list| rarity(listed, list.len()))
            .collect();
        let mut traits = Self {
            studies,
            postings,
            columns: FxHashMap::default(),
            rarity,
            factors,
            themes,
            systems,
        };
        traits.columns = traits.columns();
        traits
    }

    /// The columns of all tags that are common, for each set of directions that a study has.
    fn columns(&self) -> FxHashMap<Tag, Vec<i16>> {
        let common = |list: &Vec<(u32, u8)>| list.len() * COMMON > self.studies.len();
        let lists = self.postings.iter().enumerate();
        let own: BTreeSet<Tag> = lists
            .filter(|(_, list)| common(list))
            .flat_map(|(tag, list)| list.iter().map(move |&(_, bits)| (as_u32(tag), bits)))
            .collect();
        own.into_par_iter()
            .map(|own| {
                let worth = self.worth(own);
                let mut column = vec![0; self.studies.len()];
                for &(study, bits) in &self.postings[own.0 as usize] {
                    column[study as usize] = worth.bound(bits);
                }
                (own, column)
            })
            .collect()
    }

    /// The `most` similar studies of one.
    fn related(
        &self,
        study: Id<Study>,
        most: usize,
        library: &Library,
        scratch: &mut Scratch,
    ) -> Vec<Neighbour> {
        self.best(study.index(), most, scratch)
            .into_iter()
            .map(|(score, other)| Neighbour {
                study: Id::new(other),
                score,
                reasons: self.reasons(study.index(), other, library),
            })
            .collect()
    }

    /// What sharing a tag is worth to a study with these directions.
    fn worth(&self, (tag, bits): Tag) -> Worth {
        let tag = tag as usize;
        let (same, different) = if tag < self.factors {
            (SAME_DIRECTION, OTHER_DIRECTION)
        } else if tag < self.factors + self.themes + self.systems {
            (TAG, TAG)
        } else {
            (PROGRAMME, PROGRAMME)
        };
        Worth {
            bits,
            same: same * self.rarity[tag],
            different: different * self.rarity[tag],
        }
    }

    /// The `most` best scores with their studies.
    fn best(&self, study: usize, most: usize, scratch: &mut Scratch) -> Vec<(u32, usize)> {
        let own = &self.studies[study];
        let mut tags: Vec<(Tag, Worth)> = own.iter().map(|&tag| (tag, self.worth(tag))).collect();
        tags.sort_unstable_by_key(|&(tag, worth)| (Reverse(worth.same), tag));
        let all: u32 = tags.iter().map(|(_, worth)| worth.same).sum();
        // What the tags that are left out can add to any bound.
        let mut slack = all;
        for &(tag, worth) in &tags {
            scratch.worth[tag.0 as usize] = worth;
            if slack <= all / SLACK {
                continue;
            }
            slack -= worth.same;
            match self.columns.get(&tag) {
                Some(column) => scratch.add(column),
                None => scratch.add_listed(&self.postings[tag.0 as usize], worth),
            }
        }
        if let Some(bound) = scratch.bounds.get_mut(study) {
            *bound = 0;
        }

        let mut best = Best::new(most);
        let score = |other: u32, best: &mut Best| {
            let score = scratch.full(&self.studies[other as usize]);
            if score > 0 && other as usize != study {
                best.offer(score, other);
            }
        };
        let blocks = || scratch.bounds.chunks(BLOCK).zip((0..).step_by(BLOCK));
        let highest = |block: &[i16]| block.iter().copied().fold(0, i16::max);
        // Those whose bounds are highest are scored first: the last of them is a floor that the others have to reach.
        let mut leaders = Best::new(most);
        for (block, first) in blocks() {
            if as_score(highest(block)) > leaders.floor() {
                for (&bound, other) in block.iter().zip(first..) {
                    if as_score(bound) > leaders.floor() {
                        leaders.offer(as_score(bound), other);
                    }
                }
            }
        }
        for &(_, other) in &leaders.found {
            score(other, &mut best);
        }
        let led: Vec<u32> = leaders.found.iter().map(|&(_, other)| other).collect();
        for (block, first) in blocks() {
            if reaches(highest(block), slack, best.floor()) {
                for (&bound, other) in block.iter().zip(first..) {
                    if reaches(bound, slack, best.floor()) && !led.contains(&other) {
                        score(other, &mut best);
                    }
                }
            }
        }
        scratch.clear(own);
        best.found
            .into_iter()
            .map(|(Reverse(score), other)| (score, other as usize))
            .collect()
    }

    fn reasons(&self, study: usize, other: usize, library: &Library) -> Vec<Reason> {
        let mut others = self.studies[other].iter().peekable();
        let mut shared: Vec<(u32, u32, Reason)> = self.studies[study]
            .iter()
            .filter_map(|&(tag, bits)| {
                // Both are sorted by tag.
                while others.next_if(|(other, _)| *other < tag).is_some() {}
                let (_, other_bits) = *others.next_if(|(other, _)| *other == tag)?;
                let gain = self.worth((tag, bits)).gain(other_bits);
                Some((gain, tag, self.reason(tag as usize, bits, other_bits)))
            })
            .collect();
        shared.sort_by_key(|&(gain, tag, _)| (Reverse(gain), tag));
        // A theme that a shared factor brings along is no reason of its own.
        let brought: Vec<Id<Theme>> = shared
            .iter()
            .filter_map(|(_, _, reason)| match reason {
                Reason::Factor(factor, ..) => Some(*factor),
                _ => None,
            })
            .flat_map(|factor| {
                let factor = library.vocabulary.factors.get(factor);
                std::iter::once(factor.theme).chain(factor.also.iter().copied())
            })
            .collect();
        shared
            .into_iter()
            .map(|(_, _, reason)| reason)
            .filter(|reason| !matches!(reason, Reason::Theme(theme) if brought.contains(theme)))
            .take(REASONS)
            .collect()
    }

    fn reason(&self, tag: usize, bits: u8, other_bits: u8) -> Reason {
        if tag < self.factors {
            let common = bits & other_bits;
            let (here, there) = if common != 0 {
                (direction(common), direction(common))
            } else {
                (direction(bits), direction(other_bits))
            };
            Reason::Factor(Id::new(tag), here, there)
        } else if tag < self.factors + self.themes {
            Reason::Theme(Id::new(tag - self.factors))
        } else if tag < self.factors + self.themes + self.systems {
            Reason::System(Id::new(tag - self.factors - self.themes))
        } else {
            Reason::Programme
        }
    }
}

/// Thousandths of `ln((n + 1) / df)`, rounded, so that sums don't depend on their order.
fn rarity(studies: usize, carriers: usize) -> u32 {
    if carriers == 0 {
        return 0;
    }
    let ratio = (studies as f64 + 1.0) / carriers as f64;
    (ratio.ln() * 1000.0).round() as u32
}

fn as_score(bound: i16) -> u32 {
    u32::from(bound.unsigned_abs())
}

/// Whether a score of this bound, with what was left out of it, may reach a floor.
fn reaches(bound: i16, slack: u32, floor: u32) -> bool {
    bound == i16::MAX || as_score(bound) * GRAIN + slack >= floor.max(1)
}

/// The first direction of a set of bits.
fn direction(bits: u8) -> Direction {
    Direction::ALL
        .into_iter()
        .find(|direction| bits & (1 << *direction as u8) != 0)
        .unwrap_or(Direction::Mixed)
}

fn as_u32(index: usize) -> u32 {
    u32::try_from(index).expect("invariant: fewer than 2^32 tags and studies")
}
