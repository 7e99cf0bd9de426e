//! The address at which a site is published.

use anyhow::{Result, anyhow};

/// An absolute address that ends with a slash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    text: String,
    path_at: usize,
}

impl BaseUrl {
    /// Reads an `http:` or `https:` address; a missing slash at the end is added.
    ///
    /// # Errors
    /// When the text is no such address, or has a query, a fragment, blanks or characters that HTML and XML escape.
    pub fn parse(text: &str) -> Result<Self> {
        let wrong = || {
            anyhow!(
                "base_url must be an address such as https://example.org/library/, not {text:?}"
            )
        };
        let rest = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"))
            .ok_or_else(wrong)?;
        let host_end = rest.find('/').unwrap_or(rest.len());
        let plain = rest.bytes().all(|b| {
            b.is_ascii_alphanumeric()
                || matches!(
                    b,
                    b'-' | b'.' | b'_' | b'~' | b'%' | b':' | b'/' | b'[' | b']'
                )
        });
        let dots = rest[host_end..]
            .split('/')
            .any(|part| part == "." || part == "..");
        if host_end == 0 || !plain || dots || rest[host_end..].contains("//") {
            return Err(wrong());
        }
        let mut text = text.to_owned();
        if !text.ends_with('/') {
            text.push('/');
        }
        let path_at = text.len() - rest.len() - usize::from(!rest.ends_with('/')) + host_end;
        Ok(Self { text, path_at })
    }

    /// The whole address, with a slash at the end.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The path part: `/` or `/library/`.
    pub fn path(&self) -> &str {
        &self.text[self.path_at..]
    }

    /// The public address of a file of the site: `index.html` at the end is left out.
    pub fn public(&self, path: &str) -> String {
        let path = path.strip_suffix("index.html").unwrap_or(path);
        format!("{}{path}", self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_urls_know_their_path() {
        for (text, whole, path) in [
            ("https://example.org", "https://example.org/", "/"),
            ("https://example.org/", "https://example.org/", "/"),
            (
                "http://127.0.0.1:8000/a/b",
                "http://127.0.0.1:8000/a/b/",
                "/a/b/",
            ),
            (
                "https://x.org/library/",
                "https://x.org/library/",
                "/library/",
            ),
        ] {
            let url = BaseUrl::parse(text).expect("accepted");
            assert_eq!((url.as_str(), url.path()), (whole, path));
        }
        for bad in [
            "",
            "example.org",
            "https://",
            "https:///x",
            "https://x/?q",
            "https://x/a b",
            "https://x/../",
            "https://x/\"",
        ] {
            assert!(BaseUrl::parse(bad).is_err(), "{bad}");
        }
        let url = BaseUrl::parse("https://x.org/l").expect("accepted");
        assert_eq!(
            url.public("studies/a/index.html"),
            "https://x.org/l/studies/a/"
        );
        assert_eq!(url.public("feed.xml"), "https://x.org/l/feed.xml");
    }
}
