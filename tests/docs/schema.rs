//! The schema of a study in `schema/`: made by the program, true of every study, and strict.

use std::path::{Path, PathBuf};
use std::process::Command;

use caseloom::diagnostics::Sink;
use caseloom::source::split;
use caseloom::source::yaml::{self, Limits};
use jsonschema::Validator;
use serde_json::{Value, json};
use walkdir::WalkDir;

use super::read;

const CHECKED_IN: &str = "schema/study.schema.json";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn schema_of(library: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_caseloom"))
        .arg("schema")
        .args(arguments)
        .arg("--root")
        .arg(library)
        .output()
        .expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    String::from_utf8(output.stdout).expect("text")
}

fn validator(schema: &str) -> Validator {
    let schema: Value = serde_json::from_str(schema).expect("JSON");
    jsonschema::draft202012::meta::validate(&schema).expect("a schema");
    jsonschema::draft202012::options()
        .should_validate_formats(true)
        .build(&schema)
        .expect("a schema that can be used")
}

fn front_matter(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).expect("readable");
    let yaml = split(&text).yaml.expect("front matter");
    let limits = Limits {
        depth: 32,
        nodes: 10_000,
    };
    let mut sink = Sink::new(&"study".into());
    let node = yaml::parse(&text[yaml.clone()], yaml.start, limits, &mut sink).expect("YAML");
    node.value.to_json()
}

fn studies(library: &Path) -> Vec<PathBuf> {
    WalkDir::new(library.join("content/studies"))
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.expect("readable").into_path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect()
}

#[test]
fn the_schema_is_that_of_the_program() {
    let made = schema_of(&root(), &[]);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(root().join(CHECKED_IN), &made).expect("written");
    }
    assert!(
        read(CHECKED_IN) == made,
        "{CHECKED_IN} is out of date: UPDATE=1 cargo test --test docs schema"
    );
}

#[test]
fn every_study_validates() {
    for library in [root(), root().join("tests/fixtures/library")] {
        let validator = validator(&schema_of(&library, &[]));
        let mut wrong = Vec::new();
        let all = studies(&library);
        assert!(!all.is_empty());
        for path in all {
            let study = front_matter(&path);
            for error in validator.iter_errors(&study) {
                let place = error.instance_path();
                wrong.push(format!("{} {place}: {error}", path.display()));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

fn good() -> Value {
    json!({
        "title": "A shared morning meeting",
        "summary": "Nurses and social workers meet for ten minutes each day.",
        "ics": "north-east-london",
        "level": ["neighbourhood", "place"],
        "published": "2026-11-25",
        "enablers": ["trust", {"factor": "co-location", "evidence": "They shared a room."}],
    })
}

/// A study with a key changed; `null` takes the key out.
fn with(key: &str, value: Value) -> Value {
    let mut study = good();
    let keys = study.as_object_mut().expect("a map");
    match value {
        Value::Null => keys.remove(key),
        value => keys.insert(key.to_owned(), value),
    };
    study
}

#[test]
fn what_the_reader_accepts_is_accepted() {
    let validator = validator(&read(CHECKED_IN));
    assert!(validator.is_valid(&good()));
    for (key, value) in [
        ("title", json!(2019)),
        ("period", json!({"start": 2017, "end": "2018-06"})),
        ("participation", json!({"level": "consult..involve"})),
        ("participation", json!({"level": "consult"})),
        ("ics", json!(["national"])),
        ("themes", json!([])),
        (
            "sources",
            json!([{"reference": "lalani-2019", "where": 12}]),
        ),
        (
            "related",
            json!([{"study": "newby-place-co-location", "relation": "contrasts-with"}]),
        ),
    ] {
        let study = with(key, value);
        let errors: Vec<String> = validator
            .iter_errors(&study)
            .map(|e| e.to_string())
            .collect();
        assert!(errors.is_empty(), "{key}: {errors:?}");
    }
}

#[test]
fn what_people_get_wrong_is_refused() {
    let validator = validator(&read(CHECKED_IN));
    let mut accepted = Vec::new();
    for (key, value) in [
        ("title", Value::Null),
        ("title", json!("")),
        ("title", json!(["two", "titles"])),
        ("summary", Value::Null),
        ("summary", json!("x".repeat(301))),
        ("ics", json!("north-east-londn")),
        ("ics", json!([])),
        ("level", json!("galaxy")),
        ("published", json!("25/11/2026")),
        ("published", json!("2026-02-30")),
        ("published", json!(2026)),
        ("enablers", Value::Null),
        ("enablers", json!([])),
        ("enablers", json!(["informal-contakt"])),
        ("enablers", json!("trust")),
        (
            "enablers",
            json!([{"factor": "trust", "evidnce": "A slip of the keyboard."}]),
        ),
        ("enablers", json!([{"evidence": "No factor."}])),
        ("sumary", json!("A misspelt key.")),
        ("status", json!("finished")),
        ("ics_basis", json!("guessed")),
        ("period", json!({"start": "June 2017"})),
        ("period", json!({"begin": 2017})),
        ("participation", json!({"level": "involve..consult"})),
        ("participation", json!({"level": "consult...involve"})),
        ("outcomes", json!([{"finding": "fell"}])),
        ("outcomes", json!([{"measure": "Calls", "direction": "up"}])),
        ("outcomes", json!({"measure": "Calls"})),
        ("cmo", json!([{"context": "One room", "mechanism": "talk"}])),
        ("sources", json!([{"where": "p. 3"}])),
        (
            "sources",
            json!([{"reference": "lalani-2019", "url": "https://example.org"}]),
        ),
        ("sources", json!([{"url": "www.example.org"}])),
        ("references", json!(["nobody-1999"])),
        (
            "related",
            json!([{"study": "Newby Place.md", "relation": "contrasts-with"}]),
        ),
        ("aliases", json!(["Old Name"])),
        ("themes", json!(["weather"])),
        ("evidence", json!({"design": "guesswork"})),
    ] {
        if validator.is_valid(&with(key, value.clone())) {
            accepted.push(format!("{key}: {value}"));
        }
    }
    assert!(accepted.is_empty(), "{}", accepted.join("\n"));
}

#[test]
fn words_are_explained_and_every_key_is_described() {
    let schema: Value = serde_json::from_str(&read(CHECKED_IN)).expect("JSON");
    let factors = &schema["$defs"]["factors"];
    let ids = factors["enum"].as_array().expect("ids");
    let texts = factors["enumDescriptions"].as_array().expect("texts");
    assert_eq!(ids.len(), texts.len());
    let trust = ids.iter().position(|id| id == "trust").expect("trust");
    assert!(texts[trust].as_str().expect("text").contains(": "));
    let mut open = vec![("a study".to_owned(), &schema)];
    let defined = schema["$defs"].as_object().expect("definitions");
    open.extend(defined.iter().map(|(name, record)| (name.clone(), record)));
    for (name, record) in open {
        let Some(properties) = record["properties"].as_object() else {
            continue;
        };
        assert_eq!(record["additionalProperties"], false, "{name}");
        for (key, property) in properties {
            assert!(property["description"].is_string(), "{key} of {name}");
        }
    }
}
