//! Old addresses, and addresses that two sources claim.

use crate::support::{FULL, Library, SHORT, study_with_keys};
use crate::{after, short, with_keys};

#[test]
fn an_alias_is_no_live_address() {
    with_keys("aliases: [separate-buildings]\n")
        .fails_with(1)
        .reports("alias-taken", &short("8:11"))
        .says("content/studies/hill/separate-buildings.md")
        .counts(1);
    with_keys("aliases: [five-minute-study]\n")
        .fails_with(1)
        .reports("alias-taken", &short("8:11"))
        .says("own name")
        .counts(1);
    with_keys("aliases: [closed-clinic]\n")
        .fails_with(1)
        .reports("alias-taken", &short("8:11"))
        .counts(1);
}

#[test]
fn an_alias_belongs_to_one_page() {
    after(|library| {
        library.write(
            "content/studies/zebra.md",
            &study_with_keys("aliases: [one-office]\n"),
        );
    })
    .fails_with(1)
    .reports("alias-taken", "content/studies/zebra.md:8:11")
    .says(FULL)
    .counts(1);
}

#[test]
fn aliases_of_pages_stand_at_the_top() {
    for name in ["studies", "search", "data", "assets", "404", "about"] {
        let outcome = after(|library| {
            library.replace(
                "content/pages/about.md",
                "[who-we-are]",
                &format!("[{name}]"),
            );
        });
        outcome
            .fails_with(1)
            .reports("alias-taken", "content/pages/about.md:4:11")
            .counts(1);
    }
    after(|library| {
        library.replace("content/pages/about.md", "[who-we-are]", "[contribute]");
    })
    .fails_with(1)
    .reports("alias-taken", "content/pages/about.md:4:11")
    .counts(1);
}

#[test]
fn aliases_of_different_sections_are_different() {
    let library = Library::fixture();
    library
        .replace("content/pages/about.md", "[who-we-are]", "[one-office]")
        .replace("content/reviews/trust.md", "[trust-review]", "[one-office]");
    let site = library.build().has_no_problem();
    for path in [
        "studies/one-office/index.html",
        "reviews/one-office/index.html",
        "one-office/index.html",
    ] {
        assert!(site.exists(path), "{path}");
    }
}

#[test]
fn an_alias_of_a_draft_is_no_address_yet() {
    let library = Library::fixture();
    library.replace(
        "content/studies/next-year.md",
        "status: draft",
        "status: draft\naliases: [later]",
    );
    assert!(!library.build().has_no_problem().exists("studies/later"));
    assert!(
        library
            .build_with(&["--drafts"])
            .has_no_problem()
            .exists("studies/later/index.html")
    );
}

#[test]
fn nothing_is_written_outside_the_site() {
    let library = Library::fixture();
    for alias in [
        "../outside",
        "..",
        "a/../../outside",
        "/tmp/outside",
        "%2e%2e",
    ] {
        library.write(
            SHORT,
            &study_with_keys(&format!("aliases: [\"{alias}\"]\n")),
        );
        library
            .build()
            .fails_with(1)
            .reports("bad-value", &short("8:11"));
    }
    assert!(!library.beside("outside").exists());
    assert!(!library.path("outside").exists());
}
