//! The library as it was, in a folder of its own.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Component, Path};
use std::process::Stdio;

use anyhow::{Context, Result, anyhow, bail};
use walkdir::{DirEntry, WalkDir};

use super::git::not_started;
use super::{Changes, READ};

/// Copies what is unchanged, takes the rest from git, and makes symbolic links last: nothing is written through them.
pub(super) fn restore(changes: &Changes, folder: &Path) -> Result<()> {
    let mut links = Vec::new();
    for name in READ {
        let walk = WalkDir::new(changes.root.join(name)).into_iter();
        // What can't be read here is reported by the check of the library itself.
        let entries = walk.filter_entry(is_shown).filter_map(Result::ok);
        for entry in entries {
            let Ok(path) = entry.path().strip_prefix(&changes.root) else {
                continue;
            };
            if changes.contains(&slashed(path)) {
                continue;
            }
            let place = folder.join(path);
            if entry.path_is_symlink() {
                links.push((entry.into_path(), place));
            } else if entry.file_type().is_file() {
                make_parent(&place)?;
                let _ = fs::copy(entry.path(), place);
            }
        }
    }
    take_from_git(changes, folder)?;
    for (link, place) in links {
        make_parent(&place)?;
        copy_link(&link, &place)
            .with_context(|| format!("cannot copy the link {}", link.display()))?;
    }
    Ok(())
}

fn is_shown(entry: &DirEntry) -> bool {
    entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.')
}

/// Writes the changed files as git stored them, in one run of git.
fn take_from_git(changes: &Changes, folder: &Path) -> Result<()> {
    let wanted: Vec<(&str, &str)> = changes
        .files
        .iter()
        .filter_map(|(path, object)| Some((path.as_ref(), object.as_deref()?)))
        .filter(|(path, _)| stays_inside(path))
        .collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let mut git = changes
        .git
        .command(&["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(not_started)?;
    let (Some(mut questions), Some(answers)) = (git.stdin.take(), git.stdout.take()) else {
        bail!("git could not be started");
    };
    let mut answers = BufReader::new(answers);
    let result = std::thread::scope(|scope| {
        let asking = &wanted;
        // Asked beside the reading: both pipes have an end.
        scope.spawn(move || {
            for (_, object) in asking {
                if writeln!(questions, "{object}").is_err() {
                    break;
                }
            }
        });
        let written = wanted
            .iter()
            .try_for_each(|(path, _)| take_one(&mut answers, &folder.join(path)));
        // Without a reader git ends, and with it the asking.
        drop(answers);
        written
    });
    let ended = git.wait();
    result?;
    ended.context("git cat-file failed")?;
    Ok(())
}

/// Reads one answer, `<object> <type> <size>`, the bytes and a line end, into a file.
fn take_one(answers: &mut BufReader<impl Read>, place: &Path) -> Result<()> {
    let mut head = String::new();
    answers.read_line(&mut head)?;
    let size: u64 = head
        .trim_end()
        .rsplit_once(' ')
        .and_then(|(_, size)| size.parse().ok())
        .ok_or_else(|| anyhow!("git lacks a file of the revision"))?;
    make_parent(place)?;
    let mut file =
        File::create(place).with_context(|| format!("cannot write {}", place.display()))?;
    let copied = io::copy(&mut answers.by_ref().take(size), &mut file)?;
    answers.read_exact(&mut [0])?;
    if copied != size {
        bail!("git stopped in the middle of a file");
    }
    Ok(())
}

/// Whether a path of a repository, which others may have made, leads nowhere but into the folder.
fn stays_inside(path: &str) -> bool {
    let mut parts = Path::new(path).components();
    parts.all(|part| matches!(part, Component::Normal(_)))
}

fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

fn make_parent(place: &Path) -> Result<()> {
    if let Some(parent) = place.parent() {
        fs::create_dir_all(parent)
            .with_context(|| format!("cannot make the folder {}", parent.display()))?;
    }
    Ok(())
}

#[cfg(unix)]
fn copy_link(link: &Path, place: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(fs::read_link(link)?, place)
}

/// Links are rare and need a privilege here; what they lead to is read in its own place.
#[cfg(not(unix))]
fn copy_link(_: &Path, _: &Path) -> io::Result<()> {
    Ok(())
}
