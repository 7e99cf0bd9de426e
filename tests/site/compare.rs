//! Two studies side by side.

use crate::graph_pages::{links_to, words};
use crate::support::{FULL, Library, study_with_keys};

const PAIR: &str = "compare/one-open-plan-office/separate-buildings/index.html";

#[test]
fn studies_that_an_author_contrasts_have_a_page_side_by_side() {
    let site = Library::fixture().build().succeeds();
    let words = words(&site, PAIR);
    for given in [
        "One open-plan office, one team",
        "Separate buildings, one list",
        "contrasts with",
        "Different ways",
        // What each says of the same factor.
        "Agency nurses had worked in every building and carried news from one to the next.",
        "Posts stayed unfilled for a year, so visits were rushed.",
    ] {
        assert!(words.contains(given), "{given:?} in {words}");
    }
    for study in ["one-open-plan-office", "separate-buildings"] {
        assert!(links_to(&site, PAIR, &format!("studies/{study}/")));
        let page = format!("studies/{study}/index.html");
        assert!(links_to(&site, &page, PAIR.trim_end_matches("index.html")));
    }
    assert!(links_to(
        &site,
        "compare/index.html",
        "compare/one-open-plan-office/separate-buildings/"
    ));
}

#[test]
fn what_both_speak_of_comes_before_what_only_one_does() {
    let site = Library::fixture().build().succeeds();
    let words = words(&site, PAIR);
    let at = |text: &str| {
        words
            .find(text)
            .unwrap_or_else(|| panic!("{text} in {words}"))
    };
    let both = at("What both speak of");
    let only = at("What only one of them speaks of");
    let shared = at("Agency nurses had worked");
    assert!(both < shared && shared < only);
}

#[test]
fn a_pair_is_one_page_whoever_named_it() {
    let library = Library::fixture();
    let named = library.build().succeeds().exists(PAIR);
    assert!(named);
    library.replace(
        FULL,
        "{study: separate-buildings, relation: contrasts-with}",
        "{study: separate-buildings, relation: adopted-from}",
    );
    assert!(!library.build().succeeds().exists(PAIR), "no such relation");
    let other = "content/studies/hill/separate-buildings.md";
    library.replace(
        other,
        "title:",
        "related:\n  - {study: one-open-plan-office, relation: contrasts-with}\ntitle:",
    );
    assert!(
        library.build().succeeds().exists(PAIR),
        "named by the other"
    );
}

#[test]
fn a_withdrawn_study_is_beside_no_other() {
    let library = Library::fixture();
    library.replace(
        "content/studies/hill/separate-buildings.md",
        "title:",
        "status: withdrawn\nwithdrawn_reason: It was wrong.\ntitle:",
    );
    let site = library.build().succeeds();
    assert!(!site.exists(PAIR));
    assert!(words(&site, "compare/index.html").contains("No author has linked two studies"));
}

#[test]
fn the_page_of_a_pair_with_a_draft_is_not_to_be_found() {
    let library = Library::fixture();
    library.write(
        "content/studies/being-written.md",
        &study_with_keys(
            "status: draft\nrelated:\n  - {study: separate-buildings, relation: contrasts-with}\n",
        ),
    );
    let pair = "compare/being-written/separate-buildings/index.html";
    assert!(!library.build().succeeds().exists(pair));
    let site = library.build_with(&["--drafts"]).succeeds();
    let page = site.page(pair);
    assert!(page.contains("<meta name=\"robots\" content=\"noindex\">"));
    assert!(!site.page("sitemap.xml").contains("being-written"));
}

#[test]
fn no_page_may_take_the_name_of_the_section() {
    let library = Library::fixture();
    library.write(
        "content/pages/compare.md",
        "---\ntitle: Compare\nsummary: A page.\n---\n\nText.\n",
    );
    library
        .build()
        .fails_with(1)
        .reports("reserved-slug", "content/pages/compare.md:1:1");
}
