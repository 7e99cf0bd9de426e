//! Fenced code as HTML: words in spans with CSS classes, no colours.
//!
//! The grammars are those of Sublime Text (syntect, with the additions of two-face); they name what they find by some
//! hundreds of scopes like `keyword.control.flow.return.python`. [`RULES`] brings these down to the few classes that
//! the style sheet knows, and the spans are written here, flat and merged: syntect's own HTML nests a span for every
//! part of every scope and made 13 kB of 300 bytes of Python.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

/// The CSS classes that the spans can have. The style sheet has a colour for each of them.
pub(crate) const CLASSES: [&str; 12] = [
    "hl-comment",
    "hl-string",
    "hl-number",
    "hl-keyword",
    "hl-type",
    "hl-function",
    "hl-variable",
    "hl-constant",
    "hl-operator",
    "hl-tag",
    "hl-attribute",
    "hl-punctuation",
];

/// A class, by its place in [`CLASSES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Comment,
    String,
    Number,
    Keyword,
    Type,
    Function,
    Variable,
    Constant,
    Operator,
    Tag,
    Attribute,
    Punctuation,
}

/// What a scope means for the text in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Is(Class),
    /// Code of its own inside something else, such as an expression inside a string.
    Inner,
}

/// Beginnings of scopes and what they mean; the first that fits counts, so exceptions stand before their rule.
const RULES: [(&str, Meaning); 42] = {
    use Class::*;
    use Meaning::{Inner, Is};
    [
        ("source", Inner),
        ("text", Inner),
        ("meta.interpolation", Inner),
        ("meta.template.expression", Inner),
        ("punctuation", Is(Punctuation)),
        ("keyword.accessor", Is(Punctuation)),
        ("comment", Is(Comment)),
        ("string", Is(String)),
        ("storage.type.string", Is(String)),
        ("constant.numeric", Is(Number)),
        ("keyword.other.unit", Is(Number)),
        ("constant", Is(Constant)),
        ("support.constant", Is(Constant)),
        ("keyword.operator", Is(Operator)),
        ("keyword", Is(Keyword)),
        ("storage", Is(Keyword)),
        ("entity.name.function", Is(Function)),
        ("entity.name.macro", Is(Function)),
        ("support.function", Is(Function)),
        ("support.macro", Is(Function)),
        ("support.command", Is(Function)),
        ("variable.function", Is(Function)),
        ("variable.annotation", Is(Function)),
        // Keys of YAML, TOML and JSON (see `Grammars::class`) look alike, and not like tags.
        ("entity.name.tag.yaml", Is(Attribute)),
        ("entity.name.tag.toml", Is(Attribute)),
        ("entity.name.tag", Is(Tag)),
        ("entity.other.attribute-name", Is(Attribute)),
        ("entity.other.pseudo-class", Is(Attribute)),
        ("entity.other.pseudo-element", Is(Attribute)),
        ("support.type.property-name", Is(Attribute)),
        ("entity.name.section", Is(Keyword)),
        ("entity.name", Is(Type)),
        ("entity.other.inherited-class", Is(Type)),
        ("support.type", Is(Type)),
        ("support.class", Is(Type)),
        ("support.struct", Is(Type)),
        ("variable", Is(Variable)),
        ("markup.heading", Is(Keyword)),
        ("markup.raw", Is(String)),
        ("markup.inserted", Is(String)),
        ("markup.deleted", Is(Keyword)),
        ("markup.underline.link", Is(Constant)),
    ]
};

/// Names that people write and no grammar has, and the name that one has.
const OTHER_NAMES: [(&str, &str); 11] = [
    ("shell", "sh"),
    ("console", "sh"),
    ("text", "txt"),
    ("plaintext", "txt"),
    ("jsonc", "json"),
    ("json5", "json"),
    ("jsx", "tsx"),
    ("csharp", "cs"),
    ("golang", "go"),
    ("docker", "dockerfile"),
    ("rlang", "r"),
];

/// The longest name of a language that is looked up, in bytes.
const LONGEST_NAME: usize = 40;
/// The longest code that is highlighted, in bytes.
const LONGEST_CODE: usize = 100_000;
/// The longest line that is highlighted, in characters. The time for a line can grow with the square of its length.
const LONGEST_LINE: usize = 2_000;

/// HTML of the inside of `<code>…</code>`: escaped text with `<span class="hl-…">`, never nested, never across classes.
///
/// `None` when the language is unknown, the code is longer than 100 kB, a line is longer than 2,000 characters, or the
/// grammar fails: the caller then escapes the code itself. Results are remembered, up to a bound of memory.
pub(super) fn highlight(language: &str, code: &str) -> Option<String> {
    let is_line_too_long = |line: &str| {
        line.len() > LONGEST_LINE
            && line
                .trim_end_matches(['\r', '\n'])
                .chars()
                .nth(LONGEST_LINE)
                .is_some()
    };
    if language.len() > LONGEST_NAME
        || code.len() > LONGEST_CODE
        || code.split('\n').any(is_line_too_long)
    {
        return None;
    }
    static GRAMMARS: OnceLock<Grammars> = OnceLock::new();
    static CACHE: Mutex<Option<Cache>> = Mutex::new(None);
    let grammars = GRAMMARS.get_or_init(Grammars::load);
    let syntax = grammars.find(language)?;
    let key = (syntax.name.as_str(), blake3::hash(code.as_bytes()));
    // A thread that panicked with the lock held leaves at worst an entry less.
    let cache = || CACHE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = cache().get_or_insert_default().get(&key) {
        return known;
    }
    let html = grammars.highlight(syntax, code);
    cache().get_or_insert_default().insert(key, html.clone());
    html
}

/// The grammars, and the rules in the form that they are asked in.
struct Grammars {
    syntaxes: SyntaxSet,
    rules: Vec<(Scope, Meaning)>,
    /// What the key of a JSON object is in, which is else but a string.
    json_key: Option<Scope>,
}

impl Grammars {
    fn load() -> Self {
        let rule = |(scope, meaning)| Some((Scope::new(scope).ok()?, meaning));
        Self {
            syntaxes: two_face::syntax::extra_newlines(),
            rules: RULES.into_iter().filter_map(rule).collect(),
            json_key: Scope::new("meta.mapping.key.json").ok(),
        }
    }

    fn find(&self, language: &str) -> Option<&SyntaxReference> {
        let other = OTHER_NAMES
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(language));
        let name = other.map_or(language, |(_, known)| known);
        self.syntaxes.find_syntax_by_token(name)
    }

    fn highlight(&self, syntax: &SyntaxReference, code: &str) -> Option<String> {
        let mut state = ParseState::new(syntax);
        let mut scopes = ScopeStack::new();
        let mut spans = Spans::with_room(code.len() * 3);
        for line in code.split_inclusive('\n') {
            // The grammars count on a line's end, which the last one may lack.
            let parsed: Cow<'_, str> = if line.ends_with('\n') {
                line.into()
            } else {
                format!("{line}\n").into()
            };
            let mut written = 0;
            for (at, operation) in state.parse_line(&parsed, &self.syntaxes).ok()? {
                let at = at.min(line.len());
                if at > written {
                    spans.push(line.get(written..at)?, self.class(&scopes));
                    written = at;
                }
                scopes.apply(&operation).ok()?;
            }
            spans.push(line.get(written..)?, self.class(&scopes));
        }
        Some(spans.close())
    }

    /// The class of text in nested scopes: that of the innermost which has one, where punctuation gives way to what it
    /// is part of, such as the quotes to the string.
    fn class(&self, scopes: &ScopeStack) -> Option<Class> {
        let scopes = scopes.as_slice();
        let mut class = None;
        for (at, &scope) in scopes.iter().enumerate().rev() {
            match self.meaning(scope) {
                None => {}
                Some(Meaning::Inner) => break,
                Some(Meaning::Is(Class::Punctuation)) => class = Some(Class::Punctuation),
                Some(Meaning::Is(Class::String))
                    if at > 0 && Some(scopes[at - 1]) == self.json_key =>
                {
                    return Some(Class::Attribute);
                }
                Some(Meaning::Is(other)) => return Some(other),
            }
        }
        class
    }

    fn meaning(&self, scope: Scope) -> Option<Meaning> {
        let rule = self
            .rules
            .iter()
            .find(|(prefix, _)| prefix.is_prefix_of(scope));
        rule.map(|&(_, meaning)| meaning)
    }
}

/// Writes text into spans, one for neighbours of one class. White space is never the first or last of a span.
struct Spans {
    html: String,
    open: Option<Class>,
    /// White space that waits for what comes behind it.
    space: String,
}

impl Spans {
    fn with_room(bytes: usize) -> Self {
        Self {
            html: String::with_capacity(bytes),
            open: None,
            space: String::new(),
        }
    }

    fn push(&mut self, text: &str, class: Option<Class>) {
        let from_word = text.trim_start();
        let word = from_word.trim_end();
        self.space.push_str(&text[..text.len() - from_word.len()]);
        if word.is_empty() {
            return;
        }
        if class != self.open {
            self.end_span();
        }
        self.html.push_str(&self.space);
        self.space.clear();
        if let (Some(class), None) = (class, self.open) {
            self.html.push_str("<span class=\"");
            self.html.push_str(CLASSES[class as usize]);
            self.html.push_str("\">");
        }
        self.open = class;
        escape(word, &mut self.html);
        self.space.push_str(&from_word[word.len()..]);
    }

    fn end_span(&mut self) {
        if self.open.take().is_some() {
            self.html.push_str("</span>");
        }
    }

    fn close(mut self) -> String {
        self.end_span();
        self.html.push_str(&self.space);
        self.html
    }
}

fn escape(text: &str, html: &mut String) {
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            _ => html.push(character),
        }
    }
}

/// The name of a grammar and the hash of the code.
type Key = (&'static str, blake3::Hash);

/// Results, for a process that highlights the same code again and again, as the development server does. Two
/// generations: when the newer one is full it becomes the older one, whose results are forgotten.
#[derive(Default)]
struct Cache {
    newer: HashMap<Key, Option<String>>,
    older: HashMap<Key, Option<String>>,
    newer_bytes: usize,
}

impl Cache {
    /// How many bytes a generation may have.
    const GENERATION: usize = 4 << 20;
    /// About how many bytes an entry takes beside its HTML.
    const ENTRY: usize = 128;

    fn get(&mut self, key: &Key) -> Option<Option<String>> {
        if let Some(known) = self.newer.get(key) {
            return Some(known.clone());
        }
        let known = self.older.remove(key)?;
        self.insert(*key, known.clone());
        Some(known)
    }

    fn insert(&mut self, key: Key, html: Option<String>) {
        let bytes = Self::ENTRY + html.as_ref().map_or(0, String::len);
        if self.newer_bytes + bytes > Self::GENERATION {
            self.older = std::mem::take(&mut self.newer);
            self.newer_bytes = 0;
        }
        if self.newer.insert(key, html).is_none() {
            self.newer_bytes += bytes;
        }
    }
}

#[cfg(test)]
mod tests;
