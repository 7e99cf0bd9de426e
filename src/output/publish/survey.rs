//! What stands in an output folder, compared with the site that is to stand there.
//!
//! Nothing is written here: either every name that the site needs is free or caseloom's own, or publishing ends with an
//! error before it has begun.

use std::collections::{BTreeSet, HashMap};
use std::fs::{self, Metadata};
use std::path::Path;

use anyhow::{Context, Result, bail};
use rayon::prelude::*;

use crate::output::file_set::{FileSet, OutputFile};

use super::manifest::Manifest;
use super::target::look_at;

/// What has to be done with one file of the new site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// The same bytes are there.
    Same,
    /// Nothing is there.
    New,
    /// Nothing can be there before an own file has made way for a folder, or an own folder for a file.
    Behind,
    /// Other bytes of caseloom's are there.
    Changed,
}

/// The comparison of a site with an output folder. Every path is relative to that folder.
#[derive(Debug, Default)]
pub(super) struct Survey<'a> {
    /// One for each file of the site, in its order.
    pub(super) fates: Vec<Fate>,
    /// Folders that do not exist, and that nothing is in the way of.
    pub(super) new_folders: Vec<&'a str>,
    /// Folders that can be made when [`Survey::way_files`] are gone.
    pub(super) folders_behind: Vec<&'a str>,
    /// Own old files that make way.
    pub(super) way_files: Vec<String>,
    /// Own old folders that make way; nothing foreign is in them.
    pub(super) way_folders: Vec<String>,
}

impl Survey<'_> {
    /// How many files have to be written.
    pub(super) fn to_write(&self) -> usize {
        self.fates.len() - self.same()
    }

    /// How many files stay as they are.
    pub(super) fn same(&self) -> usize {
        self.fates
            .iter()
            .filter(|fate| **fate == Fate::Same)
            .count()
    }
}

/// Every folder that the files need, parents first.
pub(super) fn folders<'a>(paths: impl Iterator<Item = &'a str>) -> BTreeSet<&'a str> {
    let mut folders = BTreeSet::new();
    for mut path in paths {
        while let Some((parent, _)) = path.rsplit_once('/') {
            if !folders.insert(parent) {
                break;
            }
            path = parent;
        }
    }
    folders
}

/// Compares a site with an output folder.
///
/// # Errors
/// When something that caseloom did not make has a name that the site needs; when something can't be read.
pub(super) fn survey<'a>(
    files: &'a FileSet,
    manifest: &Manifest,
    out: &Path,
) -> Result<Survey<'a>> {
    let mut survey = Survey::default();
    let mut foreign = Vec::new();
    let grounds = look_at_folders(files, manifest, out, &mut survey, &mut foreign)?;
    let findings: Vec<Finding> = files
        .files()
        .par_iter()
        .map(|file| match file.path.rsplit_once('/') {
            None => look_at_file(file, manifest, out),
            Some((folder, _)) => match grounds[folder] {
                Ground::Folder => look_at_file(file, manifest, out),
                Ground::Nothing => Ok(Finding::Fate(Fate::New)),
                // A foreign ground has been noted: the fate does not matter any more.
                Ground::Behind | Ground::OwnFile | Ground::Foreign(_) => {
                    Ok(Finding::Fate(Fate::Behind))
                }
            },
        })
        .collect::<Result<_>>()?;
    for finding in findings {
        let fate = match finding {
            Finding::Fate(fate) => fate,
            Finding::OwnFolder(content) => {
                survey.way_files.extend(content.files);
                survey.way_folders.extend(content.folders);
                Fate::Behind
            }
            Finding::Foreign(path, what) => {
                foreign.push((path, what));
                continue;
            }
        };
        survey.fates.push(fate);
    }
    refuse(foreign, out)?;
    Ok(survey)
}

fn refuse(mut foreign: Vec<(String, &str)>, out: &Path) -> Result<()> {
    foreign.sort();
    let Some((path, what)) = foreign.first() else {
        return Ok(());
    };
    let more = match foreign.len() - 1 {
        0 => String::new(),
        more => format!(" ({more} more like it)"),
    };
    bail!(
        "{} is {what} that was not made by caseloom, and is in the way of the site{more}; nothing was written. \
         Move it away, or build into another folder",
        out.join(path).display()
    );
}

/// What stands where a folder is needed.
#[derive(Debug, Clone, Copy)]
enum Ground {
    Folder,
    Nothing,
    OwnFile,
    /// Below an own file.
    Behind,
    /// Something that stays, or below it.
    Foreign(&'static str),
}

fn look_at_folders<'a>(
    files: &'a FileSet,
    manifest: &Manifest,
    out: &Path,
    survey: &mut Survey<'a>,
    foreign: &mut Vec<(String, &'static str)>,
) -> Result<HashMap<&'a str, Ground>> {
    let needed: Vec<&str> = folders(files.files().iter().map(|file| file.path.as_str()))
        .into_iter()
        .collect();
    let seen: Vec<Ground> = needed
        .par_iter()
        .map(|folder| ground(manifest, out, folder))
        .collect::<Result<_>>()?;
    let mut grounds = HashMap::with_capacity(needed.len());
    for (folder, seen) in needed.into_iter().zip(seen) {
        let above = folder.rsplit_once('/').map(|(parent, _)| grounds[parent]);
        let ground = match above {
            Some(Ground::OwnFile | Ground::Behind) => Ground::Behind,
            Some(Ground::Foreign(what)) => Ground::Foreign(what),
            Some(Ground::Folder | Ground::Nothing) | None => {
                if let Ground::Foreign(what) = seen {
                    foreign.push((folder.to_owned(), what));
                }
                seen
            }
        };
        match ground {
            Ground::Nothing => survey.new_folders.push(folder),
            Ground::Behind => survey.folders_behind.push(folder),
            Ground::OwnFile => {
                survey.way_files.push(folder.to_owned());
                survey.folders_behind.push(folder);
            }
            Ground::Folder | Ground::Foreign(_) => {}
        }
        grounds.insert(folder, ground);
    }
    Ok(grounds)
}

fn ground(manifest: &Manifest, out: &Path, folder: &str) -> Result<Ground> {
    Ok(match look_at(&out.join(folder))? {
        None => Ground::Nothing,
        Some(metadata) if metadata.is_dir() => Ground::Folder,
        Some(metadata) if metadata.is_file() && manifest.owns(out, folder) => Ground::OwnFile,
        Some(metadata) => Ground::Foreign(kind(&metadata)),
    })
}

/// What stands where a file is needed.
enum Finding {
    Fate(Fate),
    OwnFolder(OwnFolder),
    Foreign(String, &'static str),
}

/// Everything in a folder in which there is nothing foreign.
#[derive(Debug, Default)]
struct OwnFolder {
    files: Vec<String>,
    folders: Vec<String>,
}

fn look_at_file(file: &OutputFile, manifest: &Manifest, out: &Path) -> Result<Finding> {
    let path = out.join(&file.path);
    let Some(metadata) = look_at(&path)? else {
        return Ok(Finding::Fate(Fate::New));
    };
    if metadata.is_dir() {
        let mut content = OwnFolder::default();
        return Ok(
            match collect_own(out, manifest, &file.path, &mut content)? {
                None => Finding::OwnFolder(content),
                Some((foreign, what)) => Finding::Foreign(foreign, what),
            },
        );
    }
    // The bytes decide, not the manifest's hash: somebody may have changed the file since. Whose the file is matters
    // only when they differ: a file that stands exactly as it should is as good as caseloom's.
    Ok(
        if metadata.is_file() && has_bytes(&path, &metadata, &file.bytes)? {
            Finding::Fate(Fate::Same)
        } else if metadata.is_file() && manifest.owns(out, &file.path) {
            Finding::Fate(Fate::Changed)
        } else {
            Finding::Foreign(file.path.clone(), kind(&metadata))
        },
    )
}

fn has_bytes(path: &Path, metadata: &Metadata, bytes: &[u8]) -> Result<bool> {
    if metadata.len() != bytes.len() as u64 {
        return Ok(false);
    }
    let there = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(there == bytes)
}

/// Collects what is in an own folder, or finds something foreign in it.
fn collect_own(
    out: &Path,
    manifest: &Manifest,
    folder: &str,
    content: &mut OwnFolder,
) -> Result<Option<(String, &'static str)>> {
    let before = content.files.len();
    let absolute = out.join(folder);
    let fail = || format!("cannot read {}", absolute.display());
    for entry in fs::read_dir(&absolute).with_context(fail)? {
        let entry = entry.with_context(fail)?;
        let metadata = entry.metadata().with_context(fail)?;
        let name = entry.file_name();
        let path = format!("{folder}/{}", name.display());
        let is_named_plainly = name.to_str().is_some();
        if is_named_plainly && metadata.is_dir() {
            if let Some(foreign) = collect_own(out, manifest, &path, content)? {
                return Ok(Some(foreign));
            }
        } else if is_named_plainly && metadata.is_file() && manifest.owns(out, &path) {
            content.files.push(path);
        } else {
            return Ok(Some((path, kind(&metadata))));
        }
    }
    // An empty folder is caseloom's if the manifest has something in it, which a killed build has removed.
    if content.files.len() == before && !manifest.has_folder(folder) {
        return Ok(Some((folder.to_owned(), "a folder")));
    }
    content.folders.push(folder.to_owned());
    Ok(None)
}

fn kind(metadata: &Metadata) -> &'static str {
    if metadata.is_symlink() {
        "a symbolic link"
    } else if metadata.is_dir() {
        "a folder"
    } else if metadata.is_file() {
        "a file"
    } else {
        "a special file"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_listed_once_and_parents_first() {
        let paths = ["a/b/c/x", "a/b/y", "a-b/z", "top", "a/b/c/d/e"];
        let folders: Vec<&str> = folders(paths.into_iter()).into_iter().collect();
        assert_eq!(folders, ["a", "a-b", "a/b", "a/b/c", "a/b/c/d"]);
    }
}
