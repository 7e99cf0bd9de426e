//! Any text is split and its YAML read as a tree, in which every key and value knows where it stands.

use crate::places::{is_located, lies_within};
use caseloom::diagnostics::{Sink, Span, Spanned};
use caseloom::source::split;
use caseloom::source::yaml::{self, Limits, Node};

/// Those of a library that sets none.
const LIMITS: Limits = Limits {
    depth: 16,
    nodes: 5_000,
};

/// Tries an input.
///
/// # Panics
/// When a promise is broken.
pub fn front_matter(text: &str) {
    let document = split(text);
    lies_within(text, &document.fence, "the fence");
    lies_within(text, &document.body, "the body");
    let yaml = document.yaml.clone().unwrap_or(0..text.len());
    lies_within(text, &yaml, "the front matter");
    if document.yaml.is_some() {
        assert!(document.fence.end <= yaml.start && yaml.end < document.body.start);
    }

    let mut sink = Sink::new(&"fuzzed.md".into());
    let whole = yaml::parse(&text[yaml.clone()], yaml.start, LIMITS, &mut sink);
    let parts = yaml::parse_in_parts(&text[yaml.clone()], yaml.start, LIMITS, &mut sink);
    if let Some(tree) = &whole {
        check(text, &yaml, tree);
        let parts = parts
            .as_ref()
            .expect("what can be read is read in parts too");
        assert!(!parts.whole || parts.tree == *tree);
    }
    if let Some(parts) = &parts {
        check(text, &yaml, &parts.tree);
    }
    assert!(whole.is_some() || parts.as_ref().is_none_or(|parts| !parts.whole));
    for diagnostic in sink.into_diagnostics() {
        is_located(&diagnostic, |_| text);
    }
}

/// Asserts that a tree lies within the YAML of a text, and that texts without quotes are what stands there.
fn check(text: &str, yaml: &Span, tree: &Spanned<Node<'_>>) {
    let lies_inside = |span: &Span, what: &str| {
        lies_within(text, span, what);
        assert!(
            yaml.start <= span.start && span.end <= yaml.end,
            "{what}: {span:?}"
        );
    };
    lies_inside(&tree.span, tree.value.describe());
    match &tree.value {
        Node::Scalar { text: value, plain } => {
            let there = &text[tree.span.clone()];
            // Nothing at all is read as `~`; texts over several lines are folded.
            let is_text = *plain && !there.is_empty() && !there.contains(['\n', '\r']);
            assert!(!is_text || there == value, "{there:?} is read as {value:?}");
        }
        Node::Seq(items) => items.iter().for_each(|item| check(text, yaml, item)),
        Node::Map(entries) => {
            for (key, value) in entries {
                lies_inside(&key.span, "a key");
                check(text, yaml, value);
            }
        }
        Node::Lost { .. } => {}
    }
}
