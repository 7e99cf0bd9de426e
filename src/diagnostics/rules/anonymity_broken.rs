//! An anonymised study names a real system.

use super::{Example, Group, Rule, Severity};
use crate::diagnostics::Sink;
use crate::vocabulary::Vocabulary;
use rustc_hash::FxHashSet;

pub(crate) static ANONYMITY_BROKEN: Rule = Rule {
    name: "anonymity-broken",
    group: Group::Honesty,
    severity: Severity::Error,
    fixed: false,
    summary: "An anonymised study names a real system.",
    why: "Somebody was promised that their place can't be recognised. Once a page is published, that can't be \
           taken back.",
    example: Example::markdown(
        "The team in Hill and Moor met weekly.",
        "The team met weekly.",
    ),
    mend: "Take the name out. If the place may be known after all, give it as the study's `ics`.",
};

/// Shorter names are also other words.
const LONG_ENOUGH: usize = 5;

/// Looks for the names of all areas in the whole text of an anonymised study, front matter and comments included: the
/// file itself is public.
pub(crate) fn check(text: &str, vocabulary: &Vocabulary, sink: &mut Sink) {
    // Most names are not there, and this tells it without a search for each.
    let words: FxHashSet<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
    let first_word = |name: &str| {
        let end = name.find(|c: char| !c.is_alphanumeric());
        words.contains(&name[..end.unwrap_or(name.len())])
    };
    for (_, system) in vocabulary
        .systems
        .iter()
        .filter(|(_, system)| !system.scope)
    {
        let names = std::iter::once(system.label.as_str())
            .chain(system.aliases.iter().map(|alias| alias.value.as_str()))
            .filter(|name| name.len() >= LONG_ENOUGH && first_word(name));
        let found = names
            .filter_map(|name| Some((find_word(text, name)?, name)))
            .max_by_key(|(_, name)| name.len());
        if let Some((at, name)) = found {
            let diagnostic = sink
                .diagnostic(
                    &ANONYMITY_BROKEN,
                    at..at + name.len(),
                    format!("this study is anonymised, and names \"{name}\""),
                )
                .help("take the name out, or give the system as `ics` if the place may be known");
            sink.push(diagnostic);
        }
    }
}

/// Where a name stands as words of its own.
fn find_word(text: &str, name: &str) -> Option<usize> {
    let apart = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
    text.match_indices(name).map(|(at, _)| at).find(|&at| {
        apart(text[..at].chars().next_back()) && apart(text[at + name.len()..].chars().next())
    })
}
