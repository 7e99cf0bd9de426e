//! A unified diff that `git apply` and `patch -p1` take.

use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices, group_diff_ops};

/// So many unchanged lines are shown around a change.
const CONTEXT: usize = 3;

/// The changes of one file. Lines end at `\n` alone, as for git, so that every other line end is text and stays.
pub(super) fn unified(path: &str, old: &str, new: &str) -> String {
    let old: Vec<&str> = old.split_inclusive('\n').collect();
    let new: Vec<&str> = new.split_inclusive('\n').collect();
    let ops = capture_diff_slices(Algorithm::Myers, &old, &new);
    let mut out = format!("--- {}\n+++ {}\n", name("a", path), name("b", path));
    for group in group_diff_ops(ops, CONTEXT) {
        let (Some(first), Some(last)) = (group.first(), group.last()) else {
            continue;
        };
        let removed = first.old_range().start..last.old_range().end;
        let added = first.new_range().start..last.new_range().end;
        // A range without lines is named by the line before it.
        let start = |range: &std::ops::Range<usize>| range.start + usize::from(!range.is_empty());
        out.push_str(&format!(
            "@@ -{},{} +{},{} @@\n",
            start(&removed),
            removed.len(),
            start(&added),
            added.len()
        ));
        for op in &group {
            push(op, &old, &new, &mut out);
        }
    }
    out
}

fn push(op: &DiffOp, old: &[&str], new: &[&str], out: &mut String) {
    let old = &old[op.old_range()];
    if op.tag() == DiffTag::Equal {
        old.iter().for_each(|line| push_line(' ', line, out));
        return;
    }
    old.iter().for_each(|line| push_line('-', line, out));
    let new = &new[op.new_range()];
    new.iter().for_each(|line| push_line('+', line, out));
}

fn push_line(sign: char, line: &str, out: &mut String) {
    out.push(sign);
    out.push_str(line);
    if !line.ends_with('\n') {
        out.push_str("\n\\ No newline at end of file\n");
    }
}

/// A name as git writes it: in quotes if it holds what would end it, and with a tab behind it if it holds a blank.
fn name(side: &str, path: &str) -> String {
    let special = |c: char| c.is_control() || matches!(c, '"' | '\\');
    if path.contains(special) {
        let mut quoted = format!("\"{side}/");
        for c in path.chars() {
            match c {
                '"' | '\\' => quoted.extend(['\\', c]),
                c if c.is_ascii_control() => quoted.push_str(&format!("\\{:03o}", u32::from(c))),
                c => quoted.push(c),
            }
        }
        quoted.push('"');
        quoted
    } else if path.contains(char::is_whitespace) {
        format!("{side}/{path}\t")
    } else {
        format!("{side}/{path}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_stands_between_three_lines_on_each_side() {
        let old = "1\n2\n3\n4\n5\n6\n7\n8\n9";
        let new = old.replace('5', "five");
        assert_eq!(
            unified("a/b.md", old, &new),
            "--- a/a/b.md\n+++ b/a/b.md\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n"
        );
    }

    #[test]
    fn line_ends_are_text_and_a_missing_one_is_said() {
        assert_eq!(
            unified("x y.md", "a\r\nb\rc", "a\r\nB\rc"),
            "--- a/x y.md\t\n+++ b/x y.md\t\n@@ -1,2 +1,2 @@\n a\r\n-b\rc\n\\ No newline at end of file\n\
             +B\rc\n\\ No newline at end of file\n"
        );
    }

    #[test]
    fn names_that_would_end_early_are_quoted() {
        assert_eq!(name("a", "a \"b\".md"), "\"a/a \\\"b\\\".md\"");
        assert_eq!(name("b", "é\n"), "\"b/é\\012\"");
    }
}
