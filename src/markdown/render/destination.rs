//! Where in the source the destination of a link or an image stands.

use pulldown_cmark::{LinkType, RefDefs};
use rustc_hash::FxHashMap;

use crate::diagnostics::Span;

/// The definitions `[label]: destination` of a body, by label.
#[derive(Debug, Default)]
pub(super) struct Definitions(FxHashMap<String, Span>);

impl Definitions {
    pub(super) fn new(definitions: &RefDefs<'_>) -> Self {
        let places = definitions.iter();
        Self(
            places
                .map(|(label, definition)| (label.to_lowercase(), definition.span.clone()))
                .collect(),
        )
    }

    /// The bytes of `body` that are the destination of the link at `range`. `None` where it is written with escapes, so
    /// that no text of the file is the same.
    pub(super) fn place(
        &self,
        body: &str,
        range: &Span,
        link_type: LinkType,
        label: &str,
        destination: &str,
    ) -> Option<Span> {
        if destination.is_empty() {
            return None;
        }
        let (whole, at) = match link_type {
            LinkType::Inline => (range, inline(&body[range.clone()], destination)?),
            LinkType::Autolink | LinkType::Email => (range, body[range.clone()].find(destination)?),
            _ => {
                let span = self.0.get(&label.to_lowercase())?;
                (span, defined(body.get(span.clone())?, destination)?)
            }
        };
        let start = whole.start + at;
        Some(start..start + destination.len())
    }
}

/// In `[text](destination "title")`: text and title may hold the same words.
fn inline(link: &str, destination: &str) -> Option<usize> {
    let mut openings = link.rmatch_indices("](");
    openings.find_map(|(at, opening)| {
        let (start, rest) = follows(link, at + opening.len(), destination)?;
        let end = rest.trim();
        let titled = rest.starts_with(char::is_whitespace)
            && end.starts_with(['"', '\'', '('])
            && end.ends_with(')');
        (end == ")" || titled).then_some(start)
    })
}

/// In `[label]: destination "title"`.
fn defined(definition: &str, destination: &str) -> Option<usize> {
    let mut openings = definition.match_indices("]:");
    openings.find_map(|(at, opening)| {
        let (start, rest) = follows(definition, at + opening.len(), destination)?;
        (rest.is_empty() || rest.starts_with(char::is_whitespace)).then_some(start)
    })
}

/// Where a destination begins that follows on a place, and what comes behind it.
fn follows<'t>(text: &'t str, at: usize, destination: &str) -> Option<(usize, &'t str)> {
    let rest = text[at..].trim_start();
    let bare = rest.strip_prefix('<').unwrap_or(rest);
    let after = bare.strip_prefix(destination)?;
    let start = text.len() - bare.len();
    match bare.len() == rest.len() {
        true => Some((start, after)),
        false => Some((start, after.strip_prefix('>')?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destinations_are_told_from_texts_and_titles() {
        for (link, at) in [
            ("[x.md](x.md)", 7),
            ("[x](x.md \"x.md\")", 4),
            ("[x](x.md 'see x.md')", 4),
            ("[x]( <x.md> \"](x.md)\" )", 6),
            ("[![x.md](x.md)](x.md)", 16),
            ("[x](x.md \"](x.md)\")", 4),
        ] {
            assert_eq!(inline(link, "x.md"), Some(at), "{link}");
        }
        assert_eq!(inline("[x](x\\_y.md)", "x_y.md"), None);
    }

    #[test]
    fn destinations_of_definitions_are_found() {
        assert_eq!(defined("[x.md]: x.md \"x.md\"", "x.md"), Some(8));
        assert_eq!(defined("[x]:\n  <x.md>", "x.md"), Some(8));
        assert_eq!(defined("[x]: x.mdx", "x.md"), None);
    }
}
