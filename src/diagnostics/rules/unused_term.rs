//! No study uses a theme or a factor.

use super::{Example, Group, Rule, Severity};
use crate::content::Library;
use crate::diagnostics::Diagnostic;
use crate::vocabulary::{Place, Term};

pub(crate) static UNUSED_TERM: Rule = Rule {
    name: "unused-term",
    group: Group::Vocabulary,
    severity: Severity::Info,
    fixed: false,
    summary: "No study uses a theme or a factor.",
    why: "A term without studies is a gap that somebody may fill, or a word that the library doesn't need.",
    example: Example::yaml(
        "enablers: [shared-office]",
        "enablers: [shared-office, warm-homes]",
    ),
    mend: "Nothing has to be done. If the term stands for the same as another, merge the two and keep the old \
           id as an alias.",
};

/// Themes and factors that no study and no review carries. Nobody can tell while a file can't be read.
pub(crate) fn check(library: &Library) -> Vec<Diagnostic> {
    if library.unbuilt().iter().any(|file| file.status.is_none()) {
        return Vec::new();
    }
    let vocabulary = &library.vocabulary;
    let mut themes = vec![false; vocabulary.themes.len()];
    let mut factors = vec![false; vocabulary.factors.len()];
    for (_, study) in library.studies() {
        for theme in &study.themes {
            themes[theme.index()] = true;
        }
        for citation in &study.citations {
            factors[citation.factor.index()] = true;
        }
    }
    for theme in library.reviews().iter().flat_map(|review| &review.themes) {
        themes[theme.index()] = true;
    }
    let unused_themes = vocabulary
        .themes
        .iter()
        .filter(|(id, theme)| !themes[id.index()] && theme.deprecated().is_none())
        .map(|(_, theme)| report(theme, &theme.place));
    let unused_factors = vocabulary
        .factors
        .iter()
        .filter(|(id, factor)| !factors[id.index()] && factor.deprecated().is_none())
        .map(|(_, factor)| report(factor, &factor.place));
    unused_themes.chain(unused_factors).collect()
}

fn report<T: Term>(term: &T, place: &Place) -> Diagnostic {
    Diagnostic::new(
        &UNUSED_TERM,
        &place.path,
        place.span.clone(),
        format!("no study uses the {} `{}`", T::WHAT, term.id()),
    )
}
