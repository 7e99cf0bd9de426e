//! What can be saved of YAML that can't be read as a whole: it is cut at the lines that begin a key or an item, and
//! each piece is read by itself, so that a slip in one hides nothing of the others.

use std::borrow::Cow;

use super::builder::Builder;
use super::explain::{Cause, explain};
use super::line::{Line, key, lines, near_key};
use super::{Limits, Node, Problem, report_cuts};
use crate::diagnostics::{Sink, Span, Spanned};

/// A key of a map with its value.
type Entry<'t> = (Spanned<Cow<'t, str>>, Spanned<Node<'t>>);

pub(super) struct Recovery<'t, 's> {
    yaml: &'t str,
    offset: usize,
    limits: Limits,
    sink: &'s mut Sink,
    /// What could not be read.
    lost: Vec<Span>,
}

impl<'t, 's> Recovery<'t, 's> {
    pub(super) fn new(yaml: &'t str, offset: usize, limits: Limits, sink: &'s mut Sink) -> Self {
        Self {
            yaml,
            offset,
            limits,
            sink,
            lost: Vec::new(),
        }
    }

    /// The document without the pieces that are broken, each of which was reported; and whether there was one.
    pub(super) fn run(mut self) -> (Spanned<Node<'t>>, bool) {
        let whole = 0..self.yaml.len();
        let node = self.map(whole.clone(), 0, 0);
        (self.placed(node, &whole), !self.lost.is_empty())
    }

    /// Reads a map whose keys stand at the column `indent`.
    fn map(&mut self, block: Span, indent: usize, depth: usize) -> Node<'t> {
        let first_lost = self.lost.len();
        let mut entries = Vec::new();
        for piece in self.pieces(block, indent, false) {
            match self.read(&piece) {
                Ok(Some(Spanned {
                    value: Node::Map(found),
                    ..
                })) => {
                    // Before the first key there can only be a key that is indented too far.
                    let early = depth == 0 && self.column_of(&piece) > 0;
                    let further = piece.end < self.yaml.len();
                    if early && further && !found.is_empty() {
                        let cause = Cause::indented_first(self.yaml, piece.end);
                        self.report(cause, 0);
                        self.lost.push(piece.start..piece.start);
                    }
                    entries.extend(found);
                }
                Ok(None) => {}
                // Text without a key is no broken map.
                Ok(Some(_)) if piece.len() == self.yaml.len() && self.key_of(&piece).is_none() => {}
                Ok(Some(_)) => self.broken_entry(&piece, indent, None, depth, &mut entries),
                Err(problem) => {
                    self.broken_entry(&piece, indent, Some(problem), depth, &mut entries);
                }
            }
        }
        for lost in &self.lost[first_lost..] {
            self.nested_keys(lost, &mut entries);
        }
        Node::Map(entries)
    }

    /// A key whose value may be saved in part.
    fn broken_entry(
        &mut self,
        piece: &Span,
        indent: usize,
        problem: Option<Problem>,
        depth: usize,
        entries: &mut Vec<Entry<'t>>,
    ) {
        let Some((key, body)) = self.key_of(piece) else {
            self.give_up(piece, problem);
            return;
        };
        let value = match self.inside(body, piece.end, indent, depth) {
            Some(node) => self.placed(node, &(body..piece.end)),
            None => {
                self.give_up(piece, problem);
                if let Some(found) = self.before_stray_line(piece, indent) {
                    entries.extend(found);
                    return;
                }
                self.placed(Node::Lost { nested: false }, piece)
            }
        };
        entries.push((key, value));
    }

    /// The keys of a piece that only a line of another kind at the same column spoils.
    fn before_stray_line(&mut self, piece: &Span, indent: usize) -> Option<Vec<Entry<'t>>> {
        let text = &self.yaml[piece.clone()];
        let stray = lines(text)
            .filter(|line| line.start > 0 && !line.is_blank() && line.indent() == indent)
            .find(|line| line.key().is_none() && !line.is_item())?;
        // Marks that belong to the value before: a closing bracket, an item that lacks its blank.
        if !stray.entry.starts_with(char::is_alphanumeric) {
            return None;
        }
        let head = piece.start..piece.start + stray.start;
        match self.read(&head) {
            Ok(Some(Spanned {
                value: Node::Map(found),
                ..
            })) => Some(found),
            _ => None,
        }
    }

    /// Reads a list whose hyphens stand at the column `indent`.
    fn list(&mut self, block: Span, indent: usize, depth: usize) -> Node<'t> {
        let mut items = Vec::new();
        for piece in self.pieces(block, indent, true) {
            let problem = match self.read(&piece) {
                Ok(Some(Spanned {
                    value: Node::Seq(found),
                    ..
                })) => {
                    items.extend(found);
                    continue;
                }
                Ok(None) => continue,
                Ok(Some(_)) => None,
                Err(problem) => Some(problem),
            };
            let text = &self.yaml[piece.clone()];
            let line = lines(text).next();
            let record = line
                .filter(|line| line.is_item() && key(line.entry).is_some())
                .map(|line| (piece.start + line.entry_at, line.entry_at - line.start));
            let saved = record.and_then(|(start, column)| {
                let block = start..piece.end;
                let parts = self.pieces(block.clone(), column, false).len();
                self.deeper(depth)
                    .filter(|_| parts > 1)
                    .and_then(|depth| self.if_broken(|this| this.map(block, column, depth)))
            });
            if saved.is_none() {
                self.give_up(&piece, problem);
            }
            let node = saved.unwrap_or(Node::Lost { nested: false });
            items.push(self.placed(node, &piece));
        }
        Node::Seq(items)
    }

    /// The lines below a key as a list or a map, if they are one and the break is in them.
    fn inside(
        &mut self,
        start: usize,
        end: usize,
        indent: usize,
        depth: usize,
    ) -> Option<Node<'t>> {
        let depth = self.deeper(depth)?;
        let text = self.yaml.get(start..end)?;
        let first = lines(text).find(|line| !line.is_blank())?;
        let column = first.indent();
        if first.start == 0 || !text[first.start..first.text_at].bytes().all(|b| b == b' ') {
            return None;
        }
        let block = start + first.start..end;
        if first.is_item() && column >= indent {
            self.if_broken(|this| this.list(block, column, depth))
        } else if column > indent && first.key().is_some() {
            self.if_broken(|this| this.map(block, column, depth))
        } else {
            None
        }
    }

    /// What was read, if something in it was found broken: else the break is elsewhere.
    fn if_broken(&mut self, read: impl FnOnce(&mut Self) -> Node<'t>) -> Option<Node<'t>> {
        let before = self.lost.len();
        let node = read(self);
        (self.lost.len() > before).then_some(node)
    }

    fn deeper(&self, depth: usize) -> Option<usize> {
        (depth < self.limits.depth).then_some(depth + 1)
    }

    /// Cuts a block where a key or an item begins at the column `indent`; its first line may begin in mid-line.
    fn pieces(&self, block: Span, indent: usize, items: bool) -> Vec<Span> {
        let mut cuts = vec![block.start];
        let begins = |line: &Line<'_>| {
            let text = &self.yaml[block.start + line.text_at..block.start + line.end];
            if items {
                text.starts_with('-')
            } else {
                key(text).or_else(|| near_key(text)).is_some()
            }
        };
        for line in lines(&self.yaml[block.clone()]) {
            if line.indent() == indent && begins(&line) && line.start > 0 {
                cuts.push(block.start + line.start);
            }
        }
        cuts.push(block.end);
        cuts.windows(2).map(|cut| cut[0]..cut[1]).collect()
    }

    fn read(&mut self, piece: &Span) -> Result<Option<Spanned<Node<'t>>>, Problem> {
        let text = &self.yaml[piece.clone()];
        let mut builder = Builder::new(text, self.offset + piece.start, self.limits);
        let result = builder.run();
        report_cuts(builder.cut, self.sink);
        result.map(|node| Some(node).filter(|node| !node.value.is_null() && node.value.holds_any()))
    }

    /// The key of a piece and where what follows its colon begins.
    fn key_of(&self, piece: &Span) -> Option<(Spanned<Cow<'t, str>>, usize)> {
        let text = &self.yaml[piece.clone()];
        let line = lines(text).find(|line| !line.is_blank())?;
        let start = piece.start + line.text_at;
        let text = &self.yaml[start..piece.start + line.end];
        self.key_at(text, start)
    }

    /// The key that a text which starts at `start` begins with, its quotes within its span, and where what follows
    /// its colon begins.
    fn key_at(&self, text: &'t str, start: usize) -> Option<(Spanned<Cow<'t, str>>, usize)> {
        let (word, after) = key(text).or_else(|| near_key(text))?;
        let quote = usize::from(text.starts_with(['"', '\'']));
        let span = self.offset + start..self.offset + start + word.len() + 2 * quote;
        Some((Spanned::new(Cow::Borrowed(word), span), start + after))
    }

    /// The column at which the first line of a piece that says something begins.
    fn column_of(&self, piece: &Span) -> usize {
        lines(&self.yaml[piece.clone()])
            .find(|line| !line.is_blank())
            .map_or(0, |line| line.indent())
    }

    fn give_up(&mut self, piece: &Span, problem: Option<Problem>) {
        let text = &self.yaml[piece.clone()];
        let offset = self.offset + piece.start;
        let diagnostic = match problem {
            Some(problem) => problem.into_diagnostic(text, offset, self.sink),
            None => {
                let first = lines(text).find(|line| !line.is_blank());
                let at = first.map_or(0, |line| line.text_at);
                explain(text, at).into_diagnostic(offset, self.sink)
            }
        };
        self.sink.push(diagnostic);
        self.lost.push(piece.clone());
    }

    fn report(&mut self, cause: Cause, at: usize) {
        let diagnostic = cause.into_diagnostic(self.offset + at, self.sink);
        self.sink.push(diagnostic);
    }

    /// Whatever looks like a key in a lost piece may be one of this map: it isn't missing.
    fn nested_keys(&self, lost: &Span, entries: &mut Vec<Entry<'t>>) {
        let text = &self.yaml[lost.clone()];
        for line in lines(text) {
            let start = lost.start + line.entry_at;
            let text = &self.yaml[start..lost.start + line.end];
            if let Some((key, _)) = self.key_at(text, start) {
                let node = Spanned::new(Node::Lost { nested: true }, key.span.clone());
                entries.push((key, node));
            }
        }
    }

    fn placed(&self, node: Node<'t>, span: &Span) -> Spanned<Node<'t>> {
        let length = self.yaml[span.clone()].trim_end().len();
        let start = self.offset + span.start;
        Spanned::new(node, start..start + length)
    }
}
