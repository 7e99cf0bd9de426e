//! Which studies a value is made from: noted while it is made, so that it need not be made again when others change.
//!
//! [`Library`](super::Library) notes each part of [`FrontMatter`](super::FrontMatter) that is asked for while somebody on the same
//! thread is [`noting`]. Whoever shows the text of a study says so ([`body`]). They are told apart because most pages show the study
//! itself, and most edits are of what it tells and of its text. Whoever shows studies in the order of a list notes that
//! ([`list_page`]), since a new title may give a study another place in it.

use std::cell::RefCell;

use serde::{Deserialize, Serialize};

use super::Study;
use crate::id::Id;

/// The studies that something was made from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reads {
    /// Whether it was all studies.
    all: bool,
    /// The places of those parts of studies that were read. Sorted and without doubles.
    some: Vec<u32>,
    /// The places of those pages of lists that were asked for, as they came: few are for more than one.
    list_pages: Vec<u32>,
}

/// What may change of a study by itself; the place of a part is that of its study times their number, and its own.
#[derive(Debug, Clone, Copy)]
enum Part {
    /// The study: what it is.
    Study,
    /// What it is about.
    Summary,
    /// What it says of its factors.
    Said,
    /// What else it tells.
    Account,
    /// Its text.
    Body,
}

/// How many there are.
pub const PARTS: usize = 5;

/// Of each part of each study, whether it has changed.
#[derive(Debug, Default)]
pub struct Changed {
    /// Whether some study has.
    any: bool,
    /// In the order of [`Reads::some`].
    by_place: Vec<bool>,
    /// Of each page of a list, whether it has.
    list_pages: Vec<bool>,
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
            let is_study = |place: &u32| *place as usize % PARTS == Part::Study as usize;
            self.some.retain(|place| !is_study(place));
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
            open.list_pages.extend_from_slice(&self.list_pages);
        });
    }

    /// Whether something has changed that was read.
    pub fn meet(&self, changed: &Changed) -> bool {
        let is_in = |places: &[bool], place: &u32| places[*place as usize];
        let list_page = |place| is_in(&changed.list_pages, place);
        self.all && changed.any
            || self.list_pages.iter().any(list_page)
            || self
                .some
                .iter()
                .any(|place| is_in(&changed.by_place, place))
    }
}

impl Changed {
    /// Takes in, study by study, which of its parts have changed: itself, its summary, what it says of its factors, what else it
    /// tells, its text; and which pages of lists have.
    pub fn of(
        studies: impl Iterator<Item = [bool; PARTS]>,
        list_pages: impl Iterator<Item = bool>,
    ) -> Self {
        let mut changed = Self {
            list_pages: list_pages.collect(),
            ..Self::default()
        };
        for parts in studies {
            changed.any |= parts[Part::Study as usize];
            changed.by_place.extend(parts);
        }
        changed
    }
}

/// Notes that the text of a study is shown.
pub fn body(id: Id<Study>) {
    note_part(id, Part::Body);
}

/// Notes that a study was asked for.
pub(super) fn study(id: Id<Study>) {
    note_part(id, Part::Study);
}

/// Notes that it was asked for the summary of a study.
pub(super) fn summary(id: Id<Study>) {
    note_part(id, Part::Summary);
}

/// Notes that it was asked for what a study says of its factors.
pub(super) fn said(id: Id<Study>) {
    note_part(id, Part::Said);
}

/// Notes that it was asked for what else a study tells.
pub(super) fn account(id: Id<Study>) {
    note_part(id, Part::Account);
}

/// Notes that it was asked for the studies of a page of a list; the place is that among the pages of all lists.
pub fn list_page(place: usize) {
    let place =
        u32::try_from(place).expect("invariant: fewer than 2^32 pages, each of which is a file");
    note(|open| open.list_pages.push(place));
}

/// Notes that all studies were asked for.
pub(super) fn all_studies() {
    note(|open| open.all = true);
}

fn note_part(id: Id<Study>, part: Part) {
    let place = u32::try_from(id.index() * PARTS + part as usize)
        .expect("invariant: fewer than 2^29 studies, of which each is a file");
    note(|open| {
        // Most are asked for many times in a row.
        if open.some.last() != Some(&place) {
            open.some.push(place);
        }
    });
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

    /// Those of these studies.
    fn reads(some: &[u32]) -> Reads {
        Reads {
            all: false,
            some: some.iter().map(|study| study * PARTS as u32).collect(),
            list_pages: Vec::new(),
        }
    }

    /// Three studies, of which some have changed, some in their summaries, in what they say of factors, in what else they tell,
    /// in their texts.
    fn changed(parts: [&[usize]; PARTS]) -> Changed {
        let studies = 0..3;
        let studies = studies.map(|study| parts.map(|changed| changed.contains(&study)));
        Changed::of(studies, std::iter::empty())
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
        let every = &[0, 1, 2][..];
        assert!(all.meet(&changed([&[2], &[], &[], &[], &[]])));
        assert!(
            !all.meet(&changed([&[], every, every, every, every])),
            "only the studies were asked for"
        );
        assert!(reads(&[0, 2]).meet(&changed([&[2], &[], &[], &[], &[]])));
        assert!(!reads(&[0, 2]).meet(&changed([&[1], every, every, every, every])));
        let ((), whole) = noting(|| all.count());
        assert_eq!(whole, all);
    }

    #[test]
    fn a_page_of_a_list_counts_where_it_is_shown() {
        let changed = |pages: [bool; 2]| Changed::of(std::iter::empty(), pages.into_iter());
        let ((), shown) = noting(|| list_page(1));
        let ((), whole) = noting(|| shown.count());
        assert_eq!(whole, shown);
        assert!(shown.meet(&changed([false, true])));
        assert!(!shown.meet(&changed([true, false])));
    }

    #[test]
    fn what_a_study_tells_and_its_text_count_where_they_are_shown() {
        let ((), shown) = noting(|| {
            all_studies();
            summary(Id::new(2));
            said(Id::new(1));
            account(Id::new(0));
            body(Id::new(1));
        });
        assert!(shown.meet(&changed([&[], &[2], &[], &[], &[]])));
        assert!(shown.meet(&changed([&[], &[], &[1], &[], &[]])));
        assert!(shown.meet(&changed([&[], &[], &[], &[0], &[]])));
        assert!(shown.meet(&changed([&[], &[], &[], &[], &[1]])));
        assert!(!shown.meet(&changed([&[], &[0, 1], &[0, 2], &[1, 2], &[0, 2]])));
    }
}
