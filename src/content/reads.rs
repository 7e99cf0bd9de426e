//! Which studies a value is made from: noted while it is made, so that it need not be made again when others change.
//!
//! [`Library`](super::Library) notes each study that is asked for while somebody on the same thread is [`noting`]. That is its
//! front matter; whoever shows its text says so ([`body`]), since most pages don't and most edits are of texts.

use std::cell::RefCell;

use serde::{Deserialize, Serialize};

use super::Study;
use crate::id::Id;

/// The studies that something was made from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reads {
    /// Whether it was the front matter of all of them.
    all: bool,
    /// Twice the number of each whose front matter was read, and one more where it was the text. Sorted and without doubles.
    some: Vec<u32>,
}

/// Of each study, whether its front matter or its text has changed.
#[derive(Debug, Default)]
pub struct Changed {
    /// Whether some front matter has.
    any: bool,
    /// In the order of [`Reads::some`].
    by_place: Vec<bool>,
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
            self.some.retain(|place| place % 2 == 1);
        }
        if self.some.len() < MANY {
            self.some.sort_unstable();
            self.some.dedup();
            self.some.shrink_to_fit();
            return;
        }
        let last = self.some.iter().max().copied().unwrap_or_default();
        let mut are_read = vec![false; last as usize + 1];
        for place in &self.some {
            are_read[*place as usize] = true;
        }
        let numbered = (0..).zip(are_read);
        self.some = numbered
            .filter(|(_, is)| *is)
            .map(|(place, _)| place)
            .collect();
    }

    /// Counts these studies for what is being made.
    pub fn count(&self) {
        note(|open| {
            open.all |= self.all;
            open.some.extend_from_slice(&self.some);
        });
    }

    /// Whether something has changed that was read.
    pub fn meet(&self, changed: &Changed) -> bool {
        let has_changed = |place: &u32| changed.by_place[*place as usize];
        self.all && changed.any || self.some.iter().any(has_changed)
    }
}

impl Changed {
    /// Takes in, study by study, whether its front matter and whether its text has changed.
    pub fn of(studies: impl Iterator<Item = (bool, bool)>) -> Self {
        let mut changed = Self::default();
        for (front, body) in studies {
            changed.any |= front;
            changed.by_place.extend([front, body]);
        }
        changed
    }
}

/// Notes that the text of a study is shown.
pub fn body(id: Id<Study>) {
    note(|open| open.some.push(place(id) + 1));
}

/// Notes that a study was asked for.
pub(super) fn study(id: Id<Study>) {
    let place = place(id);
    note(|open| {
        // Most are asked for many times in a row.
        if open.some.last() != Some(&place) {
            open.some.push(place);
        }
    });
}

/// Notes that all studies were asked for.
pub(super) fn all_studies() {
    note(|open| open.all = true);
}

fn place(id: Id<Study>) -> u32 {
    u32::try_from(id.index() * 2)
        .expect("invariant: fewer than 2^31 studies, of which each is a file")
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

    /// Those of the front matter of these studies.
    fn reads(some: &[u32]) -> Reads {
        Reads {
            all: false,
            some: some.iter().map(|study| study * 2).collect(),
        }
    }

    /// Three studies, of which some have changed.
    fn changed(fronts: &[usize], bodies: &[usize]) -> Changed {
        let studies = 0..3;
        Changed::of(studies.map(|study| (fronts.contains(&study), bodies.contains(&study))))
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
        let asked = || (0..3_000).rev().step_by(3).chain(0..1_000);
        let ((), noted) = noting(|| asked().for_each(|id| study(Id::new(id as usize))));
        let expected: std::collections::BTreeSet<u32> = asked().collect();
        let expected: Vec<u32> = expected.into_iter().collect();
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
        assert!(all.meet(&changed(&[2], &[])));
        assert!(!all.meet(&changed(&[], &[0, 1, 2])), "no text was shown");
        assert!(reads(&[0, 2]).meet(&changed(&[2], &[])));
        assert!(!reads(&[0, 2]).meet(&changed(&[1], &[0, 2])));
        let ((), whole) = noting(|| all.count());
        assert_eq!(whole, all);
    }

    #[test]
    fn a_text_counts_where_it_is_shown() {
        let ((), shown) = noting(|| {
            all_studies();
            body(Id::new(1));
        });
        assert!(shown.meet(&changed(&[], &[1])));
        assert!(!shown.meet(&changed(&[], &[0, 2])));
    }
}
