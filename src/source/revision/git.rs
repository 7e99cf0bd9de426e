//! Talks to the `git` program: arguments as a list, no shell, and nothing of the repository's settings is run.

use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use anyhow::{Context, Result, anyhow, bail};

/// Settings that outrank the repository's own. No file watcher and no hook is started, and a folder of the library
/// that is made to look like a repository is not taken for one: its settings could name programs to run.
const SETTINGS: [&str; 5] = [
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "safe.bareRepository=explicit",
    "color.ui=false",
    "diff.autoRefreshIndex=true",
];

/// Variables by which a surrounding git, a hook for one, points at another repository, index or way to compare.
const MISLEADING: [&str; 19] = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_ATTR_SOURCE",
    "GIT_COMMON_DIR",
    "GIT_DIFF_OPTS",
    "GIT_DIR",
    "GIT_EXTERNAL_DIFF",
    "GIT_GLOB_PATHSPECS",
    "GIT_GRAFT_FILE",
    "GIT_ICASE_PATHSPECS",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_LITERAL_PATHSPECS",
    "GIT_NAMESPACE",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_REPLACE_REF_BASE",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
];

/// The repository that a folder lies in.
#[derive(Debug)]
pub(super) struct Git {
    folder: PathBuf,
}

impl Git {
    /// Opens the repository around a folder that exists.
    pub(super) fn open(folder: &Path) -> Result<Self> {
        let git = Self {
            folder: folder.to_owned(),
        };
        let output = git.output(&["rev-parse", "--is-inside-work-tree"])?;
        if output.stdout.trim_ascii() != b"true" {
            bail!(
                "--changed-since compares with a git repository, and {} is not in one{}",
                folder.display(),
                said(&output)
            );
        }
        Ok(git)
    }

    /// What git prints, however it ends.
    pub(super) fn output(&self, arguments: &[&str]) -> Result<Output> {
        self.command(arguments)
            .stdin(Stdio::null())
            .output()
            .map_err(not_started)
    }

    /// What git prints when it succeeds.
    pub(super) fn run(&self, arguments: &[&str]) -> Result<Vec<u8>> {
        printed(arguments, self.output(arguments)?)
    }

    /// The same, on a copy of the index: where the times of several files have changed and not their content, `git diff`
    /// notes that in the index that it was given, whatever `GIT_OPTIONAL_LOCKS` says.
    pub(super) fn run_on_copy_of_index(&self, arguments: &[&str]) -> Result<Vec<u8>> {
        let place = ["rev-parse", "--path-format=absolute", "--git-path", "index"];
        let place = self.run(&place)?;
        let index = PathBuf::from(String::from_utf8_lossy(place.trim_ascii_end()).into_owned());
        if !index.is_file() {
            return self.run(arguments);
        }
        let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
        let copy = folder.path().join("index");
        std::fs::copy(&index, &copy).with_context(|| format!("cannot copy {}", index.display()))?;
        let output = self
            .command(arguments)
            .env("GIT_INDEX_FILE", &copy)
            .stdin(Stdio::null())
            .output()
            .map_err(not_started)?;
        printed(arguments, output)
    }

    /// A git command in the folder, ready to be started.
    pub(super) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.arg("-C").arg(OsString::from(&self.folder));
        for setting in SETTINGS {
            command.args(["-c", setting]);
        }
        for name in MISLEADING {
            command.env_remove(name);
        }
        command
            .args(arguments)
            // The index is read, never written.
            .env("GIT_OPTIONAL_LOCKS", "0")
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("LC_ALL", "C");
        command
    }
}

/// What a git command printed, if it succeeded.
fn printed(arguments: &[&str], output: Output) -> Result<Vec<u8>> {
    if !output.status.success() {
        let command = arguments.first().copied().unwrap_or_default();
        bail!("git {command} failed{}", said(&output));
    }
    Ok(output.stdout)
}

/// Why git could not be started, for people who may not know that it is needed.
pub(super) fn not_started(error: std::io::Error) -> anyhow::Error {
    if error.kind() == ErrorKind::NotFound {
        anyhow!(
            "--changed-since needs the program git, which was not found; install it, or leave the option out"
        )
    } else {
        anyhow!(error).context("git could not be started")
    }
}

/// The first line of git's own words, for the end of a message.
fn said(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    match text.lines().map(str::trim).find(|line| !line.is_empty()) {
        Some(line) => format!(" (git says: {line})"),
        None => String::new(),
    }
}
