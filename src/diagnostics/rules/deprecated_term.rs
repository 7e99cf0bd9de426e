//! A term that is no longer used stands in a study.

use super::{Example, Group, Rule, Severity};
use crate::diagnostics::{Sink, Spanned};
use crate::vocabulary::{Term, Terms};

pub(crate) static DEPRECATED_TERM: Rule = Rule {
    name: "deprecated-term",
    group: Group::InUse,
    severity: Severity::Warning,
    fixed: false,
    summary: "A term that is no longer used stands in a study.",
    why: "Editors retire a term when it was split, merged or found to be unclear. What still carries it is not \
           found under the new one.",
    example: Example::yaml("enablers: [old-building]", "enablers: [shared-office]"),
    mend: "Use the term that the message names, if it fits the case; otherwise look for a better one in the \
           vocabulary.",
};

/// Told where a term is used that editors have retired.
pub(crate) fn check<T: Term>(given: &Spanned<String>, term: &T, terms: &Terms<T>, sink: &mut Sink) {
    let Some(deprecated) = term.deprecated() else {
        return;
    };
    let message = format!("the {} `{}` is no longer used", T::WHAT, term.id());
    let message = match deprecated.why.map(|why| why.trim_end_matches('.')) {
        Some(why) => format!("{message}: {why}"),
        None => message,
    };
    let diagnostic = sink.diagnostic(&DEPRECATED_TERM, given.span.clone(), message);
    let instead = deprecated.replaced_by.filter(|id| terms.find(id).is_some());
    sink.push(match instead {
        Some(id) => diagnostic.suggest(id, format!("use `{id}` if it fits the case")),
        None => diagnostic.help(format!("look for another {} in {}", T::WHAT, T::WHERE)),
    });
}
