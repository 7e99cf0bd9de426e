//! Why YAML can't be read, in the words of the mistakes that people make.

mod brackets;
mod colons;
mod indentation;
mod marks;
mod quotes;

use super::line::{Line, lines};
use crate::diagnostics::{Diagnostic, Sink, Span, rules};

/// A mistake, where it stands, and what to do about it. All places are bytes of the text that was looked at.
#[derive(Debug)]
pub(super) struct Cause {
    span: Span,
    message: String,
    help: &'static str,
    /// A further place and what it has to do with the mistake.
    label: Option<(Span, &'static str)>,
    /// What to put where, and what that does.
    mend: Option<(Span, String, String)>,
}

impl Cause {
    fn new(span: Span, message: impl Into<String>, help: &'static str) -> Self {
        Self {
            span,
            message: message.into(),
            help,
            label: None,
            mend: None,
        }
    }

    fn at(at: usize, message: impl Into<String>, help: &'static str) -> Self {
        Self::new(at..at, message, help)
    }

    fn mend(mut self, span: Span, text: impl Into<String>, label: impl Into<String>) -> Self {
        self.mend = Some((span, text.into(), label.into()));
        self
    }

    fn label(mut self, span: Span, text: &'static str) -> Self {
        self.label = Some((span, text));
        self
    }

    /// The first key of a document stands further to the right than the key at `next`.
    pub(super) fn indented_first(yaml: &str, next: usize) -> Self {
        indentation::indented_first(yaml, next)
    }

    pub(super) fn into_diagnostic(self, offset: usize, sink: &Sink) -> Diagnostic {
        let shift = |span: Span| span.start + offset..span.end + offset;
        let mut diagnostic = sink
            .diagnostic(&rules::MALFORMED_YAML, shift(self.span), self.message)
            .help(self.help);
        if let Some((span, text)) = self.label {
            diagnostic = diagnostic.label(sink.path(), shift(span), text);
        }
        if let Some((span, text, label)) = self.mend {
            diagnostic = diagnostic.suggest_at(shift(span), text, label, false);
        }
        diagnostic
    }
}

/// Finds the likely cause of what stopped the parser at the byte `at`, the surest ones first.
pub(super) fn explain(yaml: &str, at: usize) -> Cause {
    let at = crate::diagnostics::floor_char_boundary(yaml, at);
    let known: Vec<Line<'_>> = lines(yaml)
        .take_while(|line| line.start <= at)
        .filter(|line| !line.is_blank())
        .collect();
    let near = known.iter().rev().take(3);
    near.clone()
        .find_map(|line| indentation::odd_blank(yaml, line))
        .or_else(|| odd_blank_below(yaml, at))
        .or_else(|| known.iter().find_map(|line| quotes::broken(yaml, line)))
        .or_else(|| known.iter().find_map(|line| brackets::broken(yaml, line)))
        .or_else(|| {
            near.clone()
                .find_map(|line| marks::of_list(line).or_else(|| marks::kept(yaml, line)))
        })
        .or_else(|| near.clone().find_map(colons::missing_blank))
        .or_else(|| indentation::misplaced(&known, at))
        .or_else(|| near.clone().find_map(|line| colons::in_text(yaml, line)))
        .or_else(|| brackets::around(yaml, &known, at))
        .or_else(|| colons::in_further_text(&known))
        .or_else(|| colons::missing_in_item(&known))
        .or_else(|| colons::stray_hyphen(&known))
        .or_else(|| colons::missing(&known, at))
        .unwrap_or_else(|| {
            Cause::at(
                at,
                "this line, or the one before, can't be read",
                "compare it with its neighbours: each key needs a colon and a blank after it, lines that belong \
                 together begin at the same column, and text with special characters stands in double quotes",
            )
        })
}

/// A text over several lines is complained about where it begins; the cause may stand in the next one.
fn odd_blank_below(yaml: &str, at: usize) -> Option<Cause> {
    let next = lines(yaml).find(|line| line.start > at && !line.is_blank())?;
    indentation::odd_blank(yaml, &next)
}

/// The value of the line at `at` when it begins with the mark of an anchor, an alias or a tag; and the same in quotes.
pub(super) fn marked(yaml: &str, at: usize) -> Option<(Span, String)> {
    let line = lines(yaml).take_while(|line| line.start <= at).last()?;
    let start = line.value_at();
    let value = &yaml[start..line.end];
    let begins = value.starts_with(['&', '*', '!']) && start <= at;
    begins.then(|| (start..line.end, quoted(value)))
}

/// A text in double quotes.
pub(in crate::source) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
