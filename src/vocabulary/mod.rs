//! The controlled vocabulary of a library: themes, factors, frameworks, glossary and systems.
//!
//! Everything about a subject area is data here; none of it is named in code.

pub mod abbreviations;
mod layout;
mod lists;
mod load;
mod other_word;
pub mod suggest;
mod term;
mod terms;

pub use abbreviations::Abbreviations;
pub(crate) use layout::periods;
pub use layout::{Layout, layouts};
pub use lists::{Choice, ListField, Lists};
pub use load::load;
pub use term::{
    Category, Deprecated, Factor, Framework, GlossaryEntry, Place, Successor, System, Term, Theme,
    Tile, TileMove,
};
pub use terms::{Terms, Unusable};

use crate::diagnostics::{Sink, Spanned};
use crate::id::Id;

/// The vocabulary of one library.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// `themes.yaml`
    pub themes: Terms<Theme>,
    /// `factors.yaml`
    pub factors: Terms<Factor>,
    /// `frameworks.yaml`
    pub frameworks: Terms<Framework>,
    /// `glossary.yaml`
    pub glossary: Terms<GlossaryEntry>,
    /// Its abbreviations, to be found in texts.
    pub abbreviations: Abbreviations,
    /// `systems.yaml`, followed by the scopes that are no area
    pub systems: Terms<System>,
    /// Which framework each field of a study draws on.
    pub lists: Lists,
}

impl Vocabulary {
    /// The value of a list that a text means; an unknown one is reported.
    pub fn choice(
        &self,
        field: ListField,
        given: &Spanned<String>,
        sink: &mut Sink,
    ) -> Option<Choice> {
        self.lists.resolve(field, given, &self.frameworks, sink)
    }

    /// Where frameworks put a factor: each framework with the places of the categories that hold it, in the order of the
    /// files. Read from both sides: the factor's own `maps_to` and the factors that categories list.
    pub fn categories_of(&self, factor: Id<Factor>) -> Vec<(Id<Framework>, Vec<usize>)> {
        let maps_to = &self.factors.get(factor).maps_to;
        self.frameworks
            .iter()
            .filter_map(|(id, framework)| {
                let holds = |category: &Category| {
                    category.factors.contains(&factor)
                        || maps_to.iter().any(|(key, value)| {
                            *category.id == *value.value
                                && self
                                    .crosswalk(&key.value, &value.value)
                                    .is_some_and(|found| found.id == framework.id)
                        })
                };
                let categories: Vec<usize> = framework
                    .categories
                    .iter()
                    .enumerate()
                    .filter_map(|(place, category)| holds(category).then_some(place))
                    .collect();
                (!categories.is_empty()).then_some((id, categories))
            })
            .collect()
    }

    /// The framework that a key of `maps_to` means: the one of that id, or else the first one that has the key as a
    /// word of its id and holds the category. `domain: external` finds `collaboration-domains`.
    pub fn crosswalk<'v>(&'v self, key: &'v str, category: &str) -> Option<&'v Framework> {
        let holds = |framework: &&Framework| {
            framework
                .categories
                .iter()
                .any(|candidate| *candidate.id == *category)
        };
        self.frameworks_named(key).find(holds)
    }

    /// The frameworks that a key of `maps_to` may mean: the one of that id first, then those that have it as a word.
    fn frameworks_named<'v>(&'v self, key: &'v str) -> impl Iterator<Item = &'v Framework> {
        let exact = self.frameworks.find(key).map(|id| self.frameworks.get(id));
        let has_word = move |framework: &&Framework| {
            framework.id != key
                && framework
                    .id
                    .split('-')
                    .any(|word| word == key || word.strip_suffix('s') == Some(key))
        };
        let frameworks = self.frameworks.iter().map(|(_, framework)| framework);
        exact.into_iter().chain(frameworks.filter(has_word))
    }
}
