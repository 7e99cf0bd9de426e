//! Old addresses.

use crate::support::html::{Tag, tags};
use crate::support::{FULL, Library, SHORT};

fn find<'t>(tags: &'t [Tag], name: &str, key: &str, value: &str) -> Option<&'t Tag> {
    tags.iter().find(|tag| {
        tag.name == name
            && tag
                .get(key)
                .is_some_and(|found| found.eq_ignore_ascii_case(value))
    })
}

#[test]
fn every_old_address_leads_to_the_new_one_without_a_script() {
    let site = Library::fixture().build().succeeds();
    for (old, new, way) in [
        (
            "studies/one-office",
            "studies/one-open-plan-office",
            "one-open-plan-office",
        ),
        (
            "studies/open-plan",
            "studies/one-open-plan-office",
            "one-open-plan-office",
        ),
        (
            "studies/old-clinic",
            "studies/closed-clinic",
            "closed-clinic",
        ),
        ("reviews/trust-review", "reviews/trust", "trust"),
        ("who-we-are", "about", "about"),
    ] {
        let page = site.page(&format!("{old}/index.html"));
        let tags = tags(&page);
        let canonical = find(&tags, "link", "rel", "canonical").and_then(|tag| tag.get("href"));
        assert_eq!(
            canonical,
            Some(format!("https://learning.example/library/{new}/").as_str())
        );
        let robots = find(&tags, "meta", "name", "robots").and_then(|tag| tag.get("content"));
        assert!(
            robots.is_some_and(|robots| robots.contains("noindex")),
            "{old}"
        );
        let refresh =
            find(&tags, "meta", "http-equiv", "refresh").and_then(|tag| tag.get("content"));
        let refresh = refresh.expect("a browser is sent on");
        assert!(
            refresh.starts_with("0;") && refresh.contains(way),
            "{refresh}"
        );
        assert!(!tags.iter().any(|tag| tag.name == "script"), "{old}");
        let link = tags
            .iter()
            .find(|tag| tag.name == "a" && tag.get("href").is_some_and(|href| href.contains(way)));
        assert!(
            link.is_some(),
            "{old}: a link for those who are not sent on"
        );
    }
}

#[test]
fn old_addresses_are_in_no_sitemap_and_no_feed() {
    let site = Library::fixture().build().succeeds();
    for path in ["sitemap.xml", "feed.xml", "data/studies.csv"] {
        let text = site.page(path);
        for old in [
            "one-office/",
            "open-plan/",
            "old-clinic/",
            "trust-review/",
            "who-we-are/",
        ] {
            assert!(!text.contains(old), "{path}: {old}");
        }
    }
}

#[test]
fn a_redirect_that_is_taken_out_goes_away() {
    let library = Library::fixture();
    library.build().succeeds();
    library.replace(FULL, "aliases: [one-office, open-plan]\n", "");
    let site = library.build().succeeds();
    assert!(!site.exists("studies/one-office"));
}

#[test]
fn an_old_address_can_become_a_page_again() {
    let library = Library::fixture();
    library.build().succeeds();
    library
        .replace(FULL, "aliases: [one-office, open-plan]\n", "")
        .rename(SHORT, "content/studies/one-office.md")
        .replace(
            "content/pages/contribute.md",
            "five-minute-study.md",
            "one-office.md",
        );
    let page = library
        .build()
        .succeeds()
        .page("studies/one-office/index.html");
    assert!(page.contains("Five minutes"));
}

#[test]
fn aliases_of_terms_are_words_and_no_addresses() {
    let site = Library::fixture().build().succeeds();
    assert!(!site.exists("factors/co-location"));
    assert!(!site.exists("themes/relationships"));
    assert!(!site.exists("systems/NDale"));
}
