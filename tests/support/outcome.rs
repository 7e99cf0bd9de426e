//! How a run of the binary ended, and the site that it made.

use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use tempfile::TempDir;

use super::{Tree, tree_of};

/// How a run of the binary ended.
pub(crate) struct Outcome {
    /// The exit status; `None` when a signal ended it.
    pub(crate) code: Option<i32>,
    /// Results.
    pub(crate) stdout: String,
    /// Diagnostics and progress.
    pub(crate) stderr: String,
    pub(super) site: PathBuf,
    /// Keeps the site when the library has gone out of scope.
    pub(super) folder: Rc<TempDir>,
}

impl Outcome {
    /// Exit status 0.
    #[track_caller]
    pub(crate) fn succeeds(self) -> Self {
        self.fails_with(0)
    }

    /// An exit status of one's choice.
    #[track_caller]
    pub(crate) fn fails_with(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}{}", self.stdout, self.stderr);
        self
    }

    /// No diagnostic at all: nothing but the closing line.
    #[track_caller]
    pub(crate) fn has_no_problem(self) -> Self {
        let outcome = self.succeeds();
        assert_eq!(outcome.places(), Vec::<String>::new(), "{}", outcome.stderr);
        outcome
    }

    /// Standard error holds a text.
    #[track_caller]
    pub(crate) fn says(self, text: &str) -> Self {
        assert!(
            self.stderr.contains(text),
            "{text:?} is not said:\n{}",
            self.stderr
        );
        self
    }

    /// Standard error doesn't hold a text.
    #[track_caller]
    pub(crate) fn keeps_quiet_about(self, text: &str) -> Self {
        assert!(
            !self.stderr.contains(text),
            "{text:?} is said:\n{}",
            self.stderr
        );
        self
    }

    /// A diagnostic of a rule at `path:line:column`.
    #[track_caller]
    pub(crate) fn reports(self, rule: &str, place: &str) -> Self {
        let found = self.diagnostics();
        assert!(
            found.iter().any(|(known, at)| known == rule && at == place),
            "no {rule} at {place}; found {found:?}\n{}",
            self.stderr
        );
        self
    }

    /// As many diagnostics as that.
    #[track_caller]
    pub(crate) fn counts(self, number: usize) -> Self {
        let found = self.diagnostics();
        assert_eq!(found.len(), number, "{found:?}\n{}", self.stderr);
        self
    }

    /// Rule and `path:line:column` of every diagnostic, in the order in which they are printed.
    pub(crate) fn diagnostics(&self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        let mut rule: Option<String> = None;
        for line in self.stderr.lines() {
            let titled = ["error[", "warning[", "info["]
                .iter()
                .find_map(|level| line.strip_prefix(level));
            if let Some(rest) = titled {
                rule = rest.split_once(']').map(|(name, _)| name.to_owned());
            } else if let Some(place) = line.trim_start().strip_prefix("--> ")
                && let Some(rule) = rule.take()
            {
                found.push((rule, place.to_owned()));
            }
        }
        found
    }

    /// The places of all diagnostics.
    pub(crate) fn places(&self) -> Vec<String> {
        let found = self.diagnostics().into_iter();
        found.map(|(_, place)| place).collect()
    }

    /// Standard error without what differs from run to run or with each new page: the temporary folder, counts, times.
    pub(crate) fn message(&self) -> String {
        let folder = self.folder.path().to_string_lossy().into_owned();
        let text = self.stderr.replace(&folder, "[FOLDER]");
        let mut out = String::new();
        for line in text.lines() {
            match line.split_once(" studies, ") {
                Some((count, _)) => out.push_str(&format!("{count} studies, [COUNTS]\n")),
                None => out.push_str(&format!("{}\n", line.trim_end())),
            }
        }
        out
    }

    /// Reads pages from another folder than `public`.
    pub(crate) fn in_folder(mut self, folder: &Path) -> Self {
        self.site = folder.to_owned();
        self
    }

    /// The text of a file of the site.
    #[track_caller]
    pub(crate) fn page(&self, path: &str) -> String {
        match fs::read_to_string(self.site.join(path)) {
            Ok(text) => text,
            Err(error) => panic!("/{path}: {error}\n{}", self.stderr),
        }
    }

    /// Whether the site has a file.
    pub(crate) fn exists(&self, path: &str) -> bool {
        self.site.join(path).exists()
    }

    /// Every file of the site, of which there is one at least.
    #[track_caller]
    pub(crate) fn tree(&self) -> Tree {
        let tree = tree_of(&self.site);
        assert!(!tree.is_empty(), "there is no site\n{}", self.stderr);
        tree
    }
}
