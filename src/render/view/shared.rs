//! What many pages show alike, made once.

use std::fmt;
use std::sync::OnceLock;

use anyhow::Result;
use tera::Value;

use super::cards::StudyCard;
use super::direction_value;
use super::map::Maps;
use super::matrix::Rows;
use super::points::Shown;
use crate::content::reads::{self, Reads};
use crate::content::{Direction, Library};
use crate::date::PartialDate;
use crate::memo::{Key, hash_of};
use crate::render::picture::Axis;
use crate::render::value::{object, text};

/// A part of pages, made when it is first asked for; a mistake of the skin is kept as its message. Each page that asks for
/// it is made from what it is made from.
pub(super) struct Made<T>(OnceLock<(Result<T, String>, Reads)>);

impl<T> Default for Made<T> {
    fn default() -> Self {
        Self(OnceLock::new())
    }
}

impl<T> Made<T> {
    pub(super) fn get(&self, make: impl FnOnce() -> Result<T>) -> &Result<T, String> {
        let (made, reads) = self
            .0
            .get_or_init(|| reads::noting(|| make().map_err(|error| format!("{error:#}"))));
        reads.count();
        made
    }
}

/// What many pages show alike, each made when the first page asks for it.
pub struct Shared {
    pub(super) studies: Vec<StudyCard>,
    pub(super) references: Vec<Made<Value>>,
    /// The counterpoints by factor and by its direction on the page.
    pub(super) points: Vec<[Made<Option<Shown>>; 3]>,
    /// The rows of every matrix where frameworks regroup them.
    pub(super) rows: Made<Rows>,
    pub(super) maps: OnceLock<Maps>,
    /// The years in which studies took place.
    pub(super) axis: OnceLock<Option<Axis>>,
    pub(super) facets: OnceLock<Value>,
    pub(super) directions: [Value; 3],
    /// Links to themes, factors and systems.
    pub(super) themes: Vec<Link>,
    pub(super) factors: Vec<Link>,
    pub(super) systems: Vec<Link>,
}

/// A link as a template value, and its fields.
pub(super) struct Link {
    pub(super) value: Value,
    pub(super) label: Value,
    pub(super) path: Value,
}

impl Link {
    fn to(label: &str, path: String) -> Self {
        let (label, path) = (text(label), text(path));
        let value = object([("label", label.clone()), ("path", path.clone())]);
        Self { value, label, path }
    }
}

impl Shared {
    /// Room for what the pages of a library share.
    pub fn new(library: &Library) -> Self {
        let vocabulary = &library.vocabulary;
        let (themes, factors) = (vocabulary.themes.iter(), vocabulary.factors.iter());
        let systems = vocabulary.systems.iter();
        Self {
            studies: library.studies().map(|_| StudyCard::default()).collect(),
            references: library.references.iter().map(|_| Made::default()).collect(),
            points: vocabulary
                .factors
                .ids()
                .map(|_| Default::default())
                .collect(),
            rows: Made::default(),
            maps: OnceLock::new(),
            axis: OnceLock::new(),
            facets: OnceLock::new(),
            directions: Direction::ALL.map(direction_value),
            themes: themes
                .map(|(_, theme)| Link::to(&theme.label, theme.output_path()))
                .collect(),
            factors: factors
                .map(|(_, factor)| Link::to(&factor.label, factor.output_path()))
                .collect(),
            systems: systems
                .map(|(_, system)| Link::to(&system.label, system.output_path()))
                .collect(),
        }
    }

    /// The hash of what comes from all studies and is shown by so many pages that it counts as a part of the site, not as
    /// all the studies.
    pub fn key(&self, library: &Library) -> Key {
        hash_of(&self.axis(library))
    }

    /// The years in which studies took place.
    pub(super) fn axis(&self, library: &Library) -> Option<&Axis> {
        let axis = self.axis.get_or_init(|| reads::noting(|| axis(library)).0);
        axis.as_ref()
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared").finish_non_exhaustive()
    }
}

/// The axis on which the periods of all listed studies fit that say when they began.
fn axis(library: &Library) -> Option<Axis> {
    let dated = library
        .listed_studies()
        .filter(|(_, study)| study.start.is_some());
    let days = dated.flat_map(|(_, study)| [study.start, study.end]);
    Axis::spanning(days.flatten().map(PartialDate::year))
}
