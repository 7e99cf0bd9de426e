//! Everything that a site is made from: read, and not yet understood.

use std::sync::Arc;

use anyhow::Result;
use rayon::prelude::*;

use super::{Edited, Memory, OnStage, Options, words_key};
use crate::config::{self, BaseUrl, Config};
use crate::diagnostics::{Diagnostic, Report};
use crate::memo::{Key, Memo, key_of};
use crate::render::{self, Skin};
use crate::source::{self, Entry, Kind, SourceFile, Sources};
use crate::vocabulary::{self, Vocabulary};

/// The files of a library.
#[derive(Debug)]
pub struct Material {
    pub(super) config: Config,
    pub(super) skin: Skin,
    /// In the order of their paths.
    pub(super) entries: Vec<Entry>,
    pub(super) sources: Sources,
    /// What is wrong with whole files.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Material {
    /// Reads the configuration, the skin, and all text files of a library.
    ///
    /// # Errors
    /// When there is no library; when the configuration or the skin has mistakes.
    pub fn gather(options: &Options, on_stage: OnStage<'_>) -> Result<Self> {
        Self::gather_with(options, &Edited::new(), None, on_stage)
    }

    /// The same with some files as they would be, or with what is remembered of the files.
    pub(super) fn gather_with(
        options: &Options,
        edited: &Edited,
        memory: Option<&mut Memory>,
        on_stage: OnStage<'_>,
    ) -> Result<Self> {
        let mut config = config::load(&options.root)?;
        if let Some(url) = &options.base_url {
            config.base_url = BaseUrl::parse(url)?;
        }
        on_stage("discover");
        let (skin, found) = rayon::join(
            || render::load_skin(&options.root, &config.build.skin),
            || source::discover(&options.root),
        );
        let (skin, (entries, mut diagnostics)) = (skin?, found?);
        on_stage("read");
        let (sources, found) = match memory {
            Some(memory) => {
                let (files, found) = memory.files.read(&entries, config.limits.file_bytes);
                (Sources::new(files), found)
            }
            None => read(&entries, edited, config.limits.file_bytes),
        };
        diagnostics.extend(found);
        Ok(Self {
            config,
            skin,
            entries,
            sources,
            diagnostics,
        })
    }

    /// Its vocabulary, with what is wrong with it.
    pub(super) fn vocabulary(
        &self,
        memo: Option<&mut Memo<(Arc<Vocabulary>, Vec<Diagnostic>)>>,
    ) -> (Arc<Vocabulary>, Vec<Diagnostic>) {
        let load = || {
            let (vocabulary, found) = vocabulary::load(&self.config, &self.sources);
            (Arc::new(vocabulary), found)
        };
        match memo {
            Some(memo) => memo.once(words_key(&self.config, &self.sources), load),
            None => load(),
        }
    }

    /// The hash of all that the files of the site depend on: these files, the options. Images and attachments count
    /// by their paths and by whether they may be published: which are part of the site is known when it is made. `None` when there is something to
    /// say of a file as a whole.
    pub fn hash(&self, options: &Options) -> Option<Key> {
        let found = self.diagnostics.clone();
        let limit = self.config.limits.problems_per_file;
        let mut report = Report::new(found, &self.config.rules, limit);
        report.without_remarks();
        if !report.diagnostics().is_empty() {
            return None;
        }
        let texts = self.sources.files().par_iter().map(|file| file.key());
        let texts: Vec<Key> = texts.collect();
        let assets = self.entries.iter();
        let assets = assets.filter(|entry| entry.kind == Kind::Asset);
        let most = self.config.limits.asset_bytes;
        let assets = assets.map(|entry| {
            let size = std::fs::metadata(&entry.absolute).map(|it| it.len());
            let may_be_read = std::fs::File::open(&entry.absolute).is_ok();
            let may_be_published = may_be_read && size.is_ok_and(|size| size <= most);
            key_of([entry.path.as_bytes(), &[u8::from(may_be_published)]])
        });
        let skin = self.skin.files().iter();
        let skin = skin.map(|(path, key)| key_of([path.as_bytes(), key.as_bytes()]));
        let asked_for = format!(
            "{} {} {}",
            self.config.as_text(),
            options.drafts,
            options.search
        );
        let parts = [texts, assets.collect(), skin.collect()].map(|keys| {
            let keys = keys.iter().map(|key| &key.as_bytes()[..]);
            key_of(keys)
        });
        let parts = parts.iter().map(|key| &key.as_bytes()[..]);
        Some(key_of(parts.chain([asked_for.as_bytes()])))
    }
}

/// Reads all text files, of which some are as they would be.
fn read(entries: &[Entry], edited: &Edited, max_bytes: u64) -> (Sources, Vec<Diagnostic>) {
    let texts: Vec<(SourceFile, Vec<Diagnostic>)> = entries
        .par_iter()
        .filter(|entry| entry.kind != Kind::Asset)
        .map(|entry| SourceFile::read(entry, max_bytes))
        .collect();
    let (mut files, found): (Vec<_>, Vec<_>) = texts.into_iter().unzip();
    for file in &mut files {
        if let Some(text) = edited.get(&file.path) {
            file.text.clone_from(text);
        }
    }
    (Sources::new(files), found.into_iter().flatten().collect())
}
