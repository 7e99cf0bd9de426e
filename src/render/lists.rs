//! The lists of studies: all of them, and those of one theme, system, level or kind of evidence; each cut into pages.

use std::cmp::Reverse;
use std::hash::{Hash, Hasher};
use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::content::{Library, Study, reads};
use crate::id::Id;
use crate::memo::{Key, hash_of};
use crate::slug::slugify;
use crate::vocabulary::{Choice, ListField, System, Term, Theme};

/// What a list of studies can be narrowed by, in the order of [`Lists::facets`].
const THEMES: usize = 0;
const SYSTEMS: usize = 1;
const LEVELS: usize = 2;
const DESIGNS: usize = 3;

/// All lists of studies of the site. What is newest comes first, and by title what is of one day.
#[derive(Debug, Hash)]
pub struct Lists {
    newest: List,
    by_title: List,
    facets: [Facet; 4],
    per_page: usize,
}

/// The studies of a list.
#[derive(Debug, Default)]
struct List {
    /// In its order.
    studies: Vec<Id<Study>>,
    /// The place of its first page among those of all lists.
    first_page: usize,
}

/// Which studies it holds is left out: whoever asks for them is [noted](reads::list_page), and is made anew when they have changed.
impl Hash for List {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.studies.len().hash(state);
    }
}

/// Something that studies are told apart by.
#[derive(Debug, Hash)]
pub(super) struct Facet {
    /// Its part of the address: `theme`.
    pub(super) key: &'static str,
    /// What readers call it.
    pub(super) label: &'static str,
    /// Its values in the order of the vocabulary.
    pub(super) values: Vec<FacetValue>,
}

/// A value of a facet, and its studies.
#[derive(Debug, Hash)]
pub(super) struct FacetValue {
    /// Its part of the address.
    slug: String,
    pub(super) label: String,
    /// The page that tells more of it, if it has one.
    pub(super) about: Option<String>,
    /// Newest first.
    list: List,
}

/// Which studies a list holds, and in which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Selection {
    /// All, newest first.
    Newest,
    /// All, by title.
    ByTitle,
    /// Those of one value of a facet, newest first.
    Of { facet: usize, value: usize },
}

/// One page of a list of studies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct ListPage {
    pub(super) selection: Selection,
    /// From 1.
    pub(super) number: usize,
}

impl Lists {
    /// Sorts the studies of a library into all its lists, so many to a page.
    pub fn new(library: &Library, per_page: usize) -> Self {
        let mut newest: Vec<(Id<Study>, &Study)> = library.listed_studies().collect();
        newest.sort_by_key(|(id, study)| (Reverse(study.published), &study.title, *id));
        let mut by_title = newest.clone();
        by_title.sort_by_cached_key(|(id, study)| (slugify(&study.title), *id));
        let list = |studies: &[(Id<Study>, &Study)]| List {
            studies: studies.iter().map(|(id, _)| *id).collect(),
            first_page: 0,
        };
        let vocabulary = &library.vocabulary;
        let themes = vocabulary.themes.iter();
        let themes = themes.map(|(_, theme)| of_term(theme, theme.output_path()));
        let systems = vocabulary.systems.iter();
        let systems = systems.map(|(_, system)| of_term(system, system.output_path()));
        let facets = [
            Facet {
                key: "theme",
                label: "Theme",
                values: sorted(themes, &newest, |study, add| {
                    study.themes.iter().for_each(|theme| add(theme.index()));
                }),
            },
            Facet {
                key: "system",
                label: "System",
                values: sorted(systems, &newest, |study, add| {
                    study.systems.iter().for_each(|system| add(system.index()));
                }),
            },
            Facet {
                key: "level",
                label: "Level",
                values: of_choices(ListField::Level, library, &newest, |study| &study.levels),
            },
            Facet {
                key: "evidence",
                label: "Kind of evidence",
                values: of_choices(ListField::EvidenceDesign, library, &newest, |study| {
                    study.design.as_slice()
                }),
            },
        ];
        let mut lists = Self {
            newest: list(&newest),
            by_title: list(&by_title),
            facets,
            per_page,
        };
        lists.number_pages();
        lists
    }

    /// Numbers the pages of all lists, one list after another.
    fn number_pages(&mut self) {
        let values = self.facets.iter_mut().flat_map(|facet| &mut facet.values);
        let values = values.map(|value| &mut value.list);
        let mut next = 0;
        for list in [&mut self.newest, &mut self.by_title]
            .into_iter()
            .chain(values)
        {
            list.first_page = next;
            next += list.studies.len().div_ceil(self.per_page);
        }
    }

    /// The hashes of what the pages of all lists show, by the places under which they are noted.
    pub(super) fn keys(&self) -> Vec<Key> {
        let values = self.facets.iter().flat_map(|facet| &facet.values);
        let values = values.map(|value| &value.list);
        let lists = [&self.newest, &self.by_title].into_iter().chain(values);
        let pages = lists.flat_map(|list| list.studies.chunks(self.per_page));
        pages.map(|studies| hash_of(&studies)).collect()
    }

    /// What lists can be narrowed by.
    pub(super) fn facets(&self) -> &[Facet] {
        &self.facets
    }

    /// The list of a theme.
    pub(super) fn of_theme(&self, theme: Id<Theme>) -> Selection {
        Selection::Of {
            facet: THEMES,
            value: theme.index(),
        }
    }

    /// The list of a system or scope.
    pub(super) fn of_system(&self, system: Id<System>) -> Selection {
        Selection::Of {
            facet: SYSTEMS,
            value: system.index(),
        }
    }

    /// The list of a value of a field, if studies can be told apart by the field and some have the value.
    pub(super) fn of_choice(&self, field: ListField, id: &str) -> Option<Selection> {
        let facet = match field {
            ListField::Level => LEVELS,
            ListField::EvidenceDesign => DESIGNS,
            _ => return None,
        };
        let slug = slugify(id);
        let mut values = self.facets[facet].values.iter();
        let value = values.position(|value| value.slug == slug && value.count() > 0)?;
        Some(Selection::Of { facet, value })
    }

    fn list(&self, selection: Selection) -> &List {
        match selection {
            Selection::Newest => &self.newest,
            Selection::ByTitle => &self.by_title,
            Selection::Of { facet, value } => &self.facets[facet].values[value].list,
        }
    }

    /// How many studies a list has.
    pub(super) fn count(&self, selection: Selection) -> usize {
        self.list(selection).studies.len()
    }

    /// How many pages a list has: one at least.
    pub(super) fn page_count(&self, selection: Selection) -> usize {
        self.count(selection).div_ceil(self.per_page).max(1)
    }

    /// The studies of one page, and how many come before it.
    pub(super) fn on_page(&self, page: ListPage) -> (usize, &[Id<Study>]) {
        let before = (page.number - 1) * self.per_page;
        let end = self.count(page.selection).min(before + self.per_page);
        (before, self.shown(page.selection, before..end))
    }

    /// The first studies of a list, so many at most.
    pub(super) fn first(&self, selection: Selection, most: usize) -> &[Id<Study>] {
        self.shown(selection, 0..self.count(selection).min(most))
    }

    /// Some studies of a list. That its pages were asked for is noted.
    fn shown(&self, selection: Selection, range: Range<usize>) -> &[Id<Study>] {
        let list = self.list(selection);
        let pages = range.start / self.per_page..range.end.div_ceil(self.per_page);
        pages.for_each(|page| reads::list_page(list.first_page + page));
        &list.studies[range]
    }

    /// The address of a page, relative to the site. No study can have it: one level below `studies/` there is nothing
    /// but studies.
    pub(super) fn path(&self, page: ListPage) -> String {
        let folder = match page.selection {
            Selection::Newest => "studies".to_owned(),
            Selection::ByTitle => "studies/by/title".to_owned(),
            Selection::Of { facet, value } => {
                let facet = &self.facets[facet];
                format!("studies/{}/{}", facet.key, facet.values[value].slug)
            }
        };
        match page.number {
            1 => format!("{folder}/index.html"),
            number => format!("{folder}/page/{number}/index.html"),
        }
    }

    /// The address of the first page of a list.
    pub(super) fn first_path(&self, selection: Selection) -> String {
        self.path(ListPage {
            selection,
            number: 1,
        })
    }

    /// Every page of every list. A value that no study has has none; the list of all studies is always there.
    pub(super) fn pages(&self) -> impl Iterator<Item = ListPage> {
        let values = self.facets.iter().enumerate().flat_map(|(facet, held)| {
            (0..held.values.len()).map(move |value| Selection::Of { facet, value })
        });
        [Selection::Newest, Selection::ByTitle]
            .into_iter()
            .chain(values.filter(|selection| self.count(*selection) > 0))
            .flat_map(|selection| {
                (1..=self.page_count(selection)).map(move |number| ListPage { selection, number })
            })
    }
}

fn of_term(term: &impl Term, about: String) -> FacetValue {
    FacetValue {
        slug: term.id().to_owned(),
        label: term.label().to_owned(),
        about: Some(about),
        list: List::default(),
    }
}

/// The values with their studies; `of` adds the places of a study's values.
fn sorted(
    values: impl Iterator<Item = FacetValue>,
    studies: &[(Id<Study>, &Study)],
    of: impl Fn(&Study, &mut dyn FnMut(usize)),
) -> Vec<FacetValue> {
    let mut values: Vec<FacetValue> = values.collect();
    for &(id, study) in studies {
        of(study, &mut |value| values[value].add(id));
    }
    values
}

impl FacetValue {
    /// How many studies have it.
    pub(super) fn count(&self) -> usize {
        self.list.studies.len()
    }

    /// Adds a study, once.
    fn add(&mut self, study: Id<Study>) {
        let studies = &mut self.list.studies;
        if studies.last() != Some(&study) {
            studies.push(study);
        }
    }
}

/// The values of a list: those of its framework, in that order; without a framework, what studies say, by slug. Ids
/// that have one slug are one value, and an id without letters and digits is none.
fn of_choices(
    field: ListField,
    library: &Library,
    studies: &[(Id<Study>, &Study)],
    choices: impl Fn(&Study) -> &[Choice],
) -> Vec<FacetValue> {
    let vocabulary = &library.vocabulary;
    let framework = vocabulary.lists.framework(field);
    let mut values: Vec<FacetValue> = Vec::new();
    let mut by_slug: FxHashMap<String, usize> = FxHashMap::default();
    let mut place = |id: &str, label: &str, about, values: &mut Vec<FacetValue>| {
        let slug = slugify(id);
        (!slug.is_empty()).then(|| {
            *by_slug.entry(slug).or_insert_with_key(|slug| {
                values.push(FacetValue {
                    slug: slug.clone(),
                    label: label.to_owned(),
                    about,
                    list: List::default(),
                });
                values.len() - 1
            })
        })
    };
    if let Some(framework) = framework {
        let framework = vocabulary.frameworks.get(framework);
        for (category, anchor) in framework.categories.iter().zip(framework.anchors()) {
            let about = format!("{}#{anchor}", framework.output_path());
            place(&category.id, &category.label, Some(about), &mut values);
        }
    }
    for &(id, study) in studies {
        for choice in choices(study) {
            if let Some(value) = place(&choice.id, &choice.label, None, &mut values) {
                values[value].add(id);
            }
        }
    }
    if framework.is_none() {
        values.sort_by(|a, b| a.slug.cmp(&b.slug));
    }
    values
}
