//! Percent escapes of addresses: `%20` for a blank.

use std::borrow::Cow;

use memchr::memchr;

/// Turns `%20` and the like into the bytes that they stand for; a `%` that no two hexadecimal digits follow stays.
pub(crate) fn decode(text: &[u8]) -> Cow<'_, [u8]> {
    let Some(first) = memchr(b'%', text) else {
        return Cow::Borrowed(text);
    };
    let digit = |at: usize| char::from(*text.get(at)?).to_digit(16);
    let mut decoded = text[..first].to_vec();
    let mut at = first;
    while at < text.len() {
        if text[at] == b'%'
            && let (Some(high), Some(low)) = (digit(at + 1), digit(at + 2))
        {
            decoded.extend(u8::try_from(high * 16 + low));
            at += 3;
        } else {
            decoded.push(text[at]);
            at += 1;
        }
    }
    Cow::Owned(decoded)
}

/// The same for text: what is no UTF-8 when it is decoded stays as it was written.
pub(crate) fn decode_text(text: &str) -> Cow<'_, str> {
    match decode(text.as_bytes()) {
        Cow::Borrowed(_) => Cow::Borrowed(text),
        Cow::Owned(bytes) => String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned),
    }
}

/// Writes a path as part of an address: all but letters, digits, `/` and `-._~` (RFC 3986, section 2.3) is escaped.
pub(crate) fn encode_path(path: &str) -> Cow<'_, str> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte);
    if path.bytes().all(plain) {
        return Cow::Borrowed(path);
    }
    let mut encoded = String::with_capacity(path.len() * 2);
    for byte in path.bytes() {
        if plain(byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    Cow::Owned(encoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_encoded_and_decodes_to_itself() {
        for (path, encoded) in [
            ("content/studies/a-b_c.md", "content/studies/a-b_c.md"),
            ("100% & more?/#1.md", "100%25%20%26%20more%3F/%231.md"),
            ("caf\u{e9}.md", "caf%C3%A9.md"),
        ] {
            assert_eq!(encode_path(path), encoded);
            assert_eq!(decode_text(encoded), path);
        }
    }

    #[test]
    fn escapes_are_decoded() {
        assert_eq!(*decode(b"a%20b%C3%a4"), *"a b\u{e4}".as_bytes());
        assert_eq!(decode_text("a%20b%C3%a4"), "a b\u{e4}");
    }

    #[test]
    fn what_is_no_escape_stays() {
        for other in ["%", "%2", "%zz", "100%", "%+1", "%-1", "% 1", "%\u{e9}"] {
            assert_eq!(decode_text(other), other);
        }
    }

    #[test]
    fn what_is_no_text_stays() {
        assert_eq!(decode_text("%ff"), "%ff");
        assert_eq!(decode_text("%e2%80%a"), "%e2%80%a");
    }
}
