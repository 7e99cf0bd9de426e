//! YAML as a tree in which every key and value knows its bytes.
//!
//! The only module that knows which YAML parser is used. Built on the parser's events, since a typed decoder stops at
//! the first mistake of a file and has no place for a missing or a doubled key.

mod builder;
mod explain;
mod line;
mod recover;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use self::builder::Builder;
use self::explain::explain;
pub(super) use self::explain::quoted;
use self::recover::Recovery;

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
    /// Something that is there and can't be read, which was reported.
    Lost {
        /// Whether its key is only a guess: it was found inside something else that can't be read.
        nested: bool,
    },
}

impl Node<'_> {
    /// Whether there is nothing here: no value, `~` or `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Scalar { text, plain: true } if matches!(text.as_ref(), "" | "~" | "null"))
    }

    /// Whether it is there and can't be read.
    pub fn is_lost(&self) -> bool {
        matches!(self, Self::Lost { .. })
    }

    /// Whether it is anything but a map or list of nothing.
    fn holds_any(&self) -> bool {
        match self {
            Self::Map(entries) => !entries.is_empty(),
            _ => true,
        }
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
            Self::Lost { .. } => serde_json::Value::Null,
            Self::Seq(items) => items.iter().map(|item| item.value.to_json()).collect(),
            Self::Map(entries) => serde_json::Value::Object(
                entries
                    .iter()
                    .filter(|(_, value)| !matches!(value.value, Self::Lost { nested: true }))
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
            Self::Lost { .. } => "something that can't be read",
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
    report_cuts(builder.cut, sink);
    match result {
        Ok(node) => Some(node),
        Err(problem) => {
            let diagnostic = problem.into_diagnostic(yaml, offset, sink);
            sink.push(diagnostic);
            None
        }
    }
}

/// A document of which a part may be lost.
#[derive(Debug)]
pub struct Reading<'t> {
    /// Its keys and values, with [`Node::Lost`] for what can't be read.
    pub tree: Spanned<Node<'t>>,
    /// Whether all of it could be read.
    pub whole: bool,
}

/// Parses a document as [`parse`] does. Where a slip is in the way, all other keys and items are read nevertheless,
/// and each slip is reported. `None` when the document is refused.
pub fn parse_in_parts<'t>(
    yaml: &'t str,
    offset: usize,
    limits: Limits,
    sink: &mut Sink,
) -> Option<Reading<'t>> {
    let mut builder = Builder::new(yaml, offset, limits);
    let problem = match builder.run() {
        Ok(tree) if matches!(tree.value, Node::Map(_)) || tree.value.is_null() => {
            report_cuts(builder.cut, sink);
            return Some(Reading { tree, whole: true });
        }
        Ok(tree) => Ok(tree),
        Err(problem @ Problem::Scan { .. }) => Err(problem),
        Err(problem) => {
            report_cuts(builder.cut, sink);
            let diagnostic = problem.into_diagnostic(yaml, offset, sink);
            sink.push(diagnostic);
            return None;
        }
    };
    let mut found = Sink::new(sink.path());
    let (tree, broken) = Recovery::new(yaml, offset, limits, &mut found).run();
    match problem {
        // Readable, but no keys with values: its reader says so.
        Ok(tree) if !broken => {
            report_cuts(builder.cut, sink);
            return Some(Reading { tree, whole: true });
        }
        Err(problem) if !broken => {
            let diagnostic = problem.into_diagnostic(yaml, offset, sink);
            sink.push(diagnostic);
        }
        _ => {}
    }
    for diagnostic in found.into_diagnostics() {
        sink.push(diagnostic);
    }
    Some(Reading { tree, whole: false })
}

fn report_cuts(cuts: Vec<Span>, sink: &mut Sink) {
    for span in cuts {
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
    Scan { at: usize },
    Refused { span: Span, what: &'static str },
    Limit { span: Span, what: String },
}

impl Problem {
    fn into_diagnostic(self, yaml: &str, offset: usize, sink: &Sink) -> Diagnostic {
        let shift = |span: Span| span.start + offset..span.end + offset;
        match self {
            Self::Scan { at } => explain(yaml, at).into_diagnostic(offset, sink),
            Self::Refused { span, what } => {
                let help = "write the value out where it is needed; put text that begins with & * or ! in quotes";
                match explain::marked(yaml, span.start) {
                    // What is meant as text most of the time, and what the parser took it for.
                    Some((text, quoted)) => sink
                        .diagnostic(
                            &rules::YAML_ALIAS,
                            shift(text.clone()),
                            format!(
                                "text that begins with {} must stand in quotes; {what} can't be used here",
                                &yaml[text.start..=text.start]
                            ),
                        )
                        .help(help)
                        .suggest_at(shift(text), quoted, "put it in quotes", false),
                    None => sink
                        .diagnostic(
                            &rules::YAML_ALIAS,
                            shift(span),
                            format!("{what} can't be used here"),
                        )
                        .help(help),
                }
            }
            Self::Limit { span, what } => sink.diagnostic(&rules::YAML_LIMIT, shift(span), what),
        }
    }
}
