//! Two terms of one kind have nearly the same name.

use super::{Example, Group, Rule, Severity};
use crate::diagnostics::Diagnostic;
use crate::vocabulary::suggest::{self, ONE_LETTER};
use crate::vocabulary::{Term, Terms};

pub(crate) static SIMILAR_LABELS: Rule = Rule {
    name: "similar-labels",
    group: Group::Vocabulary,
    severity: Severity::Warning,
    fixed: false,
    summary: "Two terms of one kind have nearly the same name.",
    why: "Contributors pick by name. Two names that differ in a letter split into two pages what belongs on \
           one.",
    example: Example::yaml(
        "    label: Local leaderships",
        "    label: Money for several years",
    ),
    mend: "Merge the two terms and keep the other id as an alias, or give one of them a name that shows the \
           difference.",
};

/// Short names differ in a letter and mean different things: "GP" and "CP".
const LONG_ENOUGH: usize = 8;

/// Compares the names of all terms of a kind, case and hyphens aside.
pub(crate) fn check<T: Term>(terms: &Terms<T>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let named: Vec<(&T, usize)> = terms
        .iter()
        .map(|(_, term)| (term, suggest::compact(term.label()).len()))
        .collect();
    for (index, (term, length)) in named.iter().enumerate() {
        let twin = named[..index].iter().find(|(other, other_length)| {
            length.abs_diff(*other_length) <= 2
                && suggest::distance(term.label(), other.label()).is_some_and(|distance| {
                    distance < ONE_LETTER || distance == ONE_LETTER && *length >= LONG_ENOUGH
                })
        });
        if let Some((other, _)) = twin {
            let (here, there) = (term.place(), other.place());
            diagnostics.push(
                Diagnostic::new(
                    &SIMILAR_LABELS,
                    &here.path,
                    here.span.clone(),
                    format!(
                        "`{}` is called \"{}\", nearly the same as `{}`",
                        term.id(),
                        term.label(),
                        other.id()
                    ),
                )
                .label(
                    &there.path,
                    there.span.clone(),
                    format!("\"{}\"", other.label()),
                )
                .help("merge the two, or name one of them so that the difference shows"),
            );
        }
    }
    diagnostics
}
