//! What stands in an output folder, seen from the paths of the site that is to stand there.
//!
//! Nothing is written here: either every name that the site needs is free or caseloom's own, or publishing ends with an
//! error. One question has to wait for the bytes: a file that stands exactly as it should is as good as caseloom's,
//! whoever made it.

use std::fs::{self, Metadata};
use std::path::Path;

use anyhow::{Context, Result, bail};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::output::paths::Paths;
use crate::source::{Seen, Stamp};

use super::manifest::Manifest;
use super::target::{Target, look_at};
use super::{Known, Taken};

/// What stands at the path of one file of the new site.
#[derive(Debug, Clone, Copy)]
enum Standing {
    /// Nothing.
    Nothing,
    /// Nothing that stays: an own file makes way for a folder, or an own folder for a file.
    Behind,
    /// A file of so many bytes, caseloom's own or somebody's.
    File { len: u64, own: bool, seen: Seen },
}

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
    /// Other bytes are there that caseloom did not make: the site can't be published.
    Foreign,
}

/// What stands in an output folder. Every path is relative to that folder.
#[derive(Debug)]
pub(super) struct Survey<'a> {
    pub(super) paths: &'a Paths,
    pub(super) manifest: Manifest,
    pub(super) target: Target,
    /// One for each file of the site, in its order.
    standings: Vec<Standing>,
    /// Folders that do not exist, and that nothing is in the way of.
    pub(super) new_folders: Vec<&'a str>,
    /// Folders that can be made when [`Survey::way_files`] are gone.
    pub(super) folders_behind: Vec<&'a str>,
    /// Own old files that make way.
    pub(super) way_files: Vec<String>,
    /// Own old folders that make way; nothing foreign is in them.
    pub(super) way_folders: Vec<String>,
}

impl<'a> Survey<'a> {
    /// Looks at an output folder.
    ///
    /// # Errors
    /// When something other than a file that caseloom did not make has a name that the site needs; when something can't be
    /// read.
    pub(super) fn new(paths: &'a Paths, manifest: Manifest, target: Target) -> Result<Self> {
        let mut survey = Self {
            paths,
            manifest,
            target,
            standings: Vec::with_capacity(paths.len()),
            new_folders: Vec::new(),
            folders_behind: Vec::new(),
            way_files: Vec::new(),
            way_folders: Vec::new(),
        };
        survey.look()?;
        Ok(survey)
    }

    /// What has to be done with the file of a number, now that its bytes are known.
    ///
    /// # Errors
    /// When what stands at its path can't be read.
    pub(super) fn fate(&self, number: usize, bytes: &[u8]) -> Result<Fate> {
        let path = || self.target.out.join(self.paths.get(number));
        Ok(match self.standings[number] {
            Standing::Nothing => Fate::New,
            Standing::Behind => Fate::Behind,
            // The bytes decide, not the manifest's hash: somebody may have changed the file since.
            Standing::File { len, .. }
                if len == bytes.len() as u64 && has_bytes(&path(), bytes)? =>
            {
                Fate::Same
            }
            Standing::File { own: true, .. } => Fate::Changed,
            Standing::File { own: false, .. } => Fate::Foreign,
        })
    }

    /// The stamp of what stands at the path of a number, as it was before it was read, if it can be trusted.
    pub(super) fn stamp(&self, number: usize) -> Option<Stamp> {
        match self.standings[number] {
            Standing::File { seen, .. } => seen.proof(),
            Standing::Nothing | Standing::Behind => None,
        }
    }

    /// The file of a number as it stands, if it is caseloom's own and has these bytes. One with the stamp that it had is
    /// believed to have them.
    pub(super) fn stands(&self, number: usize, known: &Known) -> Option<Taken> {
        let Standing::File {
            own: true, seen, ..
        } = self.standings[number]
        else {
            return None;
        };
        let path = || self.target.out.join(self.paths.get(number));
        let is_there = (known.stamp.is_some() && seen.stamp == known.stamp)
            || fs::read(path()).is_ok_and(|there| blake3::hash(&there) == known.hash);
        is_there.then(|| Taken {
            fate: Fate::Same,
            known: Known {
                hash: known.hash,
                stamp: seen.proof(),
            },
        })
    }

    /// Refuses files of the site at whose paths other files stand that caseloom did not make.
    ///
    /// # Errors
    /// When there is one.
    pub(super) fn refuse_foreign(&self, taken: &[Taken]) -> Result<()> {
        let foreign = self.paths.iter().zip(taken);
        let foreign = foreign.filter(|(_, taken)| taken.fate == Fate::Foreign);
        refuse(
            foreign
                .map(|(path, _)| (path.to_owned(), "a file"))
                .collect(),
            &self.target.out,
        )
    }

    fn look(&mut self) -> Result<()> {
        let mut foreign = Vec::new();
        let grounds = look_at_folders(self, &mut foreign)?;
        let (paths, manifest, out) = (self.paths, &self.manifest, &self.target.out);
        let numbers = (0..paths.len()).into_par_iter();
        let findings: Vec<Finding> = numbers
            .map(|number| {
                let path = paths.get(number);
                match path.rsplit_once('/').map(|(folder, _)| grounds[folder]) {
                    None | Some(Ground::Folder) => look_at_file(path, manifest, out),
                    Some(Ground::Nothing) => Ok(Finding::Standing(Standing::Nothing)),
                    // A foreign ground has been noted: what stands there does not matter any more.
                    Some(Ground::Behind | Ground::OwnFile | Ground::Foreign(_)) => {
                        Ok(Finding::Standing(Standing::Behind))
                    }
                }
            })
            .collect::<Result<_>>()?;
        for finding in findings {
            let standing = match finding {
                Finding::Standing(standing) => standing,
                Finding::OwnFolder(content) => {
                    self.way_files.extend(content.files);
                    self.way_folders.extend(content.folders);
                    Standing::Behind
                }
                Finding::Foreign(path, what) => {
                    foreign.push((path, what));
                    continue;
                }
            };
            self.standings.push(standing);
        }
        refuse(foreign, &self.target.out)
    }
}

/// Every folder that the files need, parents first.
pub(super) fn folders<'a>(paths: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut known = FxHashSet::default();
    for mut path in paths {
        while let Some((parent, _)) = path.rsplit_once('/') {
            if !known.insert(parent) {
                break;
            }
            path = parent;
        }
    }
    let mut folders: Vec<&str> = known.into_iter().collect();
    folders.par_sort_unstable();
    folders
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
    survey: &mut Survey<'a>,
    foreign: &mut Vec<(String, &'static str)>,
) -> Result<FxHashMap<&'a str, Ground>> {
    let (paths, manifest, out) = (survey.paths, &survey.manifest, &survey.target.out);
    let needed = folders(paths.iter());
    let seen: Vec<Ground> = needed
        .par_iter()
        .map(|folder| ground(manifest, out, folder))
        .collect::<Result<_>>()?;
    let mut grounds = FxHashMap::default();
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
    Standing(Standing),
    OwnFolder(OwnFolder),
    Foreign(String, &'static str),
}

/// Everything in a folder in which there is nothing foreign.
#[derive(Debug, Default)]
struct OwnFolder {
    files: Vec<String>,
    folders: Vec<String>,
}

fn look_at_file(path: &str, manifest: &Manifest, out: &Path) -> Result<Finding> {
    let Some(metadata) = look_at(&out.join(path))? else {
        return Ok(Finding::Standing(Standing::Nothing));
    };
    if metadata.is_dir() {
        let mut content = OwnFolder::default();
        return Ok(match collect_own(out, manifest, path, &mut content)? {
            None => Finding::OwnFolder(content),
            Some((foreign, what)) => Finding::Foreign(foreign, what),
        });
    }
    Ok(match metadata.is_file() {
        true => Finding::Standing(Standing::File {
            len: metadata.len(),
            own: manifest.owns(out, path),
            seen: Seen::of(&metadata),
        }),
        false => Finding::Foreign(path.to_owned(), kind(&metadata)),
    })
}

fn has_bytes(path: &Path, bytes: &[u8]) -> Result<bool> {
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
        let folders = folders(paths.into_iter());
        assert_eq!(folders, ["a", "a-b", "a/b", "a/b/c", "a/b/c/d"]);
    }
}
