//! What an update does on the disk, one act at a time.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context, Result};
use rayon::prelude::*;

use super::target::{TEMP, look_at, remove_leftover, same_file};
use super::tree::{make_folder, write};

/// One act on the disk. Paths are relative to the output folder; files in the temporary folder have numbers.
#[derive(Debug)]
pub(super) enum Step<'a> {
    /// Make the temporary folder.
    MakeTemp,
    /// Remove the temporary folder.
    DropTemp,
    /// Write a file in the temporary folder.
    Stage { number: usize, bytes: Vec<u8> },
    /// Rename a file of the temporary folder to its place, over what is there.
    Place { number: usize, path: &'a str },
    /// Make a folder whose parent exists.
    MakeFolder { path: &'a str },
    /// Remove an own file, if it is there, is a plain file, no part of its path is a symbolic link, and `twin` (a path
    /// of the new site that differs by case alone) is not the same file.
    RemoveFile {
        path: &'a str,
        twin: Option<&'a str>,
    },
    /// Remove a folder if nothing is in it.
    RemoveFolder { path: &'a str },
}

/// Steps that don't depend on each other.
pub(super) type Phase<'a> = Vec<Step<'a>>;

/// Runs phases; the answer is how many files were removed.
pub(super) fn run(out: &Path, phases: &[Phase]) -> Result<usize> {
    let mut removed = 0;
    for phase in phases {
        removed += phase
            .par_iter()
            .map(|step| step.run(out))
            .try_reduce(|| 0, |a, b| Ok(a + b))?;
    }
    Ok(removed)
}

impl Step<'_> {
    /// Does it; the answer is how many files were removed.
    pub(super) fn run(&self, out: &Path) -> Result<usize> {
        let temp = out.join(TEMP);
        match self {
            Self::MakeTemp => make_folder(&temp)?,
            Self::DropTemp => remove_leftover(&temp)?,
            Self::Stage { number, bytes } => write(&temp.join(number.to_string()), bytes)?,
            Self::Place { number, path } => {
                let path = out.join(path);
                fs::rename(temp.join(number.to_string()), &path)
                    .with_context(|| format!("cannot put {} in its place", path.display()))?;
            }
            Self::MakeFolder { path } => make_folder(&out.join(path))?,
            Self::RemoveFile { path, twin } => return remove_own_file(out, path, *twin),
            Self::RemoveFolder { path } => remove_own_folder(out, path)?,
        }
        Ok(0)
    }
}

fn remove_own_file(out: &Path, path: &str, twin: Option<&str>) -> Result<usize> {
    let absolute = out.join(path);
    let is_file = is_reached_by_folders(out, path)?
        && look_at(&absolute)?.is_some_and(|metadata| metadata.is_file());
    if !is_file || twin.is_some_and(|twin| same_file(&absolute, &out.join(twin))) {
        return Ok(0);
    }
    fs::remove_file(&absolute).with_context(|| format!("cannot remove {}", absolute.display()))?;
    Ok(1)
}

fn remove_own_folder(out: &Path, path: &str) -> Result<()> {
    let absolute = out.join(path);
    let is_folder = is_reached_by_folders(out, path)?
        && look_at(&absolute)?.is_some_and(|metadata| metadata.is_dir());
    if !is_folder {
        return Ok(());
    }
    match fs::remove_dir(&absolute) {
        // Some systems say "already exists" for a folder that is not empty.
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::DirectoryNotEmpty | ErrorKind::AlreadyExists
            ) =>
        {
            Ok(())
        }
        other => other.with_context(|| format!("cannot remove {}", absolute.display())),
    }
}

/// Whether each part of the path but the last is a folder itself, not a symbolic link to one.
fn is_reached_by_folders(out: &Path, path: &str) -> Result<bool> {
    for (end, _) in path.match_indices('/') {
        if !look_at(&out.join(&path[..end]))?.is_some_and(|metadata| metadata.is_dir()) {
            return Ok(false);
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::super::Mode;
    use super::super::fixture::{Place, site};
    use super::*;

    type Test = Result<()>;

    #[cfg(unix)]
    #[test]
    fn a_file_that_differs_in_case_alone_is_not_removed_if_it_is_the_same_file() -> Test {
        // A second name for a file stands for a file system that ignores case.
        let place = Place::new()?;
        place.publish(&site(&[("Page.html", "old")]), Mode::Update)?;
        fs::hard_link(place.out.join("Page.html"), place.out.join("page.html"))?;
        let manifest = site(&[("Page.html", "old")]).manifest();
        assert!(
            manifest.owns(&place.out, "page.html"),
            "so it may be replaced"
        );
        assert_eq!(
            remove_own_file(&place.out, "Page.html", Some("page.html"))?,
            0
        );
        assert!(place.out.join("Page.html").exists());
        fs::remove_file(place.out.join("page.html"))?;
        place.write("page.html", "another file")?;
        assert!(!manifest.owns(&place.out, "page.html"));
        assert_eq!(
            remove_own_file(&place.out, "Page.html", Some("page.html"))?,
            1
        );
        Ok(())
    }
}
