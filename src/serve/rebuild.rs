//! From changed files to the next view: one walk of the road that `check` and `build` walk, with what it remembers.
//!
//! A site without errors is shown at once, and its pages are made when they are asked for. What `build` does besides, making
//! every page and following every link, comes after that, when the files have been left alone for a moment. Only where
//! templates or configuration have changed it comes before, since a mistake in them would break pages.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Error;

use super::live::{Desk, Live, Moved, View};
use super::moved::moved;
use super::problems;
use super::pulse::Pulse;
use super::snapshot::Snapshot;
use super::terminal::{Terminal, Told};
use super::watch::{Changes, Watch};
use crate::diagnostics::Report;
use crate::pipeline::{self, Inputs, Memory, Options, Project};
use crate::search;

/// How long nothing must have changed before all pages are made.
const IDLE: Duration = Duration::from_millis(300);

/// Rebuilds the site when files change.
pub(super) struct Rebuilder {
    options: Options,
    live: Arc<Live>,
    pulse: Arc<Pulse>,
    terminal: Terminal,
    memory: Memory,
    /// What is remembered of the last search index.
    search: Arc<Mutex<search::Memory>>,
    /// What the last walk was made from and what it found; `None` when it could not be walked to its end.
    last: Option<(Inputs, Report)>,
    /// Templates or configuration are others than when all pages were made.
    in_doubt: bool,
    /// Where the files are, by the last configuration that could be read.
    desk: Desk,
}

/// A library as it was at a moment.
struct Walk {
    start: Instant,
    /// How many changes there had been when it began.
    beats: u64,
    project: Result<Project, Error>,
}

impl Rebuilder {
    pub(super) fn new(
        options: Options,
        live: Arc<Live>,
        pulse: Arc<Pulse>,
        terminal: Terminal,
    ) -> Self {
        Self {
            desk: Desk::new(
                &options.root,
                &crate::config::Build::default(),
                &crate::config::Serve::default(),
            ),
            options,
            live,
            pulse,
            terminal,
            memory: Memory::default(),
            search: Arc::default(),
            last: None,
            in_doubt: false,
        }
    }

    /// The first build.
    pub(super) fn begin(&mut self) {
        let walk = self.walk();
        self.rebuild(&Changes::default(), walk);
    }

    /// Rebuilds after each change, for as long as somebody watches.
    pub(super) fn follow(mut self, mut watch: Watch) {
        while let Some((changes, walk)) = watch.next(|| self.walk()) {
            if changes.untold {
                self.terminal.advise_polling();
            }
            self.rebuild(&changes, walk);
        }
    }

    /// Reads the library as it is now.
    fn walk(&mut self) -> Walk {
        let start = Instant::now();
        let beats = self.pulse.beats();
        self.options.today = pipeline::today();
        Walk {
            start,
            beats,
            project: pipeline::load_again(&self.options, &mut self.memory),
        }
    }

    fn rebuild(&mut self, changes: &Changes, walk: Walk) {
        let Walk { start, beats, .. } = walk;
        let project = match walk.project {
            Ok(project) => project,
            Err(error) => {
                self.last = None;
                self.in_doubt = true;
                let paths: Vec<&str> = changes.paths.iter().map(String::as_str).collect();
                return self.fail(&error, &paths, start);
            }
        };
        let inputs = project.inputs();
        let before = self.last.replace((inputs.clone(), project.report.clone()));
        let changed = match &before {
            Some((before, _)) => inputs.since(before),
            None => changes.paths.iter().map(String::as_str).collect(),
        };
        // A file was touched, or an editor has put its leftovers beside it.
        if changed.is_empty()
            && before
                .as_ref()
                .is_some_and(|(_, report)| *report == project.report)
        {
            // The proof of the site that is shown gave up all the same.
            let view = self.live.view();
            if let Some(site) = view.site.clone().filter(|site| !site.is_proved()) {
                self.prove_later(site, view, beats);
            }
            return;
        }
        self.in_doubt |= changed.iter().any(|path| may_break_pages(path));
        self.desk = Desk::new(
            &self.options.root,
            &project.config.build,
            &project.config.serve,
        );
        let mut report = project.report.clone();
        report.without_remarks();
        let problems = problems::of_report(&report, &project.sources, &self.desk.root);
        let told = Told::new(&changed, &report, &project.sources);
        if report.fails(false) {
            let old = self.live.view();
            self.terminal.held_back(told, old.site.is_some(), start);
            return self.live.show(old.held_back(problems, &self.desk));
        }
        let old = self.live.view();
        let site = Arc::new(Snapshot::new(
            project,
            self.desk.clone(),
            old.site.as_deref(),
        ));
        // The first site has nothing before it that could stand in.
        if old.site.is_some() && self.in_doubt {
            if let Err(error) = prove(&site, &self.search, || false) {
                return self.fail(&error, &changed, start);
            }
            self.in_doubt = false;
        }
        let moved = old
            .site
            .as_ref()
            .map_or_else(Moved::new, |old_site| moved(old_site, &site, &old.moved));
        self.live.show(View::of(Arc::clone(&site), problems, moved));
        self.terminal.rebuilt(told, site.page_count(), start);
        self.prove_later(site, old, beats);
    }

    /// Holds the site back, since the tool can't do its work.
    fn fail(&mut self, error: &Error, changed: &[&str], start: Instant) {
        let problem = problems::of_failure(error, &self.desk);
        let old = self.live.view();
        let told = Told::of_failure(changed, &problem);
        self.terminal.held_back(told, old.site.is_some(), start);
        self.live.show(old.held_back(vec![problem], &self.desk));
    }

    /// Makes all pages and follows all links, once nothing has changed for a moment and as long as nothing does.
    fn prove_later(&self, site: Arc<Snapshot>, old: View, beats: u64) {
        let (live, pulse, search, terminal) = (
            Arc::clone(&self.live),
            Arc::clone(&self.pulse),
            Arc::clone(&self.search),
            self.terminal.clone(),
        );
        thread::spawn(move || {
            // The last that hold the old site give back a great many small pieces of memory.
            drop(old);
            if pulse.changes_within(IDLE, beats) {
                return;
            }
            let changed = || pulse.beats() != beats;
            if let Err(error) = prove(&site, &search, changed)
                && !changed()
            {
                let problem = problems::of_failure(&error, &site.desk);
                if live.object(&site, problem.clone()) {
                    terminal.object(&problem);
                }
            }
        });
    }
}

/// Makes the search index, then every file, and follows every link, as `build` does, unless it is told to stop.
///
/// # Errors
/// When a template fails, or a page has a link that leads nowhere.
fn prove(
    site: &Snapshot,
    memory: &Mutex<search::Memory>,
    stop: impl Fn() -> bool + Sync,
) -> Result<(), Error> {
    // Nothing panics while it holds the lock but for want of memory.
    let mut memory = memory.lock().unwrap_or_else(PoisonError::into_inner);
    if stop() {
        return Ok(());
    }
    let index = pipeline::index(&site.project, Some(&mut memory));
    drop(memory);
    site.take_index(index);
    let (project, index) = (&site.project, site.index());
    let paths = pipeline::paths(project, index);
    if pipeline::make(project, index, &paths, None, &mut |_| {}, stop, &())?.is_some() {
        site.set_proved();
    }
    Ok(())
}

/// Whether a change of a file can make pages that can't be made, or that hold links which lead nowhere.
fn may_break_pages(path: &str) -> bool {
    path == crate::config::FILE_NAME
        || Path::new(path)
            .extension()
            .is_some_and(|extension| extension == "html")
}
