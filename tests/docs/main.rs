//! What the documentation says, held against the program.

mod guides;
mod pages_cms;
mod schema;
mod security;

use std::path::Path;
use std::process::Command;

use caseloom::diagnostics::rules;

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The fenced blocks of a page in one language.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let fence = format!("\n```{language}\n");
    page.split(&fence)
        .skip(1)
        .filter_map(|rest| rest.split("\n```").next())
        .map(|block| format!("{block}\n"))
        .collect()
}

/// A file that is made from the program: compared, or written anew with `UPDATE=1`.
fn is_up_to_date(path: &str, expected: &str) {
    if std::env::var_os("UPDATE").is_some() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        std::fs::write(path, expected).expect("writable");
    }
    assert!(
        read(path) == expected,
        "{path} is out of date: run UPDATE=1 cargo test --test docs"
    );
}

#[test]
fn the_page_of_rules_is_that_of_the_program() {
    is_up_to_date("docs/rules.md", &rules::page());
}

#[test]
fn the_study_of_the_readme_builds_in_the_library() {
    let studies = blocks(&read("README.md"), "markdown");
    let study = studies.first().expect("the README shows a study");
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("content"),
        &folder.path().join("content"),
    );
    std::fs::write(
        folder.path().join("site-config.toml"),
        read("site-config.toml"),
    )
    .expect("written");
    let path = folder
        .path()
        .join("content/studies/shared-morning-meeting.md");
    std::fs::write(path, study).expect("written");
    let output = Command::new(env!("CARGO_BIN_EXE_caseloom"))
        .args(["build", "--strict", "--root"])
        .arg(folder.path())
        .output()
        .expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(
        folder
            .path()
            .join("public/studies/shared-morning-meeting/index.html")
            .exists()
    );
}

/// The part of `docs/commands.md` on each command lists the options that its help lists, and no others.
#[test]
fn the_options_of_each_command_are_documented() {
    let page = read("docs/commands.md");
    let mut parts = page.split("\n## ");
    let common = options_of_tables(parts.next().expect("an introduction"));
    let commands: Vec<&str> = parts.collect();
    assert!(commands.len() >= 6, "{}", commands.len());
    for part in commands {
        let command = part.lines().next().expect("a heading");
        let mut arguments = vec![command];
        if command == "new" {
            arguments.push("study");
        }
        arguments.push("--help");
        let output = Command::new(env!("CARGO_BIN_EXE_caseloom"))
            .args(arguments)
            .output()
            .expect("the program runs");
        let help = String::from_utf8_lossy(&output.stdout);
        let mut known: Vec<&str> = help
            .lines()
            .filter_map(|line| line.trim_start().split_once("--"))
            .filter(|(before, _)| before.is_empty() || before.starts_with('-'))
            .filter_map(|(_, rest)| rest.split([' ', ',']).next())
            .filter(|option| !common.contains(option))
            .collect();
        let mut documented = options_of_tables(part);
        known.sort_unstable();
        documented.sort_unstable();
        assert_eq!(documented, known, "{command}");
    }
}

fn options_of_tables(text: &str) -> Vec<&str> {
    text.lines()
        .filter_map(|line| line.strip_prefix("| `--"))
        .flat_map(|rest| rest.split(" | ").next().unwrap_or("").split("`, `"))
        .filter_map(|option| option.trim_start_matches('-').split(['`', ' ']).next())
        .filter(|option| option.len() > 1)
        .collect()
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("created");
    for entry in std::fs::read_dir(from).expect("readable") {
        let entry = entry.expect("readable");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("known").is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("copied");
        }
    }
}
