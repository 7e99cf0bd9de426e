//! Drafts, reviews in progress and withdrawn content: who sees what.

use crate::support::html::{self, tags};
use crate::support::{FULL, Library, Outcome, SHORT, study_with_body, study_with_keys};

const DRAFT: &str = "content/studies/next-year.md";
const CLINIC: &str = "content/studies/closed-clinic.md";

/// The files of the site that hold a text, anywhere.
fn holders(site: &Outcome, text: &str) -> Vec<String> {
    site.tree()
        .into_iter()
        .filter(|(_, bytes)| {
            let page = String::from_utf8_lossy(bytes);
            page.contains(text) || html::decode(&page).contains(text)
        })
        .map(|(path, _)| path)
        .collect()
}

#[track_caller]
fn is_nowhere(site: &Outcome, text: &str) {
    assert_eq!(holders(site, text), Vec::<String>::new(), "{text}");
}

fn is_noindex(page: &str) -> bool {
    tags(page).iter().any(|tag| {
        tag.get("name") == Some("robots")
            && tag
                .get("content")
                .is_some_and(|content| content.contains("noindex"))
    })
}

/// Feeds, sitemap and data.
fn is_for_machines(path: &str) -> bool {
    path.ends_with(".xml") || (path.starts_with("data/") && !path.ends_with(".html"))
}

#[test]
fn a_draft_is_nowhere() {
    let site = Library::fixture().build().succeeds();
    is_nowhere(&site, "Not before next year");
    is_nowhere(&site, "next-year");
    is_nowhere(&site, "A sentence of a draft.");
}

#[test]
fn with_drafts_a_draft_is_a_page_that_says_so() {
    for status in ["draft", "review"] {
        let library = Library::fixture();
        library.replace(DRAFT, "status: draft", &format!("status: {status}"));
        let site = library.build_with(&["--drafts"]).succeeds();
        let page = site.page("studies/next-year/index.html");
        let text = html::text(html::main_part(&page)).to_lowercase();
        assert!(text.contains("the text of a draft."));
        let without = text
            .replace("the text of a draft.", "")
            .replace("a draft that only editors see.", "")
            .replace("a sentence of a draft.", "");
        assert!(
            without.contains("draft")
                || without.contains("not published")
                || without.contains("review"),
            "{status} is said: {without}"
        );
        assert!(is_noindex(&page), "{status}");
        for path in holders(&site, "next-year") {
            assert!(!is_for_machines(&path), "{status} in {path}");
        }
        for path in holders(&site, "Not before next year") {
            assert!(!is_for_machines(&path), "{status} in {path}");
        }
    }
}

#[test]
fn a_review_can_be_a_draft_too() {
    let library = Library::fixture();
    library
        .replace(
            "content/reviews/trust.md",
            "status: published",
            "status: draft",
        )
        .replace(
            FULL,
            "[review of trust](../../reviews/trust.md)",
            "review of trust",
        );
    let site = library.build().succeeds();
    assert!(!site.exists("reviews/trust/index.html"));
    assert!(
        !site.exists("reviews/trust-review/index.html"),
        "nor its old address"
    );
    is_nowhere(&site, "What builds trust");
    let site = library.build_with(&["--drafts"]).succeeds();
    assert!(is_noindex(&site.page("reviews/trust/index.html")));
    for path in holders(&site, "What builds trust") {
        assert!(!is_for_machines(&path), "{path}");
    }
}

#[test]
fn a_published_page_may_not_link_to_a_draft() {
    for (path, from, to, place) in [
        (
            SHORT,
            "[shared-office]\n---\n",
            "[shared-office]\n---\n[next](next-year.md)\n",
            "content/studies/five-minute-study.md:9:8",
        ),
        (
            FULL,
            "study: separate-buildings,",
            "study: next-year,",
            "content/studies/valley/one-open-plan-office.md:51:13",
        ),
        (
            "content/reviews/trust.md",
            "Rooms help",
            "[Later](../studies/next-year.md) rooms help",
            "content/reviews/trust.md:12:9",
        ),
        (
            "content/pages/about.md",
            "We are",
            "[Later](../studies/next-year.md) we are",
            "content/pages/about.md:6:9",
        ),
    ] {
        let library = Library::fixture();
        library.replace(path, from, to);
        library
            .build()
            .fails_with(1)
            .reports("link-to-draft", place)
            .counts(1);
    }
}

#[test]
fn a_draft_may_name_another_draft() {
    let library = Library::fixture();
    library
        .write(
            "content/studies/year-after.md",
            &study_with_keys(
                "status: draft\nrelated: [{study: next-year, relation: contrasts-with}]\n",
            ),
        )
        .build()
        .has_no_problem();
    library.build_with(&["--drafts"]).has_no_problem();
}

#[test]
fn a_draft_may_link_to_another_draft() {
    let library = Library::fixture();
    library.append(DRAFT, "See [the year after](year-after.md).\n");
    let text = study_with_body("See [next year](next-year.md).\n");
    library.write(
        "content/studies/year-after.md",
        &text.replace("title:", "status: draft\ntitle:"),
    );
    library.build().has_no_problem();
    library.build_with(&["--drafts"]).has_no_problem();
}

#[test]
fn links_of_drafts_to_published_pages_are_fine() {
    let library = Library::fixture();
    library
        .append(DRAFT, "See [five minutes](five-minute-study.md).\n")
        .build()
        .has_no_problem();
    library.build_with(&["--drafts"]).has_no_problem();
}

/// A published study links to a draft, in its text and as a relation: with `--drafts` as without, both are judged alike.
#[test]
fn links_to_drafts_are_judged_alike_with_drafts() {
    let in_text = Library::fixture();
    in_text.write(SHORT, &study_with_body("[next](next-year.md)\n"));
    let as_relation = Library::fixture();
    as_relation.write(
        SHORT,
        &study_with_keys("related: [{study: next-year, relation: contrasts-with}]\n"),
    );
    let code = |library: &Library| library.build_with(&["--drafts"]).code;
    assert_eq!(code(&in_text), code(&as_relation));
}

#[test]
fn a_withdrawn_study_keeps_its_address_with_the_reason() {
    let site = Library::fixture().build().succeeds();
    let page = site.page("studies/closed-clinic/index.html");
    let text = html::text(html::main_part(&page));
    assert!(text.to_lowercase().contains("withdrawn"), "{text}");
    assert!(
        text.contains(
            "The figures were wrong, and the clinic asked for this page to be taken down."
        )
    );
    assert!(is_noindex(&page));
    assert!(
        site.exists("studies/old-clinic/index.html"),
        "old addresses still lead there"
    );
}

#[test]
fn a_withdrawn_study_is_out_of_lists_counts_feeds_and_data() {
    let site = Library::fixture().build().succeeds();
    let own = [
        "studies/closed-clinic/index.html",
        "studies/old-clinic/index.html",
    ];
    for path in holders(&site, "closed-clinic") {
        assert!(
            own.contains(&path.as_str()) || path == ".caseloom-manifest.json",
            "{path}"
        );
    }
    for path in holders(&site, "The closed clinic") {
        assert!(own.contains(&path.as_str()), "{path}");
    }
    is_nowhere(&site, "A withdrawn sentence that nobody should count.");
    for address in [
        "studies/index.html",
        "systems/anonymised/index.html",
        "factors/short-funding/index.html",
        "index.html",
    ] {
        assert!(!site.page(address).contains("clinic"), "{address}");
    }
}

#[test]
fn counts_do_not_know_what_was_withdrawn() {
    let with = Library::fixture().build().succeeds().tree();
    let library = Library::fixture();
    library.remove(CLINIC);
    let without = library.build().succeeds().tree();
    assert!(!without.contains_key("studies/closed-clinic/index.html"));
    for (path, bytes) in &without {
        if path != ".caseloom-manifest.json" {
            assert!(
                with.get(path) == Some(bytes),
                "{path} knows of the withdrawn study"
            );
        }
    }
}

#[test]
fn withdrawing_changes_the_page_at_once() {
    let library = Library::fixture();
    library.build().succeeds();
    library
        .replace(
            SHORT,
            "title:",
            "status: withdrawn\nwithdrawn_reason: It was a joke.\ntitle:",
        )
        .replace(
            "content/pages/contribute.md",
            "five-minute-study.md",
            "hill/separate-buildings.md",
        );
    let site = library.build().succeeds();
    assert!(
        site.page("studies/five-minute-study/index.html")
            .contains("It was a joke.")
    );
    assert!(!site.page("studies/index.html").contains("Five minutes"));
    site.says("3 studies, ");
}

#[test]
fn relations_to_a_withdrawn_study_are_not_shown() {
    let library = Library::fixture();
    library.replace(FULL, "study: separate-buildings,", "study: closed-clinic,");
    let site = library.build().succeeds();
    assert!(
        !site
            .page("studies/one-open-plan-office/index.html")
            .contains("closed-clinic")
    );
}

#[test]
fn a_withdrawn_review_keeps_its_address_and_is_out_of_lists() {
    let library = Library::fixture();
    library
        .replace(
            "content/reviews/trust.md",
            "status: published",
            "status: withdrawn",
        )
        .replace(
            FULL,
            "[review of trust](../../reviews/trust.md)",
            "review of trust",
        );
    let site = library.build().succeeds();
    let page = site.page("reviews/trust/index.html");
    assert!(is_noindex(&page));
    assert!(html::text(&page).to_lowercase().contains("withdrawn"));
    for path in holders(&site, "What builds trust") {
        assert!(path.starts_with("reviews/trust"), "{path}");
    }
}

#[test]
fn what_only_a_draft_links_to_is_not_published() {
    let library = Library::fixture();
    library
        .write(
            "content/studies/secret.pdf",
            "%PDF-1.4 not for the public yet\n",
        )
        .append(DRAFT, "The [figures](secret.pdf).\n");
    assert!(
        holders(
            &library.build_with(&["--drafts"]).succeeds(),
            "not for the public yet"
        )
        .len()
            == 1
    );
    let library = Library::fixture();
    library
        .write(
            "content/studies/secret.pdf",
            "%PDF-1.4 not for the public yet\n",
        )
        .append(DRAFT, "The [figures](secret.pdf).\n");
    is_nowhere(&library.build().succeeds(), "not for the public yet");
}
