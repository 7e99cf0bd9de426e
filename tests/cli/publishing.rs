//! Copy, build, change, build: what the output folder goes through.

use std::fs;

use crate::support::{FULL, Library, SHORT, Tree, differences, study_with_body, tree_of};

const MANIFEST: &str = ".caseloom-manifest.json";

/// Builds the fixture and gives every file of the site a time in the past.
fn built() -> Library {
    let library = Library::fixture();
    library.build().succeeds();
    library.make_all_old();
    library
}

/// What stands beside and in the library, without the content of files.
pub(crate) fn names(library: &Library) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(library.root())
        .expect("the library can be read")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}

/// Without the files of the index of words, which are called by what is in them.
fn but_search(mut paths: Vec<String>) -> Vec<String> {
    paths.retain(|path| !path.starts_with("search/"));
    paths
}

#[test]
fn a_build_without_a_change_writes_nothing() {
    let library = built();
    let before = library.tree();
    library.clear_cache();
    let outcome = library.build().succeeds();
    assert_eq!(library.rewritten(), Vec::<String>::new());
    assert_eq!(differences(&before, &library.tree()), Vec::<String>::new());
    let files = before.len() - 1;
    outcome.says(&format!(
        "{files} files: 0 written, {files} unchanged, 0 removed"
    ));
}

#[test]
fn only_what_differs_is_written() {
    let library = built();
    let before = library.tree();
    library.replace(FULL, "A former canteen.", "A former chapel.");
    library.build().succeeds();
    // The manifest knows the content of every page.
    let expected = [MANIFEST, "studies/one-open-plan-office/index.html"];
    assert_eq!(but_search(library.rewritten()), expected);
    assert_eq!(but_search(differences(&before, &library.tree())), expected);
}

#[test]
fn a_new_title_is_written_wherever_it_stands_and_nowhere_else() {
    let library = built();
    library.replace(SHORT, "title: Five minutes", "title: Six minutes");
    let outcome = library.build().succeeds();
    let rewritten = library.rewritten();
    for path in [
        "studies/five-minute-study/index.html",
        "studies/index.html",
        "factors/shared-office/index.html",
        "systems/national/index.html",
        "feed.xml",
        "data/studies.json",
        "data/studies.csv",
    ] {
        assert!(rewritten.iter().any(|known| known == path), "{path}");
        assert!(outcome.page(path).contains("Six minutes"), "{path}");
    }
    for path in [
        "glossary/index.html",
        "404.html",
        "themes/housing/index.html",
        "robots.txt",
    ] {
        assert!(library.is_old(path), "{path}");
    }
    for (path, bytes) in library.tree() {
        assert!(
            !String::from_utf8_lossy(&bytes).contains("Five minutes"),
            "{path}"
        );
    }
}

#[test]
fn a_removed_study_takes_its_page_and_its_folder_with_it() {
    let library = built();
    library.remove("content/studies/hill/shared-front-door.md");
    library.replace(
        FULL,
        "\n  - {study: shared-front-door, relation: adopted-from}",
        "",
    );
    // With it go the lists of a system and of a kind of evidence that no other study has.
    let outcome = library.build().succeeds();
    assert!(
        !outcome.exists("studies/system/dales") && !outcome.exists("studies/evidence/case-report")
    );
    assert!(!outcome.exists("studies/shared-front-door/index.html"));
    assert!(
        !outcome.exists("studies/shared-front-door"),
        "nor its folder"
    );
    for (path, bytes) in outcome.tree() {
        assert!(
            !String::from_utf8_lossy(&bytes).contains("shared-front-door"),
            "{path}"
        );
    }
}

#[test]
fn a_renamed_study_leaves_a_redirect_when_it_says_so() {
    let library = built();
    library
        .rename(SHORT, "content/studies/ten-minute-study.md")
        .replace(
            "content/pages/contribute.md",
            "five-minute-study.md",
            "ten-minute-study.md",
        );
    let gone = library.build().succeeds();
    assert!(!gone.exists("studies/five-minute-study"));
    library.replace(
        "content/studies/ten-minute-study.md",
        "level: national",
        "level: national\naliases: [five-minute-study]",
    );
    let page = library
        .build()
        .succeeds()
        .page("studies/five-minute-study/index.html");
    assert!(
        page.contains("../ten-minute-study/") || page.contains("../../studies/ten-minute-study/")
    );
}

#[test]
fn a_file_that_somebody_else_put_there_stays() {
    let library = built();
    let foreign = [
        ("CNAME", "learning.example"),
        ("studies/shared-front-door/notes.txt", "mine"),
        (".well-known/security.txt", "Contact: somebody"),
    ];
    for (path, text) in foreign {
        library.write(&format!("public/{path}"), text);
    }
    library.remove("content/studies/hill/shared-front-door.md");
    library.replace(
        FULL,
        "\n  - {study: shared-front-door, relation: adopted-from}",
        "",
    );
    for arguments in [&[][..], &["--swap"]] {
        let outcome = library.build_with(arguments).succeeds();
        for (path, text) in foreign {
            assert_eq!(outcome.page(path), text, "{arguments:?}");
        }
        assert!(!outcome.exists("studies/shared-front-door/index.html"));
    }
}

#[test]
fn a_foreign_file_at_an_address_that_the_site_needs_is_not_overwritten() {
    for arguments in [&[][..], &["--swap"]] {
        let library = built();
        library
            .write("public/studies/new-one/index.html", "somebody's own page")
            .write("content/studies/new-one.md", &study_with_body("New.\n"));
        library.make_all_old();
        let before = library.tree();
        library
            .build_with(arguments)
            .fails_with(2)
            .says("studies/new-one/index.html");
        assert_eq!(differences(&before, &library.tree()), Vec::<String>::new());
        assert_eq!(library.rewritten(), Vec::<String>::new());
    }
}

/// The site before, after a build that must fail, which must have touched nothing.
#[track_caller]
fn touches_nothing(library: &Library, arguments: &[&str], code: i32) {
    let (before, around) = (library.tree(), names(library));
    library.build_with(arguments).fails_with(code);
    assert_eq!(differences(&before, &library.tree()), Vec::<String>::new());
    assert_eq!(library.rewritten(), Vec::<String>::new());
    assert_eq!(around, names(library), "nothing is left beside it");
}

#[test]
fn a_mistake_of_the_skin_is_told_of_the_same_page_each_time() {
    let library = Library::fixture();
    library.write(
        "themes/default/templates/study.html",
        "{% extends \"base.html\" %}{% block main %}{{ study.titel }}{% endblock main %}",
    );
    let message = || library.build().fails_with(2).message().to_owned();
    let first = message();
    assert!(first.contains("could not be rendered"), "{first}");
    for _ in 0..10 {
        assert_eq!(message(), first);
    }
}

#[test]
fn a_failed_build_touches_nothing() {
    let library = built();
    library.replace(SHORT, "Five minutes", "Six minutes");
    library.replace("content/pages/about.md", "contribute.md", "contribut.md");
    touches_nothing(&library, &[], 1);
    touches_nothing(&library, &["--swap"], 1);
}

#[test]
fn a_build_that_fails_on_a_warning_touches_nothing() {
    let library = built();
    library.replace(SHORT, "[shared-office]", "[co-location]");
    touches_nothing(&library, &["--strict"], 1);
}

#[test]
fn a_tool_that_cannot_do_its_work_touches_nothing() {
    let library = built();
    touches_nothing(&library, &["--base-url", "nowhere"], 2);
    library.replace("site-config.toml", "title =", "titel =");
    touches_nothing(&library, &[], 2);
}

#[test]
fn a_template_that_fails_halfway_touches_nothing() {
    let library = built();
    library.replace(SHORT, "Five minutes", "Six minutes");
    library.write(
        "themes/default/templates/glossary.html",
        "<h1>{{ page.title }}</h1>{{ page.nothing.at_all }}",
    );
    touches_nothing(&library, &[], 2);
}

#[test]
fn a_first_build_that_fails_makes_no_folder() {
    let library = Library::fixture();
    library.replace(SHORT, "[shared-office]", "[no-such-factor]");
    let before = names(&library);
    library.build().fails_with(1);
    assert_eq!(names(&library), before);
}

#[test]
fn the_next_good_build_after_a_failed_one_is_the_site() {
    let library = built();
    library.replace(SHORT, "[shared-office]", "[no-such-factor]");
    library.build().fails_with(1);
    library.replace(SHORT, "[no-such-factor]", "[shared-office, trust]");
    let outcome = library.build().succeeds();
    assert!(
        outcome
            .page("studies/five-minute-study/index.html")
            .contains("Trust and mutual respect")
    );
    let other = Library::fixture();
    other.replace(SHORT, "[shared-office]", "[shared-office, trust]");
    assert_eq!(
        differences(&outcome.tree(), &other.build().succeeds().tree()),
        Vec::<String>::new()
    );
}

/// Everything of a folder that must not be published into, and the build that must refuse it.
#[track_caller]
fn refused(library: &Library, out: &str) {
    let before = tree_of(&library.root());
    library
        .build_with(&["--out", out])
        .fails_with(2)
        .says("cannot publish into");
    let after: Tree = tree_of(&library.root());
    assert_eq!(differences(&before, &after), Vec::<String>::new(), "{out}");
}

#[test]
fn the_library_itself_and_what_lies_above_are_no_output_folders() {
    let library = Library::fixture();
    refused(&library, ".");
    refused(&library, "..");
    refused(&library, "/");
    refused(&library, "public/..");
    let root = library.root();
    refused(&library, root.to_str().expect("a plain path"));
}

#[test]
fn the_sources_are_no_output_folders() {
    let library = Library::fixture();
    library.write("themes/plain/assets/a.css", "");
    for out in [
        "content",
        "content/site",
        "content/studies",
        "themes",
        "themes/plain",
    ] {
        refused(&library, out);
    }
}

#[test]
fn a_folder_that_caseloom_did_not_make_is_refused() {
    let library = Library::fixture();
    library.write("public/holiday.jpg", "precious");
    refused(&library, "public");
    library.write("site/sub/holiday.jpg", "precious");
    refused(&library, "site");
}

#[test]
fn a_file_is_no_output_folder() {
    let library = Library::fixture();
    library.write("public", "a file");
    refused(&library, "public");
}

#[test]
fn an_empty_folder_is_as_good_as_none() {
    let library = Library::fixture();
    fs::create_dir(library.path("public")).expect("a new folder");
    library.build().has_no_problem();
}

#[test]
fn a_deep_output_folder_is_made() {
    let library = Library::fixture();
    library.build_with(&["--out", "a/b/c"]).succeeds();
    assert!(library.path("a/b/c/index.html").exists());
}

#[cfg(unix)]
#[test]
fn an_output_folder_that_is_a_symbolic_link_is_the_folder_it_leads_to() {
    let library = Library::fixture();
    let place = library.beside("www");
    fs::create_dir(&place).expect("a new folder");
    std::os::unix::fs::symlink(&place, library.path("public")).expect("a link");
    library.build().has_no_problem();
    assert!(place.join("index.html").exists());
    assert!(library.path("public").is_symlink(), "the link stays a link");
}

#[cfg(unix)]
#[test]
fn a_link_to_the_library_is_no_output_folder_either() {
    let library = Library::fixture();
    std::os::unix::fs::symlink(library.root(), library.beside("link")).expect("a link");
    refused(&library, "../link");
    refused(&library, "../link/content");
}

#[test]
fn a_damaged_manifest_stops_the_build() {
    let library = built();
    library.write(&format!("public/{MANIFEST}"), "{\"files\": [\"../../");
    library.make_all_old();
    touches_nothing(&library, &[], 2);
}

#[test]
fn a_manifest_that_names_a_file_outside_removes_nothing_there() {
    let library = built();
    library.write("precious.txt", "mine");
    let manifest = library.read(&format!("public/{MANIFEST}"));
    let hostile = manifest.replacen("404.html", "../precious.txt", 1);
    assert_ne!(manifest, hostile, "the manifest names files by their paths");
    library.write(&format!("public/{MANIFEST}"), &hostile);
    library.build();
    assert_eq!(library.read("precious.txt"), "mine");
}

#[test]
fn leftovers_of_a_killed_build_are_cleared_by_the_next() {
    let library = built();
    library
        .write(".public.caseloom-staging/index.html", "half")
        .write("public/.caseloom-tmp/1", "half a file");
    let before = names(&library)
        .into_iter()
        .filter(|name| !name.contains("staging"));
    let before: Vec<_> = before.collect();
    library.build().succeeds();
    assert_eq!(names(&library), before);
    assert!(!library.path("public/.caseloom-tmp").exists());
}

#[test]
fn nothing_is_left_beside_the_site() {
    let library = Library::fixture();
    let mut expected = names(&library);
    expected.push("public".to_owned());
    expected.sort();
    for arguments in [&[][..], &["--swap"], &["--drafts"], &["--swap", "--drafts"]] {
        library.build_with(arguments).succeeds();
        assert_eq!(names(&library), expected, "{arguments:?}");
        assert!(!library.path("public/.caseloom-tmp").exists());
    }
}

#[test]
fn a_page_that_was_damaged_by_hand_is_mended() {
    let library = built();
    let before = library.tree();
    library
        .write("public/index.html", "scribble")
        .write("public/studies/index.html", "")
        .remove("public/about/index.html");
    library.build().succeeds();
    assert_eq!(differences(&before, &library.tree()), Vec::<String>::new());
}

#[test]
fn what_is_built_twice_in_different_ways_is_the_same_site() {
    let library = Library::fixture();
    library
        .build_with(&["--drafts", "--base-url", "https://x.org/"])
        .succeeds();
    library.replace(SHORT, "Five", "Six").build().succeeds();
    let last = library
        .replace(SHORT, "Six", "Five")
        .build()
        .succeeds()
        .tree();
    let fresh = Library::fixture().build().succeeds().tree();
    assert_eq!(differences(&last, &fresh), Vec::<String>::new());
}
