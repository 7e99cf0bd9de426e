//! Which studies a value is made from: noted while it is made, so that it need not be made again when others change.
//!
//! [`Library`](super::Library) notes each study that is asked for while somebody on the same thread is [`noting`].

use std::cell::RefCell;

use serde::{Deserialize, Serialize};

use super::Study;
use crate::id::Id;

/// The studies that something was made from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reads {
    /// Whether it was all of them.
    all: bool,
    /// Sorted and without doubles; of no meaning if it was all.
    some: Vec<u32>,
}

thread_local! {
    /// What is being made, each part of what stands before it.
    static OPEN: RefCell<Vec<Reads>> = const { RefCell::new(Vec::new()) };
}

/// Makes a value, and notes by which studies. They don't count for what the value becomes a part of, until
/// [`Reads::count`] says so.
pub fn noting<T>(make: impl FnOnce() -> T) -> (T, Reads) {
    OPEN.with_borrow_mut(|open| open.push(Reads::default()));
    let value = make();
    let reads = OPEN.with_borrow_mut(Vec::pop);
    let mut reads = reads.expect("invariant: what is opened here is closed here");
    reads.tidy();
    (value, reads)
}

/// From so many on it is faster to tick them off than to sort them.
const MANY: usize = 1_000;

impl Reads {
    fn tidy(&mut self) {
        if self.all {
            self.some = Vec::new();
        } else if self.some.len() < MANY {
            self.some.sort_unstable();
            self.some.dedup();
            self.some.shrink_to_fit();
        } else {
            let last = self.some.iter().max().copied().unwrap_or_default();
            let mut are_read = vec![false; last as usize + 1];
            for study in &self.some {
                are_read[*study as usize] = true;
            }
            let numbered = (0..).zip(are_read);
            self.some = numbered
                .filter(|(_, is)| *is)
                .map(|(study, _)| study)
                .collect();
        }
    }

    /// Counts these studies for what is being made.
    pub fn count(&self) {
        note(|open| {
            open.all |= self.all;
            open.some.extend_from_slice(&self.some);
        });
    }

    /// Whether one of these studies was among them; each study has its place in the list.
    pub fn meet(&self, studies: &[bool]) -> bool {
        match self.all {
            true => studies.contains(&true),
            false => self.some.iter().any(|study| studies[*study as usize]),
        }
    }
}

/// Notes that a study was asked for.
pub(super) fn study(id: Id<Study>) {
    note(|open| {
        let id = u32::try_from(id.index()).expect("invariant: ids have 32 bits");
        // Most are asked for many times in a row.
        if open.some.last() != Some(&id) {
            open.some.push(id);
        }
    });
}

/// Notes that all studies were asked for.
pub(super) fn all_studies() {
    note(|open| open.all = true);
}

fn note(change: impl FnOnce(&mut Reads)) {
    OPEN.with_borrow_mut(|open| {
        if let Some(open) = open.last_mut() {
            change(open);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(some: &[u32]) -> Reads {
        Reads {
            all: false,
            some: some.to_vec(),
        }
    }

    #[test]
    fn what_is_asked_for_is_noted_once() {
        let ((), noted) = noting(|| [3, 1, 3, 3].map(Id::new).into_iter().for_each(study));
        assert_eq!(noted, reads(&[1, 3]));
        study(Id::new(1));
        let ((), noted) = noting(|| ());
        assert_eq!(
            noted,
            reads(&[]),
            "what was asked for before does not count"
        );
    }

    #[test]
    fn many_are_noted_like_few() {
        let ((), noted) = noting(|| {
            for id in (0..3_000).rev().step_by(3).chain(0..1_000) {
                study(Id::new(id));
            }
        });
        let mut expected: Vec<u32> = (0..3_000).rev().step_by(3).chain(0..1_000).collect();
        expected.sort_unstable();
        expected.dedup();
        assert_eq!(noted, reads(&expected));
    }

    #[test]
    fn a_part_counts_when_it_is_said_to() {
        let ((), noted) = noting(|| {
            let ((), part) = noting(|| study(Id::new(1)));
            let ((), aside) = noting(|| study(Id::new(2)));
            study(Id::new(3));
            part.count();
            part.count();
            assert_eq!(aside, reads(&[2]));
        });
        assert_eq!(noted, reads(&[1, 3]));
    }

    #[test]
    fn all_are_more_than_some() {
        let ((), all) = noting(|| {
            study(Id::new(1));
            all_studies();
        });
        let changed = |at: &[usize]| [0, 1, 2].map(|study| at.contains(&study));
        assert!(all.meet(&changed(&[2])));
        assert!(!all.meet(&changed(&[])));
        assert!(reads(&[0, 2]).meet(&changed(&[2])));
        assert!(!reads(&[0, 2]).meet(&changed(&[1])));
        let ((), whole) = noting(|| all.count());
        assert_eq!(whole, all);
    }
}
