//! Related studies: neighbours by shared factors, themes, systems and programmes, weighted by rarity.
//!
//! The score of a pair is the sum over all that both share of `weight × ln((n + 1) / df)`, in thousandths, where `n` is
//! the number of studies and `df` the number that share the tag: a tag that half the library carries says little. This
//! is the inverse document frequency of information retrieval (K. Spärck Jones, 1972).

mod best;
mod traits;

use std::cell::RefCell;
use std::cmp::Reverse;
use std::hash::{Hash, Hasher};
use std::sync::OnceLock;

use self::best::Scratch;
use self::traits::Traits;
use super::links::Links;
use crate::content::{Direction, Library, Study};
use crate::id::Id;
use crate::vocabulary::{Factor, System, Theme};

/// How many neighbours a page shows besides those that authors linked.
const SHOWN: usize = 6;
/// How many reasons are given for each.
const REASONS: usize = 3;

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

/// The neighbours of every study, sought when they are first asked for.
#[derive(Debug)]
pub(super) struct Related {
    traits: Traits,
    found: Vec<OnceLock<Vec<Neighbour>>>,
}

/// What is found follows from the traits, and those from the tags of the studies.
impl Hash for Related {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.traits.hash(state);
    }
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

impl Traits {
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

/// The first direction of a set of bits.
fn direction(bits: u8) -> Direction {
    Direction::ALL
        .into_iter()
        .find(|direction| bits & (1 << *direction as u8) != 0)
        .unwrap_or(Direction::Mixed)
}
