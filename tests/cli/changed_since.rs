//! `check --changed-since`: a pull request hears of its own problems, wherever they show, and of no others.

use std::fs;
use std::path::Path;

use crate::repository::{Repository, git, problems};
use crate::support::{FULL, Library, Outcome, SHORT};

const FACTORS: &str = "content/vocabulary/factors.yaml";
const HILL: &str = "content/studies/hill/separate-buildings.md";
const REVIEW: &str = "content/reviews/trust.md";

#[track_caller]
fn finds(outcome: Outcome, expected: &[(&str, &str)]) {
    let found = problems(&outcome);
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|(rule, path)| (rule.as_str(), path.as_str()))
        .collect();
    assert_eq!(found, expected, "{}", outcome.stderr);
    assert_eq!(outcome.stderr, "");
}

/// A study that names a factor which doesn't exist.
fn break_study(library: &Library, path: &str) {
    library.replace(path, "shared-office", "no-such-factor");
}

#[test]
fn only_changed_files_are_reported() {
    let library = Library::fixture();
    break_study(&library, HILL);
    let repository = Repository::of(library);
    finds(repository.since("HEAD").succeeds(), &[]);
    let library = &repository.library;
    break_study(library, SHORT);
    let expected = [("unknown-factor", SHORT)];
    finds(repository.since("HEAD").fails_with(1), &expected);
    repository.git(&["add", "--all"]);
    finds(repository.since("HEAD").fails_with(1), &expected);
    repository.commit();
    finds(repository.since("HEAD").succeeds(), &[]);
    finds(repository.since("HEAD~1").fails_with(1), &expected);
    finds(repository.since("main~").fails_with(1), &expected);
}

#[test]
fn new_files_count_before_they_are_added_unless_they_are_ignored() {
    let repository = Repository::new();
    let library = &repository.library;
    let study = library
        .read(SHORT)
        .replace("shared-office", "no-such-factor");
    library.write("content/studies/new.md", &study);
    library.write("content/studies/mine.md", &study);
    library.write(".git/info/exclude", "mine.md\n");
    finds(
        repository.since("HEAD").fails_with(1),
        &[("unknown-factor", "content/studies/new.md")],
    );
}

#[test]
fn a_renamed_study_breaks_what_leads_to_it() {
    let repository = Repository::new();
    let library = &repository.library;
    library.rename(HILL, "content/studies/hill/two-buildings.md");
    let expected = [
        ("dead-link", REVIEW),
        ("unknown-study", FULL),
        ("dead-link", FULL),
    ];
    finds(repository.since("HEAD").fails_with(1), &expected);
    repository.commit();
    finds(repository.since("HEAD~").fails_with(1), &expected);
}

#[test]
fn a_deleted_study_breaks_what_leads_to_it() {
    let repository = Repository::new();
    repository.library.remove(HILL);
    finds(
        repository.since("HEAD").fails_with(1),
        &[
            ("dead-link", REVIEW),
            ("unknown-study", FULL),
            ("dead-link", FULL),
        ],
    );
}

#[test]
fn a_term_that_is_gone_is_reported_where_it_is_used() {
    let repository = Repository::new();
    let library = &repository.library;
    library.replace(
        FACTORS,
        "  - id: short-funding\n    label: Short-term funding",
        "  - id: brief-funding\n    label: Brief funding",
    );
    finds(
        repository.since("HEAD").fails_with(1),
        &[
            ("unknown-factor", "content/studies/closed-clinic.md"),
            ("unknown-factor", HILL),
            ("unknown-factor", "content/studies/next-year.md"),
        ],
    );
}

#[test]
fn an_unchanged_file_answers_only_for_what_is_new() {
    let library = Library::fixture();
    library.append(REVIEW, "See [this](../studies/gone.md).\n");
    let repository = Repository::of(library);
    repository.library.remove(HILL);
    finds(
        repository
            .check(&["--changed-since=HEAD", "content/reviews"])
            .fails_with(1),
        &[("dead-link", REVIEW)],
    );
}

#[test]
fn a_configuration_that_asks_for_more_counts() {
    let library = Library::fixture();
    library.replace(SHORT, "shared-office", "co-location");
    let repository = Repository::of(library);
    let library = &repository.library;
    library.replace(
        "site-config.toml",
        "second-h1 = \"error\"",
        "second-h1 = \"error\"\nalias-used = \"error\"",
    );
    finds(
        repository.since("HEAD").fails_with(1),
        &[("alias-used", SHORT)],
    );
}

#[test]
fn strict_and_paths_choose_among_what_is_reported() {
    let repository = Repository::new();
    let library = &repository.library;
    library.replace(SHORT, "shared-office", "co-location");
    break_study(library, HILL);
    let warnings = [("alias-used", SHORT)];
    let options = ["--changed-since", "HEAD", SHORT];
    finds(repository.check(&options).succeeds(), &warnings);
    let options = ["--changed-since", "HEAD", "--strict", SHORT];
    finds(repository.check(&options).fails_with(1), &warnings);
}

#[test]
fn the_library_may_be_a_folder_of_the_repository() {
    let repository = Repository::around();
    let library = &repository.library;
    fs::write(library.beside("notes.txt"), "Other notes.\n").expect("a file beside");
    break_study(library, SHORT);
    library.rename(HILL, "content/studies/hill/two-buildings.md");
    finds(
        repository.since("HEAD").fails_with(1),
        &[
            ("dead-link", REVIEW),
            ("unknown-factor", SHORT),
            ("unknown-study", FULL),
            ("dead-link", FULL),
        ],
    );
}

#[test]
fn names_with_blanks_and_letters_beyond_ascii_are_found() {
    let library = Library::fixture();
    let folder = "content/studies/Ärzte und \"Co\"";
    let (old, new) = (format!("{folder}/old.md"), format!("{folder}/new.md"));
    library.write(&old, &library.read(SHORT));
    let repository = Repository::of(library);
    let library = &repository.library;
    library.write(&new, &library.read(SHORT));
    break_study(library, &old);
    break_study(library, &new);
    finds(
        repository.since("HEAD").fails_with(1),
        &[("unknown-factor", &new), ("unknown-factor", &old)],
    );
}

#[test]
fn what_others_changed_meanwhile_is_not_ones_own() {
    let repository = Repository::new();
    let library = &repository.library;
    repository.git(&["checkout", "--quiet", "-b", "work"]);
    break_study(library, SHORT);
    repository.commit();
    repository.git(&["checkout", "--quiet", "main"]);
    library.remove(HILL);
    repository.commit();
    repository.git(&["checkout", "--quiet", "work"]);
    finds(
        repository.since("main").fails_with(1),
        &[("unknown-factor", SHORT)],
    );
}

#[test]
fn without_a_common_history_the_revision_itself_is_compared_with() {
    let repository = Repository::new();
    let library = &repository.library;
    repository.git(&["checkout", "--quiet", "--orphan", "fresh"]);
    break_study(library, SHORT);
    repository.commit();
    finds(
        repository.since("main").fails_with(1),
        &[("unknown-factor", SHORT)],
    );
}

#[test]
fn a_touched_file_is_no_changed_file_and_nothing_of_git_is_written() {
    let library = Library::fixture();
    break_study(&library, SHORT);
    let repository = Repository::of(library);
    let library = &repository.library;
    for path in [
        SHORT,
        "content/pages/about.md",
        "content/pages/contribute.md",
    ] {
        let file = fs::File::options().write(true).open(library.path(path));
        let long_ago = crate::support::long_ago();
        file.and_then(|file| file.set_modified(long_ago))
            .expect("the time can be set");
    }
    library.replace(FACTORS, "Warm homes", "Homes that are warm");
    let index = fs::read(library.path(".git/index")).expect("an index");
    finds(repository.since("HEAD").succeeds(), &[]);
    assert!(fs::read(library.path(".git/index")).expect("an index") == index);
    assert!(!repository.git(&["status", "--short"]).contains("??"));
}

#[cfg(unix)]
#[test]
fn no_program_of_the_repository_is_run() {
    let repository = Repository::new();
    let library = &repository.library;
    let trace = library.beside("trace");
    let script = format!("touch '{}'; cat", trace.display());
    for name in [
        "filter.loud.smudge",
        "core.fsmonitor",
        "diff.external",
        "diff.loud.textconv",
    ] {
        repository.git(&["config", name, &script]);
    }
    library.write(".git/info/attributes", "* filter=loud diff=loud\n");
    library.rename(HILL, "content/studies/hill/two-buildings.md");
    repository.since("HEAD").fails_with(1);
    assert!(!trace.exists());
}

#[test]
fn a_surrounding_git_does_not_mislead() {
    let mut repository = Repository::new();
    let elsewhere = repository.library.beside("elsewhere");
    let elsewhere = elsewhere.to_string_lossy().into_owned();
    repository
        .library
        .env("GIT_DIR", &elsewhere)
        .env("GIT_INDEX_FILE", &elsewhere)
        .env("GIT_WORK_TREE", &elsewhere);
    break_study(&repository.library, SHORT);
    finds(
        repository.since("HEAD").fails_with(1),
        &[("unknown-factor", SHORT)],
    );
}

#[test]
fn a_library_that_was_none_makes_every_problem_new() {
    let library = Library::fixture();
    let config = library.read("site-config.toml");
    library.remove("site-config.toml");
    break_study(&library, HILL);
    let repository = Repository::of(library);
    repository.library.write("site-config.toml", &config);
    let outcome = repository
        .since("HEAD")
        .fails_with(1)
        .says("note: the library as it was at HEAD can't be checked")
        .says("site-config.toml")
        .keeps_quiet_about("caseloom-");
    assert_eq!(outcome.stderr.lines().count(), 1, "{}", outcome.stderr);
    assert_eq!(
        problems(&outcome)[0],
        ("unknown-factor".to_owned(), HILL.to_owned())
    );
}

#[test]
fn an_unknown_revision_says_what_a_checkout_may_lack() {
    let repository = Repository::new();
    for revision in [
        "origin/main",
        "v1.0",
        "0123456",
        "^HEAD",
        "HEAD:content",
        "main..HEAD",
    ] {
        repository
            .since(revision)
            .fails_with(2)
            .says(&format!("git does not know the revision {revision:?}"))
            .says("fetch-depth: 0");
    }
}

#[test]
fn a_shallow_checkout_lacks_the_revision() {
    let repository = Repository::new();
    repository.library.append(SHORT, "More.\n");
    repository.commit();
    let first = repository.git(&["rev-parse", "HEAD~"]);
    let library = Library::empty();
    let from = format!("file://{}", repository.library.root().display());
    git(
        &library.beside("."),
        &["clone", "--quiet", "--depth=1", &from, "library"],
    );
    let check = |revision| library.run_in(&library.root(), &["check", "--changed-since", revision]);
    for revision in [first.trim(), "HEAD~"] {
        check(revision).fails_with(2).says("fetch-depth: 0");
    }
    check("HEAD").succeeds();
}

#[test]
fn a_revision_is_never_an_option() {
    let repository = Repository::new();
    for revision in ["--output=x", "-q", "--strict", ""] {
        repository
            .since(revision)
            .fails_with(2)
            .says("--changed-since needs a revision");
    }
    assert!(!Path::new(&repository.library.path("x")).exists());
}

#[test]
fn without_a_repository_there_is_nothing_to_compare_with() {
    let library = Library::fixture();
    library
        .run_in(&library.root(), &["check", "--changed-since", "main"])
        .fails_with(2)
        .says("--changed-since compares with a git repository")
        .says("is not in one");
}

#[test]
fn without_git_that_is_said() {
    let mut repository = Repository::new();
    let nowhere = repository.library.beside("nowhere");
    let nowhere = nowhere.to_string_lossy().into_owned();
    repository.library.env("PATH", &nowhere);
    repository
        .since("HEAD")
        .fails_with(2)
        .says("--changed-since needs the program git, which was not found");
}

#[test]
fn the_closing_line_says_what_was_looked_at() {
    let repository = Repository::new();
    let library = &repository.library;
    let says = |line: &str| {
        let outcome = library
            .run_in(&library.root(), &["check", "--changed-since", "HEAD"])
            .succeeds();
        assert_eq!(outcome.stdout, line);
    };
    says("Nothing changed.\n");
    library.append(SHORT, "More.\n");
    says("No problems in the file that changed, and none that it caused.\n");
    library.append(HILL, "More.\n");
    says("No problems in the 2 files that changed, and none that they caused.\n");
}
