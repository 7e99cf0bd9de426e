//! Controlled lists: which framework's categories the values of a field are taken from.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::other_word::OtherWord;
use super::suggest;
use super::term::{Framework, Term};
use super::terms::Terms;
use crate::diagnostics::{Sink, Spanned, rules};
use crate::id::Id;

/// A field of a study whose values come from a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ListField {
    /// `level`
    Level,
    /// `organisational_level`, of a study and of each of its factors
    OrganisationalLevel,
    /// `partners[].kind`
    PartnerKind,
    /// `programme`; free text as long as the list doesn't exist
    Programme,
    /// `participation.level`
    ParticipationLevel,
    /// `participation.sphere`
    ParticipationSphere,
    /// `outcomes[].aim`
    OutcomeAim,
    /// `outcomes[].direction`
    OutcomeDirection,
    /// `evidence.design`
    EvidenceDesign,
    /// `related[].relation`
    Relation,
}

impl ListField {
    /// Every field.
    pub const ALL: [Self; 10] = [
        Self::Level,
        Self::OrganisationalLevel,
        Self::PartnerKind,
        Self::Programme,
        Self::ParticipationLevel,
        Self::ParticipationSphere,
        Self::OutcomeAim,
        Self::OutcomeDirection,
        Self::EvidenceDesign,
        Self::Relation,
    ];

    /// The field as `[lists]` of `site-config.toml` names it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Level => "level",
            Self::OrganisationalLevel => "organisational_level",
            Self::PartnerKind => "partners.kind",
            Self::Programme => "programme",
            Self::ParticipationLevel => "participation.level",
            Self::ParticipationSphere => "participation.sphere",
            Self::OutcomeAim => "outcomes.aim",
            Self::OutcomeDirection => "outcomes.direction",
            Self::EvidenceDesign => "evidence.design",
            Self::Relation => "related.relation",
        }
    }

    /// The id of the framework that it draws on unless the configuration says otherwise.
    pub fn default_list(self) -> &'static str {
        match self {
            Self::Level => "levels",
            Self::OrganisationalLevel => "organisational-levels",
            Self::PartnerKind => "partner-kinds",
            Self::Programme => "programmes",
            Self::ParticipationLevel => "iap2-spectrum",
            Self::ParticipationSphere => "participation-spheres",
            Self::OutcomeAim => "quadruple-aim",
            Self::OutcomeDirection => "outcome-directions",
            Self::EvidenceDesign => "case-designs",
            Self::Relation => "relations",
        }
    }

    /// The field of a key.
    pub fn find(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.key() == key)
    }
}

/// A value of a controlled list.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Choice {
    /// Its id, as written in content.
    pub id: Arc<str>,
    /// Its name, as shown to readers.
    pub label: Arc<str>,
    /// Its place in the list, which is the order of a scale.
    pub rank: usize,
}

/// The lists that the fields of this library are bound to.
#[derive(Debug, Default)]
pub struct Lists {
    bound: BTreeMap<ListField, Id<Framework>>,
}

impl Lists {
    /// Binds each field to its framework, where that exists.
    pub fn new(configured: &BTreeMap<ListField, String>, frameworks: &Terms<Framework>) -> Self {
        let bound = ListField::ALL
            .into_iter()
            .filter_map(|field| {
                let list = Self::name(configured, field);
                Some((field, frameworks.find(list)?))
            })
            .collect();
        Self { bound }
    }

    /// The id of the framework that a field is, or would be, bound to.
    pub fn name(configured: &BTreeMap<ListField, String>, field: ListField) -> &str {
        configured
            .get(&field)
            .map_or_else(|| field.default_list(), String::as_str)
    }

    /// The framework of a field, if it exists.
    pub fn framework(&self, field: ListField) -> Option<Id<Framework>> {
        self.bound.get(&field).copied()
    }

    /// The fields that draw on a framework.
    pub fn fields(&self, framework: Id<Framework>) -> impl Iterator<Item = ListField> + use<'_> {
        let bound = self.bound.iter();
        bound
            .filter(move |(_, list)| **list == framework)
            .map(|(field, _)| *field)
    }

    /// The value that a text means. Without a list any text is accepted as it is.
    pub fn resolve(
        &self,
        field: ListField,
        given: &Spanned<String>,
        frameworks: &Terms<Framework>,
        sink: &mut Sink,
    ) -> Option<Choice> {
        let Some(framework) = self.framework(field) else {
            let text: Arc<str> = given.value.as_str().into();
            return Some(Choice {
                id: text.clone(),
                label: text,
                rank: 0,
            });
        };
        let framework = frameworks.get(framework);
        if let Some(rank) = framework
            .categories
            .iter()
            .position(|category| *category.id == *given.value)
        {
            return Some(choice(framework, rank));
        }
        if let Some((rank, other_word)) = understood(framework, &given.value) {
            let choice = choice(framework, rank);
            sink.push(other_word.report(given, "value", &choice.id, sink));
            return Some(choice);
        }
        unknown(field, framework, given, sink);
        None
    }
}

/// The value that a text means though it is no id, and what it is instead.
fn understood(framework: &Framework, given: &str) -> Option<(usize, OtherWord)> {
    let word = suggest::compact(given);
    if word.is_empty() {
        return None;
    }
    let categories = &framework.categories;
    let alias = categories.iter().position(|category| {
        let mut aliases = category.also_called.iter();
        aliases.any(|alias| suggest::compact(alias) == word)
    });
    if let Some(rank) = alias {
        return Some((rank, OtherWord::Alias));
    }
    let mut named = categories
        .iter()
        .enumerate()
        .filter_map(|(rank, category)| {
            Some((rank, OtherWord::of(given, &category.id, &category.label)?))
        });
    let found = named.next()?;
    // What means two values means none for certain.
    named.next().is_none().then_some(found)
}

fn choice(framework: &Framework, rank: usize) -> Choice {
    let category = &framework.categories[rank];
    Choice {
        id: category.id.clone(),
        label: category.label.clone(),
        rank,
    }
}

fn unknown(field: ListField, framework: &Framework, given: &Spanned<String>, sink: &mut Sink) {
    let mut ranked: Vec<(usize, usize)> = framework
        .categories
        .iter()
        .enumerate()
        .filter_map(|(index, category)| {
            let words = [category.id.as_ref(), category.label.as_ref()];
            let best = words
                .into_iter()
                .chain(category.also_called.iter().map(String::as_str))
                .filter_map(|word| suggest::distance(&given.value, word))
                .min()?;
            Some((best, index))
        })
        .collect();
    ranked.sort_unstable();
    let mut diagnostic = sink.diagnostic(
        &rules::UNKNOWN_VALUE,
        given.span.clone(),
        format!("`{}` is no value of `{}`", given.value, field.key()),
    );
    for (_, index) in ranked.into_iter().take(3) {
        let id = &framework.categories[index].id;
        diagnostic = diagnostic.suggest(id.as_ref(), format!("did you mean `{id}`?"));
    }
    let choices: Vec<_> = framework
        .categories
        .iter()
        .map(|category| category.id.as_ref())
        .collect();
    diagnostic = diagnostic.help(format!(
        "the choices of the list `{}` are: {}",
        framework.id(),
        choices.join(", ")
    ));
    sink.push(diagnostic);
}
