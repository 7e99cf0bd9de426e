//! Every rule has a folder with files that break it, laid over the fixture library, and what `check` says of them.
//!
//! `tests/rules/<rule>/` holds the files at their places in a library (`content/studies/...`), beside `human.txt` and
//! `report.json`. `UPDATE=1 cargo test --test rules` writes both anew; read them before you commit them.

use std::path::{Path, PathBuf};

use caseloom::diagnostics::Severity;
use caseloom::diagnostics::rules::{self, Rule};
use serde_json::Value;
use walkdir::WalkDir;

use crate::OUT_OF_REACH;
use crate::support::Library;

/// A day on which everything in the fixtures is old enough and nothing too old: 25 November 2026.
const TODAY: &str = "1795564800";

fn folder(rule: &Rule) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/rules")
        .join(rule.name)
}

/// The files of a rule's folder, as paths in a library.
fn files(rule: &Rule) -> Vec<String> {
    let folder = folder(rule);
    let mut files = Vec::new();
    for entry in WalkDir::new(&folder).min_depth(2).sort_by_file_name() {
        let entry = entry.unwrap_or_else(|error| panic!("{}: {error}", rule.name));
        if !entry.file_type().is_dir() {
            let path = entry.path().strip_prefix(&folder).expect("a file in it");
            files.push(path.to_str().expect("UTF-8").replace('\\', "/"));
        }
    }
    files
}

/// The fixture library with the files of a rule in it. Remarks that are not the rule's own are switched off.
fn library(rule: &Rule) -> Library {
    let mut library = Library::fixture();
    library.env("SOURCE_DATE_EPOCH", TODAY);
    let mut config = String::from("\n[rules]\n");
    for other in rules::ALL {
        if other.severity == Severity::Info && other.name != rule.name {
            config.push_str(&format!("{} = \"off\"\n", other.name));
        }
    }
    let own_config = folder(rule).join("site-config.toml");
    let before = match std::fs::read_to_string(&own_config) {
        Ok(own) => own,
        Err(_) => library.read("site-config.toml"),
    };
    library.write("site-config.toml", &(without_rules(&before) + &config));
    for path in files(rule) {
        let source = folder(rule).join(&path);
        if source.is_symlink() {
            let target = std::fs::read_link(&source).expect("a link");
            let place = library.path(&path);
            std::fs::create_dir_all(place.parent().expect("a folder")).expect("a new folder");
            let _ = std::fs::remove_file(&place);
            std::os::unix::fs::symlink(target, place).expect("a new link");
        } else {
            library.write_bytes(&path, &std::fs::read(source).expect("readable"));
        }
    }
    library
}

/// The configuration without its table `[rules]`: each rule speaks with the severity that it has by itself.
fn without_rules(config: &str) -> String {
    let mut inside = false;
    let mut kept = String::new();
    for line in config.lines() {
        if line.starts_with('[') {
            inside = line == "[rules]";
        }
        if !inside {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

fn check(library: &Library, rule: &Rule, format: &str) -> String {
    let mut arguments = vec!["check", "--all", "--format", format];
    let files = files(rule);
    arguments.extend(files.iter().map(String::as_str));
    let outcome = library.run_in(&library.root(), &arguments);
    assert!(
        matches!(outcome.code, Some(0 | 1)),
        "{}: {}",
        rule.name,
        outcome.stderr
    );
    outcome.stdout
}

fn compare(path: &Path, actual: &str) -> Option<String> {
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, actual).expect("writable");
        return None;
    }
    let expected = std::fs::read_to_string(path).unwrap_or_default();
    (expected != actual).then(|| format!("{}\n{actual}", path.display()))
}

fn told() -> impl Iterator<Item = &'static Rule> {
    rules::ALL
        .iter()
        .copied()
        .filter(|rule| !OUT_OF_REACH.iter().any(|(name, _)| *name == rule.name))
}

#[test]
fn every_rule_says_what_its_fixture_expects() {
    let mut wrong = Vec::new();
    for rule in told() {
        if !folder(rule).is_dir() {
            wrong.push(format!("{} has no folder in tests/rules", rule.name));
            continue;
        }
        let library = library(rule);
        let human = check(&library, rule, "human");
        let json = check(&library, rule, "json");
        let report: Value = serde_json::from_str(&json).expect("JSON");
        let diagnostics = report["diagnostics"].as_array().expect("a list");
        if !diagnostics.iter().any(|found| found["rule"] == rule.name) {
            wrong.push(format!(
                "{} is not broken by its fixture:\n{human}",
                rule.name
            ));
        }
        wrong.extend(compare(&folder(rule).join("human.txt"), &human));
        wrong.extend(compare(&folder(rule).join("report.json"), &json));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// The example of a rule is what breaks it in its fixture, and its mended form doesn't break it.
#[test]
fn every_example_is_broken_and_mended_as_it_says() {
    let mut wrong = Vec::new();
    let shown = told().filter(|rule| rule.example.language != "text" && folder(rule).is_dir());
    for rule in shown {
        let example = &rule.example;
        let bad = example.wrong.trim_matches('\n');
        let good = example.right.trim_matches('\n');
        let library = library(rule);
        let holder = files(rule).into_iter().find(|path| {
            let text = std::fs::read(library.path(path)).unwrap_or_default();
            String::from_utf8_lossy(&text).contains(bad)
        });
        let Some(holder) = holder.filter(|_| !bad.is_empty()) else {
            wrong.push(format!(
                "{}: no file of its fixture holds its example",
                rule.name
            ));
            continue;
        };
        let before = count(&check(&library, rule, "json"), rule);
        library.replace(&holder, bad, good);
        let json = check(&library, rule, "json");
        if count(&json, rule) >= before {
            wrong.push(format!(
                "{}: the mended example still breaks it\n{json}",
                rule.name
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// How many diagnostics of a rule a report has.
fn count(json: &str, rule: &Rule) -> usize {
    let report: Value = serde_json::from_str(json).expect("JSON");
    let diagnostics = report["diagnostics"].as_array().expect("a list");
    diagnostics
        .iter()
        .filter(|found| found["rule"] == rule.name)
        .count()
}

#[test]
fn every_rule_is_explained() {
    let unexplained: Vec<&str> = rules::ALL
        .iter()
        .filter(|rule| {
            let example = &rule.example;
            [rule.why, rule.mend, example.wrong, example.right]
                .iter()
                .any(|text| text.trim().is_empty())
        })
        .map(|rule| rule.name)
        .collect();
    assert_eq!(unexplained, Vec::<&str>::new());
}

/// A message and its help are read on a phone, by people who have never seen a Rust type.
#[test]
fn every_message_fits_a_phone_and_is_plain() {
    let mut wrong = Vec::new();
    for rule in told().filter(|rule| folder(rule).is_dir()) {
        let json = std::fs::read_to_string(folder(rule).join("report.json")).unwrap_or_default();
        let report: Value = serde_json::from_str(&json).expect("JSON");
        for found in report["diagnostics"].as_array().expect("a list") {
            let message = found["message"].as_str().expect("text");
            let help = found["help"].as_str().unwrap_or("");
            if message.chars().count() > 110 || help.chars().count() > 280 {
                wrong.push(format!("{}: too long: {message} / {help}", rule.name));
            }
            let jargon = [
                "invalid type",
                "expected a",
                "String",
                "::",
                "None",
                "struct",
            ];
            if jargon.iter().any(|word| message.contains(word)) || message.ends_with('.') {
                wrong.push(format!("{}: {message}", rule.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
