//! Requests and their answers. Everything is in memory: no request reaches the disk.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::Response;

use super::live::{Live, Shown, View};
use super::prints::Prints;
use super::reload::{self, Page};
use super::{guard, overlay};
use crate::percent::decode_text;

/// Where the server's own files are, which no site has.
const OWN: &str = "/_caseloom/";

/// Sent with every answer, as hosts are asked to do (docs/configuration.md), so that what production would block is seen.
const POLICY: &str = "default-src 'self'";

const SCRIPT: &[u8] = include_bytes!("client/reload.js");
const STYLESHEET: &[u8] = include_bytes!("client/overlay.css");

/// What answers requests.
pub(super) fn router(live: Arc<Live>) -> Router {
    Router::new().fallback(answer).with_state(live)
}

async fn answer(State(live): State<Arc<Live>>, request: Request) -> Response {
    let (method, uri, headers) = (request.method(), request.uri(), request.headers());
    if let Err((status, why)) = guard::admit(method, uri, headers) {
        return Answer::text(status, why).respond(method, headers);
    }
    if let Some(name) = uri.path().strip_prefix(OWN) {
        return match name {
            "events" if !guard::is_same_origin(headers) => {
                Answer::text(StatusCode::FORBIDDEN, "Only pages of this site are told.\n")
                    .respond(method, headers)
            }
            "events" if *method == Method::GET => {
                reload::follow(&live, Page::of_query(uri.query().unwrap_or_default()))
            }
            name => own(name).respond(method, headers),
        };
    }
    let (view, path) = (live.view(), uri.path().to_owned());
    let made = tokio::task::spawn_blocking(move || of_site(&view, &path)).await;
    let mut answer = made.unwrap_or_else(|_| {
        Answer::text(
            StatusCode::INTERNAL_SERVER_ERROR,
            "This page could not be made.\n",
        )
    });
    if let (Some(location), Some(query)) = (&mut answer.location, uri.query()) {
        location.push('?');
        location.push_str(query);
    }
    answer.respond(method, headers)
}

fn own(name: &str) -> Answer {
    let (file, bytes) = match name {
        "reload.js" => ("reload.js", SCRIPT),
        "overlay.css" => ("overlay.css", STYLESHEET),
        _ => return Answer::text(StatusCode::NOT_FOUND, "There is no such file.\n"),
    };
    let mut answer = Answer::new(
        StatusCode::OK,
        content_type(file),
        Bytes::from_static(bytes),
    );
    answer.etag = Some(Prints::of(bytes).etag());
    answer
}

/// The answer to a request for something of the site.
fn of_site(view: &View, path: &str) -> Answer {
    let base = decode_text(view.base_path());
    let path = decode_text(path);
    let Some(address) = path.strip_prefix(&*base) else {
        return outside(view, &path, &base);
    };
    if !is_plain(address) {
        return Answer::text(StatusCode::NOT_FOUND, "There is no such file.\n");
    }
    let panel = &view.panel;
    match view.show(address) {
        Ok(Some(Shown::File(path, file))) => {
            let page = Page::new(address, Some(&file.prints));
            let mut answer = Answer::new(StatusCode::OK, content_type(&path), file.bytes);
            answer.etag = Some(file.prints.etag());
            answer.is_named_by_content = path.starts_with("assets/");
            if path.ends_with(".html") {
                answer.bytes = following(&answer.bytes, &page);
            }
            answer
        }
        Ok(Some(Shown::Folder)) => Answer::redirect(&format!("{base}{address}/")),
        Ok(Some(Shown::NotFound(file))) => {
            let page = Page::new(address, Some(&file.prints));
            let html = following(&file.bytes, &page);
            Answer::new(StatusCode::NOT_FOUND, content_type("404.html"), html)
        }
        Ok(None) => stand_in(StatusCode::SERVICE_UNAVAILABLE, panel, address),
        Err(error) => stand_in(
            StatusCode::INTERNAL_SERVER_ERROR,
            &view.failure(&error),
            address,
        ),
    }
}

/// Outside of the site there is only the way to it.
fn outside(view: &View, path: &str, base: &str) -> Answer {
    if path == "/" || format!("{path}/") == base {
        return Answer::redirect(base);
    }
    match view.show("404.html") {
        Ok(Some(Shown::File(_, file))) => {
            Answer::new(StatusCode::NOT_FOUND, content_type("404.html"), file.bytes)
        }
        _ => Answer::text(StatusCode::NOT_FOUND, "There is no such page.\n"),
    }
}

/// A page that holds only what is wrong, and becomes the page that was asked for when it is mended.
fn stand_in(status: StatusCode, panel: &str, address: &str) -> Answer {
    let html = overlay::page(panel, &Page::new(address, None).elements());
    Answer::new(status, content_type("stand-in.html"), html.into())
}

/// Whether a decoded address is one that the site could have: nothing leads upward, nothing ends a name early.
fn is_plain(address: &str) -> bool {
    let climbs = |part: &str| part == "." || part == "..";
    !address.split('/').any(climbs) && !address.contains(['\\', '\0'])
}

fn following(html: &[u8], page: &Page) -> Bytes {
    let at = memchr::memmem::find(html, b"</head>").unwrap_or(0);
    [&html[..at], page.elements().as_bytes(), &html[at..]]
        .concat()
        .into()
}

/// The type of a file by its name; what a site can hold is listed, as skins and libraries can publish nothing else.
fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "txt" | "bib" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "json" => "application/json",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}

/// An answer before it is known whether the browser has it already.
struct Answer {
    status: StatusCode,
    content_type: &'static str,
    bytes: Bytes,
    etag: Option<String>,
    location: Option<String>,
    /// Its address holds a hash of its content, so nothing else will ever be there.
    is_named_by_content: bool,
}

impl Answer {
    fn new(status: StatusCode, content_type: &'static str, bytes: Bytes) -> Self {
        Self {
            status,
            content_type,
            bytes,
            etag: None,
            location: None,
            is_named_by_content: false,
        }
    }

    fn text(status: StatusCode, text: &'static str) -> Self {
        Self::new(
            status,
            content_type("message.txt"),
            Bytes::from_static(text.as_bytes()),
        )
    }

    /// Not for ever: the next library at this address may have another layout.
    fn redirect(to: &str) -> Self {
        let mut answer = Self::text(StatusCode::TEMPORARY_REDIRECT, "The page is elsewhere.\n");
        answer.location = Some(crate::percent::encode_path(to).into_owned());
        answer
    }

    fn respond(self, method: &Method, asked: &HeaderMap) -> Response {
        let unchanged = self
            .etag
            .as_deref()
            .is_some_and(|etag| has_already(asked, etag));
        let (status, bytes) = match unchanged {
            true => (StatusCode::NOT_MODIFIED, Bytes::new()),
            false => (self.status, self.bytes),
        };
        let caching = match self.is_named_by_content {
            true => "public, max-age=31536000, immutable",
            false => "no-cache",
        };
        let mut response = Response::builder()
            .status(status)
            .header(header::CONTENT_SECURITY_POLICY, POLICY)
            .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
            .header(header::REFERRER_POLICY, "no-referrer")
            .header("cross-origin-resource-policy", "same-origin")
            .header(header::CACHE_CONTROL, caching);
        if !unchanged {
            response = response
                .header(header::CONTENT_TYPE, self.content_type)
                .header(header::CONTENT_LENGTH, bytes.len());
        }
        for (name, value) in [(header::ETAG, self.etag), (header::LOCATION, self.location)] {
            if let Some(value) = value.and_then(|value| HeaderValue::try_from(value).ok()) {
                response = response.header(name, value);
            }
        }
        if self.status == StatusCode::METHOD_NOT_ALLOWED {
            response = response.header(header::ALLOW, "GET, HEAD");
        }
        let body = match *method {
            Method::HEAD => Body::empty(),
            _ => Body::from(bytes),
        };
        response
            .body(body)
            .expect("invariant: the headers are constants, numbers, hashes and checked values")
    }
}

/// Whether a conditional request names this version, weakly or not.
fn has_already(asked: &HeaderMap, etag: &str) -> bool {
    asked
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|tag| tag.trim().trim_start_matches("W/"))
        .any(|tag| tag == etag || tag == "*")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_climb_are_none() {
        for address in ["", "studies/", "assets/a-1.css", "a..b/"] {
            assert!(is_plain(address), "{address}");
        }
        for address in ["..", "../x", "a/../b", "./a", "a\\b", "a\0"] {
            assert!(!is_plain(address), "{address}");
        }
    }

    #[test]
    fn what_makes_it_follow_stands_at_the_end_of_the_head() {
        let page = Page::new("a/", None);
        let html = following(b"<head><title>x</title></head><body>", &page);
        let html = String::from_utf8_lossy(&html);
        assert!(
            html.contains("</title><meta name=\"caseloom-page\""),
            "{html}"
        );
        assert!(html.contains("</script>\n</head>"), "{html}");
    }

    #[test]
    fn a_version_that_the_browser_has_is_not_sent_again() {
        let with = |value: &'static str| {
            HeaderMap::from_iter([(header::IF_NONE_MATCH, HeaderValue::from_static(value))])
        };
        for value in ["\"a\"", "W/\"a\"", "\"b\", \"a\"", "*"] {
            assert!(has_already(&with(value), "\"a\""), "{value}");
        }
        assert!(!has_already(&with("\"ab\""), "\"a\""));
        assert!(!has_already(&HeaderMap::new(), "\"a\""));
    }
}
