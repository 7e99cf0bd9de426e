//! What the pages of factors, systems, themes and references say about each other.

use crate::support::html::{main_part, tags, text};
use crate::support::{Library, Outcome};

/// The text of the main part of a page.
pub(crate) fn words(site: &Outcome, path: &str) -> String {
    text(main_part(&site.page(path)))
}

/// Whether the main part of a page links to another.
pub(crate) fn links_to(site: &Outcome, path: &str, address: &str) -> bool {
    let page = site.page(path);
    tags(main_part(&page))
        .iter()
        .filter_map(|tag| tag.get("href"))
        .any(|href| href.trim_end_matches("index.html").ends_with(address))
}

#[test]
fn a_factor_page_sets_both_sides_against_each_other_with_their_sentences() {
    let site = Library::fixture().build().succeeds();
    let words = words(&site, "factors/agency-staffing/index.html");
    for sentence in [
        "Agency nurses had worked in every building and carried news from one to the next.",
        "Posts stayed unfilled for a year, so visits were rushed.",
        "Two rotations with the hospital were offered to permanent staff.",
    ] {
        assert!(words.contains(sentence), "{sentence}");
    }
    for study in [
        "separate-buildings/",
        "one-open-plan-office/",
        "shared-front-door/",
    ] {
        assert!(
            links_to(&site, "factors/agency-staffing/index.html", study),
            "{study}"
        );
    }
    let at = |word: &str| {
        words
            .find(word)
            .unwrap_or_else(|| panic!("{word} is not said in {words}"))
    };
    let helped = at("Agency nurses had worked");
    let hindered = at("Posts stayed unfilled");
    let mixed = at("A shared front door");
    assert!(
        helped < hindered && hindered < mixed,
        "helped, hindered, mixed"
    );
}

#[test]
fn a_factor_page_shows_mixed_evidence_and_conditions() {
    let site = Library::fixture().build().succeeds();
    assert!(
        words(&site, "factors/trust/index.html")
            .contains("Trust grew inside the room and shrank outside it.")
    );
    assert!(
        words(&site, "factors/shared-office/index.html")
            .contains("when all three services opened at nine")
    );
}

#[test]
fn a_factor_page_says_where_frameworks_put_it_and_what_it_travels_with() {
    let site = Library::fixture().build().succeeds();
    let path = "factors/shared-office/index.html";
    let words = words(&site, path);
    assert!(words.contains("Partnership grid") && words.contains("Organisational"));
    assert!(
        links_to(&site, path, "factors/agency-staffing/"),
        "a companion"
    );
    assert!(links_to(&site, path, "themes/trust/") && links_to(&site, path, "themes/workforce/"));
    assert!(
        links_to(&site, path, "evidence/lalani-2019/"),
        "a source of the factor"
    );
}

#[test]
fn an_unused_factor_has_a_page_that_says_so() {
    let site = Library::fixture().build().succeeds();
    let words = words(&site, "factors/warm-homes/index.html");
    assert!(words.contains("Homes are warm and dry."));
    assert!(!words.contains("helped in 1"));
}

#[test]
fn best_evidenced_studies_come_first() {
    let site = Library::fixture().build().succeeds();
    let words = words(&site, "factors/shared-office/index.html");
    // Both have a sentence; a controlled study is stronger than a case report.
    let strong = words
        .find("Nobody could find a room")
        .expect("the controlled study");
    let weak = words
        .find("The one desk became a bottleneck")
        .expect("the case report");
    assert!(strong < weak);
}

#[test]
fn a_system_page_shows_its_studies_and_those_of_its_predecessors_labelled() {
    let site = Library::fixture().build().succeeds();
    let path = "systems/dales/index.html";
    let words = words(&site, path);
    assert!(words.contains("A shared front door"), "its own");
    let at = |word: &str| {
        words
            .find(word)
            .unwrap_or_else(|| panic!("{word} in {words}"))
    };
    let own = at("A shared front door");
    let older = at("One open-plan office, one team");
    assert!(own < older, "its own come first");
    assert!(
        words[..older].contains("North Dale"),
        "the study of a predecessor is labelled"
    );
    assert!(
        words.contains("the eastern half"),
        "and which part came here"
    );
    assert!(
        links_to(&site, path, "systems/north-dale/")
            && links_to(&site, path, "systems/south-dale/")
    );
}

#[test]
fn a_system_page_shows_its_successors_and_their_studies() {
    let site = Library::fixture().build().succeeds();
    let path = "systems/south-dale/index.html";
    let words = words(&site, path);
    assert!(words.contains("30 June 2022"), "when it ceased");
    assert!(words.contains("the western half") && words.contains("the eastern half"));
    assert!(words.contains("Dales United") && words.contains("Hill and Moor"));
    assert!(
        words.contains("A shared front door") && words.contains("Separate buildings, one list")
    );
    let own = words
        .find("One open-plan office, one team")
        .expect("its own study");
    let newer = words
        .find("Separate buildings, one list")
        .expect("a successor's");
    assert!(own < newer);
}

#[test]
fn a_system_page_shows_its_factor_profile_and_neighbours() {
    let site = Library::fixture().build().succeeds();
    let path = "systems/hill/index.html";
    assert!(links_to(&site, path, "factors/shared-office/"));
    assert!(links_to(&site, path, "systems/dales/"), "a neighbour");
    assert!(!links_to(&site, path, "factors/warm-homes/"));
}

#[test]
fn a_theme_page_shows_its_reviews_factors_and_studies() {
    let site = Library::fixture().build().succeeds();
    let path = "themes/trust/index.html";
    let words = words(&site, path);
    assert!(words.contains("How far people and organisations rely on each other."));
    assert!(words.contains("What builds trust"), "its review");
    for factor in [
        "factors/trust/",
        "factors/shared-office/",
        "factors/local-leadership/",
    ] {
        assert!(links_to(&site, path, factor), "{factor}");
    }
    for study in [
        "one-open-plan-office/",
        "separate-buildings/",
        "shared-front-door/",
        "five-minute-study/",
    ] {
        assert!(links_to(&site, path, study), "{study}");
    }
    let empty = self::words(&site, "themes/housing/index.html");
    assert!(empty.contains("Warm homes"), "{empty}");
}

#[test]
fn a_reference_says_who_cites_it() {
    let site = Library::fixture().build().succeeds();
    let path = "evidence/lalani-2019/index.html";
    assert!(links_to(&site, path, "one-open-plan-office/"), "a study");
    assert!(links_to(&site, path, "reviews/trust/"), "a review");
    assert!(links_to(&site, path, "factors/shared-office/"), "a factor");
    assert!(links_to(&site, path, "https://doi.org/10.1000/rooms.2019"));
    let words = words(&site, path);
    for given in [
        "Lalani M and Marshall M",
        "2019",
        "Journal of Shared Rooms",
        "10.1000/rooms.2019",
    ] {
        assert!(words.contains(given), "{given}");
    }
    assert!(!links_to(
        &site,
        "evidence/leaflet/index.html",
        "one-open-plan-office/"
    ));
}

#[test]
fn the_home_page_leads_to_themes_and_latest_studies() {
    let site = Library::fixture().build().succeeds();
    for theme in ["themes/trust/", "themes/workforce/", "themes/housing/"] {
        assert!(links_to(&site, "index.html", theme), "{theme}");
    }
    let words = words(&site, "index.html");
    assert!(words.contains("Five minutes"), "the latest study");
    assert!(words.contains("Shared office"), "the most contested factor");
}
