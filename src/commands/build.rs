//! `caseloom build`: check the library, make the site, publish it.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::Result;

use super::Outcome;
use crate::diagnostics::format::human;
use crate::output::{self, Mode, Paths, Publication, Published};
use crate::pipeline::{self, Options, Project, Timings};

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
    /// Print how long each stage took.
    pub timings: bool,
    /// Say nothing but problems.
    pub quiet: bool,
}

/// A build that takes longer than this shows its stages on a terminal.
const LONG: Duration = Duration::from_millis(500);

/// Builds the site.
///
/// # Errors
/// When the tool can't do its work; nothing was written then.
pub fn run(build: &Build) -> Result<Outcome> {
    let start = Instant::now();
    let mut timings = Timings::default();
    let mut progress = Progress::new(start, build.quiet);
    let mut on_stage = |stage: &'static str| {
        timings.begin(stage);
        progress.stage(stage);
    };
    on_stage("config");
    let root = &build.options.root;
    // Before any work: a folder that can't be published into is said at once.
    let out = match &build.out {
        Some(out) => out.clone(),
        None => root.join(crate::config::load(root)?.build.out),
    };
    output::check_target(root, &out)?;
    let mut project = pipeline::load(&build.options, &mut on_stage)?;
    project.report.without_remarks();
    if project.report.fails(build.strict) {
        progress.clear();
        print_report(&project, build.quiet);
        if !build.quiet {
            anstream::eprintln!("Nothing was written.");
        }
        return Ok(Outcome::Problems);
    }
    on_stage("search");
    let index = pipeline::index(&project, None);
    let paths = pipeline::paths(&project, &index);
    let mode = if build.swap { Mode::Swap } else { Mode::Update };
    let publication = Publication::begin(&paths, root, &out, mode, || {
        anstream::eprintln!(
            "Another build is writing to {}; this one waits for it.",
            out.display()
        );
    })?;
    let taken = pipeline::make(
        &project,
        &index,
        &paths,
        &mut on_stage,
        || false,
        |number, bytes| publication.take(number, bytes),
    )?;
    on_stage("publish");
    let published = publication.finish(&taken.expect("invariant: nothing told it to stop"))?;
    timings.end();
    progress.clear();
    print_report(&project, build.quiet);
    if build.timings {
        print_timings(&timings, start.elapsed());
    }
    if !build.quiet {
        anstream::eprintln!("{}", closing_line(&project, &paths, published, start));
    }
    // The process ends here; giving memory back piece by piece would only keep its user waiting.
    std::mem::forget((project, index));
    Ok(Outcome::Clean)
}

fn print_report(project: &Project, quiet: bool) {
    let look = human::Look {
        color: anstream::stderr().is_terminal_like(),
        all: false,
    };
    anstream::eprint!("{}", human::render(&project.report, &project.sources, look));
    if let Some(summary) = human::summary(&project.report).filter(|_| !quiet) {
        anstream::eprintln!("{summary}");
    }
}

fn print_timings(timings: &Timings, total: Duration) {
    for (stage, took) in timings.stages() {
        anstream::eprintln!("{stage:>12} {:>9.1} ms", took.as_secs_f64() * 1e3);
    }
    anstream::eprintln!("{:>12} {:>9.1} ms", "total", total.as_secs_f64() * 1e3);
}

fn closing_line(project: &Project, paths: &Paths, published: Published, start: Instant) -> String {
    let studies = project.library.listed_studies().count();
    format!(
        "{studies} studies, {} pages, {} files: {} written, {} unchanged, {} removed, in {:.2} s",
        paths.page_count(),
        paths.len(),
        published.written,
        published.unchanged,
        published.removed,
        start.elapsed().as_secs_f64()
    )
}

/// One line on a terminal that says what a long build is doing.
struct Progress {
    start: Instant,
    active: bool,
    shown: bool,
}

impl Progress {
    fn new(start: Instant, quiet: bool) -> Self {
        Self {
            start,
            active: !quiet && std::io::stderr().is_terminal(),
            shown: false,
        }
    }

    fn stage(&mut self, stage: &str) {
        if self.active && self.start.elapsed() >= LONG {
            anstream::eprint!("\r\u{1b}[2K{stage} …");
            let _ = std::io::stderr().flush();
            self.shown = true;
        }
    }

    fn clear(&mut self) {
        if self.shown {
            anstream::eprint!("\r\u{1b}[2K");
            self.shown = false;
        }
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
