//! From the parser's events to the tree.

use std::borrow::Cow;

use granit_parser::{Event, Parser, ScalarStyle};

use super::{Limits, Node, Problem};
use crate::diagnostics::{Span, Spanned};

/// A list or map that is still being filled.
enum Open<'t> {
    Seq {
        start: usize,
        items: Vec<Spanned<Node<'t>>>,
    },
    Map {
        start: usize,
        key: Option<Spanned<Cow<'t, str>>>,
        entries: Vec<(Spanned<Cow<'t, str>>, Spanned<Node<'t>>)>,
    },
}

pub(super) struct Builder<'t> {
    yaml: &'t str,
    offset: usize,
    limits: Limits,
    stack: Vec<Open<'t>>,
    root: Option<Spanned<Node<'t>>>,
    nodes: usize,
    documents: usize,
    /// Comments that are probably part of the text before them.
    pub(super) cut: Vec<Span>,
}

impl<'t> Builder<'t> {
    pub(super) fn new(yaml: &'t str, offset: usize, limits: Limits) -> Self {
        Self {
            yaml,
            offset,
            limits,
            stack: Vec::new(),
            root: None,
            nodes: 0,
            documents: 0,
            cut: Vec::new(),
        }
    }

    pub(super) fn run(&mut self) -> Result<Spanned<Node<'t>>, Problem> {
        let options = granit_parser::options! { emit_comments: false };
        let mut parser = Parser::new_from_str_with_options(self.yaml, options);
        while let Some(event) = parser.next_event() {
            let (event, span) = event.map_err(|error| Problem::Scan {
                at: error.marker().byte_offset().unwrap_or(0),
            })?;
            let span = span.byte_range().unwrap_or(0..0);
            let span = span.start.min(self.yaml.len())..span.end.min(self.yaml.len());
            self.event(event, span)?;
        }
        let end = self.offset + self.yaml.len();
        Ok(self
            .root
            .take()
            .unwrap_or(Spanned::new(Node::Map(Vec::new()), self.offset..end)))
    }

    fn event(&mut self, event: Event<'t>, span: Span) -> Result<(), Problem> {
        let refused = |what| {
            Err(Problem::Refused {
                span: span.clone(),
                what,
            })
        };
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    return refused("a second YAML document");
                }
            }
            Event::Alias(..) | Event::UnresolvedAlias(..) => return refused("a YAML alias"),
            Event::Anchor(..) => return refused("a YAML anchor"),
            Event::Scalar(_, _, anchor, _)
            | Event::SequenceStart(_, anchor, _)
            | Event::MappingStart(_, anchor, _)
                if anchor != 0 =>
            {
                return refused("a YAML anchor");
            }
            Event::Scalar(_, _, _, Some(_))
            | Event::SequenceStart(_, _, Some(_))
            | Event::MappingStart(_, _, Some(_)) => {
                return refused("a YAML tag");
            }
            Event::Scalar(text, style, _, _) => {
                let plain = style == ScalarStyle::Plain;
                let span = self.trim(span, style);
                if plain {
                    self.note_comment(span.end);
                }
                self.value(Node::Scalar { text, plain }, span)?;
            }
            Event::SequenceStart(..) => {
                self.open(
                    &span,
                    Open::Seq {
                        start: span.start,
                        items: Vec::new(),
                    },
                )?;
            }
            Event::MappingStart(..) => {
                self.open(
                    &span,
                    Open::Map {
                        start: span.start,
                        key: None,
                        entries: Vec::new(),
                    },
                )?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span.end)?,
            _ => {}
        }
        Ok(())
    }

    fn open(&mut self, span: &Span, open: Open<'t>) -> Result<(), Problem> {
        if self.stack.len() >= self.limits.depth {
            return Err(Problem::Limit {
                span: span.clone(),
                what: format!(
                    "lists and keys are nested more than {} deep",
                    self.limits.depth
                ),
            });
        }
        if let Some(Open::Map { key: None, .. }) = self.stack.last() {
            return Err(Problem::Refused {
                span: span.clone(),
                what: "a list or map as a key",
            });
        }
        self.stack.push(open);
        Ok(())
    }

    fn close(&mut self, end: usize) -> Result<(), Problem> {
        match self.stack.pop() {
            Some(Open::Seq { start, items }) => {
                let end = self.block_end(start, end);
                self.value(Node::Seq(items), start..end)
            }
            Some(Open::Map { start, entries, .. }) => {
                let end = self.block_end(start, end);
                self.value(Node::Map(entries), start..end)
            }
            None => Ok(()),
        }
    }

    /// A block collection's span runs to the next token; it ends where its last text ends.
    fn block_end(&self, start: usize, end: usize) -> usize {
        start + self.yaml[start..end.max(start)].trim_end().len()
    }

    /// Block scalars end with their line break; messages are clearer without it.
    fn trim(&self, span: Span, style: ScalarStyle) -> Span {
        match style {
            ScalarStyle::Literal | ScalarStyle::Folded => {
                span.start..self.block_end(span.start, span.end)
            }
            _ => span,
        }
    }

    /// `title: Room #3` loses its end to a comment. People who comment leave a blank after the #.
    fn note_comment(&mut self, end: usize) {
        let rest = &self.yaml[end..];
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let comment = &rest[blanks..];
        let word = comment
            .strip_prefix('#')
            .and_then(|text| text.chars().next());
        if blanks > 0 && word.is_some_and(char::is_alphanumeric) {
            let length = comment.find(['\n', '\r']).unwrap_or(comment.len());
            let at = self.offset + end + blanks;
            self.cut.push(at..at + length);
        }
    }

    fn value(&mut self, node: Node<'t>, span: Span) -> Result<(), Problem> {
        self.nodes += 1;
        if self.nodes > self.limits.nodes {
            return Err(Problem::Limit {
                span,
                what: format!("there are more than {} values here", self.limits.nodes),
            });
        }
        let place = span.start + self.offset..span.end + self.offset;
        match self.stack.last_mut() {
            None => {
                if self.root.is_none() {
                    self.root = Some(Spanned::new(node, place));
                }
            }
            Some(Open::Seq { items, .. }) => items.push(Spanned::new(node, place)),
            Some(Open::Map { key, entries, .. }) => match key.take() {
                Some(key) => entries.push((key, Spanned::new(node, place))),
                None => match node {
                    Node::Scalar { text, .. } => *key = Some(Spanned::new(text, place)),
                    _ => {
                        return Err(Problem::Refused {
                            span,
                            what: "a list or map as a key",
                        });
                    }
                },
            },
        }
        Ok(())
    }
}
