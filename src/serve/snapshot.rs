//! One state of the site, whose pages are made when somebody asks for them.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use anyhow::{Result, anyhow};
use axum::body::Bytes;
use rustc_hash::FxHashMap;

use super::live::Desk;
use super::prints::Prints;
use crate::output::OutputFile;
use crate::pipeline::Project;

/// The page of a folder.
const INDEX: &str = "index.html";
/// The page for addresses that don't exist.
const NOT_FOUND: &str = "404.html";

/// A checked library with the files that were asked for so far.
///
/// Making a file is a pure function of the library, so it does not matter when it is made, nor how often.
#[derive(Debug)]
pub(super) struct Snapshot {
    pub(super) project: Project,
    /// The addresses of its stylesheets.
    pub(super) stylesheets: Vec<String>,
    /// Where its files are.
    pub(super) desk: Desk,
    /// The place of every path in the plan.
    places: FxHashMap<String, usize>,
    /// By place. An error of a template is kept as its message.
    made: Mutex<FxHashMap<usize, Result<File, String>>>,
    /// The files of the search index by path, once it is made.
    index: OnceLock<Arc<[OutputFile]>>,
    /// That of the site before, until this one has its own.
    index_before: Arc<[OutputFile]>,
    /// Whether all its files could be made, and their links lead somewhere.
    proved: AtomicBool,
}

/// A file of the site.
#[derive(Debug, Clone)]
pub(super) struct File {
    pub(super) bytes: Bytes,
    /// By what browsers tell whether theirs is the same.
    pub(super) prints: Prints,
}

/// What stands at an address of the site.
#[derive(Debug)]
pub(super) enum Found {
    /// A file, with its path in the site.
    File(String, File),
    /// A page, to whose address a slash is missing.
    Folder,
    /// Nothing.
    Nothing,
}

impl Snapshot {
    pub(super) fn new(project: Project, desk: Desk, earlier: Option<&Self>) -> Self {
        let paths = project.renderer().plan.paths();
        Self {
            places: paths.map(str::to_owned).zip(0..).collect(),
            stylesheets: project.stylesheets().map(str::to_owned).collect(),
            project,
            desk,
            made: Mutex::default(),
            index: OnceLock::new(),
            index_before: earlier
                .map_or_else(|| Arc::from([]), |earlier| Arc::clone(earlier.index())),
            proved: AtomicBool::new(false),
        }
    }

    /// Notes that all its files could be made, and their links lead somewhere.
    pub(super) fn set_proved(&self) {
        self.proved.store(true, Ordering::Relaxed);
    }

    /// Whether that was noted.
    pub(super) fn is_proved(&self) -> bool {
        self.proved.load(Ordering::Relaxed)
    }

    /// What stands at an address, which is relative to the site and percent-decoded.
    ///
    /// # Errors
    /// When a template fails: with its place.
    pub(super) fn find(&self, address: &str) -> Result<Found> {
        let path = match address {
            "" => INDEX.to_owned(),
            folder if folder.ends_with('/') => format!("{folder}{INDEX}"),
            file => file.to_owned(),
        };
        if let Some(file) = self.file(&path)? {
            return Ok(Found::File(path, file));
        }
        let is_folder = self.places.contains_key(&format!("{path}/{INDEX}"));
        Ok(if is_folder {
            Found::Folder
        } else {
            Found::Nothing
        })
    }

    /// The page for addresses that don't exist.
    ///
    /// # Errors
    /// When its template fails.
    pub(super) fn not_found(&self) -> Result<File> {
        self.file(NOT_FOUND)?
            .ok_or_else(|| anyhow!("the site has no {NOT_FOUND}"))
    }

    /// The file at a path of the site.
    ///
    /// # Errors
    /// When a template fails: with its place.
    fn file(&self, path: &str) -> Result<Option<File>> {
        let Some(&place) = self.places.get(path) else {
            let index = self.index();
            let found = index.binary_search_by(|file| file.path.as_str().cmp(path));
            return Ok(found
                .ok()
                .map(|at| self.as_file(path, index[at].bytes.clone())));
        };
        if let Some(made) = self.made().get(&place) {
            return made.clone().map(Some).map_err(|error| anyhow!("{error}"));
        }
        // Two that ask at the same time make it twice; neither waits for what others make.
        let made = self.project.renderer().one(place);
        let made = made.map(|bytes| self.as_file(path, bytes));
        let kept = made
            .as_ref()
            .map(File::clone)
            .map_err(|error| format!("{error:#}"));
        self.made().insert(place, kept);
        made.map(Some)
    }

    fn as_file(&self, path: &str, bytes: Vec<u8>) -> File {
        File {
            prints: if path.ends_with(".html") {
                Prints::of_page(&bytes, &self.stylesheets)
            } else {
                Prints::of(&bytes)
            },
            bytes: bytes.into(),
        }
    }

    fn made(&self) -> std::sync::MutexGuard<'_, FxHashMap<usize, Result<File, String>>> {
        // Nothing panics while it holds the lock but for want of memory.
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The search index, or that of the site before as long as there is none.
    pub(super) fn index(&self) -> &Arc<[OutputFile]> {
        self.index.get().unwrap_or(&self.index_before)
    }

    /// Takes in the search index, of which the pages don't wait. A second time changes nothing, as the same snapshot gives the
    /// same index.
    pub(super) fn take_index(&self, mut index: Vec<OutputFile>) {
        index.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        let _ = self.index.set(index.into());
    }

    /// Whether there is a page at an address that ends with a slash.
    pub(super) fn has(&self, address: &str) -> bool {
        self.places.contains_key(&format!("{address}{INDEX}"))
    }

    /// How many pages there are.
    pub(super) fn page_count(&self) -> usize {
        let paths = self.places.keys();
        paths.filter(|path| path.ends_with(".html")).count()
    }

    /// The addresses of all pages, as readers see them.
    pub(super) fn addresses(&self) -> impl Iterator<Item = &str> {
        let paths = self.project.renderer().plan.paths();
        paths.filter_map(|path| path.strip_suffix(INDEX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config;
    use crate::pipeline::{self, Options};
    use std::path::Path;

    fn snapshot(earlier: Option<&Snapshot>) -> Snapshot {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/library");
        let options = Options {
            base_url: None,
            drafts: false,
            search: true,
            today: pipeline::today(),
            root,
        };
        let project = pipeline::load(&options, &mut |_| {}).expect("the fixture is a library");
        let desk = Desk::new(
            &options.root,
            &config::Build::default(),
            &config::Serve::default(),
        );
        Snapshot::new(project, desk, earlier)
    }

    fn index(text: &str) -> Vec<OutputFile> {
        vec![OutputFile {
            path: "search/words.json".to_owned(),
            bytes: text.into(),
        }]
    }

    fn bytes(snapshot: &Snapshot, address: &str) -> Option<Bytes> {
        match snapshot.find(address).expect("no template fails") {
            Found::File(_, file) => Some(file.bytes),
            Found::Folder | Found::Nothing => None,
        }
    }

    #[test]
    fn a_page_is_made_when_it_is_asked_for_and_then_kept() {
        let snapshot = snapshot(None);
        let first = bytes(&snapshot, "studies/five-minute-study/").expect("a page");
        let again = bytes(&snapshot, "studies/five-minute-study/index.html").expect("a page");
        assert_eq!(first.as_ptr(), again.as_ptr());
        assert_eq!(snapshot.made().len(), 1);
        assert!(matches!(snapshot.find("studies"), Ok(Found::Folder)));
        assert!(matches!(snapshot.find("studies/no"), Ok(Found::Nothing)));
    }

    #[test]
    fn an_index_is_served_until_the_next_site_has_its_own() {
        let first = snapshot(None);
        assert_eq!(bytes(&first, "search/words.json"), None);
        first.take_index(index("1"));
        assert_eq!(
            bytes(&first, "search/words.json").as_deref(),
            Some(&b"1"[..])
        );
        let second = snapshot(Some(&first));
        assert_eq!(
            bytes(&second, "search/words.json").as_deref(),
            Some(&b"1"[..])
        );
        second.take_index(index("2"));
        assert_eq!(
            bytes(&second, "search/words.json").as_deref(),
            Some(&b"2"[..])
        );
    }
}
