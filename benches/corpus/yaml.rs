//! YAML scalars that mean the text they were made from, quoted only where they must be.

/// A scalar on a line of its own or after `key: `.
pub(crate) fn block(text: &str) -> String {
    scalar(text, |sign| {
        matches!(sign, ' ' | '\'' | '(' | ')' | '.' | '-' | '%' | ',' | '&')
    })
}

/// A scalar inside `{...}` or `[...]`, where a comma would end it.
pub(crate) fn flow(text: &str) -> String {
    scalar(text, |sign| {
        matches!(sign, ' ' | '\'' | '(' | ')' | '.' | '-' | '%')
    })
}

/// One id as it is, several as a flow list.
pub(crate) fn one_or_list(ids: &[&str]) -> String {
    match ids {
        [only] => (*only).to_owned(),
        _ => list(ids),
    }
}

/// Ids as a flow list.
pub(crate) fn list(ids: &[&str]) -> String {
    format!("[{}]", ids.join(", "))
}

fn scalar(text: &str, harmless: impl Fn(char) -> bool) -> String {
    let plain = text.starts_with(|sign: char| sign.is_ascii_alphabetic())
        && !text.ends_with(' ')
        && text
            .chars()
            .all(|sign| sign.is_ascii_alphanumeric() || harmless(sign))
        && !is_reserved(text);
    if plain {
        return text.to_owned();
    }
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for sign in text.chars() {
        if matches!(sign, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(sign);
    }
    quoted.push('"');
    quoted
}

/// Whether some YAML reader takes the bare word for a truth value or for nothing.
fn is_reserved(text: &str) -> bool {
    ["true", "false", "yes", "no", "on", "off", "y", "n", "null"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word))
}
