//! Fenced code as HTML: words in spans with CSS classes, no colours.
//!
//! The grammars are those of Sublime Text (syntect, with the additions of two-face); they name what they find by some
//! hundreds of scopes like `keyword.control.flow.return.python`. `scopes` brings these down to the few classes that
//! the style sheet knows, and `spans` writes them flat and merged: syntect's own HTML nests a span for every part of
//! every scope and made 13 kB of 300 bytes of Python.

mod cache;
mod languages;
mod scopes;
mod spans;

use std::borrow::Cow;
use std::sync::{Mutex, OnceLock, PoisonError};

use syntect::parsing::{ParseState, ScopeStack, SyntaxReference, SyntaxSet};

use self::cache::Cache;
use self::scopes::Meanings;
use self::spans::Spans;
pub(super) use self::spans::escape_into;

/// The CSS classes that the spans can have. The style sheet has a look for each of them.
pub(crate) const CLASSES: [&str; 12] = [
    "hl-comment",
    "hl-string",
    "hl-number",
    "hl-keyword",
    "hl-type",
    "hl-function",
    "hl-variable",
    "hl-constant",
    "hl-operator",
    "hl-tag",
    "hl-attribute",
    "hl-punctuation",
];

/// The longest code that is highlighted, in bytes.
const LONGEST_CODE: usize = 100_000;
/// The longest line that is highlighted, in characters.
const LONGEST_LINE: usize = 2_000;
/// The most that the squares of the lengths of all lines, in bytes, may come to. The time for a line grows with the
/// square of its length, up to half a second for 2,000 characters that were chosen to be slow; 100 kB of lines of 200
/// characters keep the bound.
const MOST_SQUARES: usize = 20_000_000;

/// HTML of the inside of `<code>…</code>`: escaped text with `<span class="hl-…">`, never one span in another.
///
/// `None` when the language is unknown, the code is longer than 100 kB, a line is longer than 2,000 characters or many
/// lines are nearly so, or the grammar fails: the caller then escapes the code itself. Results are remembered, up to a
/// bound of memory.
pub(super) fn highlight(language: &str, code: &str) -> Option<String> {
    static GRAMMARS: OnceLock<Grammars> = OnceLock::new();
    static CACHE: Mutex<Option<Cache>> = Mutex::new(None);
    if is_too_much(code) {
        return None;
    }
    let grammars = GRAMMARS.get_or_init(Grammars::load);
    let syntax = languages::find(&grammars.syntaxes, language)?;
    let key = (syntax.name.as_str(), blake3::hash(code.as_bytes()));
    // A thread that panicked with the lock held leaves at worst one result less.
    let cache = || CACHE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = cache().get_or_insert_default().get(&key) {
        return known;
    }
    let html = grammars.highlight(syntax, code);
    cache().get_or_insert_default().insert(key, html.clone());
    html
}

fn is_too_much(code: &str) -> bool {
    if code.len() > LONGEST_CODE {
        return true;
    }
    let is_too_long = |line: &str| {
        let line = line.strip_suffix('\r').unwrap_or(line);
        line.len() > LONGEST_LINE && line.chars().nth(LONGEST_LINE).is_some()
    };
    let squares: usize = code.split('\n').map(|line| line.len() * line.len()).sum();
    squares > MOST_SQUARES || code.split('\n').any(is_too_long)
}

/// The grammars, and what their scopes mean.
struct Grammars {
    syntaxes: SyntaxSet,
    meanings: Meanings,
}

impl Grammars {
    fn load() -> Self {
        Self {
            syntaxes: two_face::syntax::extra_newlines(),
            meanings: Meanings::new(),
        }
    }

    fn highlight(&self, syntax: &SyntaxReference, code: &str) -> Option<String> {
        let mut state = ParseState::new(syntax);
        let mut scopes = ScopeStack::new();
        let mut spans = Spans::with_room(code.len() * 3);
        for line in code.split_inclusive('\n') {
            // The grammars count on the end of a line, which the last one may lack.
            let parsed: Cow<'_, str> = if line.ends_with('\n') {
                line.into()
            } else {
                format!("{line}\n").into()
            };
            let mut written = 0;
            for (at, operation) in state.parse_line(&parsed, &self.syntaxes).ok()? {
                let at = at.min(line.len());
                if at > written {
                    spans.push(line.get(written..at)?, self.meanings.class(&scopes));
                    written = at;
                }
                scopes.apply(&operation).ok()?;
            }
            spans.push(line.get(written..)?, self.meanings.class(&scopes));
        }
        Some(spans.close())
    }
}

#[cfg(test)]
mod loops;
#[cfg(test)]
mod tests;
