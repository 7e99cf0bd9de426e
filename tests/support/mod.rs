//! Stories about a library on disk: copy it, build it with the real binary, change a file, build again.
//!
//! ```ignore
//! let library = Library::fixture();
//! library.build().succeeds();
//! library.replace("content/studies/five-minute-study.md", "shared-office", "sharde-office");
//! library.build().fails_with(1).says("there is no factor `sharde-office`");
//! ```
#![allow(dead_code, reason = "each test binary uses a part of it")]

pub(crate) mod html;
mod outcome;
pub(crate) mod xml;

pub(crate) use outcome::Outcome;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::{Duration, SystemTime};

use assert_cmd::Command;
use tempfile::TempDir;
use walkdir::WalkDir;

/// The site of a library, by path with `/`: the bytes of every file.
pub(crate) type Tree = BTreeMap<String, Vec<u8>>;

/// The five-minute study of the fixture: short enough to be written anew in a story.
pub(crate) const SHORT: &str = "content/studies/five-minute-study.md";

/// The study of the fixture that uses every key.
pub(crate) const FULL: &str = "content/studies/valley/one-open-plan-office.md";

/// A study with only the required keys and the body that is given.
pub(crate) fn study_with_body(body: &str) -> String {
    format!(
        "---\ntitle: A study\nsummary: A summary.\nics: national\nlevel: national\npublished: 2024-05-07\n\
         enablers: [shared-office]\n---\n{body}"
    )
}

/// A study with the required keys and further lines of front matter.
pub(crate) fn study_with_keys(keys: &str) -> String {
    format!(
        "---\ntitle: A study\nsummary: A summary.\nics: national\nlevel: national\npublished: 2024-05-07\n\
         enablers: [shared-office]\n{keys}---\n"
    )
}

/// A library in a temporary folder of its own, with room beside it.
pub(crate) struct Library {
    folder: Rc<TempDir>,
    environment: Vec<(String, String)>,
}

impl Library {
    /// A copy of `tests/fixtures/library`.
    pub(crate) fn fixture() -> Self {
        Self::copied(false)
    }

    /// The same, its files and folders made in the reverse order.
    pub(crate) fn fixture_in_reverse() -> Self {
        Self::copied(true)
    }

    fn copied(backwards: bool) -> Self {
        let library = Self::empty();
        let source = fixture();
        let mut files: Vec<PathBuf> = WalkDir::new(&source)
            .sort_by_file_name()
            .into_iter()
            .map(|entry| entry.expect("the fixture can be read"))
            .filter(|entry| entry.file_type().is_file())
            .map(walkdir::DirEntry::into_path)
            .collect();
        if backwards {
            files.reverse();
        }
        for file in files {
            let path = file.strip_prefix(&source).expect("a file of the fixture");
            let bytes = fs::read(&file).expect("the fixture can be read");
            write_file(&library.root().join(path), &bytes);
        }
        library
    }

    /// A folder with nothing in it.
    pub(crate) fn empty() -> Self {
        let folder = tempfile::Builder::new()
            .prefix("caseloom-test-")
            .tempdir()
            .expect("a temporary folder");
        fs::create_dir(folder.path().join("library")).expect("a new folder");
        Self {
            folder: Rc::new(folder),
            environment: Vec::new(),
        }
    }

    /// The root of the library.
    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().join("library")
    }

    /// A place beside the library.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A place in the library.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    /// Sets a variable of the environment for the builds to come.
    pub(crate) fn env(&mut self, name: &str, value: &str) -> &mut Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Writes a file, making its folders.
    pub(crate) fn write(&self, path: &str, text: &str) -> &Self {
        self.write_bytes(path, text.as_bytes())
    }

    /// Writes a file that need not be text.
    pub(crate) fn write_bytes(&self, path: &str, bytes: &[u8]) -> &Self {
        write_file(&self.path(path), bytes);
        self
    }

    /// The text of a file.
    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Replaces every occurrence of a text, of which there must be one at least.
    pub(crate) fn replace(&self, path: &str, from: &str, to: &str) -> &Self {
        let text = self.read(path);
        assert!(text.contains(from), "{path} holds no {from:?}");
        self.write(path, &text.replace(from, to))
    }

    /// Where caches are kept, for all builds of this library.
    fn caches(&self) -> PathBuf {
        match cfg!(target_os = "macos") {
            true => self.beside("home/Library/Caches"),
            false => self.beside("cache"),
        }
    }

    /// The variables that say so, on the systems that there are.
    fn cache_variables(&self) -> [(&'static str, PathBuf); 3] {
        [
            ("XDG_CACHE_HOME", self.caches()),
            ("LOCALAPPDATA", self.caches()),
            ("HOME", self.beside("home")),
        ]
    }

    /// A file of the cache.
    pub(crate) fn cached(&self, name: &str) -> PathBuf {
        let caches = self.caches().join("caseloom");
        let mut caches = caches.read_dir().expect("a cache");
        let cache = caches.next().expect("a cache").expect("a cache");
        cache.path().join(name)
    }

    /// Makes the next build make every page, by clearing the cache.
    pub(crate) fn clear_cache(&self) -> &Self {
        fs::remove_dir_all(self.caches()).expect("there is a cache");
        self
    }

    /// Adds lines to the table `[rules]` of the configuration.
    pub(crate) fn sets_rules(&self, lines: &str) -> &Self {
        self.replace(
            "site-config.toml",
            "[rules]\n",
            &format!("[rules]\n{lines}\n"),
        )
    }

    /// Puts text behind the end of a file.
    pub(crate) fn append(&self, path: &str, text: &str) -> &Self {
        let before = self.read(path);
        self.write(path, &(before + text))
    }

    /// Removes a file, or a folder with all that is in it.
    pub(crate) fn remove(&self, path: &str) -> &Self {
        let place = self.path(path);
        let removed = if place.is_dir() {
            fs::remove_dir_all(&place)
        } else {
            fs::remove_file(&place)
        };
        removed.unwrap_or_else(|error| panic!("{path}: {error}"));
        self
    }

    /// Renames a file, making the folders of its new place.
    pub(crate) fn rename(&self, from: &str, to: &str) -> &Self {
        let place = self.path(to);
        make_parent(&place);
        fs::rename(self.path(from), place).unwrap_or_else(|error| panic!("{from}: {error}"));
        self
    }

    /// `caseloom build` in the library's folder.
    pub(crate) fn build(&self) -> Outcome {
        self.build_with(&[])
    }

    /// `caseloom build` with arguments, in the library's folder.
    pub(crate) fn build_with(&self, arguments: &[&str]) -> Outcome {
        let mut all = vec!["build"];
        all.extend_from_slice(arguments);
        self.run_in(&self.root(), &all)
    }

    /// Runs the binary in any folder.
    pub(crate) fn run_in(&self, folder: &Path, arguments: &[&str]) -> Outcome {
        let mut command = self.command(folder);
        command.args(arguments);
        self.outcome(&mut command)
    }

    fn outcome(&self, command: &mut Command) -> Outcome {
        let output = command.output().expect("the binary runs");
        Outcome {
            code: output.status.code(),
            stdout: text_of(output.stdout),
            stderr: text_of(output.stderr),
            site: self.path("public"),
            folder: Rc::clone(&self.folder),
        }
    }

    /// Runs `caseloom` with arguments in the library's folder, from a shell that does something before, such as `ulimit`.
    pub(crate) fn run_after(&self, before: &str, arguments: &str) -> Outcome {
        let mut command = Command::new("sh");
        let program = env!("CARGO_BIN_EXE_caseloom");
        self.settle(&mut command, &self.root());
        command
            .env("PATH", "/usr/bin:/bin")
            .arg("-c")
            .arg(format!("{before}; exec \"$0\" {arguments}"))
            .arg(program);
        self.outcome(&mut command)
    }

    /// Starts `caseloom` in the library's folder, to be waited for or killed.
    pub(crate) fn starts(&self, arguments: &[&str]) -> std::process::Child {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_caseloom"));
        command
            .args(arguments)
            .current_dir(self.root())
            .envs(self.cache_variables())
            .stdin(std::process::Stdio::null())
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::piped());
        command.spawn().expect("the binary starts")
    }

    /// The binary with an environment that is the same on every machine.
    fn command(&self, folder: &Path) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_caseloom"));
        self.settle(&mut command, folder);
        command
    }

    /// No colour, no locale, no terminal, and an end to everything.
    fn settle(&self, command: &mut Command, folder: &Path) {
        command
            .current_dir(folder)
            .env_clear()
            .env("TERM", "dumb")
            .env("NO_COLOR", "1")
            .env("LC_ALL", "C")
            .env("TZ", "UTC")
            .envs(self.cache_variables())
            .timeout(Duration::from_secs(120));
        for (name, value) in &self.environment {
            command.env(name, value);
        }
    }

    /// Every file of the output folder.
    pub(crate) fn tree(&self) -> Tree {
        tree_of(&self.path("public"))
    }

    /// Gives a file of the output folder a time in the past, so that a rewrite is seen without waiting.
    pub(crate) fn make_old(&self, path: &str) -> &Self {
        let place = self.path("public").join(path);
        let file = File::options()
            .write(true)
            .open(&place)
            .unwrap_or_else(|error| panic!("{path}: {error}"));
        file.set_modified(long_ago()).expect("the time can be set");
        self
    }

    /// Gives every file of the output folder a time in the past.
    pub(crate) fn make_all_old(&self) -> &Self {
        for path in self.tree().keys() {
            self.make_old(path);
        }
        self
    }

    /// Whether a file of the output folder still has the time that [`Library::make_old`] gave it.
    pub(crate) fn is_old(&self, path: &str) -> bool {
        let place = self.path("public").join(path);
        let modified = fs::metadata(&place).and_then(|metadata| metadata.modified());
        modified.unwrap_or_else(|error| panic!("{path}: {error}")) == long_ago()
    }

    /// The files of the output folder that were written since [`Library::make_all_old`].
    pub(crate) fn rewritten(&self) -> Vec<String> {
        self.tree()
            .into_keys()
            .filter(|path| !self.is_old(path))
            .collect()
    }
}

/// So many cases, the same in every run; or, when `PROPTEST_CASES` is set, that many new ones, to hunt for bugs.
pub(crate) fn cases(number: u32) -> proptest::test_runner::Config {
    use proptest::test_runner::{Config, RngSeed};
    let config = Config {
        failure_persistence: None,
        ..Config::default()
    };
    if std::env::var_os("PROPTEST_CASES").is_some() {
        return config;
    }
    Config {
        cases: number,
        rng_seed: RngSeed::Fixed(2026),
        ..config
    }
}

/// The folder of the fixture library.
pub(crate) fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/library")
}

/// Every file of a folder by its path with `/`; a folder that isn't there has none.
pub(crate) fn tree_of(folder: &Path) -> Tree {
    let mut tree = Tree::new();
    if !folder.exists() {
        return tree;
    }
    for entry in WalkDir::new(folder) {
        let entry = entry.expect("the folder can be read");
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(folder).expect("a file in it");
            let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
            tree.insert(
                parts.join("/"),
                fs::read(entry.path()).expect("the file can be read"),
            );
        }
    }
    tree
}

/// The paths in which two trees differ, for messages that can be read.
pub(crate) fn differences(a: &Tree, b: &Tree) -> Vec<String> {
    a.keys()
        .chain(b.keys())
        .filter(|path| a.get(*path) != b.get(*path))
        .cloned()
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .collect()
}

/// The time that [`Library::make_old`] gives.
pub(crate) fn long_ago() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000)
}

fn write_file(place: &Path, bytes: &[u8]) {
    make_parent(place);
    fs::write(place, bytes).unwrap_or_else(|error| panic!("{}: {error}", place.display()));
}

fn make_parent(place: &Path) {
    if let Some(parent) = place.parent() {
        fs::create_dir_all(parent).unwrap_or_else(|error| panic!("{}: {error}", parent.display()));
    }
}

fn text_of(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("output is UTF-8")
}
