//! The files of a library and what they are for.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use crate::diagnostics::{Diagnostic, Sink, rules};
use crate::memo::{Key, key_of};

/// What a file is, by the folder that it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// `content/vocabulary/*.yaml`
    Vocabulary,
    /// `content/evidence/**/*.yaml`
    Evidence,
    /// `content/studies/**/*.md`
    Study,
    /// `content/reviews/**/*.md`
    Review,
    /// `content/pages/**/*.md`
    Page,
    /// Anything else: an image or an attachment, if something links to it.
    Asset,
}

/// A file that discovery found, not yet read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Path relative to the root of the library, with `/`.
    pub path: Arc<str>,
    /// Where it is on this machine; never written anywhere.
    pub absolute: PathBuf,
    /// What it is for.
    pub kind: Kind,
}

/// A text file in memory.
#[derive(Debug)]
pub struct SourceFile {
    /// Path relative to the root of the library, with `/`.
    pub path: Arc<str>,
    /// What it is for.
    pub kind: Kind,
    /// The whole text as it is on disk; empty when it is not usable.
    pub text: String,
    /// False when the file could not be read as text, which was reported; nothing more needs to be said of it.
    pub usable: bool,
    key: OnceLock<Key>,
}

impl SourceFile {
    /// A file that could be read.
    pub fn new(path: &Arc<str>, kind: Kind, text: String) -> Self {
        Self {
            path: path.clone(),
            kind,
            text,
            usable: true,
            key: OnceLock::new(),
        }
    }

    /// The hash of its path and its text, by which what was made of it is known again.
    pub fn key(&self) -> Key {
        let usable = [u8::from(self.usable)];
        let key = || key_of([self.path.as_bytes(), &usable, self.text.as_bytes()]);
        *self.key.get_or_init(key)
    }

    /// Reads a text file. A file that can't be used becomes an unusable one with a diagnostic, so that links to it
    /// are not reported as dead as well.
    pub fn read(entry: &Entry, max_bytes: u64) -> (Self, Vec<Diagnostic>) {
        match read_bytes(entry, max_bytes) {
            Ok(bytes) => Self::from_bytes(&entry.path, entry.kind, bytes),
            Err(diagnostic) => {
                let file = Self {
                    usable: false,
                    ..Self::new(&entry.path, entry.kind, String::new())
                };
                (file, vec![*diagnostic])
            }
        }
    }

    /// A file that holds these bytes. What is no text becomes an unusable file with a diagnostic; its text has
    /// replacement characters then, to show the place.
    pub fn from_bytes(path: &Arc<str>, kind: Kind, bytes: Vec<u8>) -> (Self, Vec<Diagnostic>) {
        match String::from_utf8(bytes) {
            Ok(text) => {
                let mut sink = Sink::new(path);
                rules::bidirectional_control::check(&text, &mut sink);
                (Self::new(path, kind, text), sink.into_diagnostics())
            }
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let lossy = String::from_utf8_lossy(error.as_bytes()).into_owned();
                let diagnostic = Diagnostic::new(
                    &rules::FILE_NOT_UTF8,
                    path,
                    at..at + '\u{fffd}'.len_utf8(),
                    "this file is not UTF-8 text",
                )
                .help("type the marked character again, and save the file with the encoding UTF-8");
                let file = Self {
                    usable: false,
                    ..Self::new(path, kind, lossy)
                };
                (file, vec![diagnostic])
            }
        }
    }

    /// The file name without its folder and its extension: the slug of a Markdown file, if it is a valid one.
    pub fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or(&self.path);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }
}

/// A number of bytes as people read it: a million is a megabyte.
pub(crate) fn file_size(number: u64) -> String {
    match number {
        ..1_000_000 => format!("{number} bytes"),
        _ => format!("{:.1} MB ({number} bytes)", number as f64 / 1e6),
    }
}

fn read_bytes(entry: &Entry, max_bytes: u64) -> Result<Vec<u8>, Box<Diagnostic>> {
    let problem =
        |rule, message: String| Box::new(Diagnostic::new(rule, &entry.path, 0..0, message));
    let unreadable = |error: std::io::Error| {
        problem(
            &rules::UNREADABLE_FILE,
            format!("this file could not be read: {}", error.kind()),
        )
    };
    let size = std::fs::metadata(&entry.absolute)
        .map_err(unreadable)?
        .len();
    if size > max_bytes {
        let diagnostic = problem(
            &rules::FILE_TOO_LARGE,
            format!("this file has {}; the limit is {}", file_size(size), file_size(max_bytes)),
        )
        .help("was a picture pasted into it? pictures stand beside the file; else split it, or raise `file_bytes` in site-config.toml");
        return Err(Box::new(diagnostic));
    }
    std::fs::read(&entry.absolute).map_err(unreadable)
}

/// The text files of a library, sorted by path.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<Arc<SourceFile>>,
}

impl Sources {
    /// Takes files in and sorts them by path.
    pub fn new(files: impl IntoIterator<Item = impl Into<Arc<SourceFile>>>) -> Self {
        let mut files: Vec<Arc<SourceFile>> = files.into_iter().map(Into::into).collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self { files }
    }

    /// All files, sorted by path.
    pub fn files(&self) -> &[Arc<SourceFile>] {
        &self.files
    }

    /// The files of one kind, sorted by path.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = &SourceFile> {
        self.files
            .iter()
            .map(AsRef::as_ref)
            .filter(move |file: &&SourceFile| file.kind == kind)
    }

    /// The hash of the files that hold the words of a library: its vocabulary and its references.
    pub fn words_key(&self) -> Key {
        let words = [Kind::Vocabulary, Kind::Evidence].map(|kind| self.of(kind));
        let keys: Vec<Key> = words.into_iter().flatten().map(SourceFile::key).collect();
        key_of(keys.iter().map(|key| &key.as_bytes()[..]))
    }

    /// The file at a path.
    pub fn get(&self, path: &str) -> Option<&SourceFile> {
        self.files
            .binary_search_by(|file| (*file.path).cmp(path))
            .ok()
            .map(|at| self.files[at].as_ref())
    }

    /// The text of the file at a path.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.get(path).map(|file| file.text.as_str())
    }
}
