//! The studies of the highest scores.
//!
//! They are found exactly without scoring every pair. A column of 16-bit numbers for each common tag says, for every
//! study, what sharing that tag is worth, rounded up; processors add eight of them in one instruction, and so a study
//! gets a bound for all others in the time that it takes to read some fifteen columns. Rare tags have lists instead. Only the few
//! whose bound reaches the last of the best are then scored by all their tags.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::traits::{Tag, Traits, Worth, as_u32};

/// A tag that more than one in so many studies have is common. There can't be many: a study has some fifteen tags.
const COMMON: usize = 32;

/// Tags that add at most one in so many parts to the highest possible score are left out of the bounds: themes, mostly.
const SLACK: u32 = 8;

/// Bounds are multiples of this many thousandths, so that those of all but the most alike fit into 16 bits.
pub(super) const GRAIN: u32 = 4;

/// How many bounds are looked at together.
const BLOCK: usize = 64;

/// What one thread reuses from study to study.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    /// Of each study a bound of its score, in grains; the highest number stands for all above.
    bounds: Vec<i16>,
    /// What sharing each tag is worth to the study whose neighbours are sought.
    worth: Vec<Worth>,
}

impl Scratch {
    /// Fits the room to a library; all worth is nothing.
    pub(super) fn make_room(&mut self, traits: &Traits) {
        self.bounds.clear();
        self.bounds.resize(traits.studies.len(), 0);
        self.worth.resize(traits.rarity.len(), Worth::default());
    }

    /// Adds columns to the bounds, four at a time: each bound is read and written once for all of them. No number is less than
    /// nothing, so that it does not matter in which order they are added. This is where most of the time goes.
    fn add(&mut self, columns: &[&[i16]]) {
        let (fours, rest) = columns.as_chunks();
        for [one, two, three, four] in fours {
            let more = one.iter().zip(*two).zip(three.iter().zip(*four));
            for (bound, ((one, two), (three, four))) in self.bounds.iter_mut().zip(more) {
                let halves = [
                    bound.saturating_add(*one).saturating_add(*two),
                    three.saturating_add(*four),
                ];
                *bound = halves[0].saturating_add(halves[1]);
            }
        }
        for column in rest {
            for (bound, more) in self.bounds.iter_mut().zip(*column) {
                *bound = bound.saturating_add(*more);
            }
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
    /// The columns of all tags that are common, for each set of directions that a study has.
    pub(super) fn columns(&self) -> FxHashMap<Tag, Vec<i16>> {
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

    /// The `most` best scores with their studies.
    pub(super) fn best(
        &self,
        study: usize,
        most: usize,
        scratch: &mut Scratch,
    ) -> Vec<(u32, usize)> {
        let own = &self.studies[study];
        let mut tags: Vec<(Tag, Worth)> = own.iter().map(|&tag| (tag, self.worth(tag))).collect();
        tags.sort_unstable_by_key(|&(tag, worth)| (Reverse(worth.same), tag));
        let all: u32 = tags.iter().map(|(_, worth)| worth.same).sum();
        // What the tags that are left out can add to any bound.
        let mut slack = all;
        let mut columns: Vec<&[i16]> = Vec::with_capacity(tags.len());
        for &(tag, worth) in &tags {
            scratch.worth[tag.0 as usize] = worth;
            if slack <= all / SLACK {
                continue;
            }
            slack -= worth.same;
            match self.columns.get(&tag) {
                Some(column) => columns.push(column),
                None => scratch.add_listed(&self.postings[tag.0 as usize], worth),
            }
        }
        scratch.add(&columns);
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
}

fn as_score(bound: i16) -> u32 {
    u32::from(bound.unsigned_abs())
}

/// Whether a score of this bound, with what was left out of it, may reach a floor.
fn reaches(bound: i16, slack: u32, floor: u32) -> bool {
    bound == i16::MAX || as_score(bound) * GRAIN + slack >= floor.max(1)
}
