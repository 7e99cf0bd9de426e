//! Where a factor says that frameworks put it: read from `maps_to`, and looked up when all frameworks are known.

use crate::diagnostics::{Diagnostic, Sink, Spanned, rules};
use crate::source::Record;
use crate::source::yaml::Node;
use crate::vocabulary::term::{Factor, Framework, Term};
use crate::vocabulary::{Vocabulary, suggest};

/// Keys with texts, or lists of texts, as pairs.
pub(super) fn pairs(
    record: &Record<'_, '_>,
    key: &str,
    sink: &mut Sink,
) -> Vec<(Spanned<String>, Spanned<String>)> {
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
                    let framework =
                        Spanned::new(framework.value.to_string(), framework.span.clone());
                    pairs.push((framework, Spanned::new(text.to_string(), item.span.clone())));
                }
                Node::Lost { .. } => {}
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

/// Reports each category of `maps_to` that no framework holds.
pub(super) fn dangling_crosswalks(vocabulary: &Vocabulary) -> Vec<Diagnostic> {
    let unusable = vocabulary.frameworks.unusable();
    if vocabulary.frameworks.is_empty() || unusable.whole || !unusable.ids.is_empty() {
        return Vec::new();
    }
    let factors = vocabulary.factors.iter().map(|(_, factor)| factor);
    factors
        .flat_map(|factor| factor.maps_to.iter().map(move |pair| (factor, pair)))
        .filter(|(_, (key, category))| vocabulary.crosswalk(&key.value, &category.value).is_none())
        .map(|(factor, (key, category))| dangling(vocabulary, factor, key, category))
        .collect()
}

fn dangling(
    vocabulary: &Vocabulary,
    factor: &Factor,
    key: &Spanned<String>,
    category: &Spanned<String>,
) -> Diagnostic {
    let report = |place: &Spanned<String>, message: String| {
        let path = &factor.place.path;
        Diagnostic::new(
            &rules::DANGLING_CROSSWALK,
            path,
            place.span.clone(),
            message,
        )
    };
    let meant: Vec<&Framework> = vocabulary.frameworks_named(&key.value).collect();
    let [first, ..] = meant.as_slice() else {
        let ids = vocabulary
            .frameworks
            .iter()
            .map(|(_, framework)| framework.id());
        let mut diagnostic = report(key, format!("there is no framework `{}`", key.value))
            .help("the frameworks are in content/vocabulary/frameworks.yaml");
        for near in suggest::nearest(&key.value, ids, 3) {
            diagnostic = diagnostic.suggest(near, format!("did you mean `{near}`?"));
        }
        return diagnostic;
    };
    let ids = || {
        let categories = meant.iter().flat_map(|framework| &framework.categories);
        categories.map(|category| category.id.as_ref())
    };
    let message = format!("`{}` has no category `{}`", first.id, category.value);
    let all: Vec<&str> = ids().collect();
    let mut diagnostic =
        report(category, message).help(format!("its categories are: {}", all.join(", ")));
    for near in suggest::nearest(&category.value, ids(), 3) {
        diagnostic = diagnostic.suggest(near, format!("did you mean `{near}`?"));
    }
    diagnostic
}
