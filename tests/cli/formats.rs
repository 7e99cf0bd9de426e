//! The formats of `check` for programs, on libraries that are broken in every awkward way.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::{Library, SHORT, study_with_body, study_with_keys};

/// Several files: text beyond ASCII before a column, CRLF with a byte-order mark, a problem of a whole file, a path with a
/// blank and a letter beyond ASCII, suggestions, a second place, a remark.
fn broken() -> Library {
    let library = Library::fixture();
    library.write(SHORT, &study_with_keys("themes: [\"é😀\", Workforce]\n"));
    let crlf = study_with_body("Read [the plan](nowhere.md), 100% of it.\n").replace('\n', "\r\n");
    library.write(
        "content/studies/Ärzte und Co/windows.md",
        &format!("\u{feff}{crlf}"),
    );
    library.write("content/studies/Not A Slug.md", &study_with_body("Text.\n"));
    library.write(
        "content/studies/twice.md",
        &study_with_keys("barriers: [shared-office]\nplace: a\nplace: b\n"),
    );
    library
}

fn check(library: &Library, format: &str, code: i32) -> String {
    let outcome = library.run_in(&library.root(), &["check", "--format", format]);
    assert_eq!(outcome.code, Some(code), "{}", outcome.stderr);
    assert_eq!(outcome.stderr, "");
    outcome.stdout
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

fn is_valid(output: &Value, schema: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/schemas")
        .join(schema);
    let text = fs::read_to_string(path).expect("readable");
    // The published schema of SARIF has a pattern with a stray bracket, which no strict reader of patterns takes.
    let schema = json(&text.replace("-[a-zA-Z]{2}]?$", "-[a-zA-Z]{2}$"));
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let errors: Vec<String> = validator
        .iter_errors(output)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert_eq!(errors, Vec::<String>::new());
}

#[test]
fn every_format_shows_the_same_problems() {
    let library = broken();
    for format in ["json", "github", "sarif", "rdjson"] {
        insta::assert_snapshot!(format!("format-{format}"), check(&library, format, 1));
    }
}

#[test]
fn sarif_is_valid_with_and_without_problems() {
    is_valid(&json(&check(&broken(), "sarif", 1)), "sarif-2.1.0.json");
    is_valid(
        &json(&check(&Library::fixture(), "sarif", 0)),
        "sarif-2.1.0.json",
    );
}

#[test]
fn rdjson_is_valid_with_and_without_problems() {
    is_valid(&json(&check(&broken(), "rdjson", 1)), "rdjson.json");
    is_valid(
        &json(&check(&Library::fixture(), "rdjson", 0)),
        "rdjson.json",
    );
}

/// reviewdog replaces bytes between columns: what it would replace must be what the suggestion is about.
#[test]
fn columns_of_rdjson_are_bytes() {
    let library = Library::fixture();
    library.write(SHORT, &study_with_body("é😀 [x](five-minute-studi.md)\n"));
    let report = json(&check(&library, "rdjson", 1));
    let line = library.read(SHORT);
    let line = line.lines().nth(8).expect("the text");
    let found = report["diagnostics"].as_array().expect("a list");
    let dead = found
        .iter()
        .find(|found| found["code"]["value"] == "dead-link")
        .expect("a dead link");
    let range = &dead["suggestions"][0]["range"];
    let column = |end: &str| {
        assert_eq!(range[end]["line"], 9);
        usize::try_from(range[end]["column"].as_u64().expect("a number")).expect("small") - 1
    };
    assert_eq!(
        &line[column("start")..column("end")],
        "five-minute-studi.md"
    );
}

#[test]
fn github_shows_ten_of_a_kind_and_says_how_many_there_are() {
    let library = Library::fixture();
    for number in 10..25 {
        let path = format!("content/studies/study-{number}.md");
        library.write(&path, &study_with_keys("themes: [zebra, Workforce]\n"));
    }
    let shown = check(&library, "github", 1);
    let count = |command: &str| {
        shown
            .lines()
            .filter(|line| line.starts_with(command))
            .count()
    };
    assert_eq!(
        (count("::error "), count("::warning "), count("::notice ")),
        (10, 10, 0)
    );
    let last = shown.lines().last().expect("a closing line");
    assert!(last.contains("5 more errors, 5 more warnings"), "{last}");
    assert!(!last.starts_with("::"));
}

#[test]
fn content_gives_github_no_commands() {
    let library = Library::fixture();
    library.write(
        SHORT,
        &study_with_keys(
            "themes: [\"a\\n::error::gotcha\", \"b%0A::error::gotcha\", \"::set-env name=X::y\"]\n",
        ),
    );
    let shown = check(&library, "github", 1);
    for line in shown.lines() {
        assert!(line.starts_with("::error file=content/"), "{line}");
    }
    assert_eq!(shown.matches("%250A").count(), 1, "{shown}");
}

/// Services name files from the root of the repository, which may be above the library.
#[test]
fn paths_lead_from_the_root_of_the_repository() {
    let library = Library::fixture();
    library.write(SHORT, &study_with_keys("themes: [zebra]\n"));
    fs::create_dir(library.beside(".git")).expect("a new folder");
    let path = format!("library/{SHORT}");
    assert!(check(&library, "github", 1).contains(&format!("file={path},")));
    let sarif = json(&check(&library, "sarif", 1));
    let place = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], path);
    // reviewdog puts the way to its own folder before each path.
    let rdjson = json(&check(&library, "rdjson", 1));
    assert_eq!(rdjson["diagnostics"][0]["location"]["path"], SHORT);
    let above = library.beside("");
    let outcome = library.run_in(
        &above,
        &["check", "--root", "library", "--format", "rdjson"],
    );
    let rdjson = json(&outcome.stdout);
    assert_eq!(rdjson["diagnostics"][0]["location"]["path"], path);
    let own = json(&check(&library, "json", 1));
    assert_eq!(own["diagnostics"][0]["path"], SHORT);
}
