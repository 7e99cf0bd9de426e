//! What takes the place of a term that is no longer used: looked up when all terms of its kind are known.

use crate::diagnostics::{Diagnostic, Spanned, rules};
use crate::vocabulary::term::Term;
use crate::vocabulary::terms::Terms;

/// Reports each `replaced_by` that names no term of its kind, or the term itself.
pub(super) fn dangling_replacements<T: Term>(
    terms: &Terms<T>,
    replaced_by: impl Fn(&T) -> Option<&Spanned<String>>,
) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for (_, term) in terms.iter() {
        let Some(given) = replaced_by(term) else {
            continue;
        };
        let itself = given.value == term.id();
        let known = terms.find(&given.value).is_some() || terms.unusable().explains(&given.value);
        if known && !itself {
            continue;
        }
        let message = match itself {
            true => format!("the {} `{}` can't take its own place", T::WHAT, term.id()),
            false => format!("there is no {} `{}`", T::WHAT, given.value),
        };
        let mut diagnostic = Diagnostic::new(
            &rules::DANGLING_CROSSWALK,
            &term.place().path,
            given.span.clone(),
            message,
        )
        .help(format!(
            "write the id of another {} after `replaced_by`, or leave the key out",
            T::WHAT
        ));
        for near in terms.nearest(&given.value) {
            let near = terms.get(near).id();
            if near != term.id() {
                diagnostic = diagnostic.suggest(near, format!("did you mean `{near}`?"));
            }
        }
        diagnostics.push(diagnostic);
    }
    diagnostics
}
