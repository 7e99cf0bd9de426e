//! The library: everything that the site is made of, read-only. Whoever asks for studies is noted ([`reads`]).

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::account::{Account, FrontMatter, Said};
use super::evidence::References;
use super::page::Page;
use super::reads;
use super::review::Review;
use super::study::{Citation, Direction, Status, Study};
use crate::id::Id;
use crate::vocabulary::Vocabulary;

/// All content of a library, sorted; with lookup by slug.
#[derive(Debug, Default)]
pub struct Library {
    /// The controlled vocabulary.
    pub vocabulary: Arc<Vocabulary>,
    /// References, sorted by id.
    pub references: References,
    studies: Vec<Arc<FrontMatter>>,
    reviews: Vec<Review>,
    pages: Vec<Page>,
    unbuilt: Vec<Unbuilt>,
    study_by_slug: FxHashMap<String, Id<Study>>,
}

/// Content that is there but not built: a draft, or a file with mistakes.
#[derive(Debug, Clone)]
pub struct Unbuilt {
    /// Path of its file.
    pub path: Arc<str>,
    /// The name that its address would have.
    pub slug: String,
    /// Its status, or `None` when its front matter can't be used.
    pub status: Option<Status>,
    /// Whether it is a study.
    pub study: bool,
}

impl Library {
    /// Puts a library together; everything is sorted by slug.
    pub fn new(
        vocabulary: Arc<Vocabulary>,
        references: References,
        mut studies: Vec<Arc<FrontMatter>>,
        mut reviews: Vec<Review>,
        mut pages: Vec<Page>,
        unbuilt: Vec<Unbuilt>,
    ) -> Self {
        studies.sort_by(|a, b| a.study.slug.cmp(&b.study.slug));
        reviews.sort_by(|a, b| a.slug.cmp(&b.slug));
        pages.sort_by(|a, b| a.slug.cmp(&b.slug));
        let study_by_slug = studies
            .iter()
            .enumerate()
            .map(|(index, parts)| (parts.study.slug.clone(), Id::new(index)))
            .collect();
        Self {
            vocabulary,
            references,
            studies,
            reviews,
            pages,
            unbuilt,
            study_by_slug,
        }
    }

    /// All studies that are built, withdrawn ones included, sorted by slug.
    pub fn studies(&self) -> impl Iterator<Item = (Id<Study>, &Study)> {
        reads::all_studies();
        self.studies
            .iter()
            .enumerate()
            .map(|(index, parts)| (Id::new(index), &parts.study))
    }

    /// The studies that lists, counts and links show.
    pub fn listed_studies(&self) -> impl Iterator<Item = (Id<Study>, &Study)> {
        self.studies().filter(|(_, study)| study.is_listed())
    }

    /// How many studies are built.
    pub fn study_count(&self) -> usize {
        self.studies.len()
    }

    /// A study.
    pub fn study(&self, id: Id<Study>) -> &Study {
        reads::study(id);
        &self.studies[id.index()].study
    }

    /// What a study is about.
    pub fn summary(&self, id: Id<Study>) -> &str {
        reads::summary(id);
        &self.studies[id.index()].summary
    }

    /// What a study says of each of its factors, in the order of [`Study::citations`].
    pub fn said(&self, id: Id<Study>) -> &[Said] {
        reads::said(id);
        &self.studies[id.index()].said
    }

    /// The citations of a study in one direction, each with what is said of it.
    pub fn cited(
        &self,
        id: Id<Study>,
        direction: Direction,
    ) -> impl Iterator<Item = (&Citation, &Said)> {
        reads::study(id);
        reads::said(id);
        self.studies[id.index()].cited(direction)
    }

    /// What a study tells besides its summary and what it says of its factors.
    pub fn account(&self, id: Id<Study>) -> &Account {
        reads::account(id);
        &self.studies[id.index()].account
    }

    /// The study of a slug.
    pub fn find_study(&self, slug: &str) -> Option<Id<Study>> {
        self.study_by_slug.get(slug).copied()
    }

    /// All reviews that are built, sorted by slug.
    pub fn reviews(&self) -> &[Review] {
        &self.reviews
    }

    /// All pages, sorted by slug.
    pub fn pages(&self) -> &[Page] {
        &self.pages
    }

    /// Content that is not built, sorted by path.
    pub fn unbuilt(&self) -> &[Unbuilt] {
        &self.unbuilt
    }
}
