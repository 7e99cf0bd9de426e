//! Data files: a list of records under one key, and what all readers of such records need.

use super::yaml::Node;
use crate::diagnostics::{Sink, Span, Spanned, rules};
use crate::slug;

/// The list under the key `name` of a vocabulary or evidence file, which may have a `version` beside it.
/// `None` when it has no such list, which was reported.
pub(crate) fn entries<'n, 't>(
    tree: &'n Spanned<Node<'t>>,
    name: &str,
    sink: &mut Sink,
) -> Option<&'n [Spanned<Node<'t>>]> {
    let Node::Map(entries) = &tree.value else {
        sink.report(
            &rules::WRONG_TYPE,
            tree.span.clone(),
            format!(
                "this file must hold the key `{name}` with a list, not {}",
                tree.value.describe()
            ),
        );
        return None;
    };
    let mut found: Option<&'n Spanned<Node<'t>>> = None;
    let guessed = |node: &Node<'_>| matches!(node, Node::Lost { nested: true });
    for (key, value) in entries {
        if guessed(&value.value) {
            continue;
        }
        if key.value == name && found.is_none() {
            found = Some(value);
        } else if key.value == name {
            sink.report(
                &rules::DUPLICATE_KEY,
                key.span.clone(),
                format!("the key `{name}` is given twice"),
            );
        } else if key.value != "version" {
            let diagnostic = sink
                .diagnostic(
                    &rules::UNKNOWN_KEY,
                    key.span.clone(),
                    format!("this file has no key `{}`", key.value),
                )
                .help(format!("its keys are: version, {name}"));
            sink.push(diagnostic);
        }
    }
    match found.map(|node| &node.value) {
        Some(Node::Seq(items)) => Some(items),
        Some(value) if value.is_null() => Some(&[]),
        Some(Node::Lost { .. }) => None,
        Some(value) => {
            let span = found.map_or(0..0, |node| node.span.clone());
            sink.report(
                &rules::WRONG_TYPE,
                span,
                format!("`{name}` must be a list, not {}", value.describe()),
            );
            None
        }
        // It may be hidden by what can't be read.
        None if entries.iter().any(|(_, value)| value.value.is_lost()) => None,
        None => {
            sink.report(
                &rules::MISSING_KEY,
                0..0,
                format!("the key `{name}` is missing; its list is what this file is for"),
            );
            None
        }
    }
}

/// Where a message about a missing key of an inner record points: its first character.
pub(crate) fn start_of(node: &Spanned<Node<'_>>) -> Span {
    let first = match &node.value {
        Node::Map(entries) => entries.first().map(|(key, _)| key.span.clone()),
        _ => None,
    };
    first.unwrap_or(node.span.start..node.span.start)
}

pub(crate) fn report_bad_id(id: &Spanned<String>, sink: &mut Sink) {
    let mut diagnostic = sink
        .diagnostic(
            &rules::BAD_VALUE,
            id.span.clone(),
            format!("`{}` can't be an id", id.value),
        )
        .help("an id has 1 to 80 small letters and digits, with single hyphens between words");
    let slug = slug::slugify(&id.value);
    if slug::is_valid(&slug) {
        diagnostic = diagnostic.suggest(&slug, format!("write `{slug}`"));
    }
    sink.push(diagnostic);
}

pub(crate) fn values(texts: Vec<Spanned<String>>) -> Vec<String> {
    texts.into_iter().map(|text| text.value).collect()
}
