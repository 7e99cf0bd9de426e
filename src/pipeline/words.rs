//! The road up to the words of a library, for those who need no study.

use std::path::Path;

use anyhow::Result;
use jiff::civil::Date;

use crate::config::{self, Config};
use crate::content::{self, Library};
use crate::diagnostics::{Diagnostic, Report};
use crate::source::{self, Kind, SourceFile, Sources};
use crate::vocabulary;

/// The words of a library: its vocabulary and its references, without its studies.
#[derive(Debug)]
pub struct Words {
    /// Its configuration.
    pub config: Config,
    /// Vocabulary and references; nothing else was read.
    pub library: Library,
    /// The studies that it has, unread.
    pub studies: Vec<source::Entry>,
    /// Every problem of its words.
    pub report: Report,
}

/// Reads what studies may say.
///
/// # Errors
/// When there is no library, or its configuration can't be used.
pub fn words(root: &Path, today: Date) -> Result<Words> {
    let config = config::load(root)?;
    let (entries, _) = source::discover(root)?;
    let of_words = |entry: &&source::Entry| matches!(entry.kind, Kind::Vocabulary | Kind::Evidence);
    let (files, found): (Vec<SourceFile>, Vec<_>) = entries
        .iter()
        .filter(of_words)
        .map(|entry| SourceFile::read(entry, config.limits.file_bytes))
        .unzip();
    let (library, more) = words_of(&config, files, today);
    let report = Report::new(
        found.into_iter().flatten().chain(more).collect(),
        &config.rules,
        config.limits.problems_per_file,
    );
    let studies = entries
        .into_iter()
        .filter(|entry| entry.kind == Kind::Study);
    Ok(Words {
        studies: studies.collect(),
        config,
        library,
        report,
    })
}

/// The same of files in memory.
pub(crate) fn words_of(
    config: &Config,
    files: Vec<SourceFile>,
    today: Date,
) -> (Library, Vec<Diagnostic>) {
    let sources = Sources::new(files);
    let (vocabulary, mut diagnostics) = vocabulary::load(config, &sources);
    let (library, found) = content::load(config, &sources, vocabulary, false, today, None);
    diagnostics.extend(found);
    (library, diagnostics)
}
