//! The JSON Schema of a study's front matter, for editors that complete and check while somebody types.
//!
//! It accepts what our own reader accepts. A YAML reader may take `2019` for a number where text is meant, so text may
//! be a number; it may not be `true`, since editors would offer that for every text.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use super::words::{self, Word};
use crate::config::Config;
use crate::content::shapes::{SOURCE, STUDY};
use crate::content::{Direction, Library};
use crate::slug;
use crate::source::{Key, Shape, Value};

const SLUG: &str = "^[a-z0-9]+(-[a-z0-9]+)*$";
const DAY: &str = "^[1-9][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";
const DATE: &str = "^[1-9][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$";

/// The schema for the studies of a library, with the terms of its vocabulary.
pub fn study(library: &Library, config: &Config) -> Json {
    let mut writer = Writer {
        library,
        definitions: BTreeMap::new(),
    };
    let mut schema = writer.record(&STUDY);
    let limit = config.limits.summary_characters;
    if let Some(summary) = schema.pointer_mut("/properties/summary") {
        summary["maxLength"] = limit.into();
    }
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    schema["$comment"] = "Made by `caseloom schema`; every change is lost".into();
    schema["title"] = "A case study".into();
    schema["description"] =
        "The front matter of a study: what stands between its two lines of ---.".into();
    schema["$defs"] = Json::Object(writer.definitions.into_iter().collect());
    schema
}

struct Writer<'l> {
    library: &'l Library,
    definitions: BTreeMap<String, Json>,
}

impl Writer<'_> {
    fn record(&mut self, shape: &Shape) -> Json {
        let mut properties = Map::new();
        for key in shape.keys {
            properties.insert(key.name.to_owned(), self.key(key));
        }
        let mut schema = json!({
            "type": "object",
            "additionalProperties": false,
            "properties": properties,
        });
        let required: Vec<&str> = shape.required().collect();
        if !required.is_empty() {
            schema["required"] = required.into();
        }
        if shape.what == STUDY.what {
            let some = Direction::ALL.map(|direction| {
                let key = direction.key();
                json!({"required": [key], "properties": {key: {"minItems": 1}}})
            });
            schema["anyOf"] = some.to_vec().into();
        }
        if shape.what == SOURCE.what {
            schema["oneOf"] = json!([{"required": ["reference"]}, {"required": ["url"]}]);
        }
        schema
    }

    fn key(&mut self, key: &Key) -> Json {
        let mut schema = self.value(key.value);
        schema["description"] = key.about.into();
        if key.required && matches!(key.value, Value::List(_)) {
            schema["minItems"] = 1.into();
        }
        schema
    }

    fn value(&mut self, value: Value) -> Json {
        match value {
            Value::Text | Value::LongText => text(),
            Value::Day => json!({"type": "string", "pattern": DAY, "format": "date"}),
            Value::Date => json!({
                "type": ["string", "integer"],
                "pattern": DATE,
                "minimum": 1000,
                "maximum": 9999,
            }),
            Value::WebAddress => json!({"type": "string", "pattern": "^https?://[^\\s]+$"}),
            Value::Slug => slug_pattern(),
            Value::Flag => json!({"enum": [true, false, "true", "false"]}),
            Value::Number => json!({"type": ["integer", "string"], "pattern": "^[+-]?[0-9]+$"}),
            Value::OneOf(words) => json!({"enum": words}),
            Value::List(item) => json!({"type": "array", "items": self.value(*item)}),
            Value::OneOrMany(item) => {
                let one = self.value(*item);
                json!({"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]})
            }
            Value::Record(shape) => self.defined(shape),
            Value::TextOrRecord(text, shape) => {
                let text = self.value(*text);
                json!({"anyOf": [text, self.defined(shape)]})
            }
            Value::Choice(field) => {
                let words = words::list(field, &self.library.vocabulary);
                self.words(&field.replace('.', "-"), words, text)
            }
            Value::ChoiceRange(field) => {
                let words = words::list(field, &self.library.vocabulary);
                let range = words.as_deref().map(range);
                let one = self.words(&field.replace('.', "-"), words, text);
                match range {
                    Some(range) => json!({"anyOf": [one, {"type": "string", "pattern": range}]}),
                    None => one,
                }
            }
            Value::Term(kind) => {
                let (vocabulary, references) = (&self.library.vocabulary, &self.library.references);
                let words = words::terms(kind, vocabulary, Some(references));
                self.words(kind, words, slug_pattern)
            }
            Value::Any => json!({}),
        }
    }

    /// A record that may stand in several places, defined once.
    fn defined(&mut self, shape: &'static Shape) -> Json {
        let name = slug::slugify(shape.what);
        if !self.definitions.contains_key(&name) {
            let schema = self.record(shape);
            self.definitions.insert(name.clone(), schema);
        }
        json!({"$ref": format!("#/$defs/{name}")})
    }

    /// A list of words, defined once under its name, or what any word looks like.
    fn words(&mut self, name: &str, words: Option<Vec<Word>>, any: fn() -> Json) -> Json {
        let Some(words) = words else {
            return any();
        };
        self.definitions
            .entry(name.to_owned())
            .or_insert_with(|| one_of(&words));
        json!({"$ref": format!("#/$defs/{name}")})
    }
}

fn text() -> Json {
    json!({"type": ["string", "number"], "pattern": "[^\\s]"})
}

fn slug_pattern() -> Json {
    json!({"type": ["string", "integer"], "pattern": SLUG, "maxLength": slug::MAX_LENGTH})
}

fn one_of(words: &[Word]) -> Json {
    let mut values: Vec<Json> = Vec::new();
    let mut descriptions: Vec<String> = Vec::new();
    for word in words {
        values.push(word.id.as_str().into());
        descriptions.push(word.explained());
        // A code such as 3 is a number to a YAML reader.
        if let Ok(number) = word.id.parse::<i64>()
            && number.to_string() == word.id
        {
            values.push(number.into());
            descriptions.push(word.explained());
        }
    }
    if values.is_empty() {
        // An empty `enum` is no schema.
        return json!({"not": {}, "$comment": "there is nothing to choose from yet"});
    }
    json!({"enum": values, "enumDescriptions": descriptions})
}

/// From a lower to a higher step of a scale: `consult..involve`.
fn range(words: &[Word]) -> String {
    let steps: Vec<String> = words
        .iter()
        .enumerate()
        .map(|(at, low)| {
            let up: Vec<String> = words[at..].iter().map(|word| literal(&word.id)).collect();
            format!("{}[ ]*\\.\\.[ ]*({})", literal(&low.id), up.join("|"))
        })
        .collect();
    format!("^({})$", steps.join("|"))
}

/// A text as a regular expression that means just it.
pub(super) fn literal(text: &str) -> String {
    let mut literal = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\^$.|?*+()[]{}/".contains(c) {
            literal.push('\\');
        }
        literal.push(c);
    }
    literal
}
