//! A closed record over a YAML map: every key is known or reported, every value has the shape its reader asks for.
//!
//! Reading goes on after each problem, so that one run reports every mistake of a file.

mod unknown_key;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::shape::Shape;
use super::wrong_shape;
use super::yaml::Node;
use crate::date::{self, PartialDate};
use crate::diagnostics::{Sink, Span, Spanned, rules};

/// A record being read.
#[derive(Debug)]
pub struct Record<'n, 't> {
    shape: &'static Shape,
    fields: Vec<Field<'n, 't>>,
}

#[derive(Debug)]
struct Field<'n, 't> {
    key: &'static str,
    key_span: Span,
    node: &'n Spanned<Node<'t>>,
}

impl<'n, 't> Record<'n, 't> {
    /// Opens a map. Unknown, misspelt, doubled and missing keys are reported here: a misspelt key is read as the key
    /// that was meant, so it is not missing as well. Missing keys point at `missing_at`.
    pub fn open(
        node: &'n Spanned<Node<'t>>,
        shape: &'static Shape,
        missing_at: Span,
        sink: &mut Sink,
    ) -> Option<Self> {
        let Node::Map(entries) = &node.value else {
            if node.value.is_lost() {
                return None;
            }
            // An empty list is no value of another kind.
            let empty = matches!(&node.value, Node::Seq(items) if items.is_empty());
            let diagnostic = if empty {
                wrong_shape::empty_record(shape, node, sink)
            } else {
                wrong_shape::no_record(shape, node, sink)
            };
            sink.push(diagnostic);
            return None;
        };
        if entries.is_empty() && shape.required().next().is_none() {
            let diagnostic = wrong_shape::empty_record(shape, node, sink);
            sink.push(diagnostic);
        }
        let mut record = Self {
            shape,
            fields: Vec::with_capacity(entries.len()),
        };
        // Asked once for each key of the shape: a file may hold thousands that it doesn't have.
        let is_given = |known: &&str| entries.iter().any(|(key, _)| key.value == *known);
        let given: Vec<&str> = shape.names().filter(is_given).collect();
        let guessed = |(_, value): &&(_, Spanned<Node<'t>>)| {
            matches!(value.value, Node::Lost { nested: true })
        };
        for (key, value) in entries.iter().filter(|entry| !guessed(entry)) {
            let known = shape.names().find(|known| *known == key.value);
            let meant = known.or_else(|| record.unknown_key(key, &given, sink));
            let Some(meant) = meant else {
                continue;
            };
            // The value is a part of the key: `start:2019`.
            let swallowed = known.is_none() && key.value.contains(':') && value.value.is_null();
            let value = if swallowed { &LOST } else { value };
            if let Some(first) = record.field(meant) {
                let diagnostic = sink
                    .diagnostic(
                        &rules::DUPLICATE_KEY,
                        key.span.clone(),
                        format!("the key `{meant}` is given twice"),
                    )
                    .label(sink.path(), first.key_span.clone(), "first given here")
                    .help("keep one of them");
                sink.push(diagnostic);
                continue;
            }
            record.fields.push(Field {
                key: meant,
                key_span: key.span.clone(),
                node: value,
            });
        }
        for (key, value) in entries.iter().filter(guessed) {
            let known = shape.names().find(|known| *known == key.value);
            if let Some(known) = known.filter(|known| record.field(known).is_none()) {
                record.fields.push(Field {
                    key: known,
                    key_span: key.span.clone(),
                    node: value,
                });
            }
        }
        for key in shape.keys.iter().filter(|key| key.required) {
            if record.field(key.name).is_none() {
                let message = format!("the key `{}` is missing; {} needs it", key.name, shape.what);
                let mut diagnostic =
                    sink.diagnostic(&rules::MISSING_KEY, missing_at.clone(), message);
                if !key.about.is_empty() {
                    diagnostic =
                        diagnostic.help(format!("add a line `{}: ...`. {}", key.name, key.about));
                }
                sink.push(diagnostic);
            }
        }
        for field in &record.fields {
            let required = shape.required().any(|key| key == field.key);
            let no_item = matches!(&field.node.value, Node::Seq(items) if items.is_empty());
            if field.node.value.is_null() || required && no_item {
                let diagnostic = sink
                    .diagnostic(
                        &rules::EMPTY_VALUE,
                        field.key_span.clone(),
                        format!("`{}` has no value", field.key),
                    )
                    .help(record.empty_help(field.key));
                sink.push(diagnostic);
            }
        }
        Some(record)
    }

    /// What to do about a key without a value.
    fn empty_help(&self, key: &str) -> String {
        let mut keys = self.shape.keys.iter();
        match keys.find(|known| known.required && known.name == key) {
            Some(key) if key.about.is_empty() => format!("{} needs one", self.shape.what),
            Some(key) => format!("{} needs one. {}", self.shape.what, key.about),
            None => "give it one, or leave the key out".to_owned(),
        }
    }

    fn field(&self, key: &str) -> Option<&Field<'n, 't>> {
        debug_assert!(
            self.shape.names().any(|known| known == key),
            "{key} is no key of {}",
            self.shape.what
        );
        self.fields.iter().find(|field| field.key == key)
    }

    /// Where a key stands, if it is given.
    pub fn key_span(&self, key: &str) -> Option<Span> {
        self.field(key).map(|field| field.key_span.clone())
    }

    /// The value of a key, if it is given, not empty, and can be read.
    pub fn node(&self, key: &str) -> Option<&'n Spanned<Node<'t>>> {
        self.field(key)
            .map(|field| field.node)
            .filter(|node| !node.value.is_null() && !node.value.is_lost())
    }

    /// Whether a key is given with a value that can't be read, so that nobody knows what it says.
    pub fn is_lost(&self, key: &str) -> bool {
        self.field(key)
            .is_some_and(|field| field.node.value.is_lost())
    }

    /// All values that were given, as data.
    pub fn to_json(&self) -> serde_json::Value {
        let fields = self
            .fields
            .iter()
            .filter(|field| !field.node.value.is_null() && !field.node.value.is_lost());
        serde_json::Value::Object(
            fields
                .map(|field| (field.key.to_owned(), field.node.value.to_json()))
                .collect(),
        )
    }

    /// Text without blanks at its ends.
    pub fn text(&self, key: &str, sink: &mut Sink) -> Option<Spanned<String>> {
        let node = self.node(key)?;
        let text = text(node);
        if text.is_none() {
            sink.report(
                &rules::WRONG_TYPE,
                node.span.clone(),
                format!("`{key}` must be text, not {}", node.value.describe()),
            );
        }
        let text = text?;
        if let Some(control) = text
            .value
            .chars()
            .find(|c| c.is_control() && !matches!(c, '\n' | '\t'))
        {
            sink.report(
                &rules::BAD_VALUE,
                text.span,
                format!(
                    "`{key}` holds a control character (U+{:04X})",
                    u32::from(control)
                ),
            );
            return None;
        }
        if text.value.is_empty() {
            let diagnostic = sink
                .diagnostic(
                    &rules::EMPTY_VALUE,
                    text.span,
                    format!("`{key}` has no value"),
                )
                .help(self.empty_help(key));
            sink.push(diagnostic);
            return None;
        }
        Some(text)
    }

    /// A list of texts.
    pub fn texts(&self, key: &str, sink: &mut Sink) -> Vec<Spanned<String>> {
        let items = self.items(key, sink);
        self.scalars(key, items.iter(), sink)
    }

    /// One text, or a list of them.
    pub fn one_or_many(&self, key: &str, sink: &mut Sink) -> Vec<Spanned<String>> {
        match self.node(key) {
            Some(Spanned {
                value: Node::Scalar { .. },
                ..
            }) => self.text(key, sink).into_iter().collect(),
            Some(_) => self.texts(key, sink),
            None => Vec::new(),
        }
    }

    /// The items of a list of anything.
    pub fn items(&self, key: &str, sink: &mut Sink) -> &'n [Spanned<Node<'t>>] {
        let Some(node) = self.node(key) else {
            return &[];
        };
        match &node.value {
            Node::Seq(items) => items,
            _ => {
                let diagnostic = wrong_shape::no_list(key, node, sink);
                sink.push(diagnostic);
                &[]
            }
        }
    }

    fn scalars(
        &self,
        key: &str,
        items: impl Iterator<Item = &'n Spanned<Node<'t>>>,
        sink: &mut Sink,
    ) -> Vec<Spanned<String>>
    where
        't: 'n,
    {
        let mut texts: Vec<Spanned<String>> = Vec::new();
        let mut places: FxHashMap<String, Span> = FxHashMap::default();
        for item in items {
            match text(item).filter(|text| !text.value.is_empty() && !item.value.is_null()) {
                Some(text) => {
                    if let Some(first) = places.get(&text.value) {
                        let diagnostic = sink
                            .diagnostic(
                                &rules::REPEATED_VALUE,
                                text.span.clone(),
                                format!("`{}` stands twice in `{key}`", text.value),
                            )
                            .label(sink.path(), first.clone(), "first given here")
                            .help("take one of them out");
                        sink.push(diagnostic);
                        continue;
                    }
                    places.insert(text.value.clone(), text.span.clone());
                    texts.push(text);
                }
                None if matches!(item.value, Node::Scalar { .. }) => sink.report(
                    &rules::EMPTY_VALUE,
                    item.span.clone(),
                    format!("an item of `{key}` is empty"),
                ),
                None if item.value.is_lost() => {}
                None => sink.report(
                    &rules::WRONG_TYPE,
                    item.span.clone(),
                    format!(
                        "each item of `{key}` must be text, not {}",
                        item.value.describe()
                    ),
                ),
            }
        }
        texts
    }

    /// `true` or `false`.
    pub fn boolean(&self, key: &str, sink: &mut Sink) -> Option<bool> {
        let text = self.text(key, sink)?;
        match text.value.as_str() {
            "true" => Some(true),
            "false" => Some(false),
            _ => {
                sink.report(
                    &rules::BAD_VALUE,
                    text.span,
                    format!("`{key}` must be true or false"),
                );
                None
            }
        }
    }

    /// A whole number.
    pub fn integer(&self, key: &str, sink: &mut Sink) -> Option<i32> {
        let text = self.text(key, sink)?;
        let number = text.value.parse().ok();
        if number.is_none() {
            sink.report(
                &rules::BAD_VALUE,
                text.span,
                format!("`{key}` must be a whole number"),
            );
        }
        number
    }

    /// A day: `YYYY-MM-DD`.
    pub fn day(&self, key: &str, sink: &mut Sink) -> Option<Spanned<Date>> {
        let text = self.text(key, sink)?;
        match day(&text.value) {
            Some(day) => Some(Spanned::new(day, text.span)),
            None => {
                bad_date(&text, "2019-01-31", |guess| day(guess).is_some(), sink);
                None
            }
        }
    }

    /// A year, a month or a day.
    pub fn partial_date(&self, key: &str, sink: &mut Sink) -> Option<Spanned<PartialDate>> {
        let text = self.text(key, sink)?;
        match PartialDate::parse(&text.value) {
            Some(date) => Some(Spanned::new(date, text.span)),
            None => {
                bad_date(&text, "2019, 2019-01 or 2019-01-31", |_| true, sink);
                None
            }
        }
    }
}

/// In the place of a value that was reported with its key.
static LOST: Spanned<Node<'static>> = Spanned {
    value: Node::Lost { nested: false },
    span: 0..0,
};

fn bad_date(text: &Spanned<String>, form: &str, reads: fn(&str) -> bool, sink: &mut Sink) {
    let (message, help) = match PartialDate::impossible(&text.value) {
        Some(why) => (
            format!("`{}` is no date: {why}", text.value),
            "the year comes first, then the month, then the day",
        ),
        None => (
            format!("`{}` is not a date of the form {form}", text.value),
            match PartialDate::parse(&text.value) {
                Some(_) => "add what is missing: year, month and day, with hyphens between them",
                None => "write year, month and day as numbers with hyphens between them",
            },
        ),
    };
    let mut diagnostic = sink
        .diagnostic(&rules::BAD_DATE, text.span.clone(), message)
        .help(help);
    if let Some(guess) = date::guess(&text.value).filter(|guess| guess.text != text.value) {
        let label = format!("write `{}`", guess.text);
        // A month where a day is needed would be wrong again.
        let certain = guess.certain && reads(&guess.text);
        diagnostic = diagnostic.suggest_at(text.span.clone(), guess.text, label, certain);
    }
    sink.push(diagnostic);
}

/// A date that is known to the day.
fn day(text: &str) -> Option<Date> {
    PartialDate::parse(text)?.day()
}

/// The text of a scalar without blanks at its ends.
fn text(node: &Spanned<Node<'_>>) -> Option<Spanned<String>> {
    match &node.value {
        Node::Scalar { text, .. } => Some(Spanned::new(text.trim().to_owned(), node.span.clone())),
        _ => None,
    }
}
