//! Putting a finished site on disk so that a visitor never meets half of it.
//!
//! | into | how | module |
//! |---|---|---|
//! | nothing, or an empty folder | a tree staged beside it, renamed into place | `tree` |
//! | an existing site | only what differs, each file by a rename, in an order that keeps links alive | `update` |
//! | an existing site, [`Mode::Swap`] | a tree staged beside it, the two exchanged | `swap` |
//!
//! All three go in three steps. `begin` knows every path of the site and none of its bytes: it looks what is in the way.
//! `take` gets the bytes of a file, as soon as they are made and by any thread, and stages what differs; the site need
//! never be in memory as a whole. `finish` puts everything in its place. Until then nothing that a visitor sees has
//! changed, so that a build may fail at any page.
//!
//! The output folder is never emptied. That would break the site while it is written, would lose foreign files, and is
//! slow: ext4 passes over inodes that were just freed one by one, so that 10,000 pages take 3-9 s, not 0.1 s.

mod lock;
mod manifest;
mod plan;
mod standing;
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

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};

use super::paths::Paths;
use crate::source::Stamp;

pub use self::standing::{Standing, hash_of_file};

use self::lock::Lock;
use self::manifest::{Manifest, is_reserved};
use self::survey::Fate;
use self::swap::Swap;
use self::target::{Found, Target, remove_leftover};
use self::tree::Fresh;
use self::update::Update;

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

/// A folder that may be published into, as it was when it was looked at.
#[derive(Debug)]
pub struct OutputFolder {
    root: PathBuf,
    out: PathBuf,
    target: Target,
    found: Found,
}

impl OutputFolder {
    /// Can the library at `root` be published into `out`? Cheap, and writes nothing: to be called before anything is rendered.
    /// If `out` is a symbolic link, the folder it leads to is meant.
    ///
    /// # Errors
    /// When `out` is the library's folder or one above it, lies in its sources, is a file, or is a folder with something in
    /// it that caseloom did not make; when its manifest is damaged.
    pub fn look(root: &Path, out: &Path) -> Result<Self> {
        let target = Target::find(root, out)?;
        let found = target.look(None)?;
        Ok(Self {
            root: root.to_owned(),
            out: out.to_owned(),
            target,
            found,
        })
    }
}

/// By what a file of a site is known again.
#[derive(Debug, Clone, Copy)]
pub struct Known {
    /// The hash of its bytes.
    pub hash: blake3::Hash,
    /// What the file system says of it, if that can be trusted.
    pub stamp: Option<Stamp>,
}

/// What became of a file when it was taken.
#[derive(Debug, Clone, Copy)]
pub struct Taken {
    fate: Fate,
    known: Known,
}

/// A site on its way to disk. Dropped before it is finished, it leaves the output folder as it was.
#[derive(Debug)]
pub struct Publication<'p> {
    way: Way<'p>,
    paths: &'p Paths,
    // In this order they are dropped: what is staged goes before another build may come.
    _stage: Stage,
    _lock: Lock,
}

#[derive(Debug)]
enum Way<'p> {
    Fresh(Fresh<'p>),
    Update(Update<'p>),
    Swap(Swap<'p>),
}

/// Clears what was staged, however the publication ends.
#[derive(Debug)]
struct Stage(Target);

impl Drop for Stage {
    fn drop(&mut self) {
        // The error that counts is the one that has ended it; what stays is cleared by the next build.
        let _ = remove_leftover(&self.0.staging);
        let _ = remove_leftover(&self.0.temp);
    }
}

impl Taken {
    /// By what the file is known again.
    pub fn known(&self) -> Known {
        self.known
    }

    /// A file with these bytes; the stamp is of before they were looked at.
    fn of((fate, stamp): (Fate, Option<Stamp>), bytes: &[u8]) -> Self {
        let hash = blake3::hash(bytes);
        let known = Known { hash, stamp };
        Self { fate, known }
    }
}

impl Published {
    /// What was written and what was not.
    fn of(taken: &[Taken]) -> Self {
        let same = taken.iter().filter(|taken| taken.fate == Fate::Same);
        let unchanged = same.count();
        Self {
            written: taken.len() - unchanged,
            unchanged,
            removed: 0,
        }
    }
}

impl<'p> Publication<'p> {
    /// Begins to publish a site into a folder. While another build publishes there, this one waits; before that it calls
    /// `on_wait`.
    ///
    /// # Errors
    /// As [`OutputFolder::look`], for it is looked at once more; when something that caseloom did not make has a name that the site needs; when the disk fails.
    pub fn begin(
        paths: &'p Paths,
        folder: OutputFolder,
        mode: Mode,
        on_wait: impl FnOnce(),
    ) -> Result<Self> {
        for path in paths.iter() {
            ensure!(
                !is_reserved(path),
                "the site has a file {path}, a name that caseloom keeps for itself"
            );
        }
        let target = Target::find(&folder.root, &folder.out)?;
        let lock = Lock::take(&target, on_wait)?;
        // Another build may have published since, and who waited for one knows that it has.
        let mut found = target.look(Some(folder.found))?;
        if target.clear_leftovers(&found)? {
            found = target.look(Some(found))?;
        }
        let stage = Stage(target.clone());
        let way = match (found, mode) {
            (Found::Nothing, _) => Way::Fresh(Fresh::begin(paths, target, false)?),
            (Found::Empty, _) => Way::Fresh(Fresh::begin(paths, target, true)?),
            (Found::Site(manifest), Mode::Update) => {
                Way::Update(Update::begin(paths, manifest, target)?)
            }
            (Found::Site(manifest), Mode::Swap) => Way::Swap(Swap::begin(paths, manifest, target)?),
        };
        Ok(Self {
            way,
            paths,
            _stage: stage,
            _lock: lock,
        })
    }

    /// Takes the file of a number in.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn take(&self, number: usize, bytes: &[u8]) -> Result<Taken> {
        // What was just written is too young to be known by its stamp, and a file with a second name has another one.
        let outcome = match &self.way {
            Way::Fresh(fresh) => (fresh.take(number, bytes)?, None),
            Way::Update(update) => update.take(number, bytes)?,
            Way::Swap(swap) => (swap.take(number, bytes)?, None),
        };
        Ok(Taken::of(outcome, bytes))
    }

    /// Takes the file of a number in as it stands, if a site stands and its file is known.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn keep(&self, number: usize, known: &Known) -> Result<Option<Taken>> {
        match &self.way {
            Way::Fresh(_) => Ok(None),
            Way::Update(update) => Ok(update.keep(number, known)),
            Way::Swap(swap) => swap.keep(number, known),
        }
    }

    /// Puts the site in its place. `taken` are all of its files, in the order of their numbers. The answer tells what was
    /// done, and the hash of the list of its files, by which [`OutputFolder::standing`] knows it again.
    ///
    /// # Errors
    /// When a file that caseloom did not make has a name that the site needs: then nothing of the site has been touched.
    /// When the disk fails: the next build finishes.
    ///
    /// # Panics
    /// When not all files were taken.
    pub fn finish(self, taken: &[Taken]) -> Result<(Published, blake3::Hash)> {
        assert_eq!(
            taken.len(),
            self.paths.len(),
            "invariant: every file of the site was taken"
        );
        let listed = Manifest::of(self.paths, taken);
        let published = match self.way {
            Way::Fresh(fresh) => fresh.finish(taken, &listed),
            Way::Update(update) => update.finish(taken, &listed),
            Way::Swap(swap) => swap.finish(taken, &listed),
        };
        Ok((published?, listed.hash()))
    }
}
