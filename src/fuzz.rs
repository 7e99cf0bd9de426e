//! What the fuzz targets of `fuzz/` call: the roads that text of strangers takes, without the disk. No part of the interface
//! of this crate.

use std::path::Path;
use std::sync::Arc;

use anyhow::Result;
use jiff::civil::{Date, date};

use crate::config::{self, Config};
use crate::content;
use crate::diagnostics::{Diagnostic, Report, Sink, fix};
use crate::graph;
use crate::markdown::{self, Assets, Code, LinkMap, Places};
use crate::pipeline;
use crate::render;
use crate::search;
use crate::source::{self, Kind, SourceFile, Sources};
use crate::vocabulary::{self, Vocabulary};

/// The day against which dates are held.
const TODAY: Date = date(2025, 6, 30);

/// Where the text stands that is tried: beside the images of the library, so that it may show them.
const PATH: &str = "content/studies/valley/fuzzed.md";

/// A library on disk, read once, into which one study after the other is put.
#[derive(Debug)]
pub struct Library {
    config: Config,
    files: Vec<Arc<SourceFile>>,
    assets: Assets,
    vocabulary: Arc<Vocabulary>,
    /// The library by itself, for its links.
    content: content::Library,
    sources: Sources,
}

impl Library {
    /// Reads the library at `root`.
    ///
    /// # Errors
    /// When it can't be read.
    pub fn open(root: &Path) -> Result<Self> {
        let config = config::load(root)?;
        let (entries, _) = source::discover(root)?;
        let files: Vec<Arc<SourceFile>> = entries
            .iter()
            .filter(|entry| entry.kind != Kind::Asset)
            .map(|entry| Arc::new(SourceFile::read(entry, config.limits.file_bytes).0))
            .collect();
        let assets = Assets::new(&entries, config.limits.asset_bytes);
        let sources = Sources::new(files.iter().cloned());
        let vocabulary = Arc::new(vocabulary::load(&config, &sources).0);
        let (content, _) = content::load(
            &config,
            &sources,
            Arc::clone(&vocabulary),
            true,
            TODAY,
            None,
        );
        Ok(Self {
            config,
            files,
            assets,
            vocabulary,
            content,
            sources,
        })
    }

    /// Everything that `check` would say of the library with one more study, which holds these bytes, and the files that
    /// it is said of.
    pub fn check(&self, study: &[u8]) -> (Report, Sources) {
        let (file, mut diagnostics) =
            SourceFile::from_bytes(&PATH.into(), Kind::Study, study.to_vec());
        let words = self
            .files
            .iter()
            .filter(|file| matches!(file.kind, Kind::Vocabulary | Kind::Evidence));
        let sources = Sources::new(words.cloned().chain([Arc::new(file)]));
        let vocabulary = Arc::clone(&self.vocabulary);
        let (library, found) = content::load(&self.config, &sources, vocabulary, true, TODAY, None);
        diagnostics.extend(found);
        let places = Places::new(&library, &sources, &self.config.base_url);
        let links = LinkMap::new(&places, &self.assets);
        let (bodies, found) =
            pipeline::render_bodies(&self.config, &library, &sources, links, None);
        diagnostics.extend(found);
        diagnostics.extend(graph::build(&library, &bodies).1);
        for diagnostic in &mut diagnostics {
            let text = sources.text(&diagnostic.path).unwrap_or_default();
            fix::fit(diagnostic, text);
        }
        (
            Report::new(
                diagnostics,
                &self.config.rules,
                self.config.limits.problems_per_file,
            ),
            sources,
        )
    }

    /// The HTML of a body on the page of a study, as the site publishes it, and what is reported of it.
    pub fn body(&self, markdown: &str) -> (String, Vec<Diagnostic>) {
        let site = &self.config.base_url;
        let places = Places::new(&self.content, &self.sources, site);
        let links = LinkMap::new(&places, &self.assets);
        let mut sink = Sink::new(&PATH.into());
        let address = "studies/fuzzed/index.html";
        let body = markdown::render(
            markdown,
            0,
            address,
            links,
            &self.vocabulary,
            Code::Highlighted,
            &mut sink,
        );
        let html = body
            .html()
            .expect("invariant: what was just rendered has its HTML");
        let html = render::body_html(&self.vocabulary, html);
        (html, sink.into_diagnostics())
    }
}

/// The tokens of a text, with their spans, as search indexes them.
pub fn tokens(text: &str) -> Vec<(String, usize)> {
    let mut all = Vec::new();
    search::tokens(text, |word, span| all.push((word.to_owned(), span)));
    all
}

/// The stem of a folded word.
pub fn stem(word: &str) -> String {
    search::stem(word)
}
