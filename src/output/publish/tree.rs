//! A whole new tree, made beside the output folder before anybody can see it.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::Path;

use anyhow::{Context, Result};
use rayon::prelude::*;

use crate::output::file_set::FileSet;

use super::Published;
use super::manifest::{MANIFEST, Manifest};
use super::survey::{Fate, folders};
use super::target::{Found, Target, look_at, remove_leftover};
use super::update::update;

/// Publishes into a place where nothing is, or an empty folder.
///
/// # Errors
/// When the parent folder can't be written, or the disk fails.
pub(super) fn publish_fresh(files: &FileSet, target: &Target, found: &Found) -> Result<Published> {
    let build = || {
        make_staging(target)?;
        fill_staging(files, &Manifest::of(files).to_json(), None, target)?;
        if matches!(found, Found::Empty) {
            keep_permissions(&target.out, &target.staging)?;
        }
        target.move_in(&target.staging)
    };
    let outcome = build();
    if outcome.is_err() {
        // The error that counts is the first one; what stays is cleared by the next build.
        let _ = remove_leftover(&target.staging);
    }
    match outcome {
        // A volume that is mounted at the folder can't be renamed over. It is filled file by file, like a site of
        // which nothing is there yet.
        Err(error) if matches!(found, Found::Empty) && is_mount_point(&error) => {
            update(files, &Manifest::default(), target)
        }
        outcome => outcome.map(|()| Published {
            written: files.files().len(),
            unchanged: 0,
            removed: 0,
        }),
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
    let parent = target.staging.parent();
    let made = parent
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::create_dir(&target.staging));
    made.with_context(|| {
        format!(
            "cannot make {}: a new site is made beside the output folder, so caseloom must be able to write there",
            target.staging.display()
        )
    })
}

/// Fills the staging folder with a site and its manifest. With fates, files that are the same in the output folder are
/// linked from there, so that they keep their time.
pub(super) fn fill_staging(
    files: &FileSet,
    manifest: &[u8],
    fates: Option<&[Fate]>,
    target: &Target,
) -> Result<()> {
    let staging = &target.staging;
    // One after the other: parents come first, and the kernel locks a folder while something is made in it.
    for folder in folders(files.files().iter().map(|file| file.path.as_str())) {
        make_folder(&staging.join(folder))?;
    }
    files
        .files()
        .par_iter()
        .enumerate()
        .try_for_each(|(at, file)| {
            let path = staging.join(&file.path);
            if fates.is_some_and(|fates| fates[at] == Fate::Same) {
                return link_or_copy(&target.out.join(&file.path), &path).map(|_| ());
            }
            write(&path, &file.bytes)
        })?;
    write(&staging.join(MANIFEST), manifest)
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
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
    use super::super::fixture::OLD_TIME;
    use super::*;

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
