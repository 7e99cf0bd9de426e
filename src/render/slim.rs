//! Scripts and stylesheets without what only their authors read.

/// A script or a stylesheet without comments that begin a line and without indentation: readers of the site pay for both,
/// readers of the source don't. A comment behind code stays, and so does one that begins with `/*!`, as licences do. What
/// stands in a template literal of several lines is kept to the letter.
pub(super) fn slim(text: &str) -> String {
    let mut slim = String::with_capacity(text.len());
    let (mut in_comment, mut in_literal) = (false, false);
    for line in text.lines() {
        let line = if in_literal {
            line
        } else {
            code(line, &mut in_comment)
        };
        if in_literal || !line.is_empty() {
            slim.push_str(line);
            slim.push('\n');
        }
        // One in a string or behind code may mislead: then lines are kept that could have been left out.
        in_literal ^= line.matches('`').count() % 2 == 1;
    }
    slim
}

/// A line from its first code on. `in_comment` tells whether it begins in a comment, then whether it ends in one.
fn code<'t>(line: &'t str, in_comment: &mut bool) -> &'t str {
    let mut rest = line.trim_start();
    loop {
        if !*in_comment {
            if rest.starts_with("//") {
                return "";
            }
            if !rest.starts_with("/*") || rest.starts_with("/*!") {
                return rest;
            }
            rest = &rest[2..];
        }
        let Some((_, after)) = rest.split_once("*/") else {
            *in_comment = true;
            return "";
        };
        *in_comment = false;
        rest = after.trim_start();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_are_left_out() {
        let text = "// a\n/** b\n * c\n */\nlet d = 1; // e\n\n  f();\n/* g */\nh();\n";
        assert_eq!(slim(text), "let d = 1; // e\nf();\nh();\n");
    }

    #[test]
    fn what_follows_a_comment_stays() {
        assert_eq!(
            slim("/* a */ b { c: d }\n.e { f: g }\n"),
            "b { c: d }\n.e { f: g }\n"
        );
        assert_eq!(slim("/* a\nb */ c { d: e }\nf {}\n"), "c { d: e }\nf {}\n");
        assert_eq!(slim("/* a */ /* b\nc */\nd {}\n"), "d {}\n");
    }

    #[test]
    fn licences_stay() {
        assert_eq!(
            slim("/*! A licence\n * of two lines */\na {}\n"),
            "/*! A licence\n* of two lines */\na {}\n"
        );
    }

    #[test]
    fn a_text_of_several_lines_stays_as_it_is() {
        let text = "const a = `\n  // b\n  /* c`;\nd();\n";
        assert_eq!(slim(text), text);
    }
}
