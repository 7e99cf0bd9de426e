//! Frameworks and their categories.

use rustc_hash::FxHashSet;

use super::shapes::{CATEGORY, FRAMEWORK_SOURCE, GROUP, ITEM, POPULATION};
use crate::diagnostics::{Sink, Spanned, rules};
use crate::id::Id;
use crate::source::yaml::Node;
use crate::source::{Record, Shape, start_of, values};
use crate::vocabulary::term::{Category, Factor, Framework, Place};
use crate::vocabulary::terms::Terms;

/// The keys of a category that its page shows, each with its heading.
const DETAILS: [(&str, &str); 22] = [
    ("support", "Support"),
    ("uncertainty", "Uncertainty"),
    ("polarity", "Polarity"),
    ("who", "Who"),
    ("body", "Body"),
    ("does", "What it does"),
    ("count_in_england", "How many in England"),
    ("subfactors", "Sub-factors"),
    ("parts", "Parts"),
    ("features", "Features"),
    ("feature", "Feature"),
    ("components", "Components"),
    ("signs", "Signs"),
    ("values", "Values"),
    ("bands", "Bands"),
    ("challenges", "Challenges"),
    ("applied_as", "Applied as"),
    ("national_policy_reach", "National policy reach"),
    ("linked_with", "Linked with"),
    ("classic_theory", "Classic theory"),
    ("deprivation_domain", "Deprivation domain"),
    ("word_in_source", "Word in the source"),
];

pub(super) fn framework(
    record: &Record<'_, '_>,
    place: Place,
    factors: &Terms<Factor>,
    sink: &mut Sink,
) -> Option<Framework> {
    let label = record.text("label", sink);
    let kind = record.text("kind", sink);
    if let Some(kind) = &kind
        && !["framework", "scale", "theory", "list"].contains(&kind.value.as_str())
    {
        let diagnostic = sink
            .diagnostic(
                &rules::BAD_VALUE,
                kind.span.clone(),
                format!("`{}` is no kind of framework", kind.value),
            )
            .help("the kinds are: framework, scale, theory, list");
        sink.push(diagnostic);
    }
    let sources = texts_or_records(record, "source", &FRAMEWORK_SOURCE, sink, |inner, sink| {
        let reference = inner.text("reference", sink);
        let has = |keys: [&str; 2]| keys.iter().find_map(|key| inner.key_span(key));
        if let (None, Some(span)) = (has(["reference", "file"]), has(["where", "lines"])) {
            let message = "a source of a framework needs `reference` or `file`";
            sink.report(&rules::MISSING_KEY, span, message);
        }
        reference.map(|text| text.value)
    });
    let groups = texts_or_records(record, "groups", &GROUP, sink, |inner, sink| {
        let (id, label) = (inner.text("id", sink), inner.text("label", sink));
        Some((id?.value, label?.value))
    });
    Some(Framework {
        id: String::new(),
        label: label?.value,
        kind: kind?.value,
        note: record.text("note", sink).map(|note| note.value),
        sources,
        groups,
        categories: categories(record, factors, sink),
        data: record.to_json(),
        place,
    })
}

/// What the items of a list mean that may be plain texts, or records that say more.
trait Plain {
    fn plain(text: &str) -> Self;
}

impl Plain for String {
    fn plain(text: &str) -> Self {
        text.to_owned()
    }
}

/// A group that is named by a word alone is called by it.
impl Plain for (String, String) {
    fn plain(text: &str) -> Self {
        (text.to_owned(), text.to_owned())
    }
}

/// An item that corresponds to no factor.
impl Plain for (String, Option<Id<Factor>>) {
    fn plain(text: &str) -> Self {
        (text.to_owned(), None)
    }
}

fn texts_or_records<T: Plain>(
    record: &Record<'_, '_>,
    key: &str,
    shape: &'static Shape,
    sink: &mut Sink,
    mut read: impl FnMut(&Record<'_, '_>, &mut Sink) -> Option<T>,
) -> Vec<T> {
    let mut found = Vec::new();
    for node in record.items(key, sink) {
        match &node.value {
            Node::Scalar { text, .. } if text.trim().is_empty() || node.value.is_null() => {
                let message = format!("an item of `{key}` is empty");
                sink.report(&rules::EMPTY_VALUE, node.span.clone(), message);
            }
            Node::Scalar { text, .. } => found.push(T::plain(text.trim())),
            _ => found.extend(
                Record::open(node, shape, start_of(node), sink)
                    .and_then(|inner| read(&inner, sink)),
            ),
        }
    }
    found
}

fn categories(record: &Record<'_, '_>, factors: &Terms<Factor>, sink: &mut Sink) -> Vec<Category> {
    let mut categories: Vec<Category> = Vec::new();
    let mut needs: Vec<Vec<Spanned<String>>> = Vec::new();
    let mut ids: FxHashSet<String> = FxHashSet::default();
    let mut whole = true;
    for node in record.items("categories", sink) {
        let Some(inner) = Record::open(node, &CATEGORY, start_of(node), sink) else {
            whole = false;
            continue;
        };
        let Some(id) = inner.text("id", sink) else {
            whole = false;
            continue;
        };
        if !ids.insert(id.value.clone()) {
            let message = format!(
                "this framework has two categories with the id `{}`",
                id.value
            );
            let diagnostic = sink
                .diagnostic(&rules::DUPLICATE_ID, id.span.clone(), message)
                .help("give the second one an id of its own, or take it out");
            sink.push(diagnostic);
            continue;
        }
        needs.push(inner.texts("depends_on", sink));
        categories.push(category(&inner, id.value, factors, sink));
    }
    let places: Vec<Vec<usize>> = needs
        .iter()
        .map(|needs| {
            let places = needs.iter();
            places
                .filter_map(|id| place_of(id, &categories, whole, sink))
                .collect()
        })
        .collect();
    for (category, places) in categories.iter_mut().zip(places) {
        category.depends_on = places;
    }
    categories
}

/// The place of the category of an id. An unknown one is reported, unless a category that could not be read may have it.
fn place_of(
    id: &Spanned<String>,
    categories: &[Category],
    whole: bool,
    sink: &mut Sink,
) -> Option<usize> {
    let place = categories
        .iter()
        .position(|category| *category.id == *id.value);
    if place.is_none() && whole {
        let ids: Vec<&str> = categories
            .iter()
            .map(|category| category.id.as_ref())
            .collect();
        let message = format!("this framework has no category `{}`", id.value);
        let diagnostic = sink
            .diagnostic(&rules::DANGLING_CROSSWALK, id.span.clone(), message)
            .help(format!("its categories are: {}", ids.join(", ")));
        sink.push(diagnostic);
    }
    place
}

fn category(
    record: &Record<'_, '_>,
    id: String,
    factors: &Terms<Factor>,
    sink: &mut Sink,
) -> Category {
    let mut named: Vec<Id<Factor>> = Vec::new();
    let mut found = |text: &Spanned<String>, sink: &mut Sink| {
        let factor = factors.resolve(text, &rules::DANGLING_CROSSWALK, sink)?;
        if !named.contains(&factor) {
            named.push(factor);
        }
        Some(factor)
    };
    for text in record.texts("factors", sink) {
        found(&text, sink);
    }
    let items = texts_or_records(record, "items", &ITEM, sink, |item, sink| {
        let factor = item.text("factor", sink);
        let factor = factor.and_then(|text| found(&text, sink));
        Some((item.text("label", sink)?.value, factor))
    });
    let text = |key, sink: &mut Sink| record.text(key, sink).map(|text| text.value);
    let label = text("label", sink);
    let details = DETAILS.into_iter().filter_map(|(key, heading)| {
        let texts = values(record.one_or_many(key, sink));
        (!texts.is_empty()).then_some((heading, texts))
    });
    let details = details.collect();
    Category {
        label: label.unwrap_or_else(|| id.clone()).into(),
        id: id.into(),
        definition: text("definition", sink),
        question: text("question", sink),
        group: text("group", sink),
        condition: text("if", sink),
        result: text("then", sink),
        depends_on: Vec::new(),
        items,
        population: population(record, sink),
        details,
        also_called: values(record.texts("also_called", sink)),
        inverse: text("inverse", sink).map(Into::into),
        side_by_side: record.boolean("side_by_side", sink).unwrap_or(false),
        factors: named,
    }
}

fn population(record: &Record<'_, '_>, sink: &mut Sink) -> Option<(i32, i32)> {
    let node = record.node("population")?;
    let range = Record::open(node, &POPULATION, start_of(node), sink)?;
    let (from, to) = (range.integer("from", sink), range.integer("to", sink));
    let (from, to) = from.zip(to)?;
    if from > to {
        let message = format!("from {from} to {to} is the wrong way round");
        sink.report(&rules::REVERSED_RANGE, node.span.clone(), message);
        return None;
    }
    Some((from, to))
}
