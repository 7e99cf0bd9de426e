//! Frameworks and their categories.

use rustc_hash::FxHashSet;

use super::shapes::{CATEGORY, ITEM};
use crate::diagnostics::{Sink, rules};
use crate::id::Id;
use crate::source::yaml::Node;
use crate::source::{Record, start_of, values};
use crate::vocabulary::term::{Category, Factor, Framework, Place};
use crate::vocabulary::terms::Terms;

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
        if let Some(factor) = factors.resolve(&text, &rules::DANGLING_CROSSWALK, sink)
            && !named.contains(&factor)
        {
            named.push(factor);
        }
    }
    let label = record.text("label", sink).map(|label| label.value);
    Category {
        label: label.unwrap_or_else(|| id.clone()).into(),
        id: id.into(),
        definition: record.text("definition", sink).map(|text| text.value),
        also_called: values(record.texts("also_called", sink)),
        inverse: record.text("inverse", sink).map(|text| text.value.into()),
        side_by_side: record.boolean("side_by_side", sink).unwrap_or(false),
        factors: named,
    }
}
