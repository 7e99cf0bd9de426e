//! The render plan: a flat list of every file that the site will hold, before any of them is made.

use std::sync::Arc;

use rayon::prelude::*;

use super::lists::{ListPage, Lists};
use super::sitemap;
use super::templates::Skin;
use super::view::pair_path;
use crate::content::{Library, Reference, Study};
use crate::diagnostics::{Diagnostic, rules};
use crate::graph::{Graph, Matrix, Pair};
use crate::id::Id;
use crate::markdown::Assets;
use crate::memo::Key;
use crate::vocabulary::{Factor, Framework, System, Theme, Vocabulary};

/// A file to make.
#[derive(Debug, Hash)]
pub(super) struct Job {
    /// Its path, relative to the output folder.
    pub(super) path: String,
    /// The file of the library that it comes from, if it is one.
    pub(super) source: Option<Arc<str>>,
    pub(super) kind: JobKind,
}

/// What a file is made from.
#[derive(Debug, Clone, Copy, Hash)]
pub(super) enum JobKind {
    Home,
    Studies(ListPage),
    Study(Id<Study>),
    Compare,
    /// Two studies side by side.
    Pair(Pair),
    Themes,
    Theme(Id<Theme>),
    Factors,
    Factor(Id<Factor>),
    /// Where a factor was seen.
    Sightings(Id<Factor>),
    Frameworks,
    Framework(Id<Framework>),
    /// One of the graph's matrices, its rows sorted by theme or by a framework.
    Matrix(usize, Option<Id<Framework>>),
    Systems,
    System(Id<System>),
    Reviews,
    Review(usize),
    References,
    Reference(Id<Reference>),
    Glossary,
    Page(usize),
    Coverage,
    Configurations,
    Network,
    CountsJson,
    Search,
    NotFound,
    Redirect(usize),
    Feed(Option<Id<Theme>>),
    /// The sitemap, or the index of its parts.
    Sitemap,
    /// One part, from 1.
    SitemapPart(usize),
    Robots,
    StudiesJson,
    StudiesCsv,
    VocabularyJson,
    Bibtex,
    CslJson,
    SkinAsset(usize),
    /// The image or attachment that it comes from.
    ContentAsset,
}

/// All files of the site.
#[derive(Debug, Hash)]
pub struct Plan {
    pub(super) jobs: Vec<Job>,
    pub(super) lists: Lists,
}

impl Plan {
    /// The path of every file, in the order in which they are made.
    pub fn paths(&self) -> impl ExactSizeIterator<Item = &str> {
        self.jobs.iter().map(|job| job.path.as_str())
    }

    /// The hashes of the studies that the pages of lists show, by the places under which those are
    /// [noted](crate::content::reads::list_page). They aren't part of the hash of the plan.
    pub fn list_keys(&self) -> Vec<Key> {
        self.lists.keys()
    }
}

/// Plans the site, with or without its search page. Paths that two sources claim, without regard to case, are reported with
/// all their sources.
pub fn plan(
    library: &Library,
    graph: &Graph,
    lists: Lists,
    skin: &Skin,
    assets: &Assets,
    search: bool,
) -> (Plan, Vec<Diagnostic>) {
    let mut jobs = Vec::new();
    let mut add = |path: String, source: Option<&Arc<str>>, kind| {
        jobs.push(Job {
            path,
            source: source.cloned(),
            kind,
        });
    };
    // The largest files first, so that no thread is left with one when the others are done.
    for (path, kind) in [
        ("data/index.html", JobKind::Coverage),
        ("data/configurations/index.html", JobKind::Configurations),
        ("data/network/index.html", JobKind::Network),
        ("data/counts.json", JobKind::CountsJson),
        ("data/studies.json", JobKind::StudiesJson),
        ("data/studies.csv", JobKind::StudiesCsv),
        ("data/vocabulary.json", JobKind::VocabularyJson),
        ("data/references.bib", JobKind::Bibtex),
        ("data/references.json", JobKind::CslJson),
        ("404.html", JobKind::NotFound),
        ("feed.xml", JobKind::Feed(None)),
        ("robots.txt", JobKind::Robots),
        ("sitemap.xml", JobKind::Sitemap),
    ] {
        add(path.to_owned(), None, kind);
    }
    if search {
        add("search/index.html".to_owned(), None, JobKind::Search);
    }
    let vocabulary = &library.vocabulary;
    let section = |name: &str| format!("{name}/index.html");
    add("index.html".to_owned(), None, JobKind::Home);
    for page in lists.pages() {
        add(lists.path(page), None, JobKind::Studies(page));
    }
    add(section("themes"), None, JobKind::Themes);
    for (id, theme) in vocabulary.themes.iter() {
        let source = Some(&theme.place.path);
        add(theme.output_path(), source, JobKind::Theme(id));
        add(
            format!("themes/{}/feed.xml", theme.id),
            source,
            JobKind::Feed(Some(id)),
        );
    }
    add(section("factors"), None, JobKind::Factors);
    for (id, factor) in vocabulary.factors.iter() {
        let source = Some(&factor.place.path);
        add(factor.output_path(), source, JobKind::Factor(id));
        if graph.is_seen(id) {
            add(factor.sightings_path(), source, JobKind::Sightings(id));
        }
    }
    for (index, matrix) in graph.matrices.iter().enumerate() {
        let lenses = graph.crosswalk.lenses(vocabulary).map(Some);
        for lens in std::iter::once(None).chain(lenses) {
            let path = matrix_path(index, matrix, lens, vocabulary);
            add(path, None, JobKind::Matrix(index, lens));
        }
    }
    if !vocabulary.frameworks.is_empty() {
        add(section("frameworks"), None, JobKind::Frameworks);
    }
    for (id, framework) in vocabulary.frameworks.iter() {
        if graph.has_page(id, vocabulary) {
            let source = Some(&framework.place.path);
            add(framework.output_path(), source, JobKind::Framework(id));
        }
    }
    add(section("systems"), None, JobKind::Systems);
    for (id, system) in vocabulary.systems.iter() {
        let source = Some(&system.place.path).filter(|path| !path.is_empty());
        add(system.output_path(), source, JobKind::System(id));
    }
    for (id, study) in library.studies() {
        add(study.output_path(), Some(&study.path), JobKind::Study(id));
    }
    add(section("compare"), None, JobKind::Compare);
    for &pair in graph.links.pairs() {
        let source = Some(&library.study(pair.0).path);
        add(pair_path(pair, library), source, JobKind::Pair(pair));
    }
    add(section("reviews"), None, JobKind::Reviews);
    for (index, review) in library.reviews().iter().enumerate() {
        add(
            review.output_path(),
            Some(&review.path),
            JobKind::Review(index),
        );
    }
    add(section("evidence"), None, JobKind::References);
    for (id, reference) in library.references.iter() {
        add(
            reference.output_path(),
            Some(&reference.place.path),
            JobKind::Reference(id),
        );
    }
    add(section("glossary"), None, JobKind::Glossary);
    for (index, page) in library.pages().iter().enumerate() {
        add(page.output_path(), Some(&page.path), JobKind::Page(index));
    }
    for (index, redirect) in graph.redirects.iter().enumerate() {
        add(
            redirect.from.clone(),
            Some(&redirect.source),
            JobKind::Redirect(index),
        );
    }
    let skin_assets = skin.assets.iter().enumerate();
    for (index, asset) in skin_assets.filter(|(_, asset)| search || !asset.is_of_search()) {
        add(asset.output.clone(), None, JobKind::SkinAsset(index));
    }
    for (asset, output) in assets.linked() {
        add(output.to_owned(), Some(&asset.path), JobKind::ContentAsset);
    }
    let pages = jobs.iter().filter_map(|job| sitemap_page(job, library));
    let pages = pages.count();
    if pages > sitemap::MOST {
        for part in 1..=pages.div_ceil(sitemap::MOST) {
            jobs.push(Job {
                path: sitemap::part_path(part),
                source: None,
                kind: JobKind::SitemapPart(part),
            });
        }
    }
    let diagnostics = collisions(&mut jobs);
    (Plan { jobs, lists }, diagnostics)
}

/// The address of a matrix, relative to the site: the first one is that of the section.
pub(super) fn matrix_path(
    index: usize,
    matrix: &Matrix,
    lens: Option<Id<Framework>>,
    vocabulary: &Vocabulary,
) -> String {
    let axis = matrix.axis.id();
    match lens {
        None if index == 0 => "matrix/index.html".to_owned(),
        None => format!("matrix/{axis}/index.html"),
        Some(lens) => format!(
            "matrix/{axis}/{}/index.html",
            vocabulary.frameworks.get(lens).id
        ),
    }
}

/// The pages that the sitemap names, with the day of their last change where content has one.
pub(super) fn sitemap_paths<'p>(jobs: &'p [Job], library: &Library) -> Vec<sitemap::Page<'p>> {
    let pages = jobs.iter().filter_map(|job| sitemap_page(job, library));
    let mut pages: Vec<_> = pages.collect();
    pages.sort_unstable();
    pages
}

/// A file as the sitemap names it, if it does.
fn sitemap_page<'p>(job: &'p Job, library: &Library) -> Option<sitemap::Page<'p>> {
    let modified = match job.kind {
        JobKind::Study(id) => {
            let study = library.study(id);
            if !study.is_public() {
                return None;
            }
            Some(study.modified())
        }
        JobKind::Review(index) => {
            let review = &library.reviews()[index];
            if !review.is_public() {
                return None;
            }
            Some(review.modified())
        }
        JobKind::Pair((one, other)) => {
            let (one, other) = (library.study(one), library.study(other));
            if !one.is_public() || !other.is_public() {
                return None;
            }
            Some(one.modified().max(other.modified()))
        }
        JobKind::NotFound | JobKind::Redirect(_) => return None,
        _ if !job.path.ends_with(".html") => return None,
        _ => None,
    };
    Some((&job.path, modified))
}

/// Finds paths that more than one job claims; one job keeps the path, so that later stages may rely on it.
/// Two jobs for one asset, whose name holds a hash of its content, are one file.
fn collisions(jobs: &mut Vec<Job>) -> Vec<Diagnostic> {
    let mut claims: Vec<(String, usize)> = jobs
        .par_iter()
        .enumerate()
        .map(|(index, job)| (job.path.to_lowercase(), index))
        .collect();
    claims.par_sort_unstable();
    let mut diagnostics = Vec::new();
    let mut doubled = Vec::new();
    let doubles = claims.chunk_by(|(one, _), (other, _)| one == other);
    for claims in doubles.filter(|claims| claims.len() > 1) {
        let claims: Vec<usize> = claims.iter().map(|(_, index)| *index).collect();
        doubled.extend_from_slice(&claims[1..]);
        let asset = |index: &usize| {
            matches!(
                jobs[*index].kind,
                JobKind::SkinAsset(_) | JobKind::ContentAsset
            )
        };
        if claims.iter().all(asset) {
            continue;
        }
        let sources: Vec<&Arc<str>> = claims
            .iter()
            .filter_map(|index| jobs[*index].source.as_ref())
            .collect();
        let address = jobs[claims[0]].path.trim_end_matches("index.html");
        let Some((last, others)) = sources.split_last() else {
            continue;
        };
        let mut diagnostic = Diagnostic::new(
            &rules::ADDRESS_COLLISION,
            last,
            0..0,
            format!("/{address} would be made from {} sources", claims.len()),
        )
        .help("rename one of them, or take the alias out");
        for other in others {
            diagnostic = diagnostic.label(other, 0..0, "another source");
        }
        diagnostics.push(diagnostic);
    }
    doubled.sort_unstable();
    for index in doubled.into_iter().rev() {
        jobs.remove(index);
    }
    diagnostics
}
