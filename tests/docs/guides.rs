//! The guides for contributors and for those who set up checks, followed with the real program on a new library.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use caseloom::diagnostics::Sink;
use caseloom::source::yaml::{self, Limits};
use serde_json::Value;
use tempfile::TempDir;

use super::{blocks, read};

const FIRST_STUDY: &str = "docs/first-case-study.md";
const CHECKING: &str = "docs/checking-pull-requests.md";

/// The file that the guide has its reader make.
const STUDY: &str = "content/studies/shared-morning-meeting.md";

fn caseloom(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_caseloom"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .output()
        .expect("the program runs")
}

/// A library as `caseloom init` makes it.
fn new_library() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = caseloom(&["init", "library"], folder.path());
    assert!(output.status.success(), "{output:?}");
    let library = folder.path().join("library");
    (folder, library)
}

fn template() -> String {
    let found = blocks(&read(FIRST_STUDY), "markdown");
    found.into_iter().next().expect("the guide has a template")
}

fn parsed(text: &str) -> Value {
    let limits = Limits {
        depth: 32,
        nodes: 10_000,
    };
    let mut sink = Sink::new(&"docs".into());
    let node = yaml::parse(text, 0, limits, &mut sink);
    node.unwrap_or_else(|| panic!("no YAML:\n{text}"))
        .value
        .to_json()
}

#[test]
fn the_template_of_the_first_study_builds_in_a_new_library() {
    let (_folder, library) = new_library();
    std::fs::write(library.join(STUDY), template()).expect("written");
    for arguments in [
        &["check", "--strict"][..],
        &["build", "--strict", "--no-cache"],
    ] {
        let output = caseloom(arguments, &library);
        assert!(output.status.success(), "{output:?}");
    }
    let page = library.join("public/studies/shared-morning-meeting/index.html");
    assert!(page.exists());
}

#[test]
fn a_new_library_tells_its_contributors_the_same() {
    let (_folder, library) = new_library();
    let page = std::fs::read_to_string(library.join("content/pages/contribute.md"));
    assert_eq!(blocks(&page.expect("there"), "markdown"), [template()]);
}

#[test]
fn the_messages_of_the_guide_are_those_of_the_program() {
    let shown = blocks(&read(FIRST_STUDY), "text");
    let mistakes = [
        ("informal-contact", "informal-contakt"),
        ("title: A shared", "title: One team: a shared"),
        ("level: neighbourhood\n", ""),
    ];
    assert_eq!(shown.len(), mistakes.len());
    let (_folder, library) = new_library();
    for ((right, wrong), shown) in mistakes.into_iter().zip(shown) {
        let study = template().replace(right, wrong);
        std::fs::write(library.join(STUDY), study).expect("written");
        let output = caseloom(&["check", "--quiet"], &library);
        assert_eq!(output.status.code(), Some(1));
        let said = String::from_utf8(output.stdout).expect("text");
        // There may be remarks on the study before and after it.
        assert!(said.contains(shown.trim_end()), "{said}\n{shown}");
    }
}

#[test]
fn every_block_of_yaml_can_be_read_and_puts_nothing_foreign_into_a_command() {
    let page = read(CHECKING);
    let found = blocks(&page, "yaml");
    assert!(found.len() >= 4);
    for block in found {
        let value = parsed(&block);
        assert!(!block.contains("pull_request_target"));
        let Some(jobs) = value["jobs"].as_object() else {
            continue;
        };
        assert!(value["permissions"]["contents"] == "read", "{block}");
        for job in jobs.values() {
            for step in job["steps"].as_array().expect("steps") {
                let run = step["run"].as_str().unwrap_or("");
                assert!(!run.contains("${{"), "{run}");
            }
        }
    }
}

#[test]
fn the_workflow_of_the_guide_is_that_of_a_new_library() {
    let (_folder, library) = new_library();
    let workflow = std::fs::read_to_string(library.join(".github/workflows/check.yml"));
    let shown = blocks(&read(CHECKING), "yaml");
    assert_eq!(parsed(&shown[0]), parsed(&workflow.expect("there")));
}

#[test]
fn the_json_of_the_guide_is_that_of_the_program() {
    let (_folder, library) = new_library();
    let study = template().replace("level: neighbourhood\n", "");
    std::fs::write(library.join(STUDY), study).expect("written");
    let output = caseloom(&["check", "--format", "json"], &library);
    let said: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let shown = blocks(&read(CHECKING), "json");
    let shown: Value = serde_json::from_str(&shown[0]).expect("JSON");
    let keys = |value: &Value| -> Vec<String> {
        let entries = value.as_object().into_iter().flatten();
        entries.map(|(key, _)| key.clone()).collect()
    };
    assert_eq!(keys(&said), keys(&shown));
    assert_eq!(keys(&said["summary"]), keys(&shown["summary"]));
    // Remarks, for instance on terms that nothing uses yet, are left out of the guide.
    let problems: Vec<&Value> = said["diagnostics"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|diagnostic| diagnostic["severity"] != "info")
        .collect();
    let expected: Vec<&Value> = shown["diagnostics"]
        .as_array()
        .into_iter()
        .flatten()
        .collect();
    assert_eq!(problems, expected);
}

/// What follows `caseloom` on a line, up to what ends a command in Markdown or in a shell.
fn commands(page: &str) -> Vec<Vec<&str>> {
    page.lines()
        .flat_map(|line| line.split("caseloom ").skip(1))
        .filter_map(|rest| rest.split(['`', '|', '>', '<']).next())
        .map(|command| command.split_whitespace().collect())
        .collect()
}

#[test]
fn every_command_option_and_format_that_a_guide_names_exists() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let help = |command: &str| {
        let output = caseloom(&[command, "--help"], here);
        String::from_utf8(output.stdout).expect("text")
    };
    let mut missing = Vec::new();
    for path in [FIRST_STUDY, CHECKING] {
        let page = read(path);
        for words in commands(&page) {
            let Some(command @ ("init" | "check" | "build" | "explain" | "schema" | "new")) =
                words.first().copied()
            else {
                continue;
            };
            let help = help(command);
            let options = words.iter().filter(|word| word.starts_with("--"));
            missing.extend(
                options
                    .filter(|option| !help.contains(**option))
                    .map(|option| format!("{path}: {command} {option}")),
            );
        }
        // The table of options and the text name them alone.
        let help = help("check");
        for code in page.split('`').skip(1).step_by(2) {
            let mut words = code.split_whitespace();
            match (words.next(), words.next()) {
                (Some("--format"), Some(format)) if !has_format(&help, format) => {
                    missing.push(format!("{path}: check --format {format}"));
                }
                (Some(option), _) if is_option(option) && !help.contains(option) => {
                    missing.push(format!("{path}: check {option}"));
                }
                _ => {}
            }
        }
    }
    missing.sort();
    missing.dedup();
    assert_eq!(missing, Vec::<String>::new());
}

/// `--strict`, but neither the fence of front matter nor the arrow of a message.
fn is_option(word: &str) -> bool {
    word.strip_prefix("--")
        .is_some_and(|name| name.starts_with(|c: char| c.is_ascii_lowercase()))
}

/// Whether the help of an option lists a value, in a line of choices or in a list of them.
fn has_format(help: &str, format: &str) -> bool {
    help.split(|c: char| !c.is_ascii_alphanumeric() && c != '-')
        .any(|word| word == format)
}
