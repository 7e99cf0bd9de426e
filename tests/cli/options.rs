//! Options and exit statuses of `caseloom build`.

use crate::support::{Library, SHORT, differences, tree_of};

/// A change that gives one warning and no error.
fn warn(library: &Library) {
    library.replace(SHORT, "[shared-office]", "[co-location]");
}

/// A change that gives one error.
fn err(library: &Library) {
    library.replace(SHORT, "[shared-office]", "[no-such-factor]");
}

#[test]
fn the_fixture_builds_without_a_word() {
    let outcome = Library::fixture().build().has_no_problem();
    assert_eq!(outcome.stdout, "", "results only go to stdout");
    assert!(outcome.message().starts_with("4 studies, "));
    assert_eq!(outcome.message().lines().count(), 1, "{}", outcome.stderr);
}

#[test]
fn without_root_the_nearest_library_upward_is_meant() {
    let library = Library::fixture();
    let outcome = library.run_in(&library.path("content/studies/hill"), &["build"]);
    assert!(outcome.succeeds().exists("index.html"));
    assert!(!library.path("content/studies/hill/public").exists());
}

#[test]
fn the_nearest_library_is_the_innermost() {
    let library = Library::fixture();
    library
        .write("inner/site-config.toml", "title = \"Inner\"\n")
        .write(
            "inner/content/pages/about.md",
            "---\ntitle: A\nsummary: B\n---\n",
        );
    let inner = library.path("inner");
    library
        .run_in(&inner.join("content"), &["build"])
        .succeeds();
    assert!(inner.join("public/about/index.html").exists());
    assert!(!library.path("public").exists());
}

#[test]
fn root_names_a_library_from_anywhere() {
    let library = Library::fixture();
    let root = library.root();
    let root = root.to_str().expect("a plain path");
    let elsewhere = library.beside("elsewhere");
    std::fs::create_dir(&elsewhere).expect("a new folder");
    for arguments in [["build", "--root", root], ["--root", root, "build"]] {
        let outcome = library.run_in(&elsewhere, &arguments).succeeds();
        assert!(
            outcome.exists("index.html"),
            "the site goes into the library"
        );
    }
    assert!(tree_of(&elsewhere).is_empty());
}

#[test]
fn out_says_where_the_site_goes() {
    let library = Library::fixture();
    let usual = library.build().succeeds().tree();
    library.build_with(&["--out", "../site"]).succeeds();
    let other = tree_of(&library.beside("site"));
    assert_eq!(differences(&usual, &other), Vec::<String>::new());
}

#[test]
fn the_configuration_may_say_where_the_site_goes() {
    let library = Library::fixture();
    library.replace(
        "site-config.toml",
        "out = \"public\"",
        "out = \"made/site\"",
    );
    library
        .run_in(&library.path("content"), &["build"])
        .succeeds();
    assert!(library.path("made/site/index.html").exists());
    assert!(!library.path("public").exists());
}

#[test]
fn base_url_replaces_the_configured_one() {
    let library = Library::fixture();
    let outcome = library
        .build_with(&["--base-url", "https://x.org/a/b"])
        .succeeds();
    let page = outcome.page("studies/five-minute-study/index.html");
    assert!(page.contains("https://x.org/a/b/studies/five-minute-study/"));
    assert!(!page.contains("learning.example"));
    assert!(
        outcome
            .page("feed.xml")
            .contains("https://x.org/a/b/feed.xml")
    );
    assert!(
        outcome
            .page("robots.txt")
            .contains("https://x.org/a/b/sitemap.xml")
    );
    assert!(outcome.page("404.html").contains("\"/a/b/index.html\""));
}

#[test]
fn a_base_url_that_is_none_is_no_build() {
    let library = Library::fixture();
    for bad in [
        "x.org",
        "ftp://x.org/",
        "https://",
        "https://x.org/?q=1",
        "",
    ] {
        library
            .build_with(&["--base-url", bad])
            .fails_with(2)
            .says("base_url");
    }
    assert!(!library.path("public").exists());
}

#[test]
fn drafts_are_built_when_asked_for() {
    let library = Library::fixture();
    let address = "studies/next-year/index.html";
    assert!(!library.build().succeeds().exists(address));
    assert!(library.build_with(&["--drafts"]).succeeds().exists(address));
    assert!(
        !library.build().succeeds().exists(address),
        "the next build without drafts takes it away again"
    );
}

#[test]
fn strict_fails_on_warnings_and_publishes_nothing() {
    let library = Library::fixture();
    warn(&library);
    library
        .build_with(&["--strict"])
        .fails_with(1)
        .reports("alias-used", "content/studies/five-minute-study.md:7:12")
        .counts(1);
    assert!(!library.path("public").exists());
    library.build().succeeds().says("1 warning").counts(1);
}

#[test]
fn strict_minds_no_notes() {
    let library = Library::fixture();
    library.write("content/notes.md", "Notes.\n");
    library
        .build_with(&["--strict"])
        .succeeds()
        .reports("unexpected-file", "content/notes.md:1:1")
        .counts(1);
}

#[test]
fn no_search_is_accepted() {
    let library = Library::fixture();
    let with = library.build().succeeds().tree();
    let without = library.build_with(&["--no-search"]).succeeds().tree();
    for path in without.keys() {
        assert!(
            with.contains_key(path),
            "{path} is made only without search"
        );
    }
    assert!(without.contains_key("studies/index.html"));
}

#[test]
fn swap_makes_the_same_site() {
    let library = Library::fixture();
    let plain = library.build().succeeds().tree();
    library.remove("public");
    assert_eq!(
        differences(&plain, &library.build_with(&["--swap"]).succeeds().tree()),
        Vec::<String>::new(),
        "into nothing"
    );
    library.replace(SHORT, "Five minutes", "Six minutes");
    let swapped = library.build_with(&["--swap"]).succeeds().tree();
    library.remove("public");
    let fresh = library.build().succeeds().tree();
    assert_eq!(differences(&swapped, &fresh), Vec::<String>::new());
}

#[test]
fn timings_names_the_stages() {
    let library = Library::fixture();
    let outcome = library.build_with(&["--timings"]).succeeds();
    assert_eq!(outcome.stdout, "");
    for stage in ["discover", "markdown", "render", "publish", "total"] {
        let line = outcome
            .stderr
            .lines()
            .find(|line| line.trim_start().starts_with(stage));
        assert!(
            line.is_some_and(|line| line.ends_with(" ms")),
            "{stage}:\n{}",
            outcome.stderr
        );
    }
    library.build().succeeds().keeps_quiet_about(" ms");
}

#[test]
fn quiet_says_nothing_but_problems() {
    let library = Library::fixture();
    for quiet in ["--quiet", "-q"] {
        let outcome = library.build_with(&[quiet]).succeeds();
        assert_eq!((outcome.stdout.as_str(), outcome.stderr.as_str()), ("", ""));
    }
    err(&library);
    let outcome = library.build_with(&["--quiet"]).fails_with(1);
    let lines: Vec<&str> = outcome.stderr.lines().collect();
    assert!(lines[0].starts_with("error[unknown-factor]"));
    outcome.counts(1).keeps_quiet_about("1 error");
}

#[test]
fn any_number_of_threads_will_do_but_none() {
    let library = Library::fixture();
    for threads in ["1", "2", "7"] {
        library.build_with(&["--threads", threads]).has_no_problem();
    }
    for threads in ["0", "-1", "many"] {
        library.build_with(&["--threads", threads]).fails_with(2);
    }
}

#[test]
fn colour_comes_when_it_is_asked_for() {
    let library = Library::fixture();
    err(&library);
    let is_coloured = |arguments: &[&str]| {
        library
            .build_with(arguments)
            .fails_with(1)
            .stderr
            .contains('\u{1b}')
    };
    assert!(!is_coloured(&[]), "not into a pipe");
    assert!(!is_coloured(&["--color", "never"]));
    assert!(is_coloured(&["--color", "always"]));
    library.build_with(&["--color", "perhaps"]).fails_with(2);
}

#[test]
fn errors_of_content_are_exit_status_1() {
    let library = Library::fixture();
    err(&library);
    library.build().fails_with(1).says("1 error").counts(1);
    assert!(!library.path("public").exists());
}

#[test]
fn help_and_version_are_results() {
    let library = Library::fixture();
    for (argument, word) in [("--help", "Usage"), ("--version", "caseloom 0.")] {
        let outcome = library.run_in(&library.root(), &[argument]).succeeds();
        assert!(outcome.stdout.contains(word), "{}", outcome.stdout);
        assert_eq!(outcome.stderr, "");
    }
    let outcome = library
        .run_in(&library.root(), &["build", "--help"])
        .succeeds();
    for option in [
        "--root",
        "--out",
        "--base-url",
        "--drafts",
        "--strict",
        "--no-search",
        "--swap",
        "--timings",
        "--quiet",
        "--threads",
        "--color",
    ] {
        assert!(outcome.stdout.contains(option), "{option}");
    }
}

#[test]
fn a_wrong_command_line_is_exit_status_2() {
    let library = Library::fixture();
    for arguments in [
        &["biuld"][..],
        &["build", "--no-such-option"],
        &["build", "--out"],
        &["build", "content"],
        &[],
    ] {
        let outcome = library.run_in(&library.root(), arguments).fails_with(2);
        assert_eq!(outcome.stdout, "", "{arguments:?}");
        assert_ne!(outcome.stderr, "", "{arguments:?}");
    }
}

#[test]
fn without_a_library_there_is_nothing_to_build() {
    let library = Library::empty();
    library.build().fails_with(2).says("site-config.toml");
    for root in [".", "../nowhere"] {
        library
            .build_with(&["--root", root])
            .fails_with(2)
            .says("site-config.toml");
    }
    assert!(tree_of(&library.root()).is_empty());
}
