//! Words that stand where an id is meant, and that are understood all the same.

use super::suggest::compact;
use crate::diagnostics::{Diagnostic, Sink, Spanned, rules};

/// What a word is that is not the id itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OtherWord {
    /// One of the aliases.
    Alias,
    /// The id with other case, hyphens or blanks.
    Spelling,
    /// The name that readers see.
    Label,
    /// The code that a register has for it.
    Code,
}

impl OtherWord {
    /// What a word is of a term with this id and label, if it is one of them written otherwise.
    pub(super) fn of(given: &str, id: &str, label: &str) -> Option<Self> {
        let plain = |c: char| c.is_alphanumeric() || c.is_whitespace() || matches!(c, '-' | '_');
        if compact(given) == compact(id) && given.chars().all(plain) {
            return Some(Self::Spelling);
        }
        (given.to_lowercase() == label.to_lowercase()).then_some(Self::Label)
    }

    /// The warning, with the id to put in its place.
    pub(super) fn report(
        self,
        given: &Spanned<String>,
        what: &str,
        id: &str,
        sink: &Sink,
    ) -> Diagnostic {
        let given_text = &given.value;
        let message = match self {
            Self::Alias => format!("`{given_text}` is another word for the {what} `{id}`"),
            Self::Spelling => format!("the {what} is spelt `{id}`, not `{given_text}`"),
            Self::Label => format!("`{given_text}` is the name of a {what}; its id is `{id}`"),
            Self::Code => format!("`{given_text}` is the code of a {what}; its id is `{id}`"),
        };
        sink.diagnostic(&rules::ALIAS_USED, given.span.clone(), message)
            .suggest_at(given.span.clone(), id, format!("write `{id}`"), true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_may_be_spelt_otherwise_and_labels_in_any_case() {
        let of = |given| OtherWord::of(given, "local-leadership", "Leadership (local)");
        for given in ["Local-Leadership", "local leadership", "LOCAL_LEADERSHIP"] {
            assert_eq!(of(given), Some(OtherWord::Spelling), "{given}");
        }
        assert_eq!(of("leadership (LOCAL)"), Some(OtherWord::Label));
        for given in [
            "local-leadership!",
            ".local-leadership",
            "leadership local",
            "",
        ] {
            assert_eq!(of(given), None, "{given}");
        }
    }
}
