//! YAML as a tree in which every key and value knows its bytes.
//!
//! The only module that knows which YAML parser is used. Built on the parser's events, since a typed decoder stops at
//! the first mistake of a file and has no place for a missing or a doubled key.

mod builder;
mod explain;
mod recover;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use self::builder::Builder;
use self::explain::explain;

use crate::diagnostics::{Diagnostic, Sink, Span, Spanned, rules};

/// A value of a YAML document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node<'t> {
    /// Text, or no value at all.
    Scalar {
        /// The text after YAML's escapes.
        text: Cow<'t, str>,
        /// Whether it was written without quotes, so that `~`, `null`, `true` and numbers mean something.
        plain: bool,
    },
    /// A list.
    Seq(Vec<Spanned<Node<'t>>>),
    /// Keys and values in the order of the file, doubled keys included.
    Map(Vec<(Spanned<Cow<'t, str>>, Spanned<Node<'t>>)>),
    /// A value that is there and can't be read, which was reported.
    Unreadable,
}

/// What could be read of a document.
#[derive(Debug)]
pub struct Tree<'t> {
    /// The document.
    pub root: Spanned<Node<'t>>,
    /// Whether all of it could be read; what could not was reported.
    pub whole: bool,
}

impl Node<'_> {
    /// Whether there is nothing here: no value, `~` or `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Scalar { text, plain: true } if matches!(text.as_ref(), "" | "~" | "null"))
    }

    /// The value as data: plain `true`, `false` and whole numbers as such, all other scalars as text.
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Scalar { .. } if self.is_null() => serde_json::Value::Null,
            Self::Scalar { text, plain: true } => match text.as_ref() {
                "true" => true.into(),
                "false" => false.into(),
                text => match text.parse::<i64>() {
                    Ok(number) if number.to_string() == text => number.into(),
                    _ => text.into(),
                },
            },
            Self::Scalar { text, .. } => text.as_ref().into(),
            Self::Seq(items) => items.iter().map(|item| item.value.to_json()).collect(),
            Self::Unreadable => serde_json::Value::Null,
            Self::Map(entries) => serde_json::Value::Object(
                entries
                    .iter()
                    .map(|(key, value)| (key.value.to_string(), value.value.to_json()))
                    .collect(),
            ),
        }
    }

    /// What this is, in words for a message.
    pub fn describe(&self) -> &'static str {
        match self {
            Self::Scalar { .. } if self.is_null() => "nothing",
            Self::Scalar { .. } => "text",
            Self::Seq(_) => "a list",
            Self::Map(_) => "keys with values",
            Self::Unreadable => "something that can't be read",
        }
    }
}

/// How much YAML one file may hold.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Deepest nesting of lists and maps.
    pub depth: usize,
    /// Most values and keys.
    pub nodes: usize,
}

/// Parses one document that begins at byte `offset` of a file; every span is one of the whole file.
///
/// Returns `None` when the YAML can't be read; the cause is reported. An empty document is an empty map.
pub fn parse<'t>(
    yaml: &'t str,
    offset: usize,
    limits: Limits,
    sink: &mut Sink,
) -> Option<Spanned<Node<'t>>> {
    let mut builder = Builder::new(yaml, offset, limits);
    let result = builder.run();
    report_cut(&mut builder, sink);
    match result {
        Ok(node) => Some(node),
        Err(problem) => {
            let diagnostic = problem.into_diagnostic(yaml, offset, sink);
            sink.push(diagnostic);
            None
        }
    }
}

/// The same for front matter, where one slip must not hide the mistakes of other keys: what can't be read as a whole is
/// read key by key. `None` when nothing of it can be used.
pub fn parse_front_matter<'t>(
    yaml: &'t str,
    offset: usize,
    limits: Limits,
    sink: &mut Sink,
) -> Option<Tree<'t>> {
    let mut builder = Builder::new(yaml, offset, limits);
    match builder.run() {
        Ok(root) => {
            report_cut(&mut builder, sink);
            Some(Tree { root, whole: true })
        }
        Err(problem @ Problem::Scan { .. }) => {
            let tree = recover::in_parts(yaml, offset, limits, sink);
            if tree.is_none() {
                let diagnostic = problem.into_diagnostic(yaml, offset, sink);
                sink.push(diagnostic);
            }
            tree
        }
        Err(problem) => {
            let diagnostic = problem.into_diagnostic(yaml, offset, sink);
            sink.push(diagnostic);
            None
        }
    }
}

/// Reports the comments that are probably part of the text before them.
fn report_cut(builder: &mut Builder<'_>, sink: &mut Sink) {
    for span in std::mem::take(&mut builder.cut) {
        let diagnostic = sink
            .diagnostic(
                &rules::COMMENT_IN_VALUE,
                span,
                "everything from this # on is a comment and is left out",
            )
            .help("if it belongs to the text, put the whole text in double quotes");
        sink.push(diagnostic);
    }
}

/// Why a document could not be read.
enum Problem {
    Scan { at: usize, info: String },
    Refused { span: Span, what: &'static str },
    Limit { span: Span, what: String },
}

impl Problem {
    fn into_diagnostic(self, yaml: &str, offset: usize, sink: &Sink) -> Diagnostic {
        let shift = |span: Span| span.start + offset..span.end + offset;
        match self {
            Self::Scan { at, info } => {
                let slip = explain(yaml, at, &info);
                let mut diagnostic = sink
                    .diagnostic(&rules::MALFORMED_YAML, shift(slip.span), slip.message)
                    .help(slip.help);
                if let Some((span, replacement)) = slip.mend {
                    let label = match replacement.is_empty() {
                        true => "take it out".to_owned(),
                        false => format!("write `{replacement}`"),
                    };
                    diagnostic = diagnostic.suggest_at(shift(span), replacement, label, false);
                }
                diagnostic
            }
            Self::Refused { span, what } => sink
                .diagnostic(
                    &rules::YAML_ALIAS,
                    shift(span),
                    format!("{what} can't be used here"),
                )
                .help(
                    "put the whole text in double quotes; these signs have a meaning of their own",
                ),
            Self::Limit { span, what } => sink.diagnostic(&rules::YAML_LIMIT, shift(span), what),
        }
    }
}
