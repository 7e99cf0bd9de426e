//! Changes that are found by looking at all files again and again, for file systems that tell of none.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::{Duration, SystemTime};

use walkdir::WalkDir;

use super::pulse::Pulse;
use super::watch::{FOLDERS, Word};
use crate::config::FILE_NAME;
use crate::source::is_passed_over;

/// Between two looks with `--poll`.
const PAUSE: Duration = Duration::from_millis(300);
/// Between two looks while it is not known whether the system tells of changes.
const DOUBT: Duration = Duration::from_secs(2);
/// How long the system may take to tell.
const GRACE: Duration = Duration::from_millis(500);

/// Length and time of every file that the site can be made of.
#[derive(Debug, PartialEq, Eq)]
struct Look(BTreeMap<PathBuf, (u64, Option<SystemTime>)>);

impl Look {
    fn at(root: &Path) -> Self {
        let folders = FOLDERS.map(|folder| root.join(folder));
        let inside = folders.iter().flat_map(|folder| {
            WalkDir::new(folder)
                .into_iter()
                .filter_entry(|entry| {
                    entry.depth() == 0 || !is_passed_over(&entry.file_name().to_string_lossy())
                })
                // What can't be read the rebuild will tell.
                .filter_map(Result::ok)
                .filter(|entry| !entry.file_type().is_dir())
                .map(walkdir::DirEntry::into_path)
        });
        let files = inside.chain([root.join(FILE_NAME)]).filter_map(|path| {
            let metadata = std::fs::metadata(&path).ok()?;
            Some((path, (metadata.len(), metadata.modified().ok())))
        });
        Self(files.collect())
    }

    /// The files that are other, new or gone since an earlier look.
    fn since(&self, earlier: &Self) -> Vec<PathBuf> {
        let other = self
            .0
            .iter()
            .filter(|(path, stamp)| earlier.0.get(*path) != Some(stamp));
        let gone = earlier
            .0
            .iter()
            .filter(|(path, _)| !self.0.contains_key(*path));
        other.chain(gone).map(|(path, _)| path.clone()).collect()
    }
}

/// Looks for as long as somebody listens.
pub(super) fn start(root: &Path, sender: Sender<Word>, pulse: Arc<Pulse>) {
    let root = root.to_owned();
    let mut known = Look::at(&root);
    thread::spawn(move || {
        loop {
            thread::sleep(PAUSE);
            let look = Look::at(&root);
            let changed = look.since(&known);
            known = look;
            if !changed.is_empty() {
                pulse.beat();
                if sender.send(Word::Changed(changed)).is_err() {
                    return;
                }
            }
        }
    });
}

/// Looks until the system has told of a change for the first time: then it can be trusted.
pub(super) fn start_doubting(root: &Path, sender: Sender<Word>, pulse: Arc<Pulse>) {
    let root = root.to_owned();
    thread::spawn(move || {
        let mut known = Look::at(&root);
        let mut untold = pulse.beats();
        while !pulse.changes_within(DOUBT, untold) {
            let look = Look::at(&root);
            let changed = look.since(&known);
            known = look;
            if changed.is_empty() || pulse.changes_within(GRACE, untold) {
                continue;
            }
            pulse.beat();
            untold += 1;
            if sender.send(Word::Untold(changed)).is_err() {
                return;
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_changed_and_vanished_files_are_found() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path();
        std::fs::create_dir_all(root.join("content/studies")).expect("created");
        let write =
            |name: &str, text: &str| std::fs::write(root.join(name), text).expect("written");
        write("content/studies/a.md", "a");
        write("content/studies/b.md", "b");
        write("site-config.toml", "title = 'L'");
        let first = Look::at(root);
        assert_eq!(Look::at(root), first);
        write("content/studies/a.md", "aa");
        write("content/studies/c.md", "c");
        write("content/studies/.c.md.swp", "c");
        std::fs::remove_file(root.join("content/studies/b.md")).expect("removed");
        let mut changed = Look::at(root).since(&first);
        changed.sort();
        let expected = ["a.md", "b.md", "c.md"].map(|name| root.join("content/studies").join(name));
        assert_eq!(changed, expected);
    }
}
