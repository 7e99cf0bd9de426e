//! What a body may cost to read.
//!
//! pulldown-cmark reads nearly all that a stranger can write in time that grows with its length. For two things it doesn't: a title of a
//! link that is never closed is looked for in every line of its paragraph, and at every line break all pieces of the paragraph before it
//! are passed; and every line of a paragraph is held against every quotation that it stands in. 200 kB took 42 s
//! (`[a](b "`, then 100,000 lines), 760 kB a minute (as many `>`, then as many lines).

use memchr::memchr2_iter;

use crate::diagnostics::{Sink, rules};

/// Steps that a body may cost: 2 to 4 seconds, where the slowest body that has been found takes two nanoseconds for each. A table of
/// 4,000 rows of 100 bytes is within it, and whatever has no more than 44 kB.
const MOST: u64 = 2_000_000_000;

/// Reports a body that would take too long to read, and says whether it did.
pub(super) fn is_too_high(body: &str, offset: usize, sink: &mut Sink) -> bool {
    // No body has more lines, longer paragraphs or deeper quotations than bytes.
    if square(body.len()) <= MOST {
        return false;
    }
    let cost = Cost::of(body);
    if cost.steps() <= MOST {
        return false;
    }
    let place = offset + cost.longest..offset + cost.longest;
    let diagnostic = sink
        .diagnostic(
            &rules::MARKDOWN_LIMIT,
            place,
            "reading this text would take too long: too many lines stand together, or too deep in quotations",
        )
        .help("put an empty line between paragraphs; if this was pasted by mistake, take it out");
    sink.push(diagnostic);
    true
}

fn square(number: usize) -> u64 {
    (number as u64).saturating_mul(number as u64)
}

/// What is known of a body without parsing it.
#[derive(Debug, Default, PartialEq, Eq)]
struct Cost {
    /// Lines times bytes of every run of lines without an empty one, together.
    runs: u64,
    lines: u64,
    /// Most bytes at the head of a line that can open quotations and lists.
    depth: u64,
    /// Where the run begins that costs most.
    longest: usize,
}

impl Cost {
    fn of(body: &str) -> Self {
        let mut cost = Self::default();
        let (mut from, mut lines, mut highest) = (0, 0_u64, 0);
        let mut end_run = |cost: &mut Self, from: usize, to: usize, lines: u64| {
            let run = lines * (to - from) as u64;
            cost.runs = cost.runs.saturating_add(run);
            if run > highest {
                (highest, cost.longest) = (run, from);
            }
        };
        let mut start = 0;
        // A carriage return ends a line as well.
        let ends = memchr2_iter(b'\n', b'\r', body.as_bytes()).chain([body.len()]);
        for end in ends {
            let line = &body.as_bytes()[start..end];
            let head = line.iter().take_while(|byte| opens(**byte)).count();
            if line.iter().all(|byte| matches!(byte, b' ' | b'\t')) {
                end_run(&mut cost, from, start, lines);
                (from, lines) = (end + 1, 0);
            } else {
                cost.depth = cost.depth.max(head as u64);
                lines += 1;
            }
            cost.lines += 1;
            start = end + 1;
        }
        end_run(&mut cost, from.min(body.len()), body.len(), lines);
        cost
    }

    fn steps(&self) -> u64 {
        self.runs
            .saturating_add(self.lines.saturating_mul(self.depth))
    }
}

/// Whether a byte can be of what opens a quotation, a list, a definition or a footnote.
fn opens(byte: u8) -> bool {
    byte.is_ascii_digit()
        || matches!(
            byte,
            b' ' | b'\t' | b'>' | b'-' | b'+' | b'*' | b'.' | b')' | b':' | b'[' | b'^' | b']'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(body: &str) -> u64 {
        Cost::of(body).steps()
    }

    #[test]
    fn lines_that_stand_together_cost_their_number_for_each_byte() {
        let cost = Cost::of("ab\ncd\n\n \nef\n");
        assert_eq!((cost.runs, cost.lines, cost.depth), (2 * 6 + 3, 6, 0));
        assert_eq!(Cost::of("a\n\nbcd\r\r\nef").longest, 3);
        assert_eq!(Cost::of("> > 1. a\n- b").depth, 7);
    }

    #[test]
    fn what_people_write_is_far_from_the_limit() {
        let row = format!("| {} |\n", "a cell | ".repeat(11));
        let table = row.repeat(4_000);
        assert!(square(table.len()) > MOST && steps(&table) < MOST);
        let paragraph = format!(
            "{}\n",
            "some words and a [link](https://example.org)\n".repeat(30)
        );
        let long = paragraph.repeat(1_450);
        assert!(long.len() > 1_900_000 && steps(&long) < MOST / 10);
        let code = format!("```\n{}```\n", "let line = code;\n\n".repeat(50_000));
        assert!(steps(&code) < MOST / 10);
    }

    #[test]
    fn what_would_take_minutes_is_over_the_limit() {
        assert!(steps(&format!("[a](b \"{}", "a\n".repeat(100_000))) > MOST);
        assert!(steps(&format!("[a](b \"{}", "a\r".repeat(100_000))) > MOST);
        let many = format!("[a](b \"{}\n", "a\n".repeat(15_000));
        assert!(steps(&many) < MOST && steps(&many.repeat(60)) > MOST);
        assert!(steps(&format!("{}{}", ">".repeat(400_000), "\n\n".repeat(20_000))) > MOST);
    }
}
