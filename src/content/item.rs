//! Content that has a page of its own.

use super::library::Library;
use super::study::Study;
use crate::id::Id;

/// A study, a review or a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Item {
    /// A study.
    Study(Id<Study>),
    /// The review of this place in [`Library::reviews`].
    Review(usize),
    /// The page of this place in [`Library::pages`].
    Page(usize),
}

impl Item {
    /// What it is, in a word.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Study(_) => "study",
            Self::Review(_) => "review",
            Self::Page(_) => "page",
        }
    }

    /// Its title.
    pub fn title(self, library: &Library) -> &str {
        match self {
            Self::Study(id) => &library.study(id).title,
            Self::Review(index) => &library.reviews()[index].title,
            Self::Page(index) => &library.pages()[index].title,
        }
    }

    /// The file of its page, relative to the site.
    pub fn output_path(self, library: &Library) -> String {
        match self {
            Self::Study(id) => library.study(id).output_path(),
            Self::Review(index) => library.reviews()[index].output_path(),
            Self::Page(index) => library.pages()[index].output_path(),
        }
    }
}
