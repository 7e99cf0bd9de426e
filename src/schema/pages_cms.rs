//! The configuration of Pages CMS (`.pages.yml`), with which people fill in forms in a browser instead of writing YAML.
//!
//! Pages CMS knows one form for a key. Where we accept one value or a list, its form makes a list; where we accept an id
//! or a record, a record.

use std::fmt::Write;

use super::study::literal;
use super::words::{self, Word};
use crate::content::shapes::{PAGE, REVIEW, STUDY};
use crate::source::{Key, Shape, Value};
use crate::vocabulary::Vocabulary;

const HEAD: &str = "\
# The forms of Pages CMS (https://pagescms.org), made by `caseloom schema --pages-cms`; every change is lost.
# Its forms write lists where one value would do, and factors as records. Write a bare factor (`- trust`) as
# `- factor: trust` before you open its study in a form, or the form shows an empty line in its place.
# Images and attachments lie beside the study that shows them, so there is no folder for media.
settings:
  content:
    merge: true
content:
";

const SLUG: &str = "^[a-z0-9]+(-[a-z0-9]+)*$";
const DATE: &str = "^[1-9][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$";

/// The forms for studies, reviews and pages, with the terms of a vocabulary to choose from.
pub fn pages_cms(vocabulary: &Vocabulary) -> String {
    let mut writer = Writer {
        out: HEAD.to_owned(),
        vocabulary,
    };
    writer.collection("studies", "Studies", &STUDY, "published");
    writer.collection("reviews", "Reviews", &REVIEW, "published");
    writer.collection("pages", "Pages", &PAGE, "title");
    writer.out
}

struct Writer<'v> {
    out: String,
    vocabulary: &'v Vocabulary,
}

impl Writer<'_> {
    fn line(&mut self, indent: usize, text: &str) {
        let _ = writeln!(self.out, "{:indent$}{text}", "");
    }

    fn collection(&mut self, name: &str, label: &str, shape: &Shape, sorted_by: &str) {
        self.line(2, &format!("- name: {name}"));
        self.line(4, &format!("label: {label}"));
        self.line(4, "type: collection");
        self.line(4, &format!("path: content/{name}"));
        self.line(4, "format: yaml-frontmatter");
        self.line(4, "subfolders: true");
        self.line(4, "filename: \"{primary}.md\"");
        self.line(4, "view:");
        self.line(6, "primary: title");
        let fields = match sorted_by {
            "title" => "[title]",
            _ => "[title, published]",
        };
        self.line(6, &format!("fields: {fields}"));
        self.line(6, "search: [title, summary]");
        self.line(6, "default:");
        self.line(8, &format!("sort: {sorted_by}"));
        let order = if sorted_by == "title" { "asc" } else { "desc" };
        self.line(8, &format!("order: {order}"));
        self.line(4, "fields:");
        for key in shape.keys {
            self.field(6, key);
        }
        // As plain text: an editor of rich text would rewrite Markdown that it doesn't know.
        self.line(6, "- name: body");
        self.line(8, "label: Text");
        self.line(8, "type: code");
        self.line(8, "description: \"The story, in Markdown.\"");
        self.line(8, "options:");
        self.line(10, "language: markdown");
    }

    fn field(&mut self, indent: usize, key: &Key) {
        self.line(indent, &format!("- name: {}", key.name));
        let indent = indent + 2;
        self.line(indent, &format!("label: {}", quoted(&label(key.name))));
        self.line(indent, &format!("description: {}", quoted(key.about)));
        if key.required {
            self.line(indent, "required: true");
        }
        self.value(indent, key.value);
    }

    fn value(&mut self, indent: usize, value: Value) {
        match value {
            Value::Text | Value::Any => self.line(indent, "type: string"),
            Value::LongText => self.line(indent, "type: text"),
            Value::Day => self.line(indent, "type: date"),
            Value::Flag => self.line(indent, "type: boolean"),
            Value::Number => self.line(indent, "type: number"),
            Value::Date => {
                self.pattern(
                    indent,
                    DATE,
                    "A year, a month or a day: 2017, 2017-06 or 2017-06-30",
                );
            }
            Value::WebAddress => self.pattern(
                indent,
                "^https?://[^\\s]+$",
                "An address that begins with https:// or http://",
            ),
            Value::Slug => self.slug(indent),
            Value::OneOf(words) => {
                let words: Vec<Word> = words.iter().map(|word| plain(word)).collect();
                self.select(indent, &words, false);
            }
            Value::List(item) | Value::OneOrMany(item) => self.list(indent, *item),
            Value::Record(shape) | Value::TextOrRecord(_, shape) => self.object(indent, shape),
            Value::Choice(_) | Value::Term(_) => match self.words(value) {
                Some(words) => self.select(indent, &words, false),
                None if matches!(value, Value::Term(_)) => self.slug(indent),
                None => self.line(indent, "type: string"),
            },
            Value::ChoiceRange(_) => match self.words(value) {
                Some(words) => {
                    let ids: Vec<String> = words.iter().map(|word| literal(&word.id)).collect();
                    let ids = ids.join("|");
                    let named: Vec<&str> = words.iter().map(|word| word.id.as_str()).collect();
                    let message = format!(
                        "One of {}, or two of them with .. between",
                        named.join(", ")
                    );
                    self.pattern(indent, &format!("^({ids})(\\.\\.({ids}))?$"), &message);
                }
                None => self.line(indent, "type: string"),
            },
        }
    }

    fn list(&mut self, indent: usize, item: Value) {
        match self.words(item) {
            Some(words) => self.select(indent, &words, true),
            None => {
                self.value(indent, item);
                self.line(indent, "list: true");
            }
        }
    }

    fn object(&mut self, indent: usize, shape: &Shape) {
        self.line(indent, "type: object");
        self.line(indent, "fields:");
        for key in shape.keys {
            self.field(indent + 2, key);
        }
    }

    /// What a value is chosen from, if that can be listed.
    fn words(&self, value: Value) -> Option<Vec<Word>> {
        let words = match value {
            Value::Choice(field) | Value::ChoiceRange(field) => words::list(field, self.vocabulary),
            Value::Term(kind) => words::terms(kind, self.vocabulary, None),
            _ => None,
        };
        words.filter(|words| !words.is_empty())
    }

    fn select(&mut self, indent: usize, words: &[Word], several: bool) {
        self.line(indent, "type: select");
        self.line(indent, "options:");
        if several {
            self.line(indent + 2, "multiple: true");
        }
        self.line(indent + 2, "values:");
        for word in words {
            let label = match word.retired {
                true => format!("{} (no longer used)", word.label),
                false => word.label.clone(),
            };
            self.line(
                indent + 4,
                &format!(
                    "- {{value: {}, label: {}}}",
                    quoted(&word.id),
                    quoted(&label)
                ),
            );
        }
    }

    fn slug(&mut self, indent: usize) {
        self.pattern(
            indent,
            SLUG,
            "Small letters and digits, with single hyphens between words",
        );
    }

    fn pattern(&mut self, indent: usize, regex: &str, message: &str) {
        self.line(indent, "type: string");
        self.line(indent, "pattern:");
        self.line(indent + 2, &format!("regex: {}", quoted(regex)));
        self.line(indent + 2, &format!("message: {}", quoted(message)));
    }
}

fn plain(word: &str) -> Word {
    Word {
        id: word.to_owned(),
        label: word.to_owned(),
        about: None,
        group: None,
        retired: false,
    }
}

/// `organisational_level` as people read it. Letters that are no word stay capitals.
fn label(name: &str) -> String {
    let words: Vec<String> = name
        .split('_')
        .map(|word| match word {
            "ics" | "cmo" | "url" => word.to_uppercase(),
            word => word.to_owned(),
        })
        .collect();
    let words = words.join(" ");
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// A text in double quotes. JSON's are YAML's too.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
