//! The words that a key accepts: ids of terms and values of lists, with what they mean.

use crate::content::References;
use crate::vocabulary::{ListField, System, Term, Vocabulary};

/// A word that a key accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// As it is written.
    pub(crate) id: String,
    /// As readers see it.
    pub(crate) label: String,
    /// What it means.
    pub(crate) about: Option<String>,
    /// What it belongs to: a region, a theme.
    pub(crate) group: Option<String>,
    /// Whether it is kept for what is written already, and nothing new should use it.
    pub(crate) retired: bool,
}

impl Word {
    /// The label and what it means, in one text.
    pub(crate) fn explained(&self) -> String {
        let label = match self.retired {
            true => format!("{} (no longer used)", self.label),
            false => self.label.clone(),
        };
        match &self.about {
            Some(about) => format!("{label}: {about}"),
            None => label,
        }
    }
}

/// The values of the list that a field is bound to; `None` where any text is accepted.
pub(crate) fn list(field: &str, vocabulary: &Vocabulary) -> Option<Vec<Word>> {
    let framework = vocabulary.lists.framework(ListField::find(field)?)?;
    let categories = &vocabulary.frameworks.get(framework).categories;
    Some(
        categories
            .iter()
            .map(|category| Word {
                id: category.id.to_string(),
                label: category.label.to_string(),
                about: category.definition.clone(),
                group: None,
                retired: false,
            })
            .collect(),
    )
}

/// The ids of terms of a kind; `None` where nobody can list them: studies come and go.
pub(crate) fn terms(
    kind: &str,
    vocabulary: &Vocabulary,
    references: Option<&References>,
) -> Option<Vec<Word>> {
    match kind {
        "themes" => Some(
            vocabulary
                .themes
                .iter()
                .map(|(_, theme)| word(theme, Some(theme.definition.clone()), None))
                .collect(),
        ),
        "factors" => Some(
            vocabulary
                .factors
                .iter()
                .map(|(_, factor)| {
                    let theme = vocabulary.themes.get(factor.theme).label.clone();
                    word(factor, Some(factor.definition.clone()), Some(theme))
                })
                .collect(),
        ),
        "systems" => Some(
            vocabulary
                .systems
                .iter()
                .map(|(_, system)| word_of_system(system))
                .collect(),
        ),
        "references" => references.map(|references| {
            references
                .iter()
                .map(|(_, reference)| word(reference, None, None))
                .collect()
        }),
        _ => None,
    }
}

fn word<T: Term>(term: &T, about: Option<String>, group: Option<String>) -> Word {
    Word {
        id: term.id().to_owned(),
        label: term.label().to_owned(),
        about,
        group,
        retired: term.deprecated().is_some(),
    }
}

/// A system that ceased is no retired word: studies from its time belong to it.
fn word_of_system(system: &System) -> Word {
    let mut parts: Vec<String> = system.region.iter().cloned().collect();
    if let Some(ceased) = system.valid_to {
        parts.push(format!("until {}", ceased.in_words()));
    }
    let about = (!parts.is_empty()).then(|| parts.join(", "));
    let group = match system.valid_to {
        Some(_) => Some(CEASED.to_owned()),
        None if system.scope => Some(NO_AREA.to_owned()),
        None => system.region.clone(),
    };
    word(system, about, group)
}

/// The group of systems that are no longer there.
const CEASED: &str = "Earlier systems, for studies of their time";
/// The group of scopes.
const NO_AREA: &str = "No area";
