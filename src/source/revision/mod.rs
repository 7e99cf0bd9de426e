//! What changed in a library since a git revision, and the library as it was then.

mod git;
mod restore;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};

use self::git::Git;
use super::discover::CONTENT;
use crate::config;

/// The folder of a library that holds its skins.
const THEMES: &str = "themes";
/// Everything that a check reads, relative to the root.
const READ: [&str; 3] = [CONTENT, THEMES, config::FILE_NAME];
/// What git calls the mode of an ordinary file, without its permissions.
const FILE_MODE: &str = "100";

/// The files of a library that differ from a revision.
#[derive(Debug)]
pub struct Changes {
    git: Git,
    root: PathBuf,
    /// By path from the root: the object that git had for it, if it was a file then.
    files: BTreeMap<Arc<str>, Option<String>>,
}

impl Changes {
    /// Compares the library with the place where its history parted from `revision`: committed, staged, unstaged and
    /// untracked changes count, ignored files don't. Without a common history `revision` itself is compared with.
    ///
    /// # Errors
    /// When git is missing, the library is in no repository, or the revision is unknown.
    pub fn since(root: &Path, revision: &str) -> Result<Self> {
        let root = root
            .canonicalize()
            .with_context(|| format!("cannot open the library {}", root.display()))?;
        if revision.is_empty() || revision.starts_with('-') {
            bail!(
                "--changed-since needs a revision, such as main or origin/main, not {revision:?}"
            );
        }
        let git = Git::open(&root)?;
        let base = base(&git, revision)?;
        let mut files = compared(&git, &base)?;
        for path in untracked(&git)? {
            files.entry(path).or_insert(None);
        }
        Ok(Self { git, root, files })
    }

    /// The paths of the changed files from the root of the library; renamed files with both names.
    pub fn paths(&self) -> BTreeSet<Arc<str>> {
        self.files.keys().cloned().collect()
    }

    /// Whether a file was changed, added or taken away.
    pub fn contains(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// Writes what a check reads of the library as it was into a folder that is empty.
    ///
    /// Unchanged files are copied from the library, so that they are the same byte for byte, whatever git would make of
    /// line ends or large files; the others come from git as they are stored. No filter and no hook is run, and
    /// neither the repository nor its index is touched.
    ///
    /// # Errors
    /// When git fails or a file can't be written.
    pub fn restore(&self, folder: &Path) -> Result<()> {
        restore::restore(self, folder)
    }
}

/// The commit to compare with.
fn base(git: &Git, revision: &str) -> Result<String> {
    let commit = format!("{revision}^{{commit}}");
    let found = git.output(&["rev-parse", "--verify", "--quiet", &commit])?;
    let Some(commit) = object(&found.stdout).filter(|_| found.status.success()) else {
        bail!(
            "git does not know the revision {revision:?}; on a CI service the checkout may lack it: \
             fetch the whole history (fetch-depth: 0) and write origin/main instead of main"
        );
    };
    let common = git.output(&["merge-base", &commit, "HEAD"])?;
    Ok(object(&common.stdout)
        .filter(|_| common.status.success())
        .unwrap_or(commit))
}

/// The name of an object, if that is all that git printed.
fn object(output: &[u8]) -> Option<String> {
    let text = str::from_utf8(output).ok()?.trim();
    let is_name = text.len() >= 40 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_name.then(|| text.to_owned())
}

/// The tracked files that differ from a commit, with what they were.
///
/// To compare a file whose time alone may have changed, git runs the `clean` filter that the settings of the machine or
/// of the clone name for it, if any, as `git status` does. Nothing that is part of the library can name one.
fn compared(git: &Git, base: &str) -> Result<BTreeMap<Arc<str>, Option<String>>> {
    let mut arguments = vec![
        "diff",
        "--raw",
        "-z",
        "--no-abbrev",
        "--relative",
        "--no-renames",
        "--no-ext-diff",
        "--no-textconv",
        "--ignore-submodules=all",
        base,
        "--",
    ];
    arguments.extend(READ);
    let output = git.run_on_copy_of_index(&arguments)?;
    let mut files = BTreeMap::new();
    // `:<old mode> <new mode> <old object> <new object> <status>`, then the path.
    let mut parts = output.split(|&byte| byte == 0);
    while let (Some(head), Some(path)) = (parts.next(), parts.next()) {
        let head = String::from_utf8_lossy(head);
        let mut fields = head.trim_start_matches(':').split(' ');
        let mode = fields.next().unwrap_or_default();
        let old = fields.nth(1).filter(|_| mode.starts_with(FILE_MODE));
        let file = files.entry(name(path)).or_insert(None);
        // A file with conflicts is listed twice, once without what it was.
        if let Some(old) = old {
            *file = Some(old.to_owned());
        }
    }
    Ok(files)
}

fn untracked(git: &Git) -> Result<Vec<Arc<str>>> {
    let mut arguments = vec!["ls-files", "--others", "--exclude-standard", "-z", "--"];
    arguments.extend(READ);
    let output = git.run(&arguments)?;
    let paths = output.split(|&byte| byte == 0);
    Ok(paths.filter(|path| !path.is_empty()).map(name).collect())
}

/// A path as the rest of the tool names it; git separates with `/` everywhere.
fn name(path: &[u8]) -> Arc<str> {
    String::from_utf8_lossy(path).into()
}
