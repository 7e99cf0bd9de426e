//! What the value of an attribute says: entities decoded, white space as a browser reads it, candidates of a `srcset`.

use std::borrow::Cow;

use memchr::memchr;

/// Decodes `&amp;`, `&quot;`, `&apos;`, `&lt;`, `&gt;` and numbers. Anything else that begins with `&` stays.
pub(super) fn decode(value: &[u8]) -> Cow<'_, [u8]> {
    let Some(first) = memchr(b'&', value) else {
        return Cow::Borrowed(value);
    };
    let mut decoded = value[..first].to_vec();
    let mut rest = &value[first..];
    while let Some((&byte, after)) = rest.split_first() {
        if byte == b'&'
            && let Some((character, len)) = entity(after)
        {
            decoded.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            rest = &after[len..];
        } else {
            decoded.push(byte);
            rest = after;
        }
    }
    Cow::Owned(decoded)
}

/// The longest entity read: `&#x0010FFFF;` with some room for zeros.
const LONGEST_ENTITY: usize = 16;

/// The character of the entity whose name begins a text, and the length of the name with its `;`.
fn entity(text: &[u8]) -> Option<(char, usize)> {
    let end = memchr(b';', &text[..text.len().min(LONGEST_ENTITY)])?;
    let character = match &text[..end] {
        b"amp" => '&',
        b"quot" => '"',
        b"apos" => '\'',
        b"lt" => '<',
        b"gt" => '>',
        [b'#', b'x' | b'X', digits @ ..] => number(digits, 16)?,
        [b'#', digits @ ..] => number(digits, 10)?,
        _ => return None,
    };
    Some((character, end + 1))
}

fn number(digits: &[u8], radix: u32) -> Option<char> {
    let mut number = 0_u32;
    for &digit in digits {
        let digit = char::from(digit).to_digit(radix)?;
        number = number.saturating_mul(radix).saturating_add(digit);
    }
    let valid = char::from_u32(number).filter(|&character| character != '\0');
    (!digits.is_empty()).then_some(valid.unwrap_or(char::REPLACEMENT_CHARACTER))
}

/// A link as a browser reads it: without line ends and tabs, without space at its ends, and with `/` for `\` in its
/// path (<https://url.spec.whatwg.org/#url-parsing>).
pub(super) fn tidy(link: Cow<'_, [u8]>) -> Cow<'_, [u8]> {
    if !link.iter().any(|&byte| byte <= b' ' || byte == b'\\') {
        return link;
    }
    let mut in_path = true;
    let mut tidied = Vec::with_capacity(link.len());
    for &byte in link.trim_ascii() {
        in_path &= !matches!(byte, b'?' | b'#');
        match byte {
            b'\t' | b'\n' | b'\r' => {}
            b'\\' if in_path => tidied.push(b'/'),
            _ => tidied.push(byte),
        }
    }
    Cow::Owned(tidied)
}

/// The links of a `srcset` (<https://html.spec.whatwg.org/multipage/images.html#parsing-a-srcset-attribute>).
pub(super) fn candidates(srcset: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = srcset;
    std::iter::from_fn(move || {
        let start = rest
            .iter()
            .position(|byte| !byte.is_ascii_whitespace() && *byte != b',')?;
        rest = &rest[start..];
        let end = rest
            .iter()
            .position(u8::is_ascii_whitespace)
            .unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let commas = word.iter().rev().take_while(|&&byte| byte == b',').count();
        rest = if commas == 0 {
            &after[descriptors_end(after)..]
        } else {
            after
        };
        Some(&word[..word.len() - commas])
    })
}

/// Where the size of a candidate ends: at a comma that is not in brackets.
fn descriptors_end(text: &[u8]) -> usize {
    let mut in_brackets = false;
    for (at, byte) in text.iter().enumerate() {
        match byte {
            b'(' => in_brackets = true,
            b')' => in_brackets = false,
            b',' if !in_brackets => return at,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(value: &str) -> String {
        String::from_utf8_lossy(&decode(value.as_bytes())).into_owned()
    }

    #[test]
    fn entities() {
        assert_eq!(decoded("a&amp;b&lt;&gt;&quot;&apos;"), "a&b<>\"'");
        assert_eq!(decoded("&#39;&#x27;&#X2f;&#228;&#x00e4;"), "''/ää");
        for other in [
            "&", "&;", "&#;", "&#x;", "&#xg;", "&amp", "a&lt=b", "&nbsp;",
        ] {
            assert_eq!(decoded(other), other);
        }
        assert_eq!(decoded("&amp;lt;"), "&lt;", "decoded once");
        assert_eq!(
            decoded("&#0;&#xD800;&#99999999999;"),
            "\u{fffd}\u{fffd}\u{fffd}"
        );
    }

    #[test]
    fn tidied() {
        let tidied = |link: &'static str| {
            String::from_utf8_lossy(&tidy(Cow::Borrowed(link.as_bytes()))).into_owned()
        };
        assert_eq!(tidied(" \n../a b/ "), "../a b/");
        assert_eq!(tidied("java\nscript:x"), "javascript:x");
        assert_eq!(tidied("\\\\host\\x?a\\b"), "//host/x?a\\b");
    }

    #[test]
    fn srcsets() {
        let list = |srcset: &'static str| {
            let names = candidates(srcset.as_bytes()).map(|name| String::from_utf8_lossy(name));
            names.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(
            list("a.png, b.png 2x,c.png 100w (a,b) , d,e.png"),
            "a.png b.png c.png d,e.png"
        );
        assert_eq!(list(" ,, a.png,, b.png 1x,"), "a.png b.png");
        assert_eq!(list(" , "), "");
    }
}
