//! Why YAML can't be read, in the words of the mistakes that people make.

/// Finds the likely cause behind a parser's complaint: the mistakes that people make, in the order of how sure we are.
pub(super) fn explain(yaml: &str, at: usize, info: &str) -> (usize, String, &'static str) {
    let at = crate::diagnostics::floor_char_boundary(yaml, at);
    if let Some(tab) = tab_indent(yaml, at) {
        return (
            tab,
            "a tab stands where YAML wants spaces".to_owned(),
            "replace the tab by two spaces",
        );
    }
    if let Some(quote) = unclosed_quote(yaml, at) {
        return (
            quote,
            "this quotation mark is never closed".to_owned(),
            "close the text with the same mark; inside double quotes, write \\\" for a mark that belongs to the text",
        );
    }
    if let Some(value) = needs_quotes(yaml, at) {
        return (
            value,
            "this text must stand in quotes as a whole".to_owned(),
            "put double quotes around it; write \\\" for a double quote that belongs to the text",
        );
    }
    if let Some(colon) = colon_in_text(yaml, at) {
        return (
            colon,
            "text with a colon and a space must stand in quotes".to_owned(),
            "put the whole text after the key in double quotes",
        );
    }
    (
        at,
        format!("this is not readable YAML: {info}"),
        "look at this line and the one before: indentation, a missing colon, quotes or brackets",
    )
}

/// A tab in the indentation of the line at `at` or of one of the two before.
fn tab_indent(yaml: &str, at: usize) -> Option<usize> {
    let mut start = line_start(yaml, at);
    for _ in 0..3 {
        let line = &yaml[start..];
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(tab) = line[..indent].find('\t') {
            return Some(start + tab);
        }
        if start == 0 {
            return None;
        }
        start = line_start(yaml, start - 1);
    }
    None
}

/// The opening quotation mark of a value that has no closing one on its line, at or before `at`.
fn unclosed_quote(yaml: &str, at: usize) -> Option<usize> {
    let mut start = 0;
    for line in yaml.split_inclusive('\n') {
        if start > at {
            return None;
        }
        let value_at = line
            .find(": ")
            .map(|colon| colon + 2)
            .or_else(|| line.find("- ").map(|dash| dash + 2));
        if let Some(value_at) = value_at {
            let value = line[value_at..].trim_start();
            let indent = line[value_at..].len() - value.len();
            let value = value.trim_end();
            if let Some(quote @ ('"' | '\'')) = value.chars().next() {
                let inner = &value[1..];
                if !inner.contains(quote) {
                    // Text in quotes may go on over several lines; it is unclosed only if no later line closes it.
                    let rest = &yaml[start + line.len()..];
                    let closes = rest
                        .lines()
                        .take_while(|next| !next.contains(": ") && !next.trim_end().ends_with(':'))
                        .any(|next| next.contains(quote));
                    if !closes {
                        return Some(start + value_at + indent);
                    }
                }
            }
        }
        start += line.len();
    }
    None
}

/// The value of the line at `at` when it begins with a character that YAML keeps for itself, or with quoted words that
/// are followed by more.
fn needs_quotes(yaml: &str, at: usize) -> Option<usize> {
    let start = line_start(yaml, at);
    let line = yaml[start..].lines().next().unwrap_or("");
    let value_at = line.find(": ").or_else(|| line.find("- "))? + 2;
    let value = line[value_at..].trim_start();
    let value_at = start + line.len() - value.len();
    let first = value.chars().next()?;
    let kept = matches!(first, '@' | '`' | '%');
    let quoted_part = matches!(first, '"' | '\'')
        && value[1..].find(first).is_some_and(|close| {
            !matches!(
                value[close + 2..].trim_start().chars().next(),
                None | Some('#' | ',' | '}' | ']')
            )
        });
    (kept || quoted_part).then_some(value_at)
}

/// The second `: ` of the line at `at` or the one before: unquoted text that holds a colon.
fn colon_in_text(yaml: &str, at: usize) -> Option<usize> {
    let here = line_start(yaml, at);
    let before = if here == 0 {
        here
    } else {
        line_start(yaml, here - 1)
    };
    for start in [here, before] {
        let line = yaml[start..].lines().next().unwrap_or("");
        let Some(first) = line.find(": ") else {
            continue;
        };
        let value = line[first + 2..].trim_start();
        if value.starts_with(['"', '\'', '{', '[', '|', '>']) {
            continue;
        }
        if let Some(second) = line[first + 2..].find(": ") {
            return Some(start + first + 2 + second);
        }
    }
    None
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}
