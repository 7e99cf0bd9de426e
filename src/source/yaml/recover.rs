//! Front matter that can't be read as a whole is read key by key, so that one slip hides nothing else.

use std::borrow::Cow;

use super::builder::Builder;
use super::{Limits, Node, Problem, Tree, report_cut};
use crate::diagnostics::{Sink, Span, Spanned};

/// Reads every top-level key on its own. A key that can't be read is there with an unreadable value, and the cause is
/// reported. `None` when each key can be read by itself, so that the cause is none of them.
pub(super) fn in_parts<'t>(
    yaml: &'t str,
    offset: usize,
    limits: Limits,
    sink: &mut Sink,
) -> Option<Tree<'t>> {
    let mut entries: Vec<(Spanned<Cow<'t, str>>, Spanned<Node<'t>>)> = Vec::new();
    let mut failed = false;
    for part in parts(yaml) {
        let text = &yaml[part.clone()];
        let start = offset + part.start;
        let mut builder = Builder::new(text, start, limits);
        let result = builder.run();
        report_cut(&mut builder, sink);
        let problem = match result {
            Ok(Spanned {
                value: Node::Map(map),
                ..
            }) => {
                entries.extend(map);
                continue;
            }
            Ok(node) if node.value.is_null() => continue,
            // Text without a key: `title:A` is one word, and so is a line that belongs to nothing.
            Ok(_) => Problem::Scan {
                at: 0,
                info: String::new(),
            },
            Err(problem) => problem,
        };
        failed = true;
        let diagnostic = problem.into_diagnostic(text, start, sink);
        sink.push(diagnostic);
        if let Some(key) = top_level_key(text) {
            let place = start + key.start..start + key.end;
            let end = start + text.trim_end().len();
            entries.push((
                Spanned::new(Cow::Borrowed(&text[key]), place.clone()),
                Spanned::new(Node::Unreadable, place.end..end.max(place.end)),
            ));
        }
    }
    failed.then(|| Tree {
        root: Spanned::new(Node::Map(entries), offset..offset + yaml.len()),
        whole: false,
    })
}

/// The parts of front matter: each begins with a line that begins with a key.
fn parts(yaml: &str) -> Vec<Span> {
    let mut starts = vec![0];
    let mut at = 0;
    for line in yaml.split_inclusive('\n') {
        if at > 0 && top_level_key(line).is_some() {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([yaml.len()]);
    starts
        .iter()
        .copied()
        .zip(ends)
        .map(|(a, b)| a..b)
        .collect()
}

/// The key at the very beginning of a text, without its colon.
fn top_level_key(text: &str) -> Option<Span> {
    let first = text.chars().next().filter(char::is_ascii_alphabetic)?;
    let end = text
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-')))
        .unwrap_or(text.len());
    let after = text[end..].trim_start_matches(' ');
    // An address such as https://… is no key.
    (first.is_ascii() && after.starts_with(':') && !after.starts_with("://")).then_some(0..end)
}
