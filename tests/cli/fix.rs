//! `check --fix` and `check --diff`: what is certain is mended, and not a byte beside it.

use std::fs;

use crate::repository::{Repository, git, problems};
use crate::support::{FULL, Library, Outcome, SHORT, differences, tree_of};

const FACTORS: &str = "content/vocabulary/factors.yaml";

fn run(library: &Library, arguments: &[&str]) -> Outcome {
    let mut all = vec!["check"];
    all.extend_from_slice(arguments);
    library.run_in(&library.root(), &all)
}

/// Writes `wrong` for `right` into a file of the fixture, lets it be mended, and expects `right` again, or `mended`.
#[track_caller]
fn mends(path: &str, right: &str, wrong: &str, mended: &str) {
    let library = Library::fixture();
    let expected = library.read(path).replace(right, mended);
    library.replace(path, right, wrong);
    let outcome = run(&library, &["--fix"]).succeeds();
    assert_eq!(library.read(path), expected, "{wrong}");
    assert!(
        outcome.stdout.starts_with("No problems"),
        "{}",
        outcome.stdout
    );
    assert!(
        outcome.stderr.contains(&format!("mended {path}: ")),
        "{}",
        outcome.stderr
    );
}

#[test]
fn aliases_become_ids_however_they_are_written() {
    for (wrong, mended) in [
        ("[co-location]", "[shared-office]"),
        ("[Co location]", "[shared-office]"),
        (
            "[ trust,Co  location ,local-leadership]",
            "[ trust,shared-office ,local-leadership]",
        ),
        ("[\"Co location\"]", "[\"shared-office\"]"),
        (
            "['co-location', trust] # both",
            "['shared-office', trust] # both",
        ),
        (
            "\n  - Co location # seen twice\n  - trust",
            "\n  - shared-office # seen twice\n  - trust",
        ),
        (
            "\n  - factor: >-\n      Co\n      location\n    evidence: x",
            "\n  - factor: >-\n      shared-office\n    evidence: x",
        ),
        (
            "\n  - |\n    Co location\n  # a comment\n  - trust",
            "\n  - |\n    shared-office\n  # a comment\n  - trust",
        ),
        (
            "\n  - Co\n    location\n  - trust",
            "\n  - shared-office\n  - trust",
        ),
        (
            "[{\"factor\":\"Co location\",\"evidence\":\"x\"}]",
            "[{\"factor\":\"shared-office\",\"evidence\":\"x\"}]",
        ),
        ("[\"Co\\x20location\"]", "[\"shared-office\"]"),
    ] {
        mends(SHORT, "[shared-office]", wrong, mended);
    }
}

#[test]
fn misspelt_keys_are_mended_however_they_are_written() {
    for wrong in ["enabler:", "Enablers:", "enablres:"] {
        mends(SHORT, "enablers:", wrong, "enablers:");
    }
    mends(SHORT, "enablers:", "\"enabler\":", "\"enablers\":");
    mends(
        SHORT,
        "[shared-office]",
        "[{\"factr\":shared-office}]",
        "[{\"factor\":shared-office}]",
    );
}

#[test]
fn a_key_that_may_mean_two_is_left_to_people() {
    let library = Library::fixture();
    library.replace(
        SHORT,
        "enablers: [shared-office]",
        "enabler: [trust]\nenablrs: [shared-office]",
    );
    run(&library, &["--fix"]).fails_with(1);
    let text = library.read(SHORT);
    assert!(
        text.contains("enablers: [trust]\nenablrs: [shared-office]"),
        "{text}"
    );
}

#[test]
fn dates_are_mended_when_there_is_one_way_to_read_them() {
    let right = "published: 2024-05-07";
    for wrong in [
        "7 May 2024",
        "7th May 2024",
        "2024/5/7",
        "2024-5-7",
        "7-May-2024",
    ] {
        mends(SHORT, right, &format!("published: {wrong}"), right);
    }
    mends(
        SHORT,
        right,
        "published: \"13/05/2024\"",
        "published: \"2024-05-13\"",
    );
    mends(
        SHORT,
        right,
        "published: 05.05.2024 # a Sunday",
        "published: 2024-05-05 # a Sunday",
    );
    mends(
        FULL,
        "start: 2017-06,",
        "start: June 2017,",
        "start: 2017-06,",
    );
}

#[test]
fn other_dates_are_left_to_people() {
    for wrong in ["07/05/2024", "May 2024", "2024/05", "soon", "7 May 2024?"] {
        let library = Library::fixture();
        library.replace(
            SHORT,
            "published: 2024-05-07",
            &format!("published: {wrong}"),
        );
        let before = library.read(SHORT);
        let outcome = run(&library, &["--fix"])
            .fails_with(1)
            .says("There is nothing that can be mended without asking.");
        assert!(outcome.stdout.contains("error[bad-date]"), "{wrong}");
        assert_eq!(library.read(SHORT), before);
    }
    let library = Library::fixture();
    library.replace(FULL, "start: 2017-06,", "start: 2011/12,");
    run(&library, &["--fix"]).fails_with(1);
    assert!(library.read(FULL).contains("start: 2011/12,"));
}

#[test]
fn ranges_are_turned_and_their_ends_mended_one_after_the_other() {
    let right = "level: consult..involve";
    mends(
        FULL,
        right,
        "level: involve..consult",
        "level: consult..involve",
    );
    mends(
        FULL,
        right,
        "level: 'involve..consult'",
        "level: 'consult..involve'",
    );
    let aliases = |library: &Library| {
        library.replace(
            "content/vocabulary/frameworks.yaml",
            "{id: consult, label: Consult}",
            "{id: consult, label: Consult, also_called: [ask]}",
        );
    };
    let right = "{level: consult..involve, sphere: service-design}";
    for (wrong, mended) in [
        ("{level: ask..involve}", "{level: consult..involve}"),
        ("{level: ask .. involve}", "{level: consult .. involve}"),
        ("{level: involve..ask}", "{level: consult..involve}"),
        ("{level: \"ask..involve\"}", "{level: \"consult..involve\"}"),
        ("\n level: >\n  ask..involve", "\n level: >\n  ask..involve"),
        // Where a part has no place of its own, nothing is replaced.
        (
            "\n level: >\n  ask..\n  involve",
            "\n level: >\n  ask..\n  involve",
        ),
        (
            "{level: \"ask..\\x69nvolve\"}",
            "{level: \"ask..\\x69nvolve\"}",
        ),
    ] {
        let library = Library::fixture();
        aliases(&library);
        let expected = library.read(FULL).replace(right, mended);
        library.replace(FULL, right, wrong);
        let outcome = run(&library, &["--fix"]).succeeds();
        assert!(
            library.read(FULL) == expected,
            "{wrong}\n{}",
            outcome.stdout
        );
    }
}

#[test]
fn line_ends_the_byte_order_mark_and_comments_stay() {
    let library = Library::fixture();
    let right = format!("\u{feff}{}", library.read(SHORT))
        .replace("---\ntitle", "---\n# first a title\ntitle")
        .replace('\n', "\r\n");
    let right = right.trim_end();
    let wrong = right
        .replace("[shared-office]", "[Co location]")
        .replace("2024-05-07", "7 May 2024");
    library.write(SHORT, &wrong);
    run(&library, &["--fix"])
        .succeeds()
        .says(&format!("mended {SHORT}: 2 places"));
    assert_eq!(library.read(SHORT), right);
}

#[test]
fn several_places_of_a_line_and_several_files_are_mended_at_once() {
    let library = Library::fixture();
    let before = tree_of(&library.path("content"));
    library.replace(SHORT, "[shared-office]", "[co-location, mutual-respect]");
    library.replace(
        FULL,
        "start: 2017-06, end: 2018-11-30",
        "strat: June 2017, edn: 30.11.2018",
    );
    let outcome = run(&library, &["--fix"])
        .succeeds()
        .says(&format!("mended {SHORT}: 2 places"))
        .says(&format!("mended {FULL}: 4 places"));
    assert_eq!(outcome.stdout, "No problems in 16 files.\n");
    assert!(
        library
            .read(SHORT)
            .contains("enablers: [shared-office, trust]")
    );
    library.replace(SHORT, "[shared-office, trust]", "[shared-office]");
    let after = tree_of(&library.path("content"));
    assert_eq!(differences(&before, &after), Vec::<String>::new());
}

#[test]
fn vocabulary_files_are_mended_too() {
    mends(
        FACTORS,
        "    label: Agency staffing",
        "    lable: Agency staffing",
        "    label: Agency staffing",
    );
}

#[test]
fn what_remains_is_reported_and_decides() {
    let library = Library::fixture();
    library.replace(SHORT, "[shared-office]", "[co-location, no-such-factor]");
    let outcome = run(&library, &["--fix", "--format", "json"]).fails_with(1);
    let expected = [("unknown-factor".to_owned(), SHORT.to_owned())];
    assert_eq!(problems(&outcome), expected);
    assert_eq!(outcome.stderr, format!("mended {SHORT}: 1 place\n"));
    assert!(
        library
            .read(SHORT)
            .contains("[shared-office, no-such-factor]")
    );
}

#[test]
fn nothing_to_mend_is_said_and_writes_nothing() {
    let library = Library::fixture();
    let before = tree_of(&library.root());
    run(&library, &["--fix"])
        .succeeds()
        .says("There is nothing");
    let outcome = run(&library, &["--diff"])
        .succeeds()
        .says("There is nothing");
    assert_eq!(outcome.stdout, "");
    let outcome = run(&library, &["--fix", "--quiet"]).succeeds();
    assert_eq!((outcome.stdout.as_str(), outcome.stderr.as_str()), ("", ""));
    assert_eq!(
        differences(&before, &tree_of(&library.root())),
        Vec::<String>::new()
    );
}

/// A fixture with mistakes of each kind that can be mended, and one that can't.
fn mistaken() -> Library {
    let library = Library::fixture();
    library.replace(SHORT, "[shared-office]", "[Co location]");
    library.replace(SHORT, "2024-05-07", "7 May 2024");
    library.replace(FULL, "level: consult..involve", "level: involve..consult");
    library.replace(FULL, "population:", "popluation:");
    library
}

#[test]
fn mending_twice_is_mending_once() {
    let library = mistaken();
    run(&library, &["--fix"]).succeeds();
    let once = tree_of(&library.root());
    let outcome = run(&library, &["--fix"])
        .succeeds()
        .says("There is nothing");
    assert_eq!(outcome.stdout, "No problems in 16 files.\n");
    assert_eq!(
        differences(&once, &tree_of(&library.root())),
        Vec::<String>::new()
    );
}

#[test]
fn paths_and_revisions_choose_what_is_mended() {
    let library = mistaken();
    let full = library.read(FULL);
    run(&library, &["--fix", SHORT]).succeeds();
    assert!(library.read(SHORT).contains("[shared-office]"));
    assert_eq!(library.read(FULL), full);

    let repository = Repository::of(mistaken());
    let library = &repository.library;
    library.append(SHORT, "More.\n");
    repository
        .check(&["--fix", "--changed-since", "HEAD"])
        .succeeds();
    assert!(library.read(SHORT).contains("[shared-office]"));
    assert_eq!(library.read(FULL), full);
}

#[test]
fn mending_an_unchanged_file_brings_no_old_problem_up() {
    let library = Library::fixture();
    library.append(FULL, "\nSee [this](gone.md).\n");
    let repository = Repository::of(library);
    let library = &repository.library;
    library.replace(
        FACTORS,
        "  - id: agency-staffing\n",
        "  - id: staffing\n    aliases: [agency-staffing]\n",
    );
    let outcome = repository
        .check(&["--fix", "--changed-since", "HEAD", FULL])
        .succeeds();
    assert_eq!(problems(&outcome), []);
    assert!(library.read(FULL).contains("  - factor: staffing\n"));
}

#[test]
fn a_diff_writes_nothing_and_can_be_applied() {
    let library = mistaken();
    library.write(SHORT, library.read(SHORT).replace('\n', "\r\n").trim_end());
    let spaced = "content/studies/zwei \"Worte\" für/ein.md";
    let name = "content/studies/five minutes/ein-äquivalent.md";
    for path in [spaced, name] {
        library.write(path, &library.read(SHORT));
    }
    let before = tree_of(&library.root());
    let outcome = run(&library, &["--diff"])
        .fails_with(1)
        .says("would mend 8 places in 4 files");
    assert_eq!(
        differences(&before, &tree_of(&library.root())),
        Vec::<String>::new()
    );
    let diff = outcome.stdout;
    assert!(
        diff.contains(&format!("--- a/{FULL}\n+++ b/{FULL}\n@@ ")),
        "{diff}"
    );

    run(&library, &["--fix"]);
    let mended = tree_of(&library.root());
    for (path, bytes) in &before {
        library.write_bytes(path, bytes);
    }
    let patch = library.beside("patch");
    fs::write(&patch, &diff).expect("a file");
    let patch = patch.to_string_lossy().into_owned();
    git(&library.root(), &["apply", "--whitespace=nowarn", &patch]);
    assert_eq!(
        differences(&mended, &tree_of(&library.root())),
        Vec::<String>::new()
    );
}

#[test]
fn a_diff_fails_as_the_check_does() {
    let library = Library::fixture();
    library.replace(SHORT, "[shared-office]", "[Co location]");
    let outcome = run(&library, &["--diff"]).succeeds();
    assert!(
        outcome
            .stdout
            .contains("\n-enablers: [Co location]\n+enablers: [shared-office]\n")
    );
    run(&library, &["--diff", "--strict"]).fails_with(1);
    let outcome = run(&library, &["--diff", "--quiet"]).succeeds();
    assert_eq!(outcome.stderr, "");
}

#[test]
fn mending_showing_and_formats_exclude_each_other() {
    let library = mistaken();
    let before = tree_of(&library.root());
    for options in [&["--fix", "--diff"][..], &["--diff", "--format", "json"]] {
        run(&library, options)
            .fails_with(2)
            .says("cannot be used with");
    }
    assert_eq!(
        differences(&before, &tree_of(&library.root())),
        Vec::<String>::new()
    );
}

#[test]
fn a_read_only_file_is_left_alone_and_the_others_are_mended() {
    let library = mistaken();
    let place = library.path(SHORT);
    let before = library.read(SHORT);
    let mut permissions = fs::metadata(&place).expect("a file").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&place, permissions).expect("permissions");
    let outcome = run(&library, &["--fix"])
        .fails_with(1)
        .says(&format!("not mended {SHORT}: it is read-only"))
        .says(&format!("mended {FULL}: 2 places"));
    assert_eq!(library.read(SHORT), before);
    assert!(
        outcome.stdout.contains("error[bad-date]"),
        "what remains is what is on disk"
    );
    assert!(!outcome.stdout.contains("reversed-range"));
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_left_alone_and_its_target_mended() {
    let library = Library::fixture();
    library.replace(SHORT, "[shared-office]", "[Co location]");
    let link = library.path("content/studies/linked.md");
    std::os::unix::fs::symlink("five-minute-study.md", &link).expect("a link");
    run(&library, &["--fix"])
        .succeeds()
        .says("not mended content/studies/linked.md: it is a symbolic link")
        .says(&format!("mended {SHORT}: 1 place"));
    assert!(fs::symlink_metadata(&link).expect("a link").is_symlink());
    assert!(
        library
            .read("content/studies/linked.md")
            .contains("[shared-office]")
    );
}

#[test]
fn the_same_term_twice_is_no_worse_after_mending() {
    let library = Library::fixture();
    library.replace(SHORT, "[shared-office]", "[shared-office, co-location]");
    let before = run(&library, &[]);
    let after = run(&library, &["--fix"]);
    assert_eq!(
        before.code, after.code,
        "{}\n{}",
        before.stdout, after.stdout
    );
}
