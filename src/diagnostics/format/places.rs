//! Lines and columns for byte spans, with each file split into lines once.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostics::{LineIndex, Position, Span, floor_char_boundary};
use crate::source::Sources;

/// The line indexes of the files that a report points into.
pub(super) struct Places<'s> {
    sources: &'s Sources,
    indexes: BTreeMap<Arc<str>, LineIndex<'s>>,
}

impl<'s> Places<'s> {
    pub(super) fn new(sources: &'s Sources) -> Self {
        Self {
            sources,
            indexes: BTreeMap::new(),
        }
    }

    /// Line and column of an offset, the column in bytes of the line as it is stored; 1:1 for a file without text.
    pub(super) fn in_bytes(&mut self, path: &Arc<str>, offset: usize) -> (usize, usize) {
        let (place, _) = self.of(path, &(offset..offset));
        let text = self.sources.text(path).unwrap_or("");
        let offset = floor_char_boundary(text, offset);
        // A byte-order mark counts: it is among the bytes of the first line.
        let start = match self.indexes.get(path) {
            Some(index) if place.line > 1 => index.line(offset).1.start,
            _ => 0,
        };
        (place.line, offset.saturating_sub(start) + 1)
    }

    /// The positions of both ends of a span; 1:1 for a file without text.
    pub(super) fn of(&mut self, path: &Arc<str>, span: &Span) -> (Position, Position) {
        let first = Position { line: 1, column: 1 };
        self.index(path);
        self.get(path).map_or((first, first), |index| {
            (index.position(span.start), index.position(span.end))
        })
    }

    /// Splits a file into lines, unless that was done.
    pub(super) fn index(&mut self, path: &Arc<str>) {
        if !self.indexes.contains_key(path)
            && let Some(text) = self.sources.text(path)
        {
            self.indexes.insert(path.clone(), LineIndex::new(text));
        }
    }

    /// The lines of a file that was split.
    pub(super) fn get(&self, path: &str) -> Option<&LineIndex<'s>> {
        self.indexes.get(path)
    }
}
