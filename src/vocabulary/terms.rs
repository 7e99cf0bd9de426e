//! A list of terms of one kind, with lookup by id and by alias.

use rustc_hash::{FxHashMap, FxHashSet};

use super::suggest::{self, compact};
use super::term::{Place, Term};
use crate::diagnostics::{Diagnostic, Sink, Spanned, rules, rules::Rule};
use crate::id::Id;

/// What is there but can't be used, and was reported: uses of it are not reported as well.
#[derive(Debug, Clone, Default)]
pub struct Unusable {
    /// A whole file could not be read, so nobody knows what it holds.
    pub whole: bool,
    /// Ids of records with mistakes.
    pub ids: FxHashSet<String>,
}

impl Unusable {
    /// Whether a mistake that was reported explains why there is no record of this id.
    pub fn explains(&self, id: &str) -> bool {
        self.whole || self.ids.contains(id)
    }
}

/// All terms of a kind in the order of their file.
#[derive(Debug)]
pub struct Terms<T> {
    items: Vec<T>,
    by_id: FxHashMap<String, Id<T>>,
    by_alias: FxHashMap<String, Id<T>>,
    unusable: Unusable,
}

impl<T> Default for Terms<T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            by_id: FxHashMap::default(),
            by_alias: FxHashMap::default(),
            unusable: Unusable::default(),
        }
    }
}

impl<T: Term> Terms<T> {
    /// Indexes terms whose ids are already unique. An alias that is the id of another term, or belongs to two, is
    /// reported; the id, or the first term, keeps it.
    pub fn new(
        (items, unusable): (Vec<T>, Unusable),
        place: fn(&T) -> &Place,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let by_id: FxHashMap<String, Id<T>> = items
            .iter()
            .enumerate()
            .map(|(index, term)| (term.id().to_owned(), Id::new(index)))
            .collect();
        let mut by_alias: FxHashMap<String, Id<T>> = FxHashMap::default();
        for (index, term) in items.iter().enumerate() {
            for alias in term.aliases() {
                let other = by_id
                    .get(alias)
                    .or_else(|| by_alias.get(&compact(alias)))
                    .copied();
                match other {
                    Some(other) if other.index() != index => {
                        let (here, there) = (place(term), place(&items[other.index()]));
                        diagnostics.push(
                            Diagnostic::new(
                                &rules::DUPLICATE_ALIAS,
                                &here.path,
                                here.span.clone(),
                                format!(
                                    "`{}` has the alias `{alias}`, which belongs to `{}`",
                                    term.id(),
                                    items[other.index()].id()
                                ),
                            )
                            .label(&there.path, there.span.clone(), "the other term")
                            .help("an alias belongs to one term only"),
                        );
                    }
                    _ => {
                        by_alias.insert(compact(alias), Id::new(index));
                    }
                }
            }
        }
        Self {
            items,
            by_id,
            by_alias,
            unusable,
        }
    }

    /// The term of an id.
    pub fn get(&self, id: Id<T>) -> &T {
        &self.items[id.index()]
    }

    /// The id of exactly this text.
    pub fn find(&self, id: &str) -> Option<Id<T>> {
        self.by_id.get(id).copied()
    }

    /// What could not be used.
    pub fn unusable(&self) -> &Unusable {
        &self.unusable
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// All ids in order.
    pub fn ids(&self) -> impl Iterator<Item = Id<T>> + use<T> {
        (0..self.items.len()).map(Id::new)
    }

    /// All terms with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (Id<T>, &T)> {
        self.items
            .iter()
            .enumerate()
            .map(|(index, term)| (Id::new(index), term))
    }

    pub(super) fn items_mut(&mut self) -> &mut [T] {
        &mut self.items
    }

    /// The term that a text means. An alias is accepted with a warning; anything else is reported under `rule` with
    /// the nearest choices.
    pub fn resolve(
        &self,
        given: &Spanned<String>,
        rule: &'static Rule,
        sink: &mut Sink,
    ) -> Option<Id<T>> {
        if let Some(id) = self.find(&given.value) {
            return Some(id);
        }
        if let Some(id) = self.by_alias.get(&compact(&given.value)).copied() {
            let meant = self.get(id).id();
            let diagnostic = sink
                .diagnostic(
                    &rules::ALIAS_USED,
                    given.span.clone(),
                    format!(
                        "`{}` is an alias; the {} is called `{meant}`",
                        given.value,
                        T::WHAT
                    ),
                )
                .suggest_at(given.span.clone(), meant, format!("write `{meant}`"), true);
            sink.push(diagnostic);
            return Some(id);
        }
        if self.unusable.explains(&given.value) {
            return None;
        }
        let mut diagnostic = sink.diagnostic(
            rule,
            given.span.clone(),
            format!("there is no {} `{}`", T::WHAT, given.value),
        );
        let near = self.nearest(&given.value);
        for id in &near {
            let meant = self.get(*id).id();
            diagnostic = diagnostic.suggest(meant, format!("did you mean `{meant}`?"));
        }
        diagnostic = diagnostic.help(if self.is_empty() {
            format!("content/vocabulary/{} has no {}", T::FILE, T::WHAT)
        } else {
            format!("the choices are in content/vocabulary/{}", T::FILE)
        });
        sink.push(diagnostic);
        None
    }

    /// At most three terms that a text is near to, by id, label or alias, best first.
    pub fn nearest(&self, given: &str) -> Vec<Id<T>> {
        let mut ranked: Vec<(usize, usize)> = self
            .items
            .iter()
            .enumerate()
            .filter_map(|(index, term)| {
                let names = [term.id(), term.label()]
                    .into_iter()
                    .filter_map(|word| suggest::distance(given, word));
                // Aliases are many, so a loose match with one of them says little.
                let aliases = term
                    .aliases()
                    .iter()
                    .filter_map(|word| suggest::distance(given, word))
                    .filter(|distance| *distance <= suggest::ONE_LETTER);
                let best = names.chain(aliases).min()?;
                Some((best, index))
            })
            .collect();
        ranked.sort_unstable();
        ranked.truncate(3);
        ranked
            .into_iter()
            .map(|(_, index)| Id::new(index))
            .collect()
    }
}
