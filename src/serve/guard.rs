//! Who is answered: only a browser on this machine that asked for this server by name.
//!
//! A page from anywhere can make its reader's browser send requests to 127.0.0.1. It can't read the answers, unless its
//! own name is made to lead here (DNS rebinding): then the `Host` is foreign. Event streams are refused to other origins,
//! since each would hold a connection.

use axum::http::{HeaderMap, Method, StatusCode, Uri, header};

/// Names of this machine for itself.
const NAMES: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];

/// Refuses what no reader of the site sends.
///
/// # Errors
/// The status, and a sentence for whoever debugs it.
pub(super) fn admit(
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
) -> Result<(), (StatusCode, &'static str)> {
    if !is_own_host(uri, headers) {
        let why = "This server answers only to 127.0.0.1 and localhost.\n";
        return Err((StatusCode::MISDIRECTED_REQUEST, why));
    }
    if !matches!(*method, Method::GET | Method::HEAD) {
        return Err((StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD.\n"));
    }
    Ok(())
}

/// Whether a request names this machine. The port may differ: it does behind a tunnel.
fn is_own_host(uri: &Uri, headers: &HeaderMap) -> bool {
    let in_header = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let named = [
        in_header,
        uri.authority().map(|authority| authority.as_str()),
    ];
    let mut named = named.into_iter().flatten().peekable();
    named.peek().is_some() && named.all(|host| NAMES.contains(&without_port(host)))
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

/// Whether a page of this server itself asks for something.
pub(super) fn is_same_origin(headers: &HeaderMap) -> bool {
    let text = |name| {
        headers
            .get(name)
            .map(|value: &axum::http::HeaderValue| value.to_str().unwrap_or("?"))
    };
    let site_fits = text(header::HeaderName::from_static("sec-fetch-site"))
        .is_none_or(|site| matches!(site, "same-origin" | "none"));
    let host = text(header::HOST).unwrap_or_default();
    let origin_fits = text(header::ORIGIN).is_none_or(|origin| {
        let authority = origin.split_once("://").map(|(_, authority)| authority);
        authority == Some(host)
    });
    site_fits && origin_fits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(list: &[(&'static str, &'static str)]) -> HeaderMap {
        let pairs = list.iter().map(|(name, value)| {
            let value = axum::http::HeaderValue::from_static(value);
            (header::HeaderName::from_static(name), value)
        });
        pairs.collect()
    }

    fn status(host: &'static str, uri: &str) -> Option<u16> {
        let uri: Uri = uri.parse().expect("an address");
        let refusal = admit(&Method::GET, &uri, &headers(&[("host", host)])).err();
        refusal.map(|(status, _)| status.as_u16())
    }

    #[test]
    fn only_names_of_this_machine_are_answered() {
        for host in [
            "127.0.0.1",
            "127.0.0.1:8000",
            "localhost:9",
            "[::1]:8000",
            "[::1]",
        ] {
            assert_eq!(status(host, "/"), None, "{host}");
        }
        for host in [
            "evil.example",
            "127.0.0.1.evil.example",
            "localhost.evil",
            "",
            "127.0.0.1:80:80",
        ] {
            assert_eq!(status(host, "/"), Some(421), "{host}");
        }
        assert_eq!(status("localhost", "http://evil.example/"), Some(421));
        let nobody = admit(&Method::GET, &Uri::from_static("/"), &HeaderMap::new());
        assert_eq!(
            nobody.expect_err("refused").0,
            StatusCode::MISDIRECTED_REQUEST
        );
    }

    #[test]
    fn nothing_can_be_written() {
        let refusal = admit(
            &Method::POST,
            &Uri::from_static("/"),
            &headers(&[("host", "localhost")]),
        );
        assert_eq!(
            refusal.expect_err("refused").0,
            StatusCode::METHOD_NOT_ALLOWED
        );
    }

    #[test]
    fn pages_of_other_origins_are_told_apart() {
        let host = ("host", "127.0.0.1:8000");
        let same = |list: &[(&'static str, &'static str)]| {
            is_same_origin(&headers(&[&[host], list].concat()))
        };
        assert!(same(&[]));
        assert!(same(&[
            ("sec-fetch-site", "same-origin"),
            ("origin", "http://127.0.0.1:8000")
        ]));
        assert!(!same(&[("sec-fetch-site", "cross-site")]));
        assert!(!same(&[("sec-fetch-site", "same-site")]));
        assert!(!same(&[("origin", "http://127.0.0.1:9000")]));
        assert!(!same(&[("origin", "https://evil.example")]));
        assert!(!same(&[("origin", "null")]));
    }
}
