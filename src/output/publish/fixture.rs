//! What the tests of publishing share.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::output::OutputFolder;
use crate::output::paths::Paths;

use super::manifest::Manifest;
use super::survey::Fate;
use super::target::Target;
use super::{Mode, Publication, Published, Result, Taken};

/// A time at which no test runs.
pub(super) const OLD_TIME: SystemTime = SystemTime::UNIX_EPOCH;

/// A site in memory.
#[derive(Debug)]
pub(super) struct Site {
    pub(super) paths: Paths,
    /// By number.
    texts: Vec<String>,
}

/// A site of paths and texts.
pub(super) fn site(files: &[(&str, &str)]) -> Site {
    let mut files = files.to_vec();
    files.sort_unstable();
    Site {
        paths: Paths::new(files.iter().map(|(path, _)| (*path).to_owned()).collect()),
        texts: files.iter().map(|(_, text)| (*text).to_owned()).collect(),
    }
}

impl Site {
    /// The bytes of the file of a number.
    pub(super) fn bytes(&self, number: usize) -> &[u8] {
        self.texts[number].as_bytes()
    }

    /// Its manifest.
    pub(super) fn manifest(&self) -> Manifest {
        let texts = self.texts.iter();
        let taken: Vec<Taken> = texts
            .map(|text| Taken::of((Fate::New, None), text.as_bytes()))
            .collect();
        Manifest::of(&self.paths, &taken)
    }
}

/// A library and an output folder for it, removed at the end.
pub(super) struct Place {
    pub(super) dir: tempfile::TempDir,
    pub(super) root: PathBuf,
    pub(super) out: PathBuf,
}

/// What is in a folder: texts of files, `/` for folders, `-> x` for symbolic links.
pub(super) type Tree = BTreeMap<String, String>;

impl Place {
    pub(super) fn new() -> Result<Self> {
        let dir = tempfile::tempdir()?;
        let root = dir.path().join("library");
        fs::create_dir_all(root.join("content"))?;
        let out = root.join("public");
        Ok(Self { dir, root, out })
    }

    pub(super) fn look(&self) -> Result<OutputFolder> {
        OutputFolder::look(&self.root, &self.out)
    }

    pub(super) fn publish(&self, site: &Site, mode: Mode) -> Result<Published> {
        self.publish_into(self.look()?, site, mode)
    }

    /// Publishes into the folder as it was when it was looked at.
    pub(super) fn publish_into(
        &self,
        folder: OutputFolder,
        site: &Site,
        mode: Mode,
    ) -> Result<Published> {
        let publication = Publication::begin(&site.paths, folder, mode, || {})?;
        let taken: Vec<Taken> = (0..site.paths.len())
            .map(|number| publication.take(number, site.bytes(number)))
            .collect::<Result<_>>()?;
        Ok(publication.finish(&taken)?.0)
    }

    pub(super) fn target(&self) -> Result<Target> {
        Target::find(&self.root, &self.out)
    }

    /// Writes a file into the output folder, as somebody else would.
    pub(super) fn write(&self, path: &str, text: &str) -> Result<()> {
        let path = self.out.join(path);
        fs::create_dir_all(path.parent().unwrap_or(&path))?;
        Ok(fs::write(path, text)?)
    }

    pub(super) fn make_old(&self, path: &str) -> Result<()> {
        let file = File::options().write(true).open(self.out.join(path))?;
        Ok(file.set_modified(OLD_TIME)?)
    }

    pub(super) fn is_old(&self, path: &str) -> Result<bool> {
        Ok(fs::metadata(self.out.join(path))?.modified()? == OLD_TIME)
    }

    /// Everything in the output folder, with the manifest.
    pub(super) fn tree(&self) -> Result<Tree> {
        let mut tree = Tree::new();
        read_tree(&self.out, "", &mut tree)?;
        Ok(tree)
    }

    /// The names beside the output folder.
    pub(super) fn beside(&self) -> Result<Vec<String>> {
        let mut tree = Vec::new();
        for entry in fs::read_dir(&self.root)? {
            tree.push(entry?.file_name().display().to_string());
        }
        tree.sort();
        Ok(tree)
    }
}

fn read_tree(folder: &Path, above: &str, tree: &mut Tree) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let (entry, mut path) = (entry?, above.to_owned());
        path.push_str(&entry.file_name().display().to_string());
        let kind = entry.file_type()?;
        if kind.is_symlink() {
            let link = fs::read_link(entry.path())?;
            tree.insert(path, format!("-> {}", link.display()));
        } else if kind.is_dir() {
            read_tree(&entry.path(), &format!("{path}/"), tree)?;
            tree.insert(path, "/".to_owned());
        } else {
            tree.insert(path, fs::read_to_string(entry.path())?);
        }
    }
    Ok(())
}

/// What a first publication makes, and foreign files beside it.
pub(super) fn fresh_tree(files: &Site, foreign: &[(&str, &str)]) -> Result<Tree> {
    let place = Place::new()?;
    place.publish(files, Mode::Update)?;
    for (path, text) in foreign {
        place.write(path, text)?;
    }
    place.tree()
}
