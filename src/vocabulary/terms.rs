//! A list of terms of one kind, with lookup by id and by alias.

use rustc_hash::{FxHashMap, FxHashSet};

use super::other_word::OtherWord;
use super::suggest::{self, compact};
use super::term::Term;
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

/// All terms of a kind in their order.
#[derive(Debug)]
pub struct Terms<T> {
    items: Vec<T>,
    by_id: FxHashMap<String, Id<T>>,
    /// Without regard to case, hyphens and blanks.
    by_alias: FxHashMap<String, Id<T>>,
    /// Ids and labels likewise; `None` for one that two terms share.
    by_name: FxHashMap<String, Option<Id<T>>>,
    unusable: Unusable,
}

impl<T> Default for Terms<T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            by_id: FxHashMap::default(),
            by_alias: FxHashMap::default(),
            by_name: FxHashMap::default(),
            unusable: Unusable::default(),
        }
    }
}

/// Up to this many choices are listed in a message.
const FEW: usize = 12;

impl<T: Term> Terms<T> {
    /// Indexes terms whose ids are already unique. An alias that is the id of another term, or belongs to two, is
    /// reported; the id, or the first term, keeps it.
    pub fn new((items, unusable): (Vec<T>, Unusable), diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut terms = Self {
            unusable,
            ..Self::default()
        };
        for (index, term) in items.iter().enumerate() {
            let id = Id::new(index);
            terms.by_id.insert(term.id().to_owned(), id);
            for name in [term.id(), term.label()].into_iter().chain(term.codes()) {
                let known = terms.by_name.entry(compact(name)).or_insert(Some(id));
                if *known != Some(id) {
                    *known = None;
                }
            }
        }
        terms.by_name.remove("");
        terms.items = items;
        for id in terms.ids() {
            terms.index_aliases(id, diagnostics);
        }
        terms
    }

    fn index_aliases(&mut self, id: Id<T>, diagnostics: &mut Vec<Diagnostic>) {
        let term = &self.items[id.index()];
        for alias in term.aliases() {
            let word = compact(&alias.value);
            if word.is_empty() {
                continue;
            }
            let named = self.find(&alias.value).or_else(|| self.with_id_like(&word));
            let taken = named.or_else(|| self.by_alias.get(&word).copied());
            match taken.filter(|other| *other != id) {
                Some(other) => diagnostics.push(self.duplicate_alias(term, alias, other)),
                None => {
                    self.by_alias.insert(word, id);
                }
            }
        }
    }

    fn duplicate_alias(&self, term: &T, alias: &Spanned<String>, other: Id<T>) -> Diagnostic {
        let other = self.get(other);
        let word = compact(&alias.value);
        let same = other
            .aliases()
            .iter()
            .find(|known| compact(&known.value) == word);
        let (message, label, span) = match same {
            Some(first) => (
                format!(
                    "`{}` is an alias of the {} `{}` already",
                    alias.value,
                    T::WHAT,
                    other.id()
                ),
                "the same alias",
                &first.span,
            ),
            None => (
                format!("`{}` is the id of another {}", alias.value, T::WHAT),
                "the id",
                &other.place().span,
            ),
        };
        Diagnostic::new(
            &rules::DUPLICATE_ALIAS,
            &term.place().path,
            alias.span.clone(),
            message,
        )
        .label(&other.place().path, span.clone(), label)
        .help("an alias means one thing only: take it out of one of the two")
    }

    /// The term whose id is this word, if case, hyphens and blanks don't count.
    fn with_id_like(&self, word: &str) -> Option<Id<T>> {
        let id = self.by_name.get(word).copied().flatten()?;
        (compact(self.get(id).id()) == word).then_some(id)
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

    /// The term that a text means. An alias, a label, a code, or an id in another spelling is accepted with a warning; anything
    /// else is reported under `rule` with the nearest choices.
    pub fn resolve(
        &self,
        given: &Spanned<String>,
        rule: &'static Rule,
        sink: &mut Sink,
    ) -> Option<Id<T>> {
        if let Some(id) = self.find(&given.value) {
            rules::deprecated_term::check(given, self.get(id), self, sink);
            return Some(id);
        }
        if let Some((id, other_word)) = self.understood(&given.value) {
            sink.push(other_word.report(given, T::WHAT, self.get(id).id(), sink));
            rules::deprecated_term::check(given, self.get(id), self, sink);
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
        sink.push(diagnostic.help(self.choices(near.is_empty())));
        None
    }

    /// The term that a text means though it is no id, and what it is instead.
    fn understood(&self, given: &str) -> Option<(Id<T>, OtherWord)> {
        let word = compact(given);
        if let Some(id) = self.by_alias.get(&word) {
            return Some((*id, OtherWord::Alias));
        }
        let id = self.by_name.get(&word).copied().flatten()?;
        let term = self.get(id);
        let is_code = || term.codes().into_iter().any(|code| compact(code) == word);
        let other_word = OtherWord::of(given, term.id(), term.label())
            .or_else(|| is_code().then_some(OtherWord::Code))?;
        Some((id, other_word))
    }

    /// Where the choices are; all of them where they are few and nothing was near.
    fn choices(&self, at_a_loss: bool) -> String {
        if self.is_empty() {
            return format!("there is no {} in {} yet", T::WHAT, T::WHERE);
        }
        if at_a_loss && self.len() <= FEW {
            let used = self.items.iter().filter(|term| term.deprecated().is_none());
            let ids: Vec<_> = used.map(Term::id).collect();
            return format!("the choices are: {}{}", ids.join(", "), T::HINT);
        }
        format!("the choices are in {}{}", T::WHERE, T::HINT)
    }

    /// At most three terms that a text is near to, by id, label or alias, best first. What is no longer used is no choice.
    pub fn nearest(&self, given: &str) -> Vec<Id<T>> {
        let neutral = suggest::without_judgement(given);
        let meant: Vec<&str> = std::iter::once(given).chain(neutral).collect();
        let mut ranked: Vec<(usize, usize)> = self
            .items
            .iter()
            .enumerate()
            .filter(|(_, term)| term.deprecated().is_none())
            .filter_map(|(index, term)| {
                let distance = |word: &str| {
                    let all = meant
                        .iter()
                        .filter_map(|given| suggest::distance(given, word));
                    all.min()
                };
                let names = [term.id(), term.label()].into_iter().filter_map(distance);
                // Aliases are many, so a loose match with one of them says little.
                let aliases = term
                    .aliases()
                    .iter()
                    .filter_map(|word| distance(&word.value))
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
