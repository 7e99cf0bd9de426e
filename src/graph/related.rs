//! Related studies: neighbours by shared factors, themes, systems and programmes, weighted by rarity.
//!
//! The score of a pair is the sum over all that both share of `weight × ln((n + 1) / df)`, in thousandths, where `n` is
//! the number of studies and `df` the number that share the tag: a tag that half the library carries says little. This
//! is the inverse document frequency of information retrieval (K. Spärck Jones, 1972).
//!
//! The best are found exactly without looking at every pair: tags are taken rare first, and common ones are skipped as
//! soon as no study that shares only those could still come among the best (the bound of H. Turtle and J. Flood's
//! MaxScore, 1995).

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rayon::prelude::*;

use super::links::Links;
use crate::content::{Direction, Library, Study};
use crate::id::Id;
use crate::vocabulary::{Factor, System, Theme};

/// How many neighbours a page shows besides those that authors linked.
const SHOWN: usize = 6;
/// How many reasons are given for each.
const REASONS: usize = 3;

/// How many entries of a list are read in the time in which one candidate is completed, roughly.
const COMPLETION: usize = 4;

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

/// For every study the most similar ones: six, and one more for each study that an author linked, so that enough
/// remain when those are shown by themselves. Withdrawn studies have none and are none.
pub fn related(library: &Library, links: &Links) -> Vec<Vec<Neighbour>> {
    let index = Index::new(library);
    (0..library.study_count())
        .into_par_iter()
        .map_init(
            || Scores::new(library.study_count()),
            |scores, study| {
                let id = Id::new(study);
                let most = SHOWN + links.of(id).len();
                index
                    .best(study, most, scores)
                    .into_iter()
                    .map(|(score, other)| Neighbour {
                        study: Id::new(other),
                        score,
                        reasons: index.reasons(study, other, library),
                    })
                    .collect()
            },
        )
        .collect()
}

/// The tags of all studies and the studies of all tags.
struct Index {
    studies: Vec<Vec<Tag>>,
    postings: Vec<Vec<(u32, u8)>>,
    /// Rarity of each tag, in thousandths.
    rarity: Vec<u32>,
    factors: usize,
    themes: usize,
    systems: usize,
}

/// Partial scores of one thread, reused from study to study.
struct Scores {
    of: Vec<u32>,
    touched: Vec<u32>,
}

impl Scores {
    fn new(studies: usize) -> Self {
        Self {
            of: vec![0; studies],
            touched: Vec::new(),
        }
    }

    fn clear(&mut self) {
        for &study in &self.touched {
            self.of[study as usize] = 0;
        }
        self.touched.clear();
    }
}

impl Index {
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

    /// What sharing a tag adds to the score of a pair.
    fn gain(&self, tag: u32, bits: u8, other_bits: u8) -> u32 {
        let tag = tag as usize;
        let weight = if tag < self.factors {
            if bits & other_bits != 0 {
                SAME_DIRECTION
            } else {
                OTHER_DIRECTION
            }
        } else if tag < self.factors + self.themes + self.systems {
            TAG
        } else {
            PROGRAMME
        };
        weight * self.rarity[tag]
    }

    /// The most that sharing a tag can add.
    fn bound(&self, (tag, bits): Tag) -> u32 {
        self.gain(tag, bits, bits)
    }

    /// The `most` best scores with their studies; ties go by slug, which is the order of the ids.
    fn best(&self, study: usize, most: usize, scores: &mut Scores) -> Vec<(u32, usize)> {
        scores.clear();
        let mut own = self.studies[study].clone();
        own.sort_by_key(|&tag| (Reverse(self.bound(tag)), tag));
        let mut rest: u32 = own.iter().map(|&tag| self.bound(tag)).sum();
        let mut floor = 0;
        let mut top = 0;
        let mut done = 0;
        let mut partial = Vec::new();
        for &(tag, bits) in &own {
            let list = &self.postings[tag as usize];
            // Finding the bound costs a pass over the candidates: it is worth it only when the best of them is above it,
            // and before a long list.
            if top > rest && list.len() > scores.touched.len() / 4 && scores.touched.len() >= most {
                floor = kth(&scores.of, &scores.touched, most, &mut partial);
                // Each candidate that is left must be completed by itself, which costs more than a place in the list.
                let left = partial.iter().filter(|&&score| score + rest >= floor);
                if floor > rest && left.count() * COMPLETION < list.len() {
                    break;
                }
            }
            let (same, different) = (self.bound((tag, bits)), self.gain(tag, bits, 0));
            for &(other, other_bits) in list {
                if other as usize == study {
                    continue;
                }
                let score = &mut scores.of[other as usize];
                let gain = if bits & other_bits != 0 {
                    same
                } else {
                    different
                };
                if *score == 0 && gain > 0 {
                    scores.touched.push(other);
                }
                *score += gain;
                top = top.max(*score);
            }
            rest -= self.bound((tag, bits));
            done += 1;
        }
        // Tags that were skipped can still add to what is left of the candidates, best partial score first: when even
        // all of them could not lift a candidate among the best, they can't lift any behind it.
        let mut left = own[done..].to_vec();
        left.sort_unstable();
        let mut candidates: Vec<(Reverse<u32>, u32)> = scores
            .touched
            .iter()
            .map(|&other| (Reverse(scores.of[other as usize]), other))
            .filter(|(Reverse(score), _)| score + rest >= floor)
            .collect();
        candidates.sort_unstable();
        let mut best: Vec<(Reverse<u32>, u32)> = Vec::with_capacity(most + 1);
        for (Reverse(partial), other) in candidates {
            let full = best.len() >= most;
            if full
                && best
                    .last()
                    .is_none_or(|(Reverse(last), _)| partial + rest < *last)
            {
                break;
            }
            let score = partial + self.shared(&left, other as usize);
            let at = best.partition_point(|known| *known < (Reverse(score), other));
            best.insert(at, (Reverse(score), other));
            best.truncate(most);
        }
        best.into_iter()
            .map(|(Reverse(score), other)| (score, other as usize))
            .collect()
    }

    /// What a study gains from those of `tags` (sorted) that it has too.
    fn shared(&self, tags: &[Tag], other: usize) -> u32 {
        let Some((first, _)) = tags.first() else {
            return 0;
        };
        let others = &self.studies[other];
        let from = others.partition_point(|(known, _)| known < first);
        let mut others = others[from..].iter().peekable();
        let mut gain = 0;
        for &(tag, bits) in tags {
            while others.next_if(|(known, _)| *known < tag).is_some() {}
            if let Some(&(_, other_bits)) = others.next_if(|(known, _)| *known == tag) {
                gain += self.gain(tag, bits, other_bits);
            }
        }
        gain
    }

    fn reasons(&self, study: usize, other: usize, library: &Library) -> Vec<Reason> {
        let others = &self.studies[other];
        let mut shared: Vec<(u32, u32, Reason)> = self.studies[study]
            .iter()
            .filter_map(|&(tag, bits)| {
                let at = others.binary_search_by_key(&tag, |&(tag, _)| tag).ok()?;
                let other_bits = others[at].1;
                let gain = self.gain(tag, bits, other_bits);
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

/// The `most`-th best of the partial scores.
fn kth(scores: &[u32], touched: &[u32], most: usize, buffer: &mut Vec<u32>) -> u32 {
    buffer.clear();
    buffer.extend(touched.iter().map(|&study| scores[study as usize]));
    let at = most.saturating_sub(1);
    *buffer
        .select_nth_unstable_by_key(at, |&score| Reverse(score))
        .1
}

fn as_u32(index: usize) -> u32 {
    u32::try_from(index).expect("invariant: fewer than 2^32 tags and studies")
}
