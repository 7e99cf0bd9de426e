//! A whole new tree, made beside the output folder before anybody can see it.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::Path;

use anyhow::{Context, Result};
use rayon::prelude::*;

use crate::output::paths::Paths;

use super::manifest::{MANIFEST, Manifest};
use super::survey::Fate;
use super::target::{Target, look_at};
use super::update::Update;
use super::{Published, Taken};

/// A site that is made where nothing is, or in an empty folder.
#[derive(Debug)]
pub(super) struct Fresh<'p> {
    paths: &'p Paths,
    target: Target,
    /// Whether there is an empty folder.
    is_empty: bool,
}

impl<'p> Fresh<'p> {
    /// Makes the folder for the tree.
    ///
    /// # Errors
    /// When the parent folder can't be written, or the disk fails.
    pub(super) fn begin(paths: &'p Paths, target: Target, is_empty: bool) -> Result<Self> {
        make_staging(&target)?;
        Ok(Self {
            paths,
            target,
            is_empty,
        })
    }

    /// Writes the file of a number.
    ///
    /// # Errors
    /// When the disk fails.
    pub(super) fn take(&self, number: usize, bytes: &[u8]) -> Result<Fate> {
        let path = self.target.staging.join(self.paths.get(number));
        put(&path, bytes).map(|()| Fate::New)
    }

    /// Puts the tree in its place.
    ///
    /// # Errors
    /// When the disk fails.
    pub(super) fn finish(self, taken: &[Taken], listed: &Manifest) -> Result<Published> {
        let target = &self.target;
        write(&target.staging.join(MANIFEST), listed.json())?;
        if self.is_empty {
            keep_permissions(&target.out, &target.staging)?;
        }
        match target.move_in(&target.staging) {
            Err(error) if self.is_empty && is_mount_point(&error) => self.fill_in(listed),
            moved => moved.map(|()| Published::of(taken)),
        }
    }

    /// A volume that is mounted at the folder can't be renamed over. It is filled file by file, like a site of which
    /// nothing is there yet.
    fn fill_in(self, listed: &Manifest) -> Result<Published> {
        let update = Update::begin(self.paths, Manifest::default(), self.target.clone())?;
        let numbers = (0..self.paths.len()).into_par_iter();
        let taken: Vec<Taken> = numbers
            .map(|number| {
                let path = self.target.staging.join(self.paths.get(number));
                let bytes =
                    fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
                Ok(Taken::of(update.take(number, &bytes)?, &bytes))
            })
            .collect::<Result<_>>()?;
        update.finish(&taken, listed)
    }
}

fn is_mount_point(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| {
        matches!(
            error.kind(),
            ErrorKind::CrossesDevices | ErrorKind::ResourceBusy
        )
    })
}

/// Makes the staging folder, and the folders above it if they don't exist.
pub(super) fn make_staging(target: &Target) -> Result<()> {
    let staging = &target.staging;
    let parent = staging.parent();
    let made = parent
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::create_dir(staging));
    made.with_context(|| {
        format!(
            "cannot make {}: a new site is made beside the output folder, so caseloom must be able to write there",
            staging.display()
        )
    })
}

/// Writes a file of a staged tree.
pub(super) fn put(path: &Path, bytes: &[u8]) -> Result<()> {
    make_folder_of(path)?;
    write(path, bytes)
}

/// Makes the folder of a file in a staged tree, and those above it. Whoever has a file makes its folder: while one thread made
/// thousands, the others would have nothing to do.
pub(super) fn make_folder_of(file: &Path) -> Result<()> {
    let Some(folder) = file.parent() else {
        return Ok(());
    };
    let made = match fs::create_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => fs::create_dir_all(folder),
        // If it is no folder, the file can't be made, and says so.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        made => made,
    };
    made.with_context(|| format!("cannot make the folder {}", folder.display()))
}

pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

/// Makes a folder whose parent exists. It may be there already, under another spelling on a file system that ignores
/// case.
pub(super) fn make_folder(path: &Path) -> Result<()> {
    match fs::create_dir(path) {
        Err(error)
            if error.kind() == ErrorKind::AlreadyExists
                && look_at(path)?.is_some_and(|metadata| metadata.is_dir()) =>
        {
            Ok(())
        }
        made => made.with_context(|| format!("cannot make the folder {}", path.display())),
    }
}

/// Makes a second name for a file or, where that is not possible, a copy with the same time, which is the answer.
pub(super) fn link_or_copy(from: &Path, to: &Path) -> Result<Option<File>> {
    let Err(refused) = fs::hard_link(from, to) else {
        return Ok(None);
    };
    let fail = || format!("cannot copy {} to {}", from.display(), to.display());
    // To read a pipe or a device for a copy could take for ever.
    match look_at(from)? {
        Some(metadata) if metadata.is_file() => copy(from, to).map(Some).with_context(fail),
        _ => Err(refused).with_context(fail),
    }
}

fn copy(from: &Path, to: &Path) -> io::Result<File> {
    let mut original = File::open(from)?;
    let metadata = original.metadata()?;
    let mut copy = File::create_new(to)?;
    // First: what only its owner may read is never open to others.
    copy.set_permissions(metadata.permissions())?;
    io::copy(&mut original, &mut copy)?;
    copy.set_modified(metadata.modified()?)?;
    Ok(copy)
}

/// Gives a folder the permissions of another.
pub(super) fn keep_permissions(from: &Path, to: &Path) -> Result<()> {
    let keep = || fs::set_permissions(to, fs::metadata(from)?.permissions());
    keep().with_context(|| format!("cannot set the permissions of {}", to.display()))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{OLD_TIME, Place, fresh_tree, site};
    use super::super::manifest::MANIFEST;
    use super::*;

    #[test]
    fn where_a_volume_is_mounted_the_tree_is_carried_over_file_by_file() -> Result<()> {
        let site = site(&[("index.html", "home"), ("a/b/index.html", "b")]);
        let place = Place::new()?;
        fs::create_dir(&place.out)?;
        let fresh = Fresh::begin(&site.paths, place.target()?, true)?;
        for number in 0..site.paths.len() {
            fresh.take(number, site.bytes(number))?;
        }
        let published = fresh.fill_in(&site.manifest())?;
        assert_eq!((published.written, published.unchanged), (2, 0));
        assert!(place.out.join(MANIFEST).is_file());
        assert_eq!(place.tree()?, fresh_tree(&site, &[])?);
        Ok(())
    }

    #[test]
    fn a_copy_keeps_time_and_permissions() -> Result<()> {
        let dir = tempfile::tempdir()?;
        let (from, to) = (dir.path().join("from"), dir.path().join("to"));
        fs::write(&from, "text")?;
        File::options()
            .write(true)
            .open(&from)?
            .set_modified(OLD_TIME)?;
        let mut permissions = fs::metadata(&from)?.permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&from, permissions.clone())?;
        copy(&from, &to)?;
        assert_eq!(fs::read(&to)?, b"text");
        assert_eq!(fs::metadata(&to)?.modified()?, OLD_TIME);
        assert_eq!(fs::metadata(&to)?.permissions(), permissions);
        assert!(copy(&from, &to).is_err(), "a copy never replaces");
        Ok(())
    }
}
