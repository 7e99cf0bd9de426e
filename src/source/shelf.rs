//! Text files that were read before, for a process that reads a library again and again.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::file::{Entry, Kind, SourceFile};
use super::stamp::Seen;
use crate::diagnostics::Diagnostic;

/// The files of the last reading.
#[derive(Debug, Default)]
pub struct Shelf {
    files: FxHashMap<Arc<str>, Kept>,
    max_bytes: u64,
}

#[derive(Debug, Clone)]
struct Kept {
    seen: Seen,
    file: Arc<SourceFile>,
    diagnostics: Vec<Diagnostic>,
}

impl Shelf {
    /// The text files among these entries, in their order; only those are read that are not what they were.
    pub fn read(
        &mut self,
        entries: &[Entry],
        max_bytes: u64,
    ) -> (Vec<Arc<SourceFile>>, Vec<Diagnostic>) {
        if max_bytes != self.max_bytes {
            self.files.clear();
            self.max_bytes = max_bytes;
        }
        let files: Vec<Kept> = entries
            .par_iter()
            .filter(|entry| entry.kind != Kind::Asset)
            .map(|entry| {
                let seen = Seen::at(&entry.absolute);
                match self.files.get(&entry.path) {
                    Some(kept) if seen.is_same_as(&kept.seen) => kept.clone(),
                    _ => {
                        let (file, diagnostics) = SourceFile::read(entry, max_bytes);
                        Kept {
                            seen,
                            file: Arc::new(file),
                            diagnostics,
                        }
                    }
                }
            })
            .collect();
        self.files = files
            .iter()
            .map(|kept| (kept.file.path.clone(), kept.clone()))
            .collect();
        let (files, diagnostics): (Vec<_>, Vec<_>) = files
            .into_iter()
            .map(|kept| (kept.file, kept.diagnostics))
            .unzip();
        (files, diagnostics.into_iter().flatten().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::discover;
    use std::fs::{self, File};
    use std::path::Path;
    use std::time::{Duration, SystemTime};

    fn write_long_ago(path: &Path, text: &str) {
        fs::write(path, text).expect("written");
        let file = File::options().write(true).open(path).expect("opened");
        let long_ago = SystemTime::now() - Duration::from_secs(60);
        file.set_modified(long_ago).expect("the time can be set");
    }

    #[test]
    fn only_what_may_have_changed_is_read() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let studies = folder.path().join("content/studies");
        fs::create_dir_all(&studies).expect("created");
        for name in ["a.md", "b.md"] {
            write_long_ago(&studies.join(name), "text");
        }
        let mut shelf = Shelf::default();
        let mut read = |max_bytes| {
            let (entries, _) = discover(folder.path()).expect("listed");
            shelf.read(&entries, max_bytes)
        };
        let (first, _) = read(100);
        fs::write(studies.join("b.md"), "TEXT").expect("written");
        fs::write(studies.join("c.md"), "new").expect("written");
        let (second, found) = read(100);
        assert!(Arc::ptr_eq(&first[0], &second[0]));
        let texts: Vec<&str> = second.iter().map(|file| file.text.as_str()).collect();
        assert_eq!(texts, ["text", "TEXT", "new"]);
        assert!(found.is_empty(), "{found:?}");
        let (_, found) = read(3);
        assert_eq!(
            found.len(),
            2,
            "a lower limit holds for files that were read before: {found:?}"
        );
    }
}
