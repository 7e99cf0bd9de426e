//! Keys that a record doesn't have: what was meant, and what to write instead.

use std::borrow::Cow;

use super::Record;
use crate::diagnostics::{Sink, Spanned, rules};
use crate::source::wrong_shape;
use crate::vocabulary::suggest::{PART, distance, nearest};

impl<'t> Record<'_, 't> {
    /// Reports an unknown key and returns the key that was meant, if that is clear and not given as well.
    pub(super) fn unknown_key(
        &self,
        key: &Spanned<Cow<'t, str>>,
        given: &[&str],
        sink: &mut Sink,
    ) -> Option<&'static str> {
        let plain = key.value.trim_matches(odd_blank);
        if plain.len() < key.value.len() {
            let odd = key.value.len() - key.value.trim_start_matches(odd_blank).len();
            let spaces = " ".repeat(key.value[..odd].chars().count());
            let diagnostic = sink
                .diagnostic(
                    &rules::MALFORMED_YAML,
                    key.span.clone(),
                    format!("there is a blank beside `{plain}` that is not an ordinary one"),
                )
                .help("it looks the same, but comes from a word processor or a web page; delete it and type spaces")
                .suggest(format!("{spaces}{plain}"), "write ordinary blanks");
            sink.push(diagnostic);
            return None;
        }
        let (word, rest) = key.value.split_once(':').unwrap_or((&key.value, ""));
        let known = self.shape.names().find(|known| *known == word);
        if let Some(known) = known.filter(|_| !rest.is_empty()) {
            let quoted = key.span.len() != key.value.len();
            let colon = key.span.start + word.len();
            let span = if quoted {
                key.span.clone()
            } else {
                colon..colon + 1
            };
            let diagnostic = sink
                .diagnostic(
                    &rules::MALFORMED_YAML,
                    span,
                    format!("a blank is missing after the colon of `{known}`"),
                )
                .help("write the key, a colon, a blank and the value");
            let diagnostic = if quoted {
                diagnostic
            } else {
                diagnostic.suggest(": ", "put a blank in between")
            };
            sink.push(diagnostic);
            return Some(known);
        }
        let candidates = self.shape.names().filter(|known| !given.contains(known));
        let mut near = nearest(&key.value, candidates, 3);
        near.retain(|meant| distance(&key.value, meant).is_some_and(|far| far < PART));
        let diagnostic = match near.first() {
            Some(meant) => {
                let rule = &rules::MISSPELT_KEY;
                let message = format!(
                    "{} has no key `{}`; did you mean `{meant}`?",
                    self.shape.what, key.value
                );
                let mut diagnostic = sink.diagnostic(rule, key.span.clone(), message);
                // Not certain when a key that is given is as near, since this may be a second attempt at it.
                let nearest = nearest(&key.value, self.shape.names(), 1);
                let certain = near.len() == 1 && nearest == near && self.field(meant).is_none();
                for meant in &near {
                    diagnostic = diagnostic.suggest_at(
                        key.span.clone(),
                        *meant,
                        format!("write `{meant}`"),
                        certain,
                    );
                }
                diagnostic
            }
            None => sink
                .diagnostic(
                    &rules::UNKNOWN_KEY,
                    key.span.clone(),
                    format!("{} has no key `{}`", self.shape.what, key.value),
                )
                .help(wrong_shape::known_keys(self.shape, &key.value)),
        };
        sink.push(diagnostic);
        near.first().copied()
    }
}

/// Blanks that look like one and aren't, or can't be seen at all.
fn odd_blank(c: char) -> bool {
    c != ' ' && c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}
