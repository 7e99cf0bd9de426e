//! Lists that fields of studies draw on, and that no framework holds.

use std::sync::Arc;

use crate::config::Config;
use crate::diagnostics::{Diagnostic, rules};
use crate::vocabulary::lists::{ListField, Lists};
use crate::vocabulary::suggest;
use crate::vocabulary::term::{Framework, Term};
use crate::vocabulary::terms::Terms;

/// A library without the list of a field can't check it; `programme` is free text by contract.
pub(super) fn missing_lists(
    config: &Config,
    lists: &Lists,
    frameworks: &Terms<Framework>,
) -> Vec<Diagnostic> {
    let path: Arc<str> = "content/vocabulary/frameworks.yaml".into();
    let report = |message: String| Diagnostic::new(&rules::UNKNOWN_LIST, &path, 0..0, message);
    if frameworks.unusable().whole {
        return Vec::new();
    }
    if frameworks.is_empty() && config.lists.is_empty() {
        let diagnostic = report("there are no lists, so values of fields are not checked".into())
            .help("write them into content/vocabulary/frameworks.yaml, one record for each list");
        return vec![diagnostic];
    }
    let missing = ListField::ALL.into_iter().filter(|field| {
        let configured = config.lists.contains_key(field);
        lists.framework(*field).is_none() && (configured || *field != ListField::Programme)
    });
    missing
        .filter_map(|field| {
            let list = Lists::name(&config.lists, field);
            if frameworks.unusable().explains(list) {
                return None;
            }
            let field = field.key();
            let diagnostic = report(format!(
                "this file has no list `{list}`, so values of `{field}` are not checked"
            ));
            Some(diagnostic.help(advice(list, field, frameworks)))
        })
        .collect()
}

fn advice(list: &str, field: &str, frameworks: &Terms<Framework>) -> String {
    let ids = frameworks.iter().map(|(_, framework)| framework.id());
    let near = suggest::nearest(list, ids, 1).into_iter().next();
    match near.filter(|near| suggest::distance(list, near).is_some_and(|far| far < suggest::PART)) {
        Some(near) => format!(
            "rename `{near}` to `{list}`, or add `\"{field}\" = \"{near}\"` under [lists] in site-config.toml"
        ),
        None => format!(
            "add a record with `id: {list}` and its categories, or say under [lists] in site-config.toml where they are"
        ),
    }
}
