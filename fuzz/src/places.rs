//! Every place that is told lies within its file.

use caseloom::diagnostics::{Diagnostic, LineIndex, Span};

/// Asserts that a span lies within a text and cuts no character.
#[track_caller]
pub fn lies_within(text: &str, span: &Span, what: &str) {
    assert!(
        text.get(span.clone()).is_some(),
        "{what}: {span:?} is no part of a text of {} bytes",
        text.len()
    );
}

/// Asserts that a diagnostic and everything in it has a place in the file that it names, of which `text_of` gives the text.
pub fn is_located<'t>(diagnostic: &Diagnostic, text_of: impl Fn(&str) -> &'t str) {
    let name = diagnostic.rule.name;
    let text = text_of(&diagnostic.path);
    lies_within(text, &diagnostic.span, name);
    let place = LineIndex::new(text).position(diagnostic.span.start);
    let lines = text.split(['\n', '\r']).count();
    assert!((1..=lines).contains(&place.line), "{name}: {place:?}");
    for label in &diagnostic.labels {
        lies_within(text_of(&label.path), &label.span, name);
    }
    for suggestion in &diagnostic.suggestions {
        lies_within(text, &suggestion.span, name);
    }
    assert!(diagnostic.suggestions.len() <= 3, "{name}");
    assert!(
        !diagnostic.message.is_empty() && !diagnostic.message.ends_with('.'),
        "{name}: {}",
        diagnostic.message
    );
}
