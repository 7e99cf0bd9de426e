//! Which problems are reported: those of chosen files, and those that belong to a change.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};

use super::Check;
use crate::console::note_line;
use crate::diagnostics::format::human;
use crate::diagnostics::{Diagnostic, Report, Severity, Span};
use crate::pipeline::{self, Edited, Options};
use crate::source::Changes;

/// What is reported on.
pub(super) struct Scope<'c> {
    /// Files and folders as paths from the root of the library with `/`; `None` for all.
    chosen: Option<Vec<String>>,
    since: Option<Since<'c>>,
}

/// A change, and the problems that the library had before it.
struct Since<'c> {
    revision: &'c str,
    options: &'c Options,
    changes: Changes,
    /// `None` inside when the library could not be checked as it was. Found out when somebody needs it.
    before: OnceCell<Option<Report>>,
}

/// What makes two problems the same; the place is left out for files that were mended, where it moves.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Problem {
    path: Arc<str>,
    rule: &'static str,
    severity: Severity,
    message: String,
    place: Option<(usize, usize)>,
}

impl Problem {
    fn of(diagnostic: &Diagnostic, mended: &Edited) -> Self {
        let Span { start, end } = diagnostic.span;
        let placed = !mended.contains_key(&diagnostic.path);
        Self {
            path: diagnostic.path.clone(),
            rule: diagnostic.rule.name,
            severity: diagnostic.severity,
            message: diagnostic.message.clone(),
            place: placed.then_some((start, end)),
        }
    }
}

impl<'c> Scope<'c> {
    /// Resolves paths and revision, which is quicker than a check and may fail.
    pub(super) fn new(check: &'c Check) -> Result<Self> {
        let chosen = (!check.paths.is_empty())
            .then(|| chosen(&check.options.root, &check.paths))
            .transpose()?;
        let since = check
            .changed_since
            .as_deref()
            .map(|revision| {
                Ok::<_, anyhow::Error>(Since {
                    revision,
                    options: &check.options,
                    changes: Changes::since(&check.options.root, revision)?,
                    before: OnceCell::new(),
                })
            })
            .transpose()?;
        Ok(Self { chosen, since })
    }

    /// Leaves in a report what is asked for; some files may have been mended since.
    pub(super) fn narrow(&self, report: &mut Report, mended: &Edited) {
        // What two files do to each other stands in one of them, and the other may be the one that was chosen.
        report.retain(|found| {
            let others = found.labels.iter().map(|label| &label.path);
            std::iter::once(&found.path)
                .chain(others)
                .any(|path| self.is_chosen(path))
        });
        if let Some(since) = &self.since {
            since.narrow(report, mended);
            report.set_changed(since.changes.paths());
        }
    }

    /// Whether problems of a file are asked for, as far as files were named.
    pub(super) fn is_chosen(&self, path: &str) -> bool {
        let chosen = self.chosen.as_ref();
        chosen.is_none_or(|chosen| chosen.iter().any(|part| is_under(path, part)))
    }
}

impl Since<'_> {
    /// Leaves the problems of changed files, and those of other files that were not there before the change.
    fn narrow(&self, report: &mut Report, mended: &Edited) {
        let is_changed = |found: &Diagnostic| self.changes.contains(&found.path);
        if report.diagnostics().iter().all(is_changed) {
            return;
        }
        let Some(before) = self.before.get_or_init(|| self.before()) else {
            return;
        };
        let problem = |found: &Diagnostic| Problem::of(found, mended);
        let mut known: BTreeMap<Problem, usize> = BTreeMap::new();
        for found in before.diagnostics() {
            *known.entry(problem(found)).or_default() += 1;
        }
        report.retain(|found| {
            if is_changed(found) {
                return true;
            }
            match known.get_mut(&problem(found)) {
                Some(times) if *times > 0 => {
                    *times -= 1;
                    false
                }
                _ => true,
            }
        });
    }

    /// The problems that the library had before the change; `None`, which is said, when nobody can tell.
    fn before(&self) -> Option<Report> {
        match self.check_before() {
            Ok(report) => Some(report),
            Err(reason) => {
                let note = format!(
                    "note: the library as it was at {} can't be checked, so every problem counts as new ({reason})",
                    self.revision
                );
                note_line!("{}", human::printable(&note));
                None
            }
        }
    }

    fn check_before(&self) -> Result<Report, String> {
        let folder = tempfile::Builder::new()
            .prefix("caseloom-")
            .tempdir()
            .map_err(|error| format!("cannot make a temporary folder: {error}"))?;
        let options = Options {
            root: folder.path().to_owned(),
            ..self.options.clone()
        };
        let checked = self
            .changes
            .restore(folder.path())
            .and_then(|()| pipeline::load(&options, &mut |_| {}));
        match checked {
            Ok(project) => Ok(project.report),
            // Nobody knows the temporary folder.
            Err(error) => Err(format!("{error:#}")
                .replace(&format!("{}{MAIN_SEPARATOR}", folder.path().display()), "")),
        }
    }
}

/// Where a file or folder is. A symbolic link is meant itself and not what it leads to, since it may be the problem.
fn place_of(path: &Path) -> std::io::Result<PathBuf> {
    match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) if path.is_symlink() => {
            let parent = match parent.as_os_str().is_empty() {
                true => Path::new("."),
                false => parent,
            };
            Ok(std::fs::canonicalize(parent)?.join(name))
        }
        _ => std::fs::canonicalize(path),
    }
}

/// The chosen files and folders, as paths from the root of the library with `/`.
fn chosen(root: &Path, paths: &[PathBuf]) -> Result<Vec<String>> {
    let root =
        std::fs::canonicalize(root).with_context(|| format!("cannot find {}", root.display()))?;
    paths
        .iter()
        .map(|path| {
            let place =
                place_of(path).with_context(|| format!("cannot find {}", path.display()))?;
            let inside = place.strip_prefix(&root).with_context(|| {
                format!(
                    "{} is not in the library {}",
                    path.display(),
                    root.display()
                )
            })?;
            let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
            Ok(parts.join("/"))
        })
        .collect()
}

fn is_under(path: &str, chosen: &str) -> bool {
    chosen.is_empty()
        || path
            .strip_prefix(chosen)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
