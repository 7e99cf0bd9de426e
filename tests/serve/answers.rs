//! What the server answers, and whom.

use crate::server::Server;
use crate::support::Library;

#[test]
fn every_file_is_the_one_that_build_writes() {
    let library = Library::fixture();
    // The index of words comes when the files have rested for a moment: it has tests of its own.
    library.build_with(&["--no-search"]).succeeds();
    let server = Server::start_with(&library, &["--port", "0", "--no-search"], &[]);
    let tree = library.tree();
    assert!(tree.len() > 40, "{}", tree.len());
    for (path, bytes) in tree {
        if path == ".caseloom-manifest.json" {
            assert_eq!(server.get(&path).status, 404);
            continue;
        }
        let answer = server.get(&path);
        assert_eq!(answer.status, 200, "{path}");
        let served = if path.ends_with(".html") {
            answer.as_built()
        } else {
            answer.body
        };
        assert!(served == bytes, "{path} is another file");
    }
}

#[test]
fn types_are_right_and_text_says_its_encoding() {
    let server = Server::start(&Library::fixture());
    for (address, content_type) in [
        ("", "text/html; charset=utf-8"),
        ("studies/", "text/html; charset=utf-8"),
        ("feed.xml", "application/xml"),
        ("robots.txt", "text/plain; charset=utf-8"),
        ("data/studies.json", "application/json"),
        ("data/studies.csv", "text/csv; charset=utf-8"),
        ("no/such/page/", "text/html; charset=utf-8"),
    ] {
        assert_eq!(
            server.get(address).header("content-type"),
            Some(content_type),
            "/{address}"
        );
    }
    let style = style_of(&server.get("").text());
    assert_eq!(
        server.get(&style).header("content-type"),
        Some("text/css; charset=utf-8")
    );
    let script = server.ask("GET", "/_caseloom/reload.js", &[]);
    assert_eq!(
        script.header("content-type"),
        Some("text/javascript; charset=utf-8")
    );
}

/// The address of the stylesheet of the first page.
fn style_of(html: &str) -> String {
    let (_, rest) = html
        .split_once("<link rel=\"stylesheet\" href=\"")
        .expect("a stylesheet");
    rest.split('"').next().expect("an address").to_owned()
}

#[test]
fn the_site_lies_where_it_will_be_published_and_the_host_leads_there() {
    let server = Server::start(&Library::fixture());
    assert!(server.address.ends_with("/library/"), "{}", server.address);
    for path in ["/", "/library"] {
        let answer = server.ask("GET", path, &[]);
        assert_eq!(
            (answer.status, answer.header("location")),
            (307, Some("/library/")),
            "{path}"
        );
    }
    let folder = server.get("studies/five-minute-study");
    assert_eq!(folder.status, 307);
    assert_eq!(
        folder.header("location"),
        Some("/library/studies/five-minute-study/")
    );
    let asked = server.get("search?q=trust&theme=a%20b");
    assert_eq!(
        asked.header("location"),
        Some("/library/search/?q=trust&theme=a%20b")
    );
    assert_eq!(server.ask("GET", "/elsewhere/", &[]).status, 404);
}

#[test]
fn a_version_that_the_browser_has_is_not_sent_again() {
    let server = Server::start(&Library::fixture());
    for address in ["", "feed.xml"] {
        let path = server.path(address);
        let first = server.ask("GET", &path, &[]);
        let etag = first.header("etag").expect("an etag").to_owned();
        assert_eq!(first.header("cache-control"), Some("no-cache"));
        let again = server.ask("GET", &path, &[("If-None-Match", &etag)]);
        assert_eq!((again.status, again.body.len()), (304, 0), "/{address}");
        assert_eq!(again.header("etag"), Some(etag.as_str()));
        let other = server.ask("GET", &path, &[("If-None-Match", "\"other\"")]);
        assert_eq!((other.status, other.body), (200, first.body), "/{address}");
    }
}

#[test]
fn only_what_is_named_by_its_content_may_be_kept_unasked() {
    let server = Server::start(&Library::fixture());
    let style = server.get(&style_of(&server.get("").text()));
    let caching = style.header("cache-control");
    assert_eq!(caching, Some("public, max-age=31536000, immutable"));
    for path in [
        "/library/",
        "/library/feed.xml",
        "/library/assets/none.css",
        "/_caseloom/reload.js",
    ] {
        let answer = server.ask("GET", path, &[]);
        assert_eq!(answer.header("cache-control"), Some("no-cache"), "{path}");
    }
}

#[test]
fn a_head_request_has_the_head_of_the_page() {
    let server = Server::start(&Library::fixture());
    let path = server.path("studies/five-minute-study/");
    let (head, whole) = (
        server.ask("HEAD", &path, &[]),
        server.ask("GET", &path, &[]),
    );
    assert_eq!((head.status, head.body.len()), (200, 0));
    let length = whole.body.len().to_string();
    assert_eq!(head.header("content-length"), Some(length.as_str()));
    assert_eq!(head.header("etag"), whole.header("etag"));
}

#[test]
fn every_answer_has_the_policy_of_production() {
    let server = Server::start(&Library::fixture());
    for path in [
        "/library/",
        "/library/nothing",
        "/_caseloom/reload.js",
        "/_caseloom/nothing",
        "/",
    ] {
        let answer = server.ask("GET", path, &[]);
        assert_eq!(
            answer.header("content-security-policy"),
            Some("default-src 'self'"),
            "{path}"
        );
        assert_eq!(
            answer.header("x-content-type-options"),
            Some("nosniff"),
            "{path}"
        );
    }
}

#[test]
fn nothing_outside_of_the_site_is_served() {
    let library = Library::fixture();
    let server = Server::start(&library);
    for path in [
        "/library/../site-config.toml",
        "/library/..%2fsite-config.toml",
        "/library/%2e%2e/%2e%2e/etc/passwd",
        "/library/..%5csite-config.toml",
        "/library/content/studies/five-minute-study.md",
        "/library/site-config.toml",
        "/library//etc/passwd",
        "/library/index.html%00",
        "/etc/passwd",
        "/_caseloom/../library/",
    ] {
        let answer = server.ask("GET", path, &[]);
        assert_eq!(answer.status, 404, "{path}");
        // Neither the configuration, nor a file of the library, nor the list of users.
        for secret in ["second-h1 =", "title: Five minutes", "root:"] {
            assert!(!answer.text().contains(secret), "{path}");
        }
    }
}

#[test]
fn foreign_names_of_the_host_are_refused() {
    let server = Server::start(&Library::fixture());
    for host in ["evil.example", "127.0.0.1.evil.example:8000", ""] {
        let answer = server.ask("GET", "/library/", &[("Host", host)]);
        assert_eq!(answer.status, 421, "{host:?}");
        assert!(!answer.text().contains("Valley"), "{host:?}");
    }
    let port = server
        .address
        .rsplit(':')
        .next()
        .and_then(|rest| rest.split('/').next());
    let localhost = format!("localhost:{}", port.expect("a port"));
    assert_eq!(
        server
            .ask("GET", "/library/", &[("Host", &localhost)])
            .status,
        200
    );
}

#[test]
fn other_origins_are_told_of_nothing() {
    let server = Server::start(&Library::fixture());
    for header in [
        ("Origin", "https://evil.example"),
        ("Origin", "null"),
        ("Origin", "http://127.0.0.1:1"),
        ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Site", "same-site"),
    ] {
        let answer = server.ask("GET", "/_caseloom/events?page=", &[header]);
        assert_eq!(answer.status, 403, "{header:?}");
    }
}

#[test]
fn nothing_can_be_sent_to_it() {
    let server = Server::start(&Library::fixture());
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        let answer = server.ask(method, "/library/", &[]);
        assert_eq!(
            (answer.status, answer.header("allow")),
            (405, Some("GET, HEAD")),
            "{method}"
        );
    }
}

#[test]
fn a_mistyped_address_is_answered_with_what_was_meant() {
    let server = Server::start(&Library::fixture());
    let answer = server.get("studies/five-minutes-study/");
    assert_eq!(answer.status, 404);
    let text = answer.text();
    assert!(
        text.contains("href=\"/library/studies/five-minute-study/\">Five minutes</a>"),
        "{text}"
    );
    assert!(text.contains("There is no page at this address"), "{text}");
    let nothing_near = server.get("quite/another/thing").text();
    assert!(!nothing_near.contains("Did you mean"), "{nothing_near}");
    let hostile = server
        .get("studies/%3Cscript%3Ealert(1)%3C/script%3E/")
        .text();
    assert!(!hostile.contains("<script>alert"), "{hostile}");
}
