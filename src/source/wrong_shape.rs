//! What to write where a value has the wrong shape: text for a list, text for a record, a key that doesn't exist.

use super::shape::Shape;
use super::yaml::{Node, quoted};
use crate::diagnostics::{Diagnostic, Sink, Spanned, rules};

/// Keys whose lists hold records, and how one begins.
const RECORDS: [(&str, &str); 5] = [
    ("partners", "- name: The council"),
    ("outcomes", "- measure: Days in hospital"),
    ("cmo", "- context: Two teams in one building"),
    ("sources", "- url: https://example.org/report"),
    ("related", "- study: another-study"),
];

/// Words that people use for what has a key of another name.
const OTHER_WORDS: [(&[&str], &str); 15] = [
    (&["name", "heading", "headline"], "title"),
    (
        &["description", "abstract", "intro", "introduction"],
        "summary",
    ),
    (
        &["date", "created", "year", "publication-date"],
        "published",
    ),
    (&["modified", "changed", "lastmod"], "updated"),
    (&["system", "systems", "icb", "region", "area"], "ics"),
    (&["location", "town", "site", "where"], "place"),
    (&["dates", "start", "end", "timeline", "duration"], "period"),
    (&["patients", "people", "audience", "cohort"], "population"),
    (
        &[
            "organisation",
            "organisations",
            "organizations",
            "providers",
        ],
        "partners",
    ),
    (&["tags", "keywords", "topics", "categories"], "themes"),
    (
        &["factors", "facilitators", "helped", "successes"],
        "enablers",
    ),
    (
        &["obstacles", "challenges", "problems", "hindered"],
        "barriers",
    ),
    (&["results", "impact", "findings", "effects"], "outcomes"),
    (
        &["budget", "cost", "costs", "funding", "staff", "resources"],
        "effort",
    ),
    (&["links", "link", "url", "urls", "bibliography"], "sources"),
];

/// More keys than this are not told one after the other.
const FEW: usize = 10;

/// A key that wants a list has something else.
pub(super) fn no_list(key: &str, node: &Spanned<Node<'_>>, sink: &Sink) -> Diagnostic {
    let diagnostic = sink.diagnostic(
        &rules::WRONG_TYPE,
        node.span.clone(),
        format!("`{key}` must be a list, not {}", node.value.describe()),
    );
    let record = RECORDS
        .iter()
        .find(|(known, _)| *known == key)
        .map(|(_, example)| example);
    match (&node.value, record) {
        (Node::Map(_), _) => diagnostic.help(
            "put a hyphen and a blank before the first key, and indent the other keys of the same item by two more \
             spaces",
        ),
        (_, Some(example)) => diagnostic.help(format!(
            "begin each item on a line of its own, such as `{example}`"
        )),
        (Node::Scalar { text, .. }, None) => {
            let diagnostic = diagnostic.help(
                "write each item on a line of its own that begins with a hyphen and a blank, or all of them in square \
                 brackets with commas between them",
            );
            // The value of a block spans lines whose ends nobody would see in a replacement.
            match bracketed(text).filter(|_| node.span.len() <= text.len() + 2) {
                Some(list) => diagnostic.suggest(&list, format!("write `{list}`")),
                None => diagnostic,
            }
        }
        _ => diagnostic,
    }
}

/// The items of a list that somebody wrote as text.
fn bracketed(text: &str) -> Option<String> {
    let text = text.trim();
    let marks = ['-', '\u{2013}', '\u{2014}', '\u{2022}', '*', '\u{b7}'];
    let inner = text.trim_matches(['[', ']']).trim();
    let items: Vec<&str> = match inner.chars().next().filter(|first| marks.contains(first)) {
        // Items with hyphens that lack their blank are one text to YAML.
        Some(mark) => inner[mark.len_utf8()..]
            .split(&format!(" {mark}"))
            .collect(),
        None => inner.split([',', ';', '\n']).collect(),
    };
    let items: Vec<String> = items
        .iter()
        .map(|item| item.trim())
        .filter(|item| !item.is_empty())
        .map(item)
        .collect();
    let sensible = !items.is_empty() && text.len() <= 200;
    sensible.then(|| format!("[{}]", items.join(", ")))
}

/// An item of a list in brackets, in quotes where it needs them.
fn item(text: &str) -> String {
    let plain = text
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '/' | '\''))
        && text.starts_with(char::is_alphanumeric);
    if plain { text.to_owned() } else { quoted(text) }
}

/// A record without anything in it.
pub(super) fn empty_record(shape: &Shape, node: &Spanned<Node<'_>>, sink: &Sink) -> Diagnostic {
    sink.diagnostic(
        &rules::EMPTY_VALUE,
        node.span.clone(),
        format!("{} has nothing in it", shape.what),
    )
    .help("give it keys and values, or leave it out if it is not required")
}

/// A record is written as something else.
pub(super) fn no_record(shape: &Shape, node: &Spanned<Node<'_>>, sink: &Sink) -> Diagnostic {
    let diagnostic = sink.diagnostic(
        &rules::WRONG_TYPE,
        node.span.clone(),
        format!(
            "{} is written as keys with values, not as {}",
            shape.what,
            node.value.describe()
        ),
    );
    let diagnostic = diagnostic.help(format!(
        "write each key on a line of its own with a colon and its value, or all in curly brackets: {}",
        shape.sample()
    ));
    match (&node.value, only_key(shape, &node.value)) {
        (Node::Scalar { text, .. }, Some(key)) if node.span.len() <= text.len() + 2 => {
            let value = item(text.trim());
            let record = format!("{{{key}: {value}}}");
            diagnostic.suggest(&record, format!("write `{record}`"))
        }
        _ => diagnostic,
    }
}

/// The key that a text alone is meant for.
fn only_key(shape: &Shape, node: &Node<'_>) -> Option<&'static str> {
    let Node::Scalar { text, .. } = node else {
        return None;
    };
    if text.trim().is_empty() {
        return None;
    }
    let has = |wanted: &str| shape.names().any(|name| name == wanted);
    if has("url") && has("reference") {
        let address = text.trim().starts_with("http");
        return Some(if address { "url" } else { "reference" });
    }
    let mut required = shape.required();
    required.next().filter(|_| required.next().is_none())
}

/// Which keys there are, when one was given that isn't one of them.
pub(super) fn known_keys(shape: &Shape, given: &str) -> String {
    let keys: Vec<&str> = shape.names().collect();
    if keys.len() <= FEW {
        return format!("its keys are: {}", keys.join(", "));
    }
    let given = given.to_lowercase();
    let meant = OTHER_WORDS
        .iter()
        .find(|(words, key)| words.contains(&given.as_str()) && keys.contains(key));
    let all = "all keys are in the guide \"How to write a case study\"";
    match meant {
        Some((_, key)) => format!("what you mean may belong under `{key}`; {all}"),
        None => {
            let useful = [
                "place",
                "period",
                "population",
                "partners",
                "outcomes",
                "effort",
                "sources",
            ];
            let useful: Vec<&str> = useful
                .into_iter()
                .filter(|key| keys.contains(key))
                .collect();
            // That guide is about studies alone.
            if useful.is_empty() {
                return format!("its keys are: {}", keys.join(", "));
            }
            format!("often used keys are: {}; {all}", useful.join(", "))
        }
    }
}
