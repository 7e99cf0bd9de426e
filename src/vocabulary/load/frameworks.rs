//! Frameworks and their categories, and where a factor says that frameworks put it.

use rustc_hash::FxHashSet;

use super::shapes::{CATEGORY, ITEM};
use crate::diagnostics::{Sink, rules};
use crate::id::Id;
use crate::source::yaml::Node;
use crate::source::{Record, start_of, values};
use crate::vocabulary::term::{Category, Factor, Framework, Place};
use crate::vocabulary::terms::Terms;

/// Keys with texts, or lists of texts, as pairs.
pub(super) fn pairs(record: &Record<'_, '_>, key: &str, sink: &mut Sink) -> Vec<(String, String)> {
    let Some(node) = record.node(key) else {
        return Vec::new();
    };
    let Node::Map(entries) = &node.value else {
        sink.report(
            &rules::WRONG_TYPE,
            node.span.clone(),
            format!(
                "`{key}` must be keys with values, not {}",
                node.value.describe()
            ),
        );
        return Vec::new();
    };
    let mut pairs = Vec::new();
    for (framework, value) in entries {
        let items = match &value.value {
            Node::Seq(items) => items.as_slice(),
            _ => std::slice::from_ref(value),
        };
        for item in items {
            match &item.value {
                Node::Scalar { text, .. } if !item.value.is_null() => {
                    pairs.push((framework.value.to_string(), text.to_string()));
                }
                other => sink.report(
                    &rules::WRONG_TYPE,
                    item.span.clone(),
                    format!(
                        "`{}` must be the id of a category, not {}",
                        framework.value,
                        other.describe()
                    ),
                ),
            }
        }
    }
    pairs
}

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
    let mut categories: Vec<Category> = Vec::new();
    let mut ids: FxHashSet<String> = FxHashSet::default();
    for node in record.items("categories", sink) {
        let Some(inner) = Record::open(node, &CATEGORY, start_of(node), sink) else {
            continue;
        };
        let Some(id) = inner.text("id", sink) else {
            continue;
        };
        if !ids.insert(id.value.clone()) {
            sink.report(
                &rules::DUPLICATE_ID,
                id.span.clone(),
                format!(
                    "this framework has two categories with the id `{}`",
                    id.value
                ),
            );
            continue;
        }
        categories.push(category(&inner, id.value, factors, sink));
    }
    Some(Framework {
        id: String::new(),
        label: label?.value,
        kind: kind?.value,
        note: record.text("note", sink).map(|note| note.value),
        categories,
        data: record.to_json(),
        place,
    })
}

fn category(
    record: &Record<'_, '_>,
    id: String,
    factors: &Terms<Factor>,
    sink: &mut Sink,
) -> Category {
    let mut named: Vec<Id<Factor>> = Vec::new();
    let mut texts = record.texts("factors", sink);
    for node in record.items("items", sink) {
        if matches!(node.value, Node::Scalar { .. }) {
            continue;
        }
        if let Some(item) = Record::open(node, &ITEM, start_of(node), sink) {
            texts.extend(item.text("factor", sink));
        }
    }
    for text in texts {
        match factors.find(&text.value) {
            Some(factor) if !named.contains(&factor) => named.push(factor),
            Some(_) => {}
            None if factors.unusable().explains(&text.value) => {}
            None => {
                let mut diagnostic = sink.diagnostic(
                    &rules::DANGLING_CROSSWALK,
                    text.span.clone(),
                    format!("there is no factor `{}`", text.value),
                );
                for near in factors.nearest(&text.value) {
                    let near = &factors.get(near).id;
                    diagnostic = diagnostic.suggest(near, format!("did you mean `{near}`?"));
                }
                sink.push(diagnostic);
            }
        }
    }
    let label = record.text("label", sink).map(|label| label.value);
    Category {
        label: label.unwrap_or_else(|| id.clone()).into(),
        id: id.into(),
        definition: record.text("definition", sink).map(|text| text.value),
        also_called: values(record.texts("also_called", sink)),
        inverse: record.text("inverse", sink).map(|text| text.value.into()),
        factors: named,
    }
}
