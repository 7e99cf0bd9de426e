//! What the documentation says, held against the program.

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

#[test]
fn the_table_of_rules_is_that_of_the_program() {
    let page = read("docs/configuration.md");
    let documented: Vec<&str> = page
        .lines()
        .skip_while(|line| !line.starts_with("| Rule | Default |"))
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .collect();
    let expected: Vec<String> = rules::ALL
        .iter()
        .map(|rule| {
            let severity = rule.severity.as_str();
            format!("| `{}` | {severity} | {} |", rule.name, rule.summary)
        })
        .collect();
    assert_eq!(documented, expected);
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

#[test]
fn every_option_of_the_table_is_one_of_the_program() {
    let output = Command::new(env!("CARGO_BIN_EXE_caseloom"))
        .args(["build", "--help"])
        .output()
        .expect("the program runs");
    let help = String::from_utf8_lossy(&output.stdout);
    let page = read("docs/configuration.md");
    let documented: Vec<&str> = page
        .lines()
        .filter_map(|line| line.strip_prefix("| `--"))
        .filter_map(|rest| rest.split(['`', ' ', ',']).next())
        .collect();
    assert!(documented.len() >= 10, "{documented:?}");
    for option in documented {
        assert!(help.contains(&format!("--{option}")), "--{option}");
    }
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
