//! The formats of `check` for programs, on libraries that are broken in every awkward way.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::repository::Repository;
use crate::support::{Library, SHORT, study_with_body, study_with_keys};

const THEMES: &str = "content/vocabulary/themes.yaml";

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
    for format in ["json", "github", "rdjson"] {
        insta::assert_snapshot!(format!("format-{format}"), check(&library, format, 1));
    }
    let mut sarif = json(&check(&library, "sarif", 1));
    let driver = &mut sarif["runs"][0]["tool"]["driver"];
    driver["version"] = "[VERSION]".into();
    // What a rule says is its own affair; that it is said here as by `explain` is a story of its own.
    for rule in driver["rules"].as_array_mut().expect("rules") {
        for key in ["shortDescription", "fullDescription", "help"] {
            rule[key] = "[TEXT]".into();
        }
    }
    let sarif = serde_json::to_string_pretty(&sarif).expect("JSON");
    insta::assert_snapshot!("format-sarif", sarif);
}

#[test]
fn without_problems_there_is_nothing_to_show() {
    let library = Library::fixture();
    assert_eq!(check(&library, "github", 0), "");
    let sarif = json(&check(&library, "sarif", 0));
    let run = &sarif["runs"][0];
    assert_eq!(run["results"], Value::Array(Vec::new()));
    assert_eq!(run["tool"]["driver"]["rules"], Value::Array(Vec::new()));
    let rdjson = json(&check(&library, "rdjson", 0));
    assert_eq!(rdjson["diagnostics"], Value::Array(Vec::new()));
}

#[test]
fn sarif_explains_the_rules_that_were_broken_and_no_others() {
    let library = broken();
    let sarif = json(&check(&library, "sarif", 1));
    let run = &sarif["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let mut used = vec![false; rules.len()];
    for result in run["results"].as_array().expect("results") {
        let index = result["ruleIndex"].as_u64().expect("an index");
        let index = usize::try_from(index).expect("small");
        assert_eq!(result["ruleId"], rules[index]["id"]);
        used[index] = true;
    }
    assert_eq!(used, vec![true; rules.len()]);
    for rule in rules {
        let name = rule["id"].as_str().expect("a name");
        let explained = library.run_in(&library.root(), &["explain", name]).stdout;
        let markdown = rule["help"]["markdown"].as_str().expect("a text");
        assert_eq!(markdown.trim_end(), explained.trim_end());
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

/// What stands in a stored file between two places of reviewdog's, whose columns are bytes of a line.
fn cut<'t>(text: &'t str, range: &Value) -> &'t str {
    let offset = |place: &Value| {
        let number = |key: &str| {
            let number = place[key].as_u64().expect("a number");
            usize::try_from(number).expect("small") - 1
        };
        let before: usize = text
            .split_inclusive('\n')
            .take(number("line"))
            .map(str::len)
            .sum();
        before + number("column")
    };
    &text[offset(&range["start"])..offset(&range["end"])]
}

/// reviewdog replaces bytes between columns: what it would replace must be what the problem and the suggestion are about,
/// behind text beyond ASCII and behind a byte-order mark.
#[test]
fn columns_of_rdjson_are_bytes_of_the_stored_line() {
    let library = Library::fixture();
    library.write(SHORT, &study_with_body("é😀 [x](five-minute-studi.md)\n"));
    let crlf = study_with_keys("themes: [\"é😀\", Workforce]\n").replace('\n', "\r\n");
    library.write("content/studies/windows.md", &format!("\u{feff}{crlf}"));
    library.replace(THEMES, "version: 1", "\u{feff}versoin: 1");
    let report = json(&check(&library, "rdjson", 1));
    let (mut places, mut replaced) = (Vec::new(), Vec::new());
    for found in report["diagnostics"].as_array().expect("a list") {
        let path = found["location"]["path"].as_str().expect("a path");
        let text = library.read(path);
        let rule = found["code"]["value"].as_str().expect("a rule");
        places.push(format!(
            "{rule}: {}",
            cut(&text, &found["location"]["range"])
        ));
        for suggestion in found["suggestions"].as_array().into_iter().flatten() {
            let new = suggestion["text"].as_str().expect("a text");
            replaced.push(format!("{} > {new}", cut(&text, &suggestion["range"])));
        }
    }
    assert!(
        places.contains(&"unknown-key: versoin".to_owned()),
        "{places:?}"
    );
    assert!(
        places.contains(&"alias-used: Workforce".to_owned()),
        "{places:?}"
    );
    let expected = [
        "five-minute-studi.md > five-minute-study.md",
        "Workforce > workforce",
    ];
    for expected in expected {
        assert!(replaced.iter().any(|one| one == expected), "{replaced:?}");
    }
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
fn github_hears_of_changed_files_first() {
    let library = Library::fixture();
    for number in 10..25 {
        let path = format!("content/studies/study-{number}.md");
        library.write(&path, &study_with_keys("themes: [trust]\n"));
    }
    let repository = Repository::of(library);
    let library = &repository.library;
    // Without the theme every study has an error; one of the last is changed too.
    library.replace(THEMES, "  - id: trust", "  - id: faith");
    library.append("content/studies/study-24.md", "More.\n");
    let arguments = ["check", "--format", "github", "--changed-since", "HEAD"];
    let shown = library.run_in(&library.root(), &arguments).fails_with(1);
    let files: Vec<&str> = shown
        .stdout
        .lines()
        .filter_map(|line| line.strip_prefix("::error file="))
        .filter_map(|rest| rest.split(',').next())
        .collect();
    assert_eq!(files.len(), 10, "{}", shown.stdout);
    let changed = files.iter().position(|file| file.ends_with("study-24.md"));
    let unchanged = files.iter().position(|file| file.ends_with("study-10.md"));
    assert!(changed.is_some() && changed < unchanged, "{files:?}");
    let rest = unchanged.unwrap_or(0);
    assert!(files[rest..].is_sorted(), "{files:?}");
}

#[test]
fn content_gives_github_no_commands() {
    let library = Library::fixture();
    let words = [
        r"a\n::error::gotcha",
        r"a\r\n::error::gotcha",
        r"a\r::stop-commands::gotcha",
        "b%0A::error::gotcha",
        "::set-env name=X::y",
        "##[error]gotcha",
        r"\e]0;gotcha\a",
    ];
    let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    let themes = format!("themes: [{}]\n", quoted.join(", "));
    library.write(SHORT, &study_with_keys(&themes));
    library.write(
        "content/studies/a,line=9::b.md",
        &study_with_body("Text.\n"),
    );
    let shown = check(&library, "github", 1);
    let count = |part: &str| shown.matches(part).count();
    for line in shown.lines() {
        let properties = line
            .strip_prefix("::error file=content/")
            .expect("an error");
        let (properties, _) = properties.split_once("::").expect("a message");
        let keys: Vec<&str> = properties
            .split(',')
            .skip(1)
            .filter_map(|property| property.split_once('='))
            .map(|(key, _)| key)
            .collect();
        assert_eq!(
            keys,
            ["line", "endLine", "col", "endColumn", "title"],
            "{line}"
        );
    }
    assert_eq!(count("\n"), words.len() + 1, "{shown}");
    assert_eq!(count("%250A"), 1, "{shown}");
    assert_eq!(
        count("file=content/studies/a%2Cline=9%3A%3Ab.md,"),
        1,
        "{shown}"
    );
    assert!(!shown.contains(['\r', '\u{1b}', '\u{7}']), "{shown}");
}

/// `build` and a plain `check` run on GitHub too, and their words stand in its log.
#[test]
fn words_for_people_are_no_commands_of_github_either() {
    let library = Library::fixture();
    library.write(
        SHORT,
        &study_with_keys("themes: [\"##[add-mask]a\", '::add-mask::a', \"b\\n::error::c\"]\n"),
    );
    library.write(
        "content/studies/##[error]b.md",
        &study_with_body("##[error](nowhere.md)\n\n::error::a <b>\n"),
    );
    for arguments in [&["check"][..], &["build"], &["check", "--color", "always"]] {
        let outcome = library.run_in(&library.root(), arguments).fails_with(1);
        for line in outcome.stderr.lines().chain(outcome.stdout.lines()) {
            assert!(!line.contains("##["), "{line}");
            assert!(!line.trim_start().starts_with("::"), "{line}");
        }
    }
}

#[test]
fn json_drives_neither_terminals_nor_logs() {
    let library = Library::fixture();
    let theme = "##[add-mask]a \u{9b}31m \u{7f}\u{202e}\u{61c}\u{1b}";
    let escaped = r"##[add-mask]a \x9b31m \x7f\u202e\u061c\e";
    let keys = format!("themes: [\"{escaped}\"]\n");
    library.write(SHORT, &study_with_keys(&keys));
    for format in ["json", "sarif", "rdjson"] {
        let shown = check(&library, format, 1);
        assert!(!shown.contains("##["), "{shown}");
        let text = |c: char| c == '\n' || !(c.is_control() || "\u{202e}\u{61c}".contains(c));
        assert!(shown.chars().all(text), "{shown:?}");
        let said = json(&shown).to_string();
        let quoted = Value::from(theme).to_string();
        assert!(said.contains(quoted.trim_matches('"')), "{said}");
    }
}

#[test]
fn github_gets_no_columns_of_a_place_of_several_lines() {
    let library = Library::fixture();
    let words = "Written between two meetings.\n  ".repeat(20);
    let summary = format!("summary: {}", words.trim_end());
    library.replace(SHORT, "summary: Written between two meetings.", &summary);
    assert_eq!(
        check(&library, "github", 1)
            .split(",title=summary-too-long::")
            .next(),
        Some(&*format!("::error file={SHORT},line=3,endLine=22"))
    );
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

#[test]
fn a_file_is_told_what_it_does_to_another() {
    let library = Library::fixture();
    // It is reported at the other one, which comes later.
    let file = "content/studies/a/separate-buildings.md";
    library.write(
        file,
        &library.read("content/studies/hill/separate-buildings.md"),
    );
    let check = |path: &str| library.run_in(&library.root(), &["check", path]);
    for path in [file, "content/studies/hill/separate-buildings.md"] {
        let outcome = check(path).fails_with(1);
        assert!(outcome.stdout.contains("duplicate-slug"), "{path}");
    }
    let other = check("content/studies/five-minute-study.md").succeeds();
    assert!(
        other.stdout.contains("No problems in 1 file."),
        "{}",
        other.stdout
    );
}
