//! What the records of a library look like: their keys, what each holds, and what it is for.
//!
//! One table per kind of record is read by everything that has to know: the readers of content, the schema for editors,
//! the form of a new study.

/// The keys that one kind of record has.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// What the record is, with its article: "a study", "an outcome".
    pub what: &'static str,
    /// Its keys, the required ones first.
    pub keys: &'static [Key],
}

/// A key of a record.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// The key as it is written.
    pub name: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// What it holds.
    pub value: Value,
    /// What it is for, in a sentence for a contributor.
    pub about: &'static str,
}

/// What a key holds. Names of lists and kinds of terms are those of the vocabulary, which nothing here depends on.
#[derive(Debug, Clone, Copy)]
pub enum Value {
    /// A line of text.
    Text,
    /// A sentence or more.
    LongText,
    /// `YYYY-MM-DD`
    Day,
    /// A year, a month or a day.
    Date,
    /// An address that begins with `https://` or `http://`.
    WebAddress,
    /// Small letters and digits with single hyphens between words.
    Slug,
    /// `true` or `false`
    Flag,
    /// A whole number.
    Number,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A list of such values.
    List(&'static Value),
    /// One such value, or a list of them.
    OneOrMany(&'static Value),
    /// A record of its own.
    Record(&'static Shape),
    /// A short value, or a record that says more.
    TextOrRecord(&'static Value, &'static Shape),
    /// A value of the list that a field is bound to, by the name of the field.
    Choice(&'static str),
    /// The same, or a range of a scale: `from..to`.
    ChoiceRange(&'static str),
    /// The id of a term: of `themes`, `factors`, `systems`, `references` or `studies`.
    Term(&'static str),
    /// Anything; kept as data.
    Any,
}

impl Shape {
    /// The names of its keys.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.keys.iter().map(|key| key.name)
    }

    /// What a record looks like on one line: the keys that it must have, or the first two.
    pub fn sample(&self) -> String {
        let most = self.required().count().max(2);
        let keys: Vec<String> = self
            .names()
            .take(most)
            .map(|name| format!("{name}: ..."))
            .collect();
        format!("{{{}}}", keys.join(", "))
    }

    /// The names of the keys that must be there.
    pub fn required(&self) -> impl Iterator<Item = &'static str> + use<> {
        let keys: &'static [Key] = self.keys;
        keys.iter().filter(|key| key.required).map(|key| key.name)
    }
}

/// A key that must be there.
pub const fn required(name: &'static str, value: Value, about: &'static str) -> Key {
    Key {
        name,
        required: true,
        value,
        about,
    }
}

/// A key that may be there.
pub const fn optional(name: &'static str, value: Value, about: &'static str) -> Key {
    Key {
        name,
        required: false,
        value,
        about,
    }
}
