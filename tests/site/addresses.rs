//! Every address of the contract's table is there, used or not.

use crate::support::html::{self, tags};
use crate::support::{Library, study_with_body};

#[test]
fn every_address_of_the_contract_is_a_page() {
    let site = Library::fixture().build().succeeds();
    for path in [
        "index.html",
        "studies/index.html",
        "studies/one-open-plan-office/index.html",
        "studies/five-minute-study/index.html",
        "studies/closed-clinic/index.html",
        "themes/index.html",
        "factors/index.html",
        "systems/index.html",
        "reviews/trust/index.html",
        "evidence/index.html",
        "evidence/lalani-2019/index.html",
        "glossary/index.html",
        "about/index.html",
        "contribute/index.html",
        "data/studies.json",
        "data/studies.csv",
        "data/vocabulary.json",
        "feed.xml",
        "themes/trust/feed.xml",
        "sitemap.xml",
        "robots.txt",
        "404.html",
    ] {
        assert!(site.exists(path), "/{path}");
    }
}

#[test]
fn every_term_has_a_page_used_or_not() {
    let site = Library::fixture().build().succeeds();
    for (section, ids) in [
        ("themes", &["trust", "workforce", "housing"][..]),
        (
            "factors",
            &[
                "trust",
                "shared-office",
                "agency-staffing",
                "local-leadership",
                "short-funding",
                "warm-homes",
            ],
        ),
        ("systems", &["north-dale", "south-dale", "dales", "hill"]),
        (
            "evidence",
            &["lalani-2019", "reed-2021", "moor-thesis", "leaflet"],
        ),
    ] {
        let list = site.page(&format!("{section}/index.html"));
        for id in ids {
            let page = format!("{section}/{id}/index.html");
            assert!(site.exists(&page), "/{page}");
            let linked = tags(&list)
                .iter()
                .filter_map(|tag| tag.get("href"))
                .any(|href| href.contains(&format!("{id}/")));
            assert!(linked, "/{section}/ links to {id}");
        }
    }
    for id in ["trust", "workforce", "housing"] {
        assert!(site.exists(&format!("themes/{id}/feed.xml")));
    }
}

#[test]
fn a_theme_and_a_factor_may_share_an_id() {
    let site = Library::fixture().build().succeeds();
    assert!(
        site.page("themes/trust/index.html")
            .contains("How far people and organisations")
    );
    assert!(
        site.page("factors/trust/index.html")
            .contains("Partners expect one another")
    );
}

#[test]
fn scopes_have_pages_of_their_own() {
    let site = Library::fixture().build().succeeds();
    for (scope, title) in [
        ("national", "Five minutes"),
        ("international", "International"),
        ("anonymised", "Anonymised"),
    ] {
        let page = site.page(&format!("systems/{scope}/index.html"));
        assert!(html::text(&page).contains(title), "{scope}");
    }
}

#[test]
fn every_glossary_entry_can_be_linked_and_both_meanings_are_shown() {
    let site = Library::fixture().build().succeeds();
    let page = site.page("glossary/index.html");
    let found = tags(&page);
    for id in ["term-mdt", "term-cha-charity", "term-cha-check"] {
        assert!(found.iter().any(|tag| tag.get("id") == Some(id)), "#{id}");
    }
    let text = html::text(&page);
    for words in [
        "community health alliance",
        "comprehensive health assessment",
    ] {
        assert!(text.contains(words));
    }
}

#[test]
fn folders_of_studies_do_not_count() {
    let library = Library::fixture();
    library.rename(
        "content/studies/five-minute-study.md",
        "content/studies/a/b/c/d/five-minute-study.md",
    );
    library.replace(
        "content/pages/contribute.md",
        "../studies/five",
        "../studies/a/b/c/d/five",
    );
    assert!(
        library
            .build()
            .succeeds()
            .exists("studies/five-minute-study/index.html")
    );
}

#[test]
fn addresses_are_lower_case_and_plain() {
    let site = Library::fixture().build().succeeds();
    for path in site.tree().keys() {
        let plain = path.bytes().all(|b| {
            b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.' | b'/')
        });
        assert!(plain, "{path}");
    }
}

#[test]
fn every_page_names_its_address_language_and_title_once() {
    let site = Library::fixture().build().succeeds();
    for (path, bytes) in site.tree() {
        let Some(address) = path.strip_suffix("index.html") else {
            continue;
        };
        let page = String::from_utf8(bytes).expect("pages are UTF-8");
        let found = tags(&page);
        // The links of a map have titles of their own.
        let head = found.iter().take_while(|tag| tag.name != "body");
        let titles = head.filter(|tag| tag.name == "title").count();
        let count = |name: &str| found.iter().filter(|tag| tag.name == name).count();
        assert_eq!((titles, count("h1"), count("main")), (1, 1, 1), "{path}");
        let language = found
            .iter()
            .find(|tag| tag.name == "html")
            .and_then(|tag| tag.get("lang"));
        assert_eq!(language, Some("en-GB"), "{path}");
        let canonical = found
            .iter()
            .find(|tag| tag.get("rel") == Some("canonical"))
            .and_then(|tag| tag.get("href"));
        let canonical = canonical.unwrap_or_else(|| panic!("{path} has no canonical address"));
        let moved = page.contains("http-equiv=\"refresh\"");
        assert_eq!(
            canonical == format!("https://learning.example/library/{address}"),
            !moved,
            "{path}"
        );
    }
}

#[test]
fn the_longest_slug_is_an_address_and_one_more_is_not() {
    let library = Library::fixture();
    let longest = "a".repeat(80);
    library.write(
        &format!("content/studies/{longest}.md"),
        &study_with_body(""),
    );
    assert!(
        library
            .build()
            .has_no_problem()
            .exists(&format!("studies/{longest}/index.html"))
    );
    library.write(
        &format!("content/studies/{longest}b.md"),
        &study_with_body(""),
    );
    library.build().fails_with(1).says("bad-slug");
}

#[test]
fn readmes_hidden_files_and_leftovers_of_editors_are_passed_over() {
    let library = Library::fixture();
    let before = library.build().succeeds().tree();
    for path in [
        "content/README.md",
        "content/studies/README.md",
        "content/studies/.draft.md",
        "content/studies/.git/x.md",
        "content/studies/old.md~",
        "content/studies/#old.md#",
        "content/studies/.old.md.swp",
        "content/.DS_Store",
    ] {
        library.write(path, "no front matter <b>\n");
    }
    assert!(library.build().has_no_problem().tree() == before);
}
