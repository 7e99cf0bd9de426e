//! Places in a file: byte spans and what an editor calls them, line and column.

use std::hash::{Hash, Hasher};
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A half-open range of bytes in the original file, byte-order mark and front matter included.
pub type Span = Range<usize>;

/// A value with the bytes it was read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands in its file.
    pub span: Span,
}

/// Where a value stands is no part of what is made from it.
impl<T: Hash> Hash for Spanned<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

impl<T> Spanned<T> {
    /// Pairs a value with its place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// A position as editors show it: both numbers count from 1, columns in Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1; a byte-order mark at the start of the file has none.
    pub column: usize,
}

/// The byte-order mark that some editors put at the start of a UTF-8 file.
pub const BOM: &str = "\u{feff}";

/// Translates byte offsets of one text into positions.
///
/// A line ends at `\n`, `\r\n` or a lone `\r`, as in the editors that contributors use.
#[derive(Debug)]
pub struct LineIndex<'t> {
    text: &'t str,
    starts: Vec<usize>,
    /// How many characters begin before each block of [`BLOCK`] bytes: a line may be as long as a file, and hold a problem at
    /// every word.
    blocks: Vec<usize>,
}

/// Bytes that are looked through for a column.
const BLOCK: usize = 1024;

impl<'t> LineIndex<'t> {
    /// Finds the lines of a text.
    pub fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
                starts.push(at + 1);
            }
        }
        let mut blocks = vec![0];
        for block in bytes.chunks(BLOCK) {
            blocks.push(blocks[blocks.len() - 1] + characters(block));
        }
        Self {
            text,
            starts,
            blocks,
        }
    }

    /// How many characters begin before an offset.
    fn characters_before(&self, offset: usize) -> usize {
        let block = offset / BLOCK;
        self.blocks[block] + characters(&self.text.as_bytes()[block * BLOCK..offset])
    }

    /// The number, from 1, and the bytes of the line of an offset, without its line end and without a byte-order mark.
    pub fn line(&self, offset: usize) -> (usize, Span) {
        let number = self
            .starts
            .partition_point(|&start| start <= offset.min(self.text.len()));
        let start = self.starts[number - 1];
        let end = self.starts.get(number).copied().unwrap_or(self.text.len());
        let line = &self.text[start..end];
        let bom = if start == 0 && line.starts_with(BOM) {
            BOM.len()
        } else {
            0
        };
        let end = start + line.trim_end_matches(['\n', '\r']).len();
        (number, (start + bom).min(end)..end)
    }

    /// The position of a byte offset; one past the end, or inside a character, is moved back to the nearest place.
    pub fn position(&self, offset: usize) -> Position {
        let offset = floor_char_boundary(self.text, offset);
        let line = self.starts.partition_point(|&start| start <= offset);
        let start = self.starts[line - 1];
        let in_line = self.characters_before(offset) - self.characters_before(start);
        let bom = start == 0 && self.text[..offset].starts_with(BOM);
        Position {
            line,
            column: in_line - usize::from(bom) + 1,
        }
    }
}

/// How many characters begin in a piece of a text.
fn characters(bytes: &[u8]) -> usize {
    let continues = |byte: u8| byte & 0b1100_0000 == 0b1000_0000;
    bytes.iter().filter(|byte| !continues(**byte)).count()
}

/// The largest character boundary at or before `offset`, and never past the end of the text.
pub fn floor_char_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, offset: usize) -> (usize, usize) {
        let position = LineIndex::new(text).position(offset);
        (position.line, position.column)
    }

    #[test]
    fn counts_scalar_values_and_every_kind_of_line_end() {
        assert_eq!(at("ab\ncd", 4), (2, 2));
        assert_eq!(at("ab\r\ncd", 4), (2, 1));
        assert_eq!(at("ab\rcd", 3), (2, 1));
        assert_eq!(at("é😀x", 6), (1, 3));
        assert_eq!(at("é😀x", 4), (1, 2), "inside a character: its start");
        assert_eq!(at("ab\n", 3), (2, 1));
        assert_eq!(at("", 7), (1, 1));
    }

    #[test]
    fn a_byte_order_mark_has_no_column() {
        assert_eq!(at("\u{feff}---\ntitle", 3), (1, 1));
        assert_eq!(at("\u{feff}---\ntitle", 0), (1, 1));
        assert_eq!(at("\u{feff}---\ntitle", 7), (2, 1));
    }

    #[test]
    fn columns_of_long_lines_are_counted() {
        for (letter, width) in [("a", 1), ("\u{e9}", 2), ("\u{20ac}", 3), ("\u{1f600}", 4)] {
            for number in [0, 1, 255, 256, 341, 342, 512, 1_023, 1_024, 1_025, 5_000] {
                let line = letter.repeat(number);
                assert_eq!(at(&line, number * width), (1, number + 1), "{letter}");
                let text = format!("{line}\n{line}");
                assert_eq!(at(&text, text.len()), (2, number + 1), "{letter}");
            }
        }
    }
}
