//! What can be found: the records of a library in the order in which they are numbered, and the texts of each.

use std::borrow::Cow;
use std::cmp::Reverse;

use super::plain_text::{Block, blocks};
use super::visit::{Hashed, Named, NamesKeys, Visit};
use crate::content::{Account, Evidence, Library, Reference, Said, Study};
use crate::id::Id;
use crate::markdown::Written;
use crate::memo::Key;
use crate::vocabulary::{Factor, GlossaryEntry, System, Term, Theme};

/// What a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    Study(Id<Study>),
    Review(usize),
    Page(usize),
    Theme(Id<Theme>),
    Factor(Id<Factor>),
    System(Id<System>),
    Glossary(Id<GlossaryEntry>),
    Reference(Id<Reference>),
}

/// Kinds of record: key in the address of a search, name, and what a hit in one is worth beside a hit in a study.
pub(super) const KINDS: [(&str, &str, f32); 8] = [
    ("study", "Case study", 1.0),
    ("review", "Thematic review", 1.0),
    ("page", "About the library", 0.7),
    ("theme", "Theme", 0.7),
    ("factor", "Factor", 0.7),
    ("system", "System", 0.7),
    ("term", "Glossary entry", 0.6),
    ("reference", "Reference", 0.6),
];

impl Subject {
    /// Its place in [`KINDS`].
    pub(super) fn kind(self) -> usize {
        match self {
            Self::Study(_) => 0,
            Self::Review(_) => 1,
            Self::Page(_) => 2,
            Self::Theme(_) => 3,
            Self::Factor(_) => 4,
            Self::System(_) => 5,
            Self::Glossary(_) => 6,
            Self::Reference(_) => 7,
        }
    }
}

/// A part of a record; the order is that of [`WEIGHTS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Title,
    Summary,
    /// Names of its themes, factors and systems, and of other lists.
    Label,
    /// Other words for them, and what abbreviations stand for: once for each word.
    OtherWord,
    Place,
    Partner,
    Evidence,
    Heading,
    Body,
}

/// What one occurrence of a word in a field is worth, in occurrences in a body.
const WEIGHTS: [f32; 9] = [14.0, 6.0, 4.0, 0.6, 8.0, 3.0, 2.0, 3.0, 1.0];

impl Field {
    /// What one occurrence of a word is worth.
    pub(super) fn weight(self) -> f32 {
        WEIGHTS[self as usize]
    }

    /// Whether phrases are looked for in it.
    pub(super) fn has_phrases(self) -> bool {
        self != Self::OtherWord
    }

    /// Whether its texts are those of the vocabulary, which many records share.
    pub(super) fn recurs(self) -> bool {
        matches!(self, Self::Label | Self::OtherWord)
    }

    /// Whether it is sentences, from which an excerpt may be taken.
    pub(super) fn is_told(self) -> bool {
        matches!(self, Self::Evidence | Self::Body)
    }
}

/// What records are made from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Site<'s> {
    pub(super) library: &'s Library,
    pub(super) written: Written<'s>,
}

/// All records in order: studies and reviews, newest first; then the rest, kind by kind. A record's number is its place.
pub(super) fn subjects(library: &Library) -> Vec<Subject> {
    let vocabulary = &library.vocabulary;
    let studies = library
        .listed_studies()
        .map(|(id, study)| (study.published, &study.title, Subject::Study(id)));
    let reviews = library.reviews().iter().enumerate();
    let reviews = reviews
        .filter(|(_, review)| review.is_listed())
        .map(|(index, review)| (review.published, &review.title, Subject::Review(index)));
    let mut dated: Vec<_> = studies.chain(reviews).collect();
    // Stable: what has one day and one title keeps the order of the library.
    dated.sort_by_key(|(published, title, _)| (Reverse(*published), *title));
    let mut subjects: Vec<Subject> = dated.into_iter().map(|(_, _, subject)| subject).collect();
    subjects.extend((0..library.pages().len()).map(Subject::Page));
    subjects.extend(vocabulary.themes.ids().map(Subject::Theme));
    subjects.extend(vocabulary.factors.ids().map(Subject::Factor));
    subjects.extend(vocabulary.systems.ids().map(Subject::System));
    subjects.extend(vocabulary.glossary.ids().map(Subject::Glossary));
    subjects.extend(library.references.ids().map(Subject::Reference));
    subjects
}

impl<'s> Site<'s> {
    /// The hash of all texts of some records.
    pub(super) fn key(self, subjects: &[Subject], names: &NamesKeys) -> Key {
        let mut hashed = Hashed::new(names);
        for subject in subjects {
            self.lines(*subject, &mut hashed);
            hashed.end_record(self.html_key(*subject));
        }
        hashed.key()
    }

    /// Goes through all texts of a record, whose body this is.
    pub(super) fn texts(self, subject: Subject, html: &str, visit: &mut impl Visit) {
        self.lines(subject, visit);
        blocks(html, |piece, text| {
            let field = match piece {
                Block::Heading => Field::Heading,
                Block::Text => Field::Body,
            };
            visit.text(field, text);
        });
    }

    /// The body of a record as HTML, in which code may have no markup; empty if it has none.
    pub(super) fn html(self, subject: Subject) -> Cow<'s, str> {
        let path = self.path(subject);
        let words = path.and_then(|path| self.written.words(path));
        words.unwrap_or_default()
    }

    /// The hash of it; empty if there is none.
    fn html_key(self, subject: Subject) -> &'s [u8] {
        let path = self.path(subject);
        path.and_then(|path| self.written.key(path)).unwrap_or(&[])
    }

    /// The file that the body of a record is in.
    fn path(self, subject: Subject) -> Option<&'s str> {
        let library = self.library;
        let path = match subject {
            Subject::Study(id) => &library.study(id).path,
            Subject::Review(index) => &library.reviews()[index].path,
            Subject::Page(index) => &library.pages()[index].path,
            _ => return None,
        };
        Some(path)
    }

    /// Goes through what stands outside of a body.
    fn lines(self, subject: Subject, visit: &mut impl Visit) {
        let library = self.library;
        let vocabulary = &library.vocabulary;
        match subject {
            Subject::Study(id) => self.study(id, visit),
            Subject::Review(index) => {
                let review = &library.reviews()[index];
                visit.text(Field::Title, &review.title);
                visit.text(Field::Summary, &review.summary);
                for author in &review.authors {
                    visit.text(Field::Partner, author);
                }
                for theme in &review.themes {
                    visit.names(Named::Theme(*theme));
                }
            }
            Subject::Page(index) => {
                let page = &library.pages()[index];
                visit.text(Field::Title, &page.title);
                visit.text(Field::Summary, &page.summary);
            }
            Subject::Theme(id) => term(vocabulary.themes.get(id), |term| &term.definition, visit),
            Subject::Factor(id) => term(vocabulary.factors.get(id), |term| &term.definition, visit),
            Subject::System(id) => {
                let system = vocabulary.systems.get(id);
                term(
                    system,
                    |system| system.region.as_deref().unwrap_or(""),
                    visit,
                );
            }
            Subject::Glossary(id) => {
                let entry = vocabulary.glossary.get(id);
                visit.text(Field::Title, &entry.abbr);
                visit.text(Field::Title, &entry.expansion);
                visit.text(Field::Summary, &entry.definition);
            }
            Subject::Reference(id) => {
                let reference = library.references.get(id);
                visit.text(Field::Title, &reference.title);
                for author in &reference.authors {
                    visit.text(Field::Place, author);
                }
                visit.text(Field::Partner, reference.publisher.as_deref().unwrap_or(""));
                visit.text(Field::Partner, &reference.year_label());
                for theme in &reference.themes {
                    visit.text(Field::Label, &vocabulary.themes.get(*theme).label);
                }
            }
        }
    }

    fn study(self, id: Id<Study>, visit: &mut impl Visit) {
        let (study, account) = (self.library.study(id), self.library.account(id));
        visit.text(Field::Title, &study.title);
        visit.text(Field::Summary, self.library.summary(id));
        for theme in &study.themes {
            visit.names(Named::Theme(*theme));
        }
        for citation in &study.citations {
            visit.names(Named::Factor(citation.factor));
        }
        for system in &study.systems {
            visit.names(Named::System(*system));
        }
        let choices = study.levels.iter().chain(&study.organisational_levels);
        for choice in choices.chain(&study.programme).chain(&study.design) {
            visit.text(Field::Label, &choice.label);
        }
        visit.text(Field::Place, study.place.as_deref().unwrap_or(""));
        visit.text(Field::Partner, account.population.as_deref().unwrap_or(""));
        for partner in &study.partners {
            visit.text(Field::Partner, &partner.name);
        }
        for text in evidence(self.library.said(id), account) {
            visit.text(Field::Evidence, text);
        }
    }
}

/// The sentences of a study's front matter, the most telling first.
fn evidence<'s>(said: &'s [Said], account: &'s Account) -> impl Iterator<Item = &'s str> {
    let said = said.iter();
    let evidence = said.clone().filter_map(|said| said.evidence.as_ref());
    let terms = said.flat_map(|said| said.condition.iter().chain(&said.response));
    let outcomes = account
        .outcomes
        .iter()
        .flat_map(|outcome| std::iter::once(&outcome.measure).chain(&outcome.finding));
    let chains = account
        .configurations
        .iter()
        .flat_map(|chain| [&chain.context, &chain.mechanism, &chain.outcome]);
    let Evidence { note, limitations } = &account.evidence;
    evidence
        .chain(terms)
        .chain(outcomes)
        .chain(chains)
        .chain(note)
        .chain(limitations)
        .map(String::as_str)
}

fn term<'t, T: Term>(term: &'t T, definition: impl Fn(&'t T) -> &'t str, visit: &mut impl Visit) {
    visit.text(Field::Title, term.label());
    for alias in term.aliases() {
        visit.text(Field::Label, &alias.value);
    }
    visit.text(Field::Summary, definition(term));
}
