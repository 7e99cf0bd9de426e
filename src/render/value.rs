//! Template values, built by hand: maps and lists are shared by reference, so one card serves many pages.

use std::collections::BTreeMap;

use anyhow::{Result, anyhow};
use tera::{Context, Tera, Value};

/// A map with these keys. Templates see every key; `none` stands for what isn't there.
pub(super) fn object<const N: usize>(entries: [(&'static str, Value); N]) -> Value {
    Value::from(BTreeMap::from(entries))
}

/// A list.
pub(super) fn list(items: impl IntoIterator<Item = Value>) -> Value {
    Value::from(items.into_iter().collect::<Vec<Value>>())
}

/// Text.
pub(super) fn text(text: impl AsRef<str>) -> Value {
    Value::normal_string(text.as_ref())
}

/// Text, or `none`.
pub(super) fn optional(value: Option<impl AsRef<str>>) -> Value {
    value.map_or_else(Value::none, text)
}

/// Markup that the renderer wrote itself.
pub(super) fn markup(html: &str) -> Value {
    Value::safe_string(html)
}

/// A link within the site: what it is called, and its path from the root.
pub(super) fn link(label: impl AsRef<str>, path: impl AsRef<str>) -> Value {
    object([("label", text(label)), ("path", text(path))])
}

/// The way from a page to the root of the site where nearly all pages that show fragments lie: two folders deep.
pub(super) const TWO_DEEP: &str = "../../";

/// Markup of a component for pages that lie two folders deep, rendered once for all of them.
///
/// # Errors
/// When the skin has no such component, or the component fails.
pub(super) fn fragment<const N: usize>(
    tera: &Tera,
    component: &str,
    values: [(&'static str, Value); N],
) -> Result<Value> {
    fragment_at(TWO_DEEP, tera, component, values)
}

/// The same for pages from which `root` leads to the root of the site.
///
/// # Errors
/// When the skin has no such component, or the component fails.
pub(super) fn fragment_at<const N: usize>(
    root: &str,
    tera: &Tera,
    component: &str,
    values: [(&'static str, Value); N],
) -> Result<Value> {
    let mut arguments = Context::new();
    for (key, value) in values {
        arguments.insert_value(key, value);
    }
    let mut implicits = Context::new();
    implicits.insert_value("root", text(root));
    let html = tera
        .render_component_with_implicits(component, &arguments, &implicits, None, true)
        .map_err(|error| anyhow!("the component {component} could not be rendered\n{error}"))?;
    Ok(markup(&html))
}
