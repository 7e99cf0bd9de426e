//! The folder of a new library: what is in the way there, and how the files get in without touching anything else.

use std::collections::BTreeSet;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};

use super::starter::{IfThere, StarterFile};

/// A folder that was looked at before anything is written.
#[derive(Debug)]
pub(super) struct Place {
    dir: PathBuf,
    in_the_way: BTreeSet<String>,
}

/// What was done.
#[derive(Debug, Default)]
pub(super) struct Written {
    /// Files that were made, sorted by path.
    pub(super) made: Vec<&'static str>,
    /// Files that were there and stay, each with a remark for its owner.
    pub(super) kept: Vec<(&'static str, &'static str)>,
}

impl Place {
    /// Looks for what stands where a file, or a folder above it, has to go.
    ///
    /// # Errors
    /// When `dir` is a file, or can't be looked at.
    pub(super) fn survey(dir: &Path, files: &[StarterFile]) -> Result<Self> {
        let mut place = Self {
            dir: dir.to_owned(),
            in_the_way: BTreeSet::new(),
        };
        match fs::metadata(dir) {
            Ok(metadata) if metadata.is_dir() => {}
            Ok(_) => bail!("{} is a file, not a folder", dir.display()),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                if fs::symlink_metadata(dir).is_ok() {
                    bail!("{} is a symbolic link that leads nowhere", dir.display());
                }
                return Ok(place);
            }
            Err(error) => {
                return Err(error).with_context(|| format!("cannot look at {}", dir.display()));
            }
        }
        for file in files {
            place.look_above(file.path)?;
            let there = place.kind_of(file.path)?;
            match (there, file.if_there) {
                (None, _) | (Some(Kind::File | Kind::Link), IfThere::Keep(_)) => {}
                (Some(kind), _) => place.block(file.path, kind),
            }
        }
        Ok(place)
    }

    /// What is in the way, sorted: a path and, where it isn't just a file, what it is.
    pub(super) fn in_the_way(&self) -> &BTreeSet<String> {
        &self.in_the_way
    }

    /// A symbolic link in place of a folder would lead out of the library; a file in place of one can't hold anything.
    fn look_above(&mut self, path: &str) -> Result<()> {
        for (at, _) in path.match_indices('/') {
            let folder = &path[..at];
            match self.kind_of(folder)? {
                None => return Ok(()),
                Some(Kind::Folder) => {}
                Some(kind) => {
                    self.block(folder, kind);
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    fn block(&mut self, path: &str, kind: Kind) {
        self.in_the_way.insert(match kind {
            Kind::File => path.to_owned(),
            Kind::Folder => format!("{path} (a folder)"),
            Kind::Link => format!("{path} (a symbolic link)"),
        });
    }

    /// What stands at a path, links not followed. Below something that is no folder there is nothing.
    fn kind_of(&self, path: &str) -> Result<Option<Kind>> {
        match fs::symlink_metadata(self.dir.join(path)) {
            Ok(metadata) if metadata.is_symlink() => Ok(Some(Kind::Link)),
            Ok(metadata) if metadata.is_dir() => Ok(Some(Kind::Folder)),
            Ok(_) => Ok(Some(Kind::File)),
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                Ok(None)
            }
            Err(error) => Err(error)
                .with_context(|| format!("cannot look at {}", self.dir.join(path).display())),
        }
    }

    /// Writes all files that are not there. If one can't be written, those before it are taken back.
    ///
    /// # Errors
    /// When a file or a folder can't be made; nothing is left of the attempt then.
    pub(super) fn write(&self, files: &[StarterFile]) -> Result<Written> {
        let mut attempt = Attempt::default();
        match self.write_all(files, &mut attempt) {
            Ok(written) => Ok(written),
            Err(error) => Err(match attempt.take_back() {
                Ok(()) => error.context("nothing was left behind"),
                Err(left) => error.context(format!("could not take back {}", left.display())),
            }),
        }
    }

    fn write_all(&self, files: &[StarterFile], attempt: &mut Attempt) -> Result<Written> {
        attempt.make_folder(&self.dir)?;
        let mut written = Written::default();
        for file in files {
            if let IfThere::Keep(remark) = file.if_there
                && self.kind_of(file.path)?.is_some()
            {
                written.kept.push((file.path, remark));
                continue;
            }
            let target = self.dir.join(file.path);
            let folder = target
                .parent()
                .ok_or_else(|| anyhow!("{} has no folder", target.display()))?;
            attempt.make_folder(folder)?;
            attempt.make_file(&target, &file.text)?;
            written.made.push(file.path);
        }
        Ok(written)
    }
}

/// What stands at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    File,
    Folder,
    Link,
}

/// What an attempt has made so far, in order.
#[derive(Debug, Default)]
struct Attempt {
    folders: Vec<PathBuf>,
    files: Vec<PathBuf>,
}

impl Attempt {
    /// Makes a folder and those above it that are missing.
    fn make_folder(&mut self, folder: &Path) -> Result<()> {
        if folder.as_os_str().is_empty() || folder.is_dir() {
            return Ok(());
        }
        if let Some(parent) = folder.parent() {
            self.make_folder(parent)?;
        }
        fs::create_dir(folder)
            .with_context(|| format!("cannot make the folder {}", folder.display()))?;
        self.folders.push(folder.to_owned());
        Ok(())
    }

    /// Makes a file that must not be there; a symbolic link in its place isn't followed.
    fn make_file(&mut self, path: &Path, text: &str) -> Result<()> {
        let made = fs::File::create_new(path);
        let mut file = made.with_context(|| format!("cannot make {}", path.display()))?;
        self.files.push(path.to_owned());
        file.write_all(text.as_bytes())
            .with_context(|| format!("cannot write {}", path.display()))
    }

    /// Removes what was made, the last first; a folder in which somebody has put something meanwhile can't be removed.
    fn take_back(&self) -> Result<(), PathBuf> {
        for file in self.files.iter().rev() {
            fs::remove_file(file).map_err(|_| file.clone())?;
        }
        for folder in self.folders.iter().rev() {
            fs::remove_dir(folder).map_err(|_| folder.clone())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &'static str) -> StarterFile {
        StarterFile {
            path,
            text: "text".into(),
            if_there: IfThere::Stop,
        }
    }

    #[test]
    fn an_attempt_that_fails_half_way_is_taken_back() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let dir = folder.path().join("a/library");
        let files = [file("one/first.txt"), file("two/second.txt")];
        let place = Place::survey(&dir, &files).expect("looked at");
        assert!(place.in_the_way().is_empty());
        // Somebody is quicker with the second file.
        fs::create_dir_all(dir.join("two")).expect("made");
        fs::write(dir.join("two/second.txt"), "theirs").expect("written");
        let error = format!("{:#}", place.write(&files).expect_err("refused"));
        assert!(error.contains("nothing was left behind"), "{error}");
        assert!(error.contains("second.txt"), "{error}");
        assert!(!dir.join("one").exists());
        let theirs = fs::read_to_string(dir.join("two/second.txt"));
        assert_eq!(theirs.expect("still there"), "theirs");
    }
}
