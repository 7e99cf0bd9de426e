//! What the page of a study says: everything that was written, counterpoints, and related studies with reasons.

use crate::graph_pages::{links_to, words};
use crate::support::html::{self, text};
use crate::support::{FULL, Library, Outcome, SHORT, study_with_body};

/// The text of a section of a study's page: from the heading of an id to the next heading of level two.
fn section(site: &Outcome, path: &str, id: &str) -> String {
    let page = site.page(path);
    let at = page
        .find(&format!("id=\"{id}\""))
        .unwrap_or_else(|| panic!("{path} has no #{id}"));
    let rest = &page[at..];
    let end = rest
        .find("<h2")
        .or_else(|| rest.find("</main>"))
        .unwrap_or(rest.len());
    text(&format!("<i {}", &rest[..end]))
}

const FULL_PAGE: &str = "studies/one-open-plan-office/index.html";

#[test]
fn a_study_page_shows_everything_that_was_written() {
    let site = Library::fixture().build().succeeds();
    let words = words(&site, FULL_PAGE);
    for given in [
        "One open-plan office, one team",
        "How sharing a room changed triage in the eastern dale.",
        "South Dale",
        "North Dale",
        "Eastern Dale",
        "Neighbourhood",
        "Town or borough",
        "Service delivery",
        "Strategic",
        "Adults with complex needs",
        "Dales Foundation Trust",
        "NHS body",
        "Friends of the Dale",
        "shared-rooms",
        "The team lead sat among every profession and settled referrals the same hour.",
        "only once the office was shared by all professions",
        "Two rotations with the hospital were offered to permanent staff.",
        "Consult",
        "Involve",
        "Design of services",
        "Emergency admissions",
        "Population health",
        "fell by 6%",
        "Improved",
        "Waiting times",
        "Professions shared one room",
        "they overheard each other's calls",
        "referrals were settled at once",
        "one team lead",
        "£40,000 a year",
        "eighteen months",
        "Formative evaluation",
        "Interviews with 40 people.",
        "One team only.",
        "Rooms and relationships: a formative evaluation",
        "pp. 20-23",
        "the second half",
        "Trust on the moor & beyond",
        "31 January 2019",
        "1 June 2019",
        "1 June 2020",
        "1 June 2022",
        "June 2017",
        "30 November 2018",
    ] {
        assert!(words.contains(given), "{given}");
    }
    assert!(
        words.to_lowercase().contains("editors") || words.to_lowercase().contains("inferred"),
        "that the system was worked out is said"
    );
    assert!(
        links_to(
            &site,
            FULL_PAGE,
            "content/studies/valley/one-open-plan-office.md"
        ),
        "where it is edited"
    );
}

#[test]
fn where_a_study_is_edited_is_an_address_whatever_its_folder_is_called() {
    let library = Library::fixture();
    library.write(
        "content/studies/Care #1, 100% & more?/front-desk.md",
        &study_with_body("A desk."),
    );
    let site = library.build().succeeds();
    let page = site.page("studies/front-desk/index.html");
    let edited = html::tags(&page)
        .iter()
        .filter_map(|tag| tag.get("href"))
        .find(|href| href.starts_with("https://git.example/"))
        .map(str::to_owned);
    assert_eq!(
        edited.as_deref(),
        Some(
            "https://git.example/valley/edit/main/content/studies/\
             Care%20%231%2C%20100%25%20%26%20more%3F/front-desk.md"
        )
    );
}

#[test]
fn counterpoints_name_the_studies_where_it_went_the_other_way() {
    let site = Library::fixture().build().succeeds();
    let words = section(&site, FULL_PAGE, "counterpoints");
    for sentence in [
        "Nobody could find a room that was large enough.",
        "The one desk became a bottleneck.",
        "Three leads meant that nobody led.",
        "Agency nurses had worked in every building",
    ] {
        assert!(words.contains(sentence), "{sentence}");
    }
    let other = section(
        &site,
        "studies/separate-buildings/index.html",
        "counterpoints",
    );
    assert!(
        other.contains("Posts stayed unfilled for a year"),
        "and the reverse"
    );
}

#[test]
fn mixed_is_never_a_counterpoint() {
    let site = Library::fixture().build().succeeds();
    // `trust` is mixed here and an enabler there; `agency-staffing` is mixed in the front door.
    let words = section(&site, FULL_PAGE, "counterpoints");
    assert!(!words.contains("Trust and mutual respect"), "{words}");
    let there = section(
        &site,
        "studies/separate-buildings/index.html",
        "counterpoints",
    );
    assert!(!there.contains("Trust grew inside the room"), "{there}");
    let library = Library::fixture();
    library.write(
        SHORT,
        "---\ntitle: Only mixed\nsummary: S.\nics: hill\nlevel: place\npublished: 2024-01-01\n\
         mixed: [agency-staffing]\n---\n",
    );
    let page = words_of_only_mixed(&library);
    assert!(!page.contains("Posts stayed unfilled"), "{page}");
}

fn words_of_only_mixed(library: &Library) -> String {
    words(
        &library.build().succeeds(),
        "studies/five-minute-study/index.html",
    )
}

/// Writes studies `Other 0`, `Other 1` and so on, each with its own enablers.
fn write_others(library: &Library, count: usize, enablers: impl Fn(usize) -> String) {
    for number in 0..count {
        library.write(
            &format!("content/studies/other-{number}.md"),
            &format!(
                "---\ntitle: Other {number}\nsummary: S.\nics: hill\nlevel: place\npublished: 2024-01-01\n\
                 enablers: {}\n---\n",
                enablers(number)
            ),
        );
    }
}

#[test]
fn five_counterpoints_are_shown_and_the_factor_has_the_rest() {
    let library = Library::fixture();
    write_others(&library, 8, |number| {
        format!("[{{factor: agency-staffing, evidence: Helped in place {number}.}}]")
    });
    let site = library.build().succeeds();
    let words = section(&site, FULL_PAGE, "counterpoints");
    let shown = (0..8)
        .filter(|number| words.contains(&format!("Helped in place {number}.")))
        .count();
    assert!(
        shown >= 5 - 1,
        "besides the controlled study four more: {shown}"
    );
    assert!(
        words.contains("Agency nurses had worked"),
        "the strongest design first"
    );
    assert!(links_to(&site, FULL_PAGE, "factors/agency-staffing/"));
    let factor = self::words(&site, "factors/agency-staffing/index.html");
    for number in 0..8 {
        assert!(
            factor.contains(&format!("Helped in place {number}.")),
            "{number}"
        );
    }
}

#[test]
fn related_studies_say_why_they_are_related() {
    let site = Library::fixture().build().succeeds();
    let words = section(&site, FULL_PAGE, "related");
    assert!(words.contains("Five minutes"), "{words}");
    let at = words.find("Five minutes").expect("the study");
    let reason = words[at..].to_lowercase();
    assert!(
        reason.contains("both") && reason.contains("shared office"),
        "{reason}"
    );
}

#[test]
fn at_least_five_related_studies_are_shown_besides_the_linked_ones() {
    let library = Library::fixture();
    write_others(&library, 9, |_| "[local-leadership]".to_owned());
    let site = library.build().succeeds();
    let words = section(&site, FULL_PAGE, "related");
    let shown = (0..9)
        .filter(|number| words.contains(&format!("Other {number}")))
        .count();
    assert!(
        shown + usize::from(words.contains("Five minutes")) >= 5,
        "{words}"
    );
    assert!(
        words.contains("Separate buildings, one list") && words.contains("A shared front door")
    );
}

#[test]
fn relations_are_shown_on_both_sides() {
    let site = Library::fixture().build().succeeds();
    let own = section(&site, FULL_PAGE, "related");
    assert!(
        own.contains("Contrasts with") && own.contains("Adopted from"),
        "{own}"
    );
    let symmetric = section(&site, "studies/separate-buildings/index.html", "related");
    assert!(symmetric.contains("Contrasts with"), "{symmetric}");
    assert!(symmetric.contains("One open-plan office, one team"));
    let inverse = section(&site, "studies/shared-front-door/index.html", "related");
    assert!(inverse.contains("Adopted by"), "{inverse}");
    assert!(!inverse.contains("Adopted from"), "{inverse}");
}

#[test]
fn capitals_of_a_relation_are_kept() {
    let library = Library::fixture();
    library.replace(
        "content/vocabulary/frameworks.yaml",
        "label: Adopted from",
        "label: Adopted from NHS England",
    );
    let related = section(&library.build().succeeds(), FULL_PAGE, "related");
    assert!(related.contains("Adopted from NHS England"), "{related}");
}

#[test]
fn a_relation_that_is_given_twice_is_shown_once() {
    let library = Library::fixture();
    library.replace(
        FULL,
        "  - {study: separate-buildings, relation: contrasts-with}\n",
        "  - {study: separate-buildings, relation: contrasts-with}\n  - {study: separate-buildings, relation: contrasts-with}\n",
    );
    for path in [FULL_PAGE, "studies/separate-buildings/index.html"] {
        let related = section(&library.build().succeeds(), path, "related");
        assert_eq!(related.matches("Contrasts with").count(), 1, "{path}");
    }
}

#[test]
fn a_study_says_where_it_is_mentioned() {
    let site = Library::fixture().build().succeeds();
    assert!(links_to(&site, FULL_PAGE, "reviews/trust/"));
    let words = words(&site, "studies/five-minute-study/index.html");
    assert!(words.contains("How to contribute"), "{words}");
}

#[test]
fn a_five_minute_study_is_a_whole_page() {
    let library = Library::fixture();
    library.remove(FULL).remove("content/reviews").replace(
        "content/studies/hill/shared-front-door.md",
        "See [the open-plan office](../valley/one-open-plan-office.md).\n",
        "",
    );
    let site = library.build().succeeds();
    let words = words(&site, "studies/five-minute-study/index.html");
    for given in [
        "Five minutes",
        "Written between two meetings.",
        "National",
        "Shared office",
        "7 May 2024",
    ] {
        assert!(words.contains(given), "{given}");
    }
    for absent in ["None", "null", "none given", "{{", "[]"] {
        assert!(!words.contains(absent), "{absent} in {words}");
    }
    assert!(!html::text(&site.page("index.html")).contains("{{"));
}
