//! A library under git, with no setting of the machine or of whoever runs the tests.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{Library, Outcome};

/// A copy of the fixture whose first commit is made.
pub(crate) struct Repository {
    pub(crate) library: Library,
    top: PathBuf,
}

impl Repository {
    /// The library's folder is the top of the repository.
    pub(crate) fn new() -> Self {
        Self::of(Library::fixture())
    }

    /// The library's folder is the top of the repository.
    pub(crate) fn of(library: Library) -> Self {
        let top = library.root();
        Self { library, top }.started()
    }

    /// The library is a folder of the repository, beside others.
    pub(crate) fn around() -> Self {
        let library = Library::fixture();
        std::fs::write(library.beside("notes.txt"), "Notes.\n").expect("a file beside");
        let top = library.beside(".");
        Self { library, top }.started()
    }

    fn started(self) -> Self {
        self.git(&["init", "--quiet", "--initial-branch=main"]);
        self.commit();
        self
    }

    /// Commits everything.
    pub(crate) fn commit(&self) -> &Self {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message=Change"]);
        self
    }

    /// Runs git at the top and returns what it prints.
    #[track_caller]
    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        git(&self.top, arguments)
    }

    /// `caseloom check --changed-since REV` with the formats for programs.
    #[track_caller]
    pub(crate) fn since(&self, revision: &str) -> Outcome {
        self.check(&["--changed-since", revision])
    }

    /// `caseloom check` with the format for programs.
    #[track_caller]
    pub(crate) fn check(&self, arguments: &[&str]) -> Outcome {
        let mut all = vec!["check", "--format", "json"];
        all.extend_from_slice(arguments);
        self.library.run_in(&self.library.root(), &all)
    }
}

/// Runs git in a folder; it must succeed.
#[track_caller]
pub(crate) fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .current_dir(folder)
        .args(["-c", "user.name=A", "-c", "user.email=a@team.example"])
        .args(["-c", "commit.gpgsign=false", "-c", "core.autocrlf=false"])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env_remove("GIT_DIR")
        .env_remove("GIT_INDEX_FILE")
        .env_remove("GIT_WORK_TREE")
        .output()
        .expect("git runs");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {arguments:?}: {stderr}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Rule and path of every problem in JSON.
#[track_caller]
pub(crate) fn problems(outcome: &Outcome) -> Vec<(String, String)> {
    let value: serde_json::Value = serde_json::from_str(&outcome.stdout)
        .unwrap_or_else(|error| panic!("{error}:\n{}\n{}", outcome.stdout, outcome.stderr));
    let list = value["diagnostics"].as_array().expect("a list");
    let text = |entry: &serde_json::Value, key: &str| entry[key].as_str().unwrap_or("").to_owned();
    list.iter()
        .map(|entry| (text(entry, "rule"), text(entry, "path")))
        .collect()
}
