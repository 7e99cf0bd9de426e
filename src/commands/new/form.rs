//! The text of a new study: the required keys to be filled in, all others as comments, and a body with guidance.

mod choices;

use std::fmt::Write;

use jiff::civil::Date;

use self::choices::Choices;
use crate::config::Config;
use crate::content::Library;
use crate::content::shapes::{CITATION, STUDY};
use crate::diagnostics::Sink;
use crate::source::yaml::{self, Node};
use crate::source::{Key, Shape, Value};

/// Comments are broken after so many characters.
const WIDTH: usize = 110;

/// What stands in front of each line of an optional key.
const OFF: &str = "# ";

const HEAD: &str = "\
# Fill in each key that has nothing after its colon. Lines that begin with # are for you and shown to nobody:
# delete them when you have read them. Text that holds a colon and a blank, or begins with a mark such as [ or \",
# stands in \"double quotes\".
";

const OPTIONAL: &str = "\
# Everything from here on may be left out. To use a key, take away the # and the blank in front of it and of the lines
# that belong to it; what stays behind a # stays a comment.
";

const BODY: &str = "
## Context

<!-- Where it happened, who lives there, and what was wrong or missing before. -->

## What was done

<!-- What people did, in which order, and who did it. Somebody elsewhere should be able to try it. -->

## What was found

<!-- What changed, and how you know. What did not change, or got worse, belongs here too. -->

## What was learned

<!-- What you would do again, and what you would do otherwise. -->
";

/// The whole file.
pub(super) fn text(title: &str, today: Date, library: &Library, config: &Config) -> String {
    let mut form = Form {
        out: String::new(),
        choices: Choices::new(library),
    };
    form.out.push_str("---\n");
    form.out.push_str(HEAD);
    for key in STUDY.keys.iter().filter(|key| key.required) {
        form.out.push('\n');
        form.comment("", key.about);
        match key.name {
            "title" => form.line("", &format!("title: {}", scalar(title))),
            "published" => form.line("", &format!("published: {today}")),
            "summary" => {
                let limit = config.limits.summary_characters;
                form.comment("", &format!("At most {limit} characters."));
                form.line("", "summary:");
            }
            name => {
                form.choices("", name, key.value);
                form.line("", &format!("{name}:"));
            }
        }
    }
    form.factors();
    form.out.push('\n');
    form.out.push_str(OPTIONAL);
    let done = |key: &&Key| !key.required && key.name != FIRST_FACTOR;
    for key in STUDY.keys.iter().filter(done) {
        form.out.push('\n');
        form.key(OFF, "", "", key);
    }
    form.out.push_str("---\n");
    form.out.push_str(BODY);
    form.out
}

/// The key under which the first factor is asked for; barriers and mixed are offered further down.
const FIRST_FACTOR: &str = "enablers";

struct Form<'l> {
    out: String,
    choices: Choices<'l>,
}

impl Form<'_> {
    fn line(&mut self, before: &str, text: &str) {
        let line = format!("{before}{text}");
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    /// A comment, broken into lines.
    fn comment(&mut self, before: &str, text: &str) {
        let mut line = String::new();
        for word in text.split_whitespace() {
            if !line.is_empty() && before.len() + line.len() + word.len() + 3 > WIDTH {
                self.line(before, &format!("# {line}"));
                line.clear();
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        self.line(before, &format!("# {line}"));
    }

    fn choices(&mut self, before: &str, name: &str, value: Value) {
        for text in self.choices.of(name, value) {
            self.comment(before, &text);
        }
    }

    /// A study needs one factor at least, so the first one is asked for.
    fn factors(&mut self) {
        let Some(key) = STUDY.keys.iter().find(|key| key.name == FIRST_FACTOR) else {
            return;
        };
        self.out.push('\n');
        self.comment("", key.about);
        self.comment(
            "",
            "A study needs one factor at least, here or under `barriers` or `mixed` further down. What got in the way, \
             move there. For a second factor write such lines again.",
        );
        self.choices("", key.name, key.value);
        self.line("", &format!("{FIRST_FACTOR}:"));
        self.line("", "  - factor:");
        for key in CITATION.keys.iter().filter(|key| !key.required) {
            self.comment("    ", key.about);
            self.choices("    ", key.name, key.value);
            // The sentence is asked for: without it a factor says little.
            let off = if key.name == "evidence" { "" } else { OFF };
            self.line("    ", &format!("{off}{}:", key.name));
        }
    }

    /// A key that is switched off: `indent` is its own, `dash` stands before it if it begins an item of a list.
    fn key(&mut self, off: &str, indent: &str, dash: &str, key: &Key) {
        // Below the first level a comment stays one when the key is switched on.
        let notes = match indent.is_empty() && dash.is_empty() {
            true => String::new(),
            false => format!("{off}{indent}"),
        };
        self.comment(&notes, key.about);
        self.choices(&notes, key.name, key.value);
        let inner = format!("{indent}{}", " ".repeat(dash.len()));
        self.line(off, &format!("{indent}{dash}{}:", key.name));
        match key.value {
            Value::Record(shape) => self.record(off, &format!("{inner}  "), "", shape),
            Value::List(Value::Record(shape)) => {
                self.record(off, &format!("{inner}  "), "- ", shape);
            }
            Value::List(Value::TextOrRecord(_, shape)) => {
                self.record(off, &format!("{inner}  "), "- ", shape);
            }
            Value::List(_) => self.line(off, &format!("{inner}  -")),
            _ => {}
        }
    }

    fn record(&mut self, off: &str, indent: &str, dash: &str, shape: &Shape) {
        for (index, key) in shape.keys.iter().enumerate() {
            match index {
                0 => self.key(off, indent, dash, key),
                _ => {
                    let indent = format!("{indent}{}", " ".repeat(dash.len()));
                    self.key(off, &indent, "", key);
                }
            }
        }
    }
}

/// A text as YAML: as it is where that reads back as the same text, in double quotes otherwise.
fn scalar(text: &str) -> String {
    let limits = yaml::Limits {
        depth: 8,
        nodes: 100,
    };
    let line = format!("title: {text}\n");
    let mut sink = Sink::new(&"".into());
    let read = yaml::parse(&line, 0, limits, &mut sink).map(|node| node.value);
    let same = match &read {
        Some(Node::Map(entries)) => matches!(
            entries.as_slice(),
            [(_, value)] if matches!(&value.value, Node::Scalar { text: read, plain: true } if read == text)
                && !value.value.is_null()
        ),
        _ => false,
    };
    // Every other reader of YAML has to take it for text as well.
    let plain = same && sink.into_diagnostics().is_empty() && !text.contains([':', '#', '"', '\\']);
    if plain {
        return text.to_owned();
    }
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(c);
            }
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_quoted_where_yaml_needs_it() {
        assert_eq!(scalar("One door"), "One door");
        assert_eq!(scalar("It's here"), "It's here");
        assert_eq!(scalar("Tea 🍵 at ten"), "Tea 🍵 at ten");
        assert_eq!(
            scalar("One door: what's next"),
            r#""One door: what's next""#
        );
        assert_eq!(scalar(r#"The "hub""#), r#""The \"hub\"""#);
        assert_eq!(scalar("null"), "\"null\"");
        for text in [
            "[a] list", "- one", "& more", "100 % #1", "'half", "> up", "{x}", "@home",
        ] {
            assert!(scalar(text).starts_with('"'), "{text}");
        }
    }
}
