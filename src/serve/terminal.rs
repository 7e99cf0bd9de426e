//! What the terminal shows: one line for each rebuild, and the problems when they are others than before.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use super::problems::Problem;
use crate::console::{note, note_line};
use crate::diagnostics::Report;
use crate::diagnostics::format::{counted, human};
use crate::source::Sources;

/// The terminal of whoever started the server. Clones write to the same.
#[derive(Debug, Clone)]
pub(super) struct Terminal {
    quiet: bool,
    /// The problems that were shown last.
    shown: Arc<Mutex<String>>,
    advised: Arc<AtomicBool>,
}

/// What there is to tell of one rebuild.
pub(super) struct Told {
    changed: String,
    problems: String,
    summary: Option<String>,
}

impl Told {
    pub(super) fn new(changed: &[&str], report: &Report, sources: &Sources) -> Self {
        let look = human::Look {
            color: anstream::stderr().current_choice() != anstream::ColorChoice::Never,
            all: false,
        };
        Self {
            changed: changed_in_words(changed),
            problems: human::render(report, sources, look),
            summary: human::summary(report),
        }
    }
}

impl Told {
    /// What there is to tell when the tool could not do its work.
    pub(super) fn of_failure(changed: &[&str], problem: &Problem) -> Self {
        Self {
            changed: changed_in_words(changed),
            problems: format!("error: {}\n\n", problem.message),
            summary: Some(counted(1, "error")),
        }
    }
}

impl Terminal {
    pub(super) fn new(quiet: bool) -> Self {
        Self {
            quiet,
            shown: Arc::default(),
            advised: Arc::default(),
        }
    }

    /// A new site is shown.
    pub(super) fn rebuilt(&self, told: Told, pages: usize, start: Instant) {
        self.problems(&told.problems);
        let problems = told
            .summary
            .map_or_else(String::new, |summary| format!("{summary}; "));
        self.line(&format!(
            "{}: {problems}{} in {}",
            told.changed,
            counted(pages, "page"),
            took(start)
        ));
    }

    /// The site stays as it was, if there was one.
    pub(super) fn held_back(&self, told: Told, has_site: bool, start: Instant) {
        self.problems(&told.problems);
        let summary = told.summary.unwrap_or_default();
        let instead = match has_site {
            true => "the site stays as it was",
            false => "there is no site yet",
        };
        self.line(&format!(
            "{}: {summary}; {instead} ({})",
            told.changed,
            took(start)
        ));
    }

    /// Something is wrong with a site that is shown.
    pub(super) fn object(&self, problem: &Problem) {
        note_line!("error: {}\n", problem.message);
    }

    /// Says once how to live on a file system that tells of no changes.
    pub(super) fn advise_polling(&self) {
        if !self.advised.swap(true, Ordering::Relaxed) {
            note_line!(
                "Files changed, but the system did not report it: they are looked at every few seconds. \
                 Start with --poll to see changes sooner."
            );
        }
    }

    fn line(&self, line: &str) {
        if !self.quiet {
            note_line!("{}", human::printable(line));
        }
    }

    /// Shows problems, unless they are on the screen already.
    fn problems(&self, problems: &str) {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        if *shown != problems {
            problems.clone_into(&mut shown);
            note!("{problems}");
        }
    }
}

fn changed_in_words(changed: &[&str]) -> String {
    match changed {
        [] => "The library".to_owned(),
        [one] => format!("{one} changed"),
        [first, ..] => format!("{} files changed, {first} the first", changed.len()),
    }
}

fn took(start: Instant) -> String {
    format!("{} ms", start.elapsed().as_millis())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_told_by_name_or_number() {
        assert_eq!(changed_in_words(&[]), "The library");
        assert_eq!(changed_in_words(&["content/a.md"]), "content/a.md changed");
        let two = changed_in_words(&["content/a.md", "content/b.md"]);
        assert_eq!(two, "2 files changed, content/a.md the first");
    }
}
