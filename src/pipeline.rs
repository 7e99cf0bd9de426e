//! The road of the data from a folder to the files of a site, for every command that walks it.

mod make;
mod material;
mod memory;
mod origin;
mod past;
mod record;
mod timings;
mod words;

pub use self::make::{Destination, Files, Traces, make, paths};
pub use self::material::Material;
pub use self::memory::{Inputs, Memory};
pub use self::origin::Origin;
pub use self::past::Past;
pub use self::record::Record;
pub use self::timings::Timings;
pub(crate) use self::words::words_of;
pub use self::words::{Words, words};

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use anyhow::{Result, bail};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use memchr::memmem;
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::config::{self, Config};
use crate::content::{self, Library};
use crate::diagnostics::{Diagnostic, Report, Sink, fix};
use crate::graph::{self, Graph};
use crate::markdown::{self, Assets, Bodies, Code, LinkMap, Places, Rendered, Written};
use crate::memo::{self, Memo, key_of};
use crate::output::OutputFile;
use crate::render::{self, Lists, Plan, Renderer, Shared, Skin};
use crate::search;
use crate::source::{Kind, SourceFile, Sources};

/// What a command asks of the road.
#[derive(Debug, Clone)]
pub struct Options {
    /// Root of the library.
    pub root: PathBuf,
    /// Address of the site instead of the configured one.
    pub base_url: Option<String>,
    /// Build studies and reviews of any status.
    pub drafts: bool,
    /// Make the search page and its index.
    pub search: bool,
    /// The day against which dates are held; never written to the site.
    pub today: Date,
}

/// Today in UTC, or the day that `SOURCE_DATE_EPOCH` names, so that a check can be repeated.
pub fn today() -> Date {
    let pinned = std::env::var("SOURCE_DATE_EPOCH")
        .ok()
        .and_then(|seconds| Timestamp::from_second(seconds.parse().ok()?).ok());
    pinned
        .unwrap_or_else(Timestamp::now)
        .to_zoned(TimeZone::UTC)
        .date()
}

/// Called with the name of each stage when it begins.
pub type OnStage<'o> = &'o mut dyn FnMut(&'static str);

/// A library that was read, checked and planned: everything up to the first rendered page.
#[derive(Debug)]
pub struct Project {
    /// Its configuration.
    pub config: Config,
    /// Its text files.
    pub sources: Sources,
    /// Its content.
    pub library: Library,
    /// What is known of its Markdown, by path.
    pub bodies: Bodies,
    places: Places,
    /// Its links.
    pub graph: Graph,
    /// Every problem that was found.
    pub report: Report,
    search: bool,
    assets: Arc<Assets>,
    skin: Skin,
    plan: Plan,
    shared: Shared,
    keys: OnceLock<record::Keys>,
}

impl Project {
    /// Everything that it was made from.
    pub fn inputs(&self) -> Inputs {
        Inputs::of(self)
    }

    /// The addresses of the stylesheets of its site.
    pub fn stylesheets(&self) -> impl Iterator<Item = &str> {
        self.skin.stylesheets()
    }

    /// Its bodies with their HTML.
    fn written(&self) -> Written<'_> {
        Written {
            bodies: &self.bodies,
            sources: &self.sources,
            links: LinkMap::new(&self.places, &self.assets),
            vocabulary: &self.library.vocabulary,
        }
    }

    /// Whether an image or attachment has changed while it was read or made: then nothing of it may be known to the next build.
    pub fn has_changed(&self) -> bool {
        self.assets.have_changed()
    }

    /// What makes the files of its site.
    pub fn renderer(&self) -> Renderer<'_> {
        Renderer {
            plan: &self.plan,
            skin: &self.skin,
            config: &self.config,
            library: &self.library,
            graph: &self.graph,
            written: self.written(),
            assets: &self.assets,
            shared: &self.shared,
        }
    }
}

/// The root of the library that a folder lies in: the nearest folder upward with `site-config.toml`.
///
/// # Errors
/// When there is none.
pub fn find_root(start: &Path) -> Result<PathBuf> {
    match start
        .ancestors()
        .find(|folder| folder.join(config::FILE_NAME).is_file())
    {
        Some(root) => Ok(root.to_owned()),
        None => bail!(
            "there is no {} in {} or in a folder above it; is this a library? (--root says where one is)",
            config::FILE_NAME,
            start.display()
        ),
    }
}

/// Walks the road up to the render plan. Problems of content are in the report, which says whether to go on.
///
/// # Errors
/// When the tool can't do its work: no library, a broken configuration, a skin with mistakes.
pub fn load(options: &Options, on_stage: OnStage<'_>) -> Result<Project> {
    walk(options, &Edited::new(), None, on_stage)
}

/// The same, with what is remembered of the walk before.
///
/// # Errors
/// Those of [`load`].
pub fn load_again(options: &Options, memory: &mut Memory) -> Result<Project> {
    walk(options, &Edited::new(), Some(memory), &mut |_| {})
}

/// Texts that stand for those on disk, by path.
pub type Edited = BTreeMap<Arc<str>, String>;

/// The same with some files as they would be.
///
/// # Errors
/// Those of [`load`].
pub fn load_with(options: &Options, edited: &Edited, on_stage: OnStage<'_>) -> Result<Project> {
    walk(options, edited, None, on_stage)
}

fn walk(
    options: &Options,
    edited: &Edited,
    mut memory: Option<&mut Memory>,
    on_stage: OnStage<'_>,
) -> Result<Project> {
    let material = Material::gather_with(options, edited, memory.as_deref_mut(), on_stage)?;
    Ok(load_from(material, options, memory, on_stage))
}

/// The same with files that are read.
pub fn load_from(
    material: Material,
    options: &Options,
    mut memory: Option<&mut Memory>,
    on_stage: OnStage<'_>,
) -> Project {
    on_stage("vocabulary");
    let memo = memory.as_mut().map(|memory| &mut memory.vocabulary);
    let (vocabulary, found) = material.vocabulary(memo);
    let Material {
        config,
        mut skin,
        entries,
        sources,
        mut diagnostics,
    } = material;
    let mut assets = Assets::new(&entries, config.limits.asset_bytes);
    if let Some(memory) = &memory {
        assets.take_over(&memory.assets);
    }

    diagnostics.extend(found);
    on_stage("content");
    let (library, found) = content::load(
        &config,
        &sources,
        vocabulary,
        options.drafts,
        options.today,
        memory.as_mut().map(|memory| &mut memory.content),
    );
    diagnostics.extend(found);
    on_stage("markdown");
    let places = Places::new(&library, &sources, &config.base_url);
    let render = |assets: &Assets, memo: Option<&mut _>| {
        let links = LinkMap::new(&places, assets);
        render_bodies(&config, &library, &sources, links, memo)
    };
    let memo = memory.as_mut().map(|memory| &mut memory.bodies);
    let (mut bodies, mut found) = render(&assets, memo);
    assets.keep(&used_assets(&library, &bodies));
    if let Some(memory) = memory.as_mut().filter(|_| assets.have_changed()) {
        // What is known is known of images that are gone since they were hashed.
        memory.bodies = Memo::default();
        (bodies, found) = render(&assets, None);
        assets.keep(&used_assets(&library, &bodies));
    }
    diagnostics.extend(found);
    let assets = Arc::new(assets);
    if let Some(memory) = memory {
        memory.assets = Arc::clone(&assets);
    }
    on_stage("graph");
    let ((graph, found), lists) = rayon::join(
        || graph::build(&library, &bodies),
        || Lists::new(&library, config.limits.studies_per_page),
    );
    diagnostics.extend(found);
    on_stage("plan");
    let (plan, found) = render::plan(&library, &graph, lists, &skin, &assets, options.search);
    diagnostics.extend(found);
    render::set_globals(&mut skin, &config, &library, &graph, options.search);
    for diagnostic in &mut diagnostics {
        if !diagnostic.suggestions.is_empty() {
            fix::fit(
                diagnostic,
                sources.text(&diagnostic.path).unwrap_or_default(),
            );
        }
    }
    let report = Report::new(diagnostics, &config.rules, config.limits.problems_per_file);
    Project {
        shared: Shared::new(&library),
        keys: OnceLock::new(),
        config,
        sources,
        library,
        bodies,
        places,
        graph,
        report,
        search: options.search,
        assets,
        skin,
        plan,
    }
}

/// The paths of the images and attachments of everything that is built.
fn used_assets<'b>(library: &Library, bodies: &'b Bodies) -> FxHashSet<&'b str> {
    let studies = library.studies().map(|(_, study)| &study.path);
    let reviews = library.reviews().iter().map(|review| &review.path);
    let pages = library.pages().iter().map(|page| &page.path);
    studies
        .chain(reviews)
        .chain(pages)
        .filter_map(|path| bodies.get(path))
        .flat_map(|body| body.assets.iter().map(String::as_str))
        .collect()
}

/// Renders the Markdown of every file, also of those whose front matter can't be used: their text is still checked.
pub(crate) fn render_bodies(
    config: &Config,
    library: &Library,
    sources: &Sources,
    links: LinkMap<'_>,
    memo: Option<&mut Memo<(Arc<Rendered>, Vec<Diagnostic>)>>,
) -> (Bodies, Vec<Diagnostic>) {
    let words = || words_key(config, sources);
    let links_key = memo.is_some().then(|| links.key(library, sources, words()));
    // Those with code come first, and so to one thread: a language that nothing was written in yet takes as long as hundreds of bodies,
    // and any other thread that came to it meanwhile would wait.
    let (with_code, plain): (Vec<&SourceFile>, Vec<&SourceFile>) = sources
        .files()
        .par_iter()
        .map(AsRef::as_ref)
        .filter(|file: &&SourceFile| {
            file.usable && matches!(file.kind, Kind::Study | Kind::Review | Kind::Page)
        })
        .partition(|file| memmem::find(file.text.as_bytes(), b"\n```").is_some());
    let markdown = [with_code, plain].concat();
    let rendered = memo::round(
        memo,
        &markdown,
        |file| {
            let keys = [links_key, Some(file.key())];
            key_of(keys.iter().flatten().map(|key| &key.as_bytes()[..]))
        },
        |file| {
            let mut sink = Sink::new(&file.path);
            let (vocabulary, code) = (&library.vocabulary, Code::Highlighted);
            let rendered = markdown::render_file(file, links, vocabulary, code, &mut sink);
            (Arc::new(rendered), sink.into_diagnostics())
        },
    );
    let mut bodies = Bodies::default();
    let mut diagnostics = Vec::new();
    for (file, (body, found)) in markdown.into_iter().zip(rendered) {
        bodies.insert(file.path.clone(), body);
        diagnostics.extend(found);
    }
    (bodies, diagnostics)
}

/// The hash of all that words are read from: the configuration, and the files of vocabulary and references.
fn words_key(config: &Config, sources: &Sources) -> memo::Key {
    let config = config.as_text();
    key_of([config.as_bytes(), sources.words_key().as_bytes()])
}

/// Makes the files of the search index; none if the site has no search.
pub fn index(project: &Project, memory: Option<&mut search::Memory>) -> Vec<OutputFile> {
    match project.search {
        true => search::index(&project.library, project.written(), memory),
        false => Vec::new(),
    }
}
