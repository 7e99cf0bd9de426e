//! `caseloom build`: check the library, make the site, publish it.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::Result;
use serde::{Deserialize, Serialize};

use super::Outcome;
use crate::cache::Cache;
use crate::console::{note, note_line};
use crate::diagnostics::format::{counted, human};
use crate::output::{Mode, OutputFolder, Publication, Published, Taken};
use crate::pipeline::{self, Files, Material, Options, Origin, Past, Project, Record, Timings};

/// What was asked for.
#[derive(Debug, Clone)]
pub struct Build {
    /// What the road needs to know.
    pub options: Options,
    /// Output folder instead of the configured one.
    pub out: Option<PathBuf>,
    /// Whether warnings fail.
    pub strict: bool,
    /// Make the whole tree beside the old one and exchange the two.
    pub swap: bool,
    /// Use nothing of the last build, and keep nothing for the next.
    pub no_cache: bool,
    /// Print how long each stage took.
    pub timings: bool,
    /// Say nothing but problems.
    pub quiet: bool,
}

/// The name under which the cache has the last build that had nothing to say.
const LAST: &str = "last";

/// A build that had nothing to say, so that it need not be done again.
#[derive(Debug, Serialize, Deserialize)]
struct Last {
    origin: Origin,
    /// The hash of the list of the files that it made.
    list: [u8; 32],
}

/// A site in numbers.
#[derive(Debug, Clone, Copy)]
struct Made {
    studies: usize,
    pages: usize,
    files: usize,
    /// Files of the last build that were kept, and not made.
    kept: usize,
}

/// A build that takes longer than this shows its stages on a terminal.
const LONG: Duration = Duration::from_millis(500);

/// Clears the line of a terminal on which the cursor stands.
const CLEAR_LINE: &str = "\r\u{1b}[2K";

/// Builds the site.
///
/// # Errors
/// When the tool can't do its work. Nothing was written then, unless it was while the site was being published: the next build
/// finishes that.
pub fn run(build: &Build) -> Result<Outcome> {
    let start = Instant::now();
    let mut timings = Timings::default();
    let progress = Progress::new(start, build.quiet);
    let mut on_stage = |stage: &'static str| {
        timings.begin(stage);
        progress.stage(stage);
    };
    on_stage("config");
    let root = &build.options.root;
    let out = match &build.out {
        Some(out) => out.clone(),
        None => root.join(crate::config::load(root)?.build.out),
    };
    // A folder that can't be published into is said before the work begins.
    let (folder, material) = rayon::join(
        || OutputFolder::look(root, &out),
        || Material::gather(&build.options, &mut on_stage),
    );
    let (folder, material) = (folder?, material?);
    on_stage("compare");
    let inputs = material.hash(&build.options);
    let cache = Cache::of(root, &out).filter(|_| !build.no_cache);
    let last: Option<Last> = cache.as_ref().and_then(|cache| cache.read(LAST));
    if let Some(inputs) = &inputs
        && let Some(Last { origin, list }) = &last
        && material.is_of(origin, inputs, build.options.today)
        && let Some(site) = folder.standing(&(*list).into())?
    {
        let made = Made {
            studies: origin.studies,
            pages: site.pages,
            files: site.files,
            kept: site.files,
        };
        let unchanged = Published {
            unchanged: site.files,
            ..Published::default()
        };
        timings.end();
        progress.clear();
        tell(build, &timings, made, unchanged, start);
        return Ok(Outcome::Clean);
    }
    let mut past = cache.as_ref().map(|cache| {
        on_stage("remember");
        Past::load(cache, &material)
    });
    let memory = past.as_mut().map(|past| &mut past.memory);
    let mut project = pipeline::load_from(material, &build.options, memory, &mut on_stage);
    project.report.without_remarks();
    if project.report.fails(build.strict) {
        progress.clear();
        print_report(&project, build.quiet);
        if !build.quiet {
            note_line!("Nothing was written.");
        }
        return Ok(Outcome::Problems);
    }
    on_stage("search");
    let index = match &past {
        Some(past) => past.index(&project),
        None => pipeline::index(&project, None),
    };
    let paths = pipeline::paths(&project, &index);
    let mode = if build.swap { Mode::Swap } else { Mode::Update };
    let publication = Publication::begin(&paths, folder, mode, || {
        progress.clear();
        note_line!(
            "Another build is writing to {}; this one waits for it.",
            out.display()
        );
    })?;
    let files = pipeline::make(
        &project,
        &index,
        &paths,
        past.as_ref().and_then(|past| past.record.as_ref()),
        &mut on_stage,
        || false,
        &publication,
    )?;
    on_stage("publish");
    let files = files.expect("invariant: nothing told it to stop");
    let made = Made {
        studies: project.library.listed_studies().count(),
        pages: paths.page_count(),
        files: paths.len(),
        kept: files.kept,
    };
    let Files { taken, traces, .. } = files;
    // The cache may lie on the same disk: it gets what room is left when the site is in its place.
    let (published, record) = rayon::join(
        || publication.finish(&taken),
        || {
            let past = past.as_ref().filter(|_| !project.has_changed())?;
            Some((
                past,
                Record::of(&project, &paths, &taken, traces, Taken::known),
            ))
        },
    );
    let (published, list) = published?;
    if let Some(cache) = &cache {
        on_stage("keep");
        let origin = inputs.filter(|_| record.is_some());
        let origin = origin.and_then(|inputs| project.origin(&inputs, build.options.today));
        let list = list.into();
        match origin.map(|origin| Last { origin, list }) {
            Some(last) => cache.write(LAST, &last),
            None => cache.forget(LAST),
        }
    }
    if let Some((past, record)) = &record {
        past.save(record);
    }
    timings.end();
    progress.clear();
    print_report(&project, build.quiet);
    tell(build, &timings, made, published, start);
    // The process ends here; giving memory back piece by piece would only keep its user waiting.
    std::mem::forget(record);
    std::mem::forget((project, index, past));
    Ok(Outcome::Clean)
}

fn print_report(project: &Project, quiet: bool) {
    let look = human::Look {
        color: anstream::stderr().is_terminal_like(),
        all: false,
    };
    note!("{}", human::render(&project.report, &project.sources, look));
    if let Some(summary) = human::summary(&project.report).filter(|_| !quiet) {
        note_line!("{summary}");
    }
}

fn print_timings(timings: &Timings, total: Duration, kept: usize) {
    for (stage, took) in timings.stages() {
        note_line!("{stage:>12} {:>9.1} ms", took.as_secs_f64() * 1e3);
    }
    note_line!("{:>12} {:>9.1} ms", "total", total.as_secs_f64() * 1e3);
    note_line!("{kept} files were known from the last build, and not made again");
}

/// The last words of a build.
fn tell(build: &Build, timings: &Timings, made: Made, published: Published, start: Instant) {
    if build.timings {
        print_timings(timings, start.elapsed(), made.kept);
    }
    if !build.quiet {
        let studies = match made.studies {
            1 => "1 study".to_owned(),
            number => format!("{number} studies"),
        };
        note_line!(
            "{}, {}, {}: {} written, {} unchanged, {} removed, in {:.2} s",
            studies,
            counted(made.pages, "page"),
            counted(made.files, "file"),
            published.written,
            published.unchanged,
            published.removed,
            start.elapsed().as_secs_f64()
        );
    }
}

/// One line on a terminal that says what a long build is doing.
struct Progress {
    start: Instant,
    active: bool,
    shown: AtomicBool,
}

impl Progress {
    fn new(start: Instant, quiet: bool) -> Self {
        Self {
            start,
            active: !quiet && std::io::stderr().is_terminal(),
            shown: AtomicBool::new(false),
        }
    }

    fn stage(&self, stage: &str) {
        if self.active && self.start.elapsed() >= LONG {
            note!("{CLEAR_LINE}{stage} …");
            let _ = std::io::stderr().flush();
            self.shown.store(true, Ordering::Relaxed);
        }
    }

    fn clear(&self) {
        if self.shown.swap(false, Ordering::Relaxed) {
            note!("{CLEAR_LINE}");
        }
    }
}

/// An error is no reason to leave the line there: its message would stand behind it.
impl Drop for Progress {
    fn drop(&mut self) {
        self.clear();
    }
}

/// Whether a stream gets colour: what `--color` chose, or what its terminal can do.
trait TerminalLike {
    fn is_terminal_like(&self) -> bool;
}

impl TerminalLike for anstream::Stderr {
    fn is_terminal_like(&self) -> bool {
        self.current_choice() != anstream::ColorChoice::Never
    }
}
