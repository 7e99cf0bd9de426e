//! Related studies: neighbours by shared factors, themes, systems and programmes, weighted by rarity.
//!
//! The score of a pair is the sum over all that both share of `weight × ln((n + 1) / df)`, in thousandths, where `n` is
//! the number of studies and `df` the number that share the tag: a tag that half the library carries says little. This
//! is the inverse document frequency of information retrieval (K. Spärck Jones, 1972).
//!
//! The best are found exactly without looking at every pair. The studies that share the rarest tag are scored first; the
//! last of the best among them is a floor that the others have to reach. A study that shares only common tags can't, so
//! the lists of those are not read (the bound of H. Turtle and J. Flood's MaxScore, 1995).

use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::links::Links;
use crate::content::{Direction, Library, Study};
use crate::id::Id;
use crate::vocabulary::{Factor, System, Theme};

/// How many neighbours a page shows besides those that authors linked.
const SHOWN: usize = 6;
/// How many reasons are given for each.
const REASONS: usize = 3;

/// How many studies are scored first to find a floor.
const SEEDS: usize = 128;

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
    /// Left cleared by each use.
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
    /// Partial score of each study.
    scores: Vec<u32>,
    /// The studies whose partial score is not nothing.
    touched: Vec<u32>,
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
    fn gain(self, other_bits: u8) -> u32 {
        if self.bits & other_bits != 0 {
            self.same
        } else {
            self.different
        }
    }
}

impl Scratch {
    /// Fits the room to a library; what is there already is all zero.
    fn make_room(&mut self, traits: &Traits) {
        self.scores.resize(traits.studies.len(), 0);
        self.worth.resize(traits.rarity.len(), Worth::default());
    }

    /// Adds the worth of a tag to the scores of all studies of its list. This is where most of the time goes.
    fn add(&mut self, list: &[(u32, u8)], worth: Worth) {
        let known = self.touched.len();
        // Every study is written behind the touched ones, and stays there when it is new: cheaper than a branch that
        // nothing predicts.
        self.touched.resize(known + list.len(), 0);
        let mut end = known;
        for &(study, bits) in list {
            let score = &mut self.scores[study as usize];
            self.touched[end] = study;
            end += usize::from(*score == 0);
            *score += worth.gain(bits);
        }
        self.touched.truncate(end);
    }

    /// The score of a study by all its tags.
    fn full(&self, tags: &[Tag]) -> u32 {
        let gains = tags
            .iter()
            .map(|&(tag, bits)| self.worth[tag as usize].gain(bits));
        gains.sum()
    }

    /// Makes ready for another study.
    fn clear(&mut self, own: &[Tag]) {
        for &study in &self.touched {
            self.scores[study as usize] = 0;
        }
        self.touched.clear();
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
        Self {
            studies,
            postings,
            rarity,
            factors,
            themes,
            systems,
        }
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
        let mut own: Vec<(Tag, Worth)> = self.studies[study]
            .iter()
            .map(|&tag| (tag, self.worth(tag)))
            // What everybody has is worth nothing.
            .filter(|(_, worth)| worth.same > 0)
            .collect();
        own.sort_by_key(|&(tag, worth)| (Reverse(worth.same), tag));
        for &((tag, _), worth) in &own {
            scratch.worth[tag as usize] = worth;
        }
        let others = |tag: u32| {
            let list = self.postings[tag as usize].as_slice();
            let at = list.partition_point(|&(other, _)| (other as usize) < study);
            [&list[..at], &list[at + 1..]]
        };

        let mut seeds = Best::new(most);
        if let Some(&((rarest, _), _)) = own.first() {
            for &(other, _) in others(rarest).into_iter().flatten().take(SEEDS) {
                seeds.offer(scratch.full(&self.studies[other as usize]), other);
            }
        }
        let floor = seeds.floor();
        let mut rest: u32 = own.iter().map(|(_, worth)| worth.same).sum();
        for &((tag, _), worth) in &own {
            // Below the floor would be enough; below half of it leaves far fewer studies to score by all their tags.
            if rest < floor / 2 {
                break;
            }
            for list in others(tag) {
                scratch.add(list, worth);
            }
            rest -= worth.same;
        }

        // Those that lead so far are scored in full to raise the floor.
        let partial = |study: u32| scratch.scores[study as usize];
        let full = |study: u32| scratch.full(&self.studies[study as usize]);
        let mut leaders = Best::new(most);
        for &other in &scratch.touched {
            if partial(other) > leaders.floor() {
                leaders.offer(partial(other), other);
            }
        }
        let mut raised = Best::new(most);
        for &(_, other) in &leaders.found {
            raised.offer(full(other), other);
        }
        let floor = floor.max(raised.floor());
        let mut best = Best::new(most);
        for &other in &scratch.touched {
            if partial(other) + rest >= floor.max(best.floor()) {
                best.offer(full(other), other);
            }
        }
        scratch.clear(&self.studies[study]);
        best.found
            .into_iter()
            .map(|(Reverse(score), other)| (score, other as usize))
            .collect()
    }

    fn reasons(&self, study: usize, other: usize, library: &Library) -> Vec<Reason> {
        let others = &self.studies[other];
        let mut shared: Vec<(u32, u32, Reason)> = self.studies[study]
            .iter()
            .filter_map(|&(tag, bits)| {
                let at = others.binary_search_by_key(&tag, |&(tag, _)| tag).ok()?;
                let other_bits = others[at].1;
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
