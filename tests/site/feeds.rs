//! Atom feeds (RFC 4287), the sitemap and robots.txt.

use std::collections::BTreeSet;

use crate::support::xml::{Element, parse};
use crate::support::{FULL, Library, Outcome, SHORT, study_with_body};

const BASE: &str = "https://learning.example/library/";

fn feed(site: &Outcome, path: &str) -> Element {
    let feed = parse(&site.page(path));
    assert_eq!(feed.name, "feed");
    assert_eq!(feed.get("xmlns"), Some("http://www.w3.org/2005/Atom"));
    feed
}

fn slugs(feed: &Element) -> Vec<String> {
    feed.all("entry")
        .map(|entry| {
            let id = entry.text_of("id").trim_end_matches('/');
            id.rsplit('/').next().unwrap_or(id).to_owned()
        })
        .collect()
}

/// `2019-01-31T00:00:00Z`
fn is_time(text: &str) -> bool {
    text.len() == 20
        && text.ends_with('Z')
        && text.bytes().enumerate().all(|(at, b)| match at {
            4 | 7 => b == b'-',
            10 => b == b'T',
            13 | 16 => b == b':',
            19 => b == b'Z',
            _ => b.is_ascii_digit(),
        })
}

/// What RFC 4287 asks of every feed.
fn check(feed: &Element, site: &Outcome, path: &str) {
    assert_ne!(feed.text_of("title"), "");
    assert!(is_time(feed.text_of("updated")), "{path}");
    let own = format!("{BASE}{path}");
    let link = |relation: &str| {
        feed.all("link")
            .find(|link| link.get("rel") == Some(relation))
            .and_then(|link| link.get("href"))
            .map(str::to_owned)
    };
    assert_eq!(link("self"), Some(own));
    assert!(link("alternate").is_some_and(|address| address.starts_with(BASE)));
    assert_ne!(feed.text_of("id"), "");
    let mut seen = BTreeSet::new();
    let mut latest = String::new();
    let mut dates = Vec::new();
    for entry in feed.all("entry") {
        assert_ne!(entry.text_of("title"), "");
        let id = entry.text_of("id");
        assert!(seen.insert(id.to_owned()), "{id} is given twice");
        let updated = entry.text_of("updated");
        assert!(is_time(updated), "{updated}");
        assert!(is_time(entry.text_of("published")));
        latest = latest.max(updated.to_owned());
        dates.push(updated.to_owned());
        let address = entry.all("link").next().and_then(|link| link.get("href"));
        let address = address.and_then(|address| address.strip_prefix(BASE));
        let file = format!("{}index.html", address.expect("an address of the site"));
        assert!(site.exists(&file), "{file}");
        assert!(
            entry
                .all("author")
                .next()
                .or(feed.all("author").next())
                .is_some(),
            "an entry or its feed has an author"
        );
    }
    assert!(dates.is_sorted_by(|a, b| a >= b), "latest first: {dates:?}");
    if !dates.is_empty() {
        assert_eq!(feed.text_of("updated"), latest);
    }
}

#[test]
fn the_feed_holds_published_studies_and_reviews_latest_first() {
    let site = Library::fixture().build().succeeds();
    let feed = feed(&site, "feed.xml");
    check(&feed, &site, "feed.xml");
    assert_eq!(
        slugs(&feed),
        [
            "trust",
            "five-minute-study",
            "shared-front-door",
            "separate-buildings",
            "one-open-plan-office"
        ]
    );
}

#[test]
fn a_theme_has_a_feed_of_its_own() {
    let library = Library::fixture();
    library.replace(SHORT, "[shared-office]", "[warm-homes]");
    let site = library.build().succeeds();
    for (theme, expected) in [
        ("housing", &["five-minute-study"][..]),
        (
            "trust",
            &[
                "trust",
                "shared-front-door",
                "separate-buildings",
                "one-open-plan-office",
            ],
        ),
    ] {
        let path = format!("themes/{theme}/feed.xml");
        let feed = feed(&site, &path);
        check(&feed, &site, &path);
        assert_eq!(slugs(&feed), expected);
    }
}

#[test]
fn an_empty_feed_is_still_one() {
    let site = Library::fixture().build().succeeds();
    let feed = feed(&site, "themes/housing/feed.xml");
    check(&feed, &site, "themes/housing/feed.xml");
    assert_eq!(slugs(&feed), Vec::<String>::new());
}

#[test]
fn a_feed_holds_the_fifty_latest_and_ties_go_by_slug() {
    let library = Library::fixture();
    for number in 0..60 {
        let day = 1 + number / 4;
        let text = study_with_body("").replace("2024-05-07", &format!("2025-01-{day:02}"));
        library.write(&format!("content/studies/s{number:02}.md"), &text);
    }
    let site = library.build().succeeds();
    let feed = feed(&site, "feed.xml");
    check(&feed, &site, "feed.xml");
    let found = slugs(&feed);
    assert_eq!(found.len(), 50);
    assert_eq!(found[..5], ["s56", "s57", "s58", "s59", "s52"]);
    assert!(!found.contains(&"five-minute-study".to_owned()));
}

#[test]
fn any_text_is_well_formed() {
    let library = Library::fixture();
    library
        .replace(
            SHORT,
            "title: Five minutes",
            "title: \"<b>Five</b> & 'six' ]]> \\uFFFE\\\"\"",
        )
        .replace(
            "site-config.toml",
            "title = \"Valley Learning Network\"",
            "title = 'A & B <C> \"D\"'",
        )
        .replace(
            "content/vocabulary/themes.yaml",
            "label: Trust and relationships",
            "label: Trust & <relations>",
        );
    let site = library.build().succeeds();
    for path in ["feed.xml", "themes/trust/feed.xml"] {
        let feed = feed(&site, path);
        check(&feed, &site, path);
        let titles: Vec<_> = feed
            .all("entry")
            .map(|entry| entry.text_of("title"))
            .collect();
        assert!(
            titles
                .iter()
                .any(|title| title.starts_with("<b>Five</b> & 'six' ]]>")),
            "{titles:?}"
        );
    }
    parse(&site.page("sitemap.xml"));
}

#[test]
fn the_sitemap_names_every_page_that_may_be_indexed_and_no_other() {
    let library = Library::fixture();
    let site = library.build_with(&["--drafts"]).succeeds();
    let sitemap = parse(&site.page("sitemap.xml"));
    assert_eq!(
        sitemap.get("xmlns"),
        Some("http://www.sitemaps.org/schemas/sitemap/0.9")
    );
    let mut named = BTreeSet::new();
    for url in sitemap.all("url") {
        let address = url.text_of("loc");
        let path = address.strip_prefix(BASE).expect("an address of the site");
        assert!(
            named.insert(format!("{path}index.html")),
            "{address} is named twice"
        );
    }
    let mut expected = BTreeSet::new();
    for (path, bytes) in site.tree() {
        let page = String::from_utf8_lossy(&bytes);
        let hidden = page.contains("content=\"noindex\"") || path == "404.html";
        if path.ends_with(".html") && !hidden {
            expected.insert(path);
        }
    }
    assert_eq!(named, expected);
    let days: Vec<_> = sitemap
        .all("url")
        .filter(|url| {
            url.text_of("loc")
                .contains("/studies/one-open-plan-office/")
        })
        .map(|url| url.text_of("lastmod"))
        .collect();
    assert_eq!(days, ["2019-06-01"]);
}

#[test]
fn robots_are_shown_the_sitemap() {
    let robots = Library::fixture().build().succeeds().page("robots.txt");
    assert!(robots.contains("Sitemap: https://learning.example/library/sitemap.xml"));
    assert!(!robots.contains("Disallow: /\n"));
}

#[test]
fn an_update_moves_a_study_up() {
    let library = Library::fixture();
    library.replace(FULL, "updated: 2019-06-01", "updated: 2025-06-01");
    let site = library.build().succeeds();
    let feed = feed(&site, "feed.xml");
    assert_eq!(slugs(&feed)[0], "one-open-plan-office");
    let entry = feed.all("entry").next().expect("an entry");
    assert_eq!(entry.text_of("updated"), "2025-06-01T00:00:00Z");
    assert_eq!(entry.text_of("published"), "2019-01-31T00:00:00Z");
}
