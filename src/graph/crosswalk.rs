//! From a category of a framework to the factors that it holds.

use crate::id::Id;
use crate::vocabulary::{Factor, Framework, Vocabulary};

/// For every category of every framework its factors in the order of the vocabulary, read from both sides: the
/// factors that categories name, and the categories that factors name.
#[derive(Debug, Hash)]
pub struct Crosswalk {
    frameworks: Vec<Vec<Vec<Id<Factor>>>>,
}

impl Crosswalk {
    /// Reads all factors and frameworks.
    pub fn new(vocabulary: &Vocabulary) -> Self {
        let mut frameworks: Vec<Vec<Vec<Id<Factor>>>> = vocabulary
            .frameworks
            .iter()
            .map(|(_, framework)| vec![Vec::new(); framework.categories.len()])
            .collect();
        for factor in vocabulary.factors.ids() {
            for (framework, categories) in vocabulary.categories_of(factor) {
                for category in categories {
                    frameworks[framework.index()][category].push(factor);
                }
            }
        }
        Self { frameworks }
    }

    /// The categories of a framework in order, each with its factors.
    pub fn categories(&self, framework: Id<Framework>) -> &[Vec<Id<Factor>>] {
        &self.frameworks[framework.index()]
    }

    /// The frameworks by which factors can be sorted: of the kind `framework`, and not without factors.
    pub fn lenses<'c>(
        &'c self,
        vocabulary: &'c Vocabulary,
    ) -> impl Iterator<Item = Id<Framework>> + use<'c> {
        let frameworks = vocabulary.frameworks.iter();
        frameworks
            .filter(|(id, framework)| framework.kind == "framework" && self.holds_factors(*id))
            .map(|(id, _)| id)
    }

    /// Whether there is something to say of a framework: a plain list needs factors, or a field that draws on it.
    pub fn has_page(&self, framework: Id<Framework>, vocabulary: &Vocabulary) -> bool {
        vocabulary.frameworks.get(framework).kind != "list"
            || self.holds_factors(framework)
            || vocabulary.lists.fields(framework).next().is_some()
    }

    /// Whether a framework sorts factors at all.
    pub fn holds_factors(&self, framework: Id<Framework>) -> bool {
        self.categories(framework)
            .iter()
            .any(|factors| !factors.is_empty())
    }
}
