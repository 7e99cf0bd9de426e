//! Putting a finished site on disk so that a visitor never meets half of it.
//!
//! | into | how | module |
//! |---|---|---|
//! | nothing, or an empty folder | a tree staged beside it, renamed into place | `tree` |
//! | an existing site | only what differs, each file by a rename, in an order that keeps links alive | `update` |
//! | an existing site, [`Mode::Swap`] | a tree staged beside it, the two exchanged | `swap` |
//!
//! The output folder is never emptied. That would break the site while it is written, would lose foreign files, and is
//! slow: ext4 passes over inodes that were just freed one by one, so that 10,000 pages take 3-9 s, not 0.1 s.
//!
//! Two builds into one folder at a time are not guarded against.

mod manifest;
mod plan;
mod step;
mod survey;
mod swap;
mod target;
mod tree;
mod update;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;

use std::path::Path;

use anyhow::{Result, ensure};

use crate::output::file_set::FileSet;

use self::manifest::is_reserved;
use self::swap::swap;
use self::target::{Found, Target};
use self::tree::publish_fresh;
use self::update::update;

/// How an existing site is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// File by file, writing only what differs.
    Update,
    /// As a whole, in one moment.
    Swap,
}

/// What a publication did, in files; the manifest is not counted.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// Files that are new or have other bytes than before.
    pub written: usize,
    /// Files that stayed as they were, bytes and time.
    pub unchanged: usize,
    /// Files of an earlier build that are no longer part of the site.
    pub removed: usize,
}

/// Can `out` be published into? Cheap, and writes nothing: to be called before anything is rendered.
///
/// # Errors
/// When `out` is the library's folder or one above it, lies in its sources, is a file, or is a folder with something in
/// it that caseloom did not make; when its manifest is damaged.
pub fn check_target(root: &Path, out: &Path) -> Result<()> {
    Target::find(root, out)?.look().map(|_| ())
}

/// Publishes a site of the library at `root` into `out`. If `out` is a symbolic link, the folder it leads to is meant.
///
/// # Errors
/// As [`check_target`]; when something that caseloom did not make has a name that the site needs; when the disk fails.
/// In the first two cases nothing of the site has been touched. After the third the next call finishes.
pub fn publish(files: &FileSet, root: &Path, out: &Path, mode: Mode) -> Result<Published> {
    for file in files.files() {
        ensure!(
            !is_reserved(&file.path),
            "the site has a file {}, a name that caseloom keeps for itself",
            file.path
        );
    }
    let target = Target::find(root, out)?;
    let mut found = target.look()?;
    if target.clear_leftovers(&found)? {
        found = target.look()?;
    }
    match (&found, mode) {
        (Found::Nothing | Found::Empty, _) => publish_fresh(files, &target, &found),
        (Found::Site(manifest), Mode::Update) => update(files, manifest, &target),
        (Found::Site(manifest), Mode::Swap) => swap(files, manifest, &target),
    }
}
