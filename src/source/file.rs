//! The files of a library and what they are for.

use std::path::PathBuf;
use std::sync::Arc;

use crate::diagnostics::{Diagnostic, Span, rules};

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
    /// The whole text as it is on disk. Bytes that are not UTF-8 are replaced, and were reported.
    pub text: String,
}

impl SourceFile {
    /// Reads a text file. Problems become diagnostics; a file that can't be used at all becomes an empty text,
    /// so that later messages can still name it.
    pub fn read(entry: &Entry, max_bytes: u64) -> (Self, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let text = match read_text(entry, max_bytes) {
            Ok((text, None)) => text,
            Ok((text, Some(diagnostic))) => {
                diagnostics.push(diagnostic);
                text
            }
            Err(diagnostic) => {
                diagnostics.push(diagnostic);
                String::new()
            }
        };
        let file = Self {
            path: entry.path.clone(),
            kind: entry.kind,
            text,
        };
        (file, diagnostics)
    }

    /// The file name without its folder and its extension: the slug of a Markdown file, if it is a valid one.
    pub fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or(&self.path);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }
}

fn read_text(
    entry: &Entry,
    max_bytes: u64,
) -> Result<(String, Option<Diagnostic>), Diagnostic> {
    let problem = |rule, span: Span, message: String| {
        Diagnostic::new(rule, &entry.path, span, message)
    };
    let unreadable = |error: std::io::Error| {
        problem(
            &rules::UNREADABLE_FILE,
            0..0,
            format!("this file could not be read: {}", error.kind()),
        )
    };
    let size = std::fs::metadata(&entry.absolute).map_err(unreadable)?.len();
    if size > max_bytes {
        return Err(problem(
            &rules::FILE_TOO_LARGE,
            0..0,
            format!("this file has {size} bytes; the limit is {max_bytes}"),
        )
        .help("split it, or raise `file_bytes` under `[limits]` in site-config.toml"));
    }
    let bytes = std::fs::read(&entry.absolute).map_err(unreadable)?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok((text, None)),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let diagnostic = problem(
                &rules::FILE_NOT_UTF8,
                at..at + '\u{fffd}'.len_utf8(),
                "this file is not UTF-8 text".to_owned(),
            )
            .help("save it again with the encoding UTF-8; the mark shows the first wrong byte");
            Ok((text, Some(diagnostic)))
        }
    }
}

/// The text files of a library, sorted by path.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// Takes files in and sorts them by path.
    pub fn new(mut files: Vec<SourceFile>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self { files }
    }

    /// All files, sorted by path.
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// The files of one kind, sorted by path.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = &SourceFile> {
        self.files.iter().filter(move |file| file.kind == kind)
    }

    /// The text of the file at a path.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files
            .binary_search_by(|file| (*file.path).cmp(path))
            .ok()
            .map(|at| self.files[at].text.as_str())
    }
}
