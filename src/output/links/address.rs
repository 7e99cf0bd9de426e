//! What a link names: another origin, or a path and a place in the site.

use memchr::{memchr, memchr2};

/// A link, taken apart as far as its first characters allow.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Address<'a> {
    /// `scheme:…`; the scheme as it is written, without the colon.
    Scheme(&'a [u8]),
    /// `//host…`
    Host,
    /// Anything else. The query is cut off.
    Path {
        path: &'a [u8],
        fragment: Option<&'a [u8]>,
    },
}

impl<'a> Address<'a> {
    pub(super) fn of(link: &'a [u8]) -> Self {
        if let Some(scheme) = scheme(link) {
            return Self::Scheme(scheme);
        }
        if link.starts_with(b"//") {
            return Self::Host;
        }
        let path_end = memchr2(b'?', b'#', link).unwrap_or(link.len());
        Self::Path {
            path: &link[..path_end],
            fragment: fragment(link),
        }
    }
}

fn scheme(link: &[u8]) -> Option<&[u8]> {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
    let end = link.iter().position(|byte| !is_part(byte))?;
    (link[end] == b':' && link[0].is_ascii_alphabetic()).then_some(&link[..end])
}

/// What stands behind the `#`.
pub(super) fn fragment(link: &[u8]) -> Option<&[u8]> {
    memchr(b'#', link).map(|at| &link[at + 1..])
}

/// Writes the path of a file to `file`: `path` as seen from `folder`, which is empty or ends with `/`. Returns `false`
/// when it leads out of the site.
pub(super) fn resolve(folder: &[u8], path: &[u8], file: &mut Vec<u8>) -> bool {
    file.clear();
    file.extend_from_slice(folder);
    let mut rest = path;
    loop {
        let slash = memchr(b'/', rest);
        let part = &rest[..slash.unwrap_or(rest.len())];
        match part {
            b"." => {}
            b".." => {
                if file.pop().is_none() {
                    return false;
                }
                let parent = file.iter().rposition(|&byte| byte == b'/');
                file.truncate(parent.map_or(0, |at| at + 1));
            }
            _ => {
                file.extend_from_slice(part);
                if slash.is_some() {
                    file.push(b'/');
                }
            }
        }
        let Some(slash) = slash else { break };
        rest = &rest[slash + 1..];
    }
    if file.last().is_none_or(|&byte| byte == b'/') {
        file.extend_from_slice(b"index.html");
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_and_hosts() {
        let path = |path: &'static [u8], fragment| Address::Path { path, fragment };
        assert_eq!(Address::of(b"HTTPS://x/"), Address::Scheme(b"HTTPS"));
        assert_eq!(Address::of(b"a+b-1.c:x"), Address::Scheme(b"a+b-1.c"));
        assert_eq!(Address::of(b"//host/x"), Address::Host);
        assert_eq!(Address::of(b"a/b:c"), path(b"a/b:c", None));
        assert_eq!(Address::of(b"1:2"), path(b"1:2", None));
        assert_eq!(Address::of(b":x"), path(b":x", None));
        assert_eq!(Address::of(b"a?b#c?d#e"), path(b"a", Some(b"c?d#e")));
        assert_eq!(Address::of(b"a#b:c"), path(b"a", Some(b"b:c")));
        assert_eq!(Address::of(b"#"), path(b"", Some(b"")));
    }

    #[test]
    fn resolved() {
        let from = |folder: &str, path: &str| {
            let mut file = Vec::new();
            resolve(folder.as_bytes(), path.as_bytes(), &mut file)
                .then(|| String::from_utf8_lossy(&file).into_owned())
        };
        for (folder, path, file) in [
            ("a/b/", "../c/", "a/c/index.html"),
            ("a/b/", "", "a/b/index.html"),
            ("a/b/", ".", "a/b/index.html"),
            ("a/b/", "..", "a/index.html"),
            ("a/b/", "../..", "index.html"),
            ("a/b/", "../../", "index.html"),
            ("a/b/", "./../b/./x.png", "a/b/x.png"),
            ("a/", "x/../../y", "y"),
            ("", "", "index.html"),
            ("", "a", "a"),
            ("", "a//b", "a//b"),
            ("", "...", "..."),
        ] {
            assert_eq!(
                from(folder, path).as_deref(),
                Some(file),
                "{folder} + {path}"
            );
        }
        for (folder, path) in [("", ".."), ("a/", "../../x"), ("a/b/", "../../../a/")] {
            assert_eq!(from(folder, path), None, "{folder} + {path}");
        }
    }
}
