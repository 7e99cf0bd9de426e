//! Template values, built by hand: maps and lists are shared by reference, so one card serves many pages.

use std::collections::BTreeMap;

use tera::Value;

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
