//! The texts of a record, either for those who want every word, or for those who want to know whether they are the same as before.

use super::records::Field;
use crate::id::Id;
use crate::memo::{Digest, Key};
use crate::vocabulary::{Factor, System, Term, Terms, Theme, Vocabulary};

/// Goes through the texts of a record.
pub(super) trait Visit {
    /// A text.
    fn text(&mut self, field: Field, text: &str);

    /// All names of a term, which many records have.
    fn names(&mut self, term: Named);
}

/// A term of the vocabulary whose names are texts of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Named {
    Theme(Id<Theme>),
    Factor(Id<Factor>),
    System(Id<System>),
}

impl Named {
    /// Calls `visit` for each of the names.
    pub(super) fn names(self, vocabulary: &Vocabulary, visit: &mut impl FnMut(Field, &str)) {
        match self {
            Self::Theme(id) => names(vocabulary.themes.get(id), visit),
            Self::Factor(id) => names(vocabulary.factors.get(id), visit),
            Self::System(id) => names(vocabulary.systems.get(id), visit),
        }
    }
}

/// The label of a term, all its aliases, and its codes.
fn names(term: &impl Term, visit: &mut impl FnMut(Field, &str)) {
    visit(Field::Label, term.label());
    for alias in term.aliases() {
        visit(Field::OtherWord, &alias.value);
    }
    for code in term.codes() {
        visit(Field::OtherWord, code);
    }
}

/// No text has this byte, so that texts can't run into each other.
const BETWEEN: u8 = 0xff;

/// The hash of the names of each term.
#[derive(Debug)]
pub(super) struct NamesKeys {
    themes: Vec<Key>,
    factors: Vec<Key>,
    systems: Vec<Key>,
}

impl NamesKeys {
    pub(super) fn new(vocabulary: &Vocabulary) -> Self {
        fn keys<T: Term>(terms: &Terms<T>) -> Vec<Key> {
            let terms = terms.iter();
            let keys = terms.map(|(_, term)| {
                let mut digest = Digest::default();
                names(term, &mut |field, text| add(&mut digest, field, text));
                digest.key()
            });
            keys.collect()
        }
        Self {
            themes: keys(&vocabulary.themes),
            factors: keys(&vocabulary.factors),
            systems: keys(&vocabulary.systems),
        }
    }
}

fn add(digest: &mut Digest, field: Field, text: &str) {
    digest.add(&[BETWEEN, field as u8]);
    digest.add(text.as_bytes());
}

/// Has every text hashed, those of names by the hash that they have.
pub(super) struct Hashed<'k> {
    names: &'k NamesKeys,
    digest: Digest,
}

impl<'k> Hashed<'k> {
    pub(super) fn new(names: &'k NamesKeys) -> Self {
        let digest = Digest::default();
        Self { names, digest }
    }

    /// Ends a record, whose body has a hash or is none.
    pub(super) fn end_record(&mut self, body: &[u8]) {
        self.digest.add(&[BETWEEN, BETWEEN, BETWEEN]);
        self.digest.add(body);
    }

    /// The hash of all that was visited.
    pub(super) fn key(self) -> Key {
        self.digest.key()
    }
}

impl Visit for Hashed<'_> {
    fn text(&mut self, field: Field, text: &str) {
        add(&mut self.digest, field, text);
    }

    fn names(&mut self, term: Named) {
        let (kind, key) = match term {
            Named::Theme(id) => (0, &self.names.themes[id.index()]),
            Named::Factor(id) => (1, &self.names.factors[id.index()]),
            Named::System(id) => (2, &self.names.systems[id.index()]),
        };
        self.digest.add(&[BETWEEN, BETWEEN, kind]);
        self.digest.add(key.as_bytes());
    }
}
