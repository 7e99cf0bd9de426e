//! Making the files of a site: each is made, read for its links, and given away.

use anyhow::{Result, bail};
use rayon::prelude::*;

use super::record::Kept;
use super::{OnStage, Project, Record};
use crate::content::reads::Reads;
use crate::diagnostics::{Severity, rules};
use crate::output::{
    BrokenLink, Known, Links, OutputFile, Page, Paths, Publication, Reason, Scratch, Taken,
};

/// Where the files of a site go, each with its number.
pub trait Destination: Sync {
    /// What is known of a file when it has been taken.
    type Taken: Send;

    /// Takes a file.
    ///
    /// # Errors
    /// When it can't be taken.
    fn take(&self, number: usize, bytes: &[u8]) -> Result<Self::Taken>;

    /// Keeps the file that was taken the last time, if it is still there and known.
    ///
    /// # Errors
    /// When it can't be kept.
    fn keep(&self, number: usize, known: &Known) -> Result<Option<Self::Taken>>;
}

impl Destination for Publication<'_> {
    type Taken = Taken;

    fn take(&self, number: usize, bytes: &[u8]) -> Result<Taken> {
        self.take(number, bytes)
    }

    fn keep(&self, number: usize, known: &Known) -> Result<Option<Taken>> {
        self.keep(number, known)
    }
}

/// For a site that is only looked through.
impl Destination for () {
    type Taken = ();

    fn take(&self, _: usize, _: &[u8]) -> Result<()> {
        Ok(())
    }

    fn keep(&self, _: usize, _: &Known) -> Result<Option<()>> {
        Ok(None)
    }
}

/// What is known of the files of a site that was made, in the order of their numbers.
#[derive(Debug)]
pub struct Files<T> {
    /// What became of each.
    pub taken: Vec<T>,
    /// What the next build is to know of each.
    pub traces: Traces,
    /// How many were kept, and not made.
    pub kept: usize,
}

/// What the files of a site lead to and come from, in the order of their numbers.
#[derive(Debug)]
pub struct Traces {
    /// Their links and ids.
    pub(super) pages: Vec<Option<Page>>,
    /// The studies that each is made from.
    pub(super) reads: Vec<Reads>,
}

/// The paths of all files of the site, those of the index among them.
pub fn paths(project: &Project, index: &[OutputFile]) -> Paths {
    let index = index.iter().map(|file| file.path.as_str());
    let all = project.plan.paths().chain(index);
    Paths::new(all.map(str::to_owned).collect())
}

/// Makes every file of the site, gives each away as soon as it is there, and verifies the links of its pages. There are no
/// files if it was told to stop. A file that the last build made is kept, by its record, if this one would make the same.
///
/// Files are made by many threads in no order, and none is held in memory.
///
/// # Errors
/// When a template fails, or a page has a link that leads nowhere: content was checked before, so both are mistakes of
/// the skin. When a file can't be taken.
pub fn make<D: Destination>(
    project: &Project,
    index: &[OutputFile],
    paths: &Paths,
    last: Option<&Record>,
    on_stage: OnStage<'_>,
    stop: impl Fn() -> bool + Sync,
    destination: &D,
) -> Result<Option<Files<D::Taken>>> {
    on_stage("render");
    let links = Links::new(paths, project.config.base_url.path());
    let number = |path: &str| {
        let number = paths.number(path);
        number.expect("invariant: these are the paths of the plan and of the index")
    };
    let file = |scratch: &mut Scratch, path: &str, bytes: &[u8], reads: Reads| {
        let number = number(path);
        Ok(Made {
            number,
            page: links.read(number, bytes, scratch),
            reads,
            is_kept: false,
            taken: destination.take(number, bytes)?,
        })
    };
    let kept = last.and_then(|last| last.kept(project));
    let planned: Vec<usize> = project.plan.paths().map(number).collect();
    let known = |at: usize| {
        let Some(Kept { known, page, reads }) = kept.as_ref().and_then(|it| it.get(at)) else {
            return Ok(None);
        };
        let number = planned[at];
        let taken = destination.keep(number, &known)?;
        Ok(taken.map(|taken| Made {
            number,
            page: page.map(|page| page.clone().renumbered(|at| planned[at])),
            reads: reads.clone(),
            is_kept: true,
            taken,
        }))
    };
    let renderer = project.renderer();
    if kept.is_none() {
        renderer.make_cards(&stop);
    }
    let pages = renderer.each_unless(&stop, known, Scratch::default, file)?;
    let Some(mut made) = pages.filter(|_| !stop()) else {
        return Ok(None);
    };
    let index = index
        .par_iter()
        .map_init(Scratch::default, |scratch, of_index| {
            file(scratch, &of_index.path, &of_index.bytes, Reads::default())
        });
    made.extend(index.collect::<Result<Vec<_>>>()?);
    made.sort_unstable_by_key(|made| made.number);
    on_stage("verify");
    let kept = made.iter().filter(|made| made.is_kept).count();
    let mut taken = Vec::with_capacity(made.len());
    let mut traces = Traces {
        pages: Vec::with_capacity(made.len()),
        reads: Vec::with_capacity(made.len()),
    };
    for made in made {
        taken.push(made.taken);
        traces.pages.push(made.page);
        traces.reads.push(made.reads);
    }
    verify(project, links.broken(&traces.pages))?;
    Ok(Some(Files {
        taken,
        traces,
        kept,
    }))
}

/// What is known of a file that was made.
struct Made<T> {
    number: usize,
    page: Option<Page>,
    reads: Reads,
    is_kept: bool,
    taken: T,
}

fn verify(project: &Project, mut broken: Vec<BrokenLink>) -> Result<()> {
    let severity = project.config.rules.get(rules::DEAD_FRAGMENT.name);
    if severity.is_some_and(|severity| *severity != Some(Severity::Error)) {
        // The library makes less of these, and the report has said it.
        broken.retain(|link| link.reason != Reason::MissingFragment);
    }
    if !broken.is_empty() {
        let shown: Vec<String> = broken.iter().take(10).map(ToString::to_string).collect();
        bail!(
            "{} of the pages' links or ids do not work; the templates of the skin need mending\n  {}",
            broken.len(),
            shown.join("\n  ")
        );
    }
    Ok(())
}
