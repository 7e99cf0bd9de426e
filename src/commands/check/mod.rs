//! `caseloom check`: every problem of the library, or of a part of it.

mod diff;
mod mend;
mod print;
mod scope;
mod write;

use std::path::PathBuf;

use anyhow::Result;

use self::scope::Scope;
use super::Outcome;
use crate::diagnostics::format::Format;
use crate::pipeline::{self, Edited, Options};

/// What was asked for.
#[derive(Debug, Clone)]
pub struct Check {
    /// What the road needs to know.
    pub options: Options,
    /// Files and folders to report on; empty for all.
    pub paths: Vec<PathBuf>,
    /// The git revision since which files must have changed to be reported on.
    pub changed_since: Option<String>,
    /// What to do about problems that can be mended without asking.
    pub mend: Mend,
    /// How problems are written.
    pub format: Format,
    /// Whether warnings fail.
    pub strict: bool,
    /// Whether every remark is listed, however many.
    pub all: bool,
    /// Say nothing but problems.
    pub quiet: bool,
}

/// What to do about problems that can be mended without asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mend {
    /// Report them.
    No,
    /// Mend them, and report what remains.
    Write,
    /// Show how they would be mended.
    Show,
}

/// Checks the library; the report goes to standard output.
///
/// # Errors
/// When the tool can't do its work.
pub fn run(check: &Check) -> Result<Outcome> {
    let scope = Scope::new(check)?;
    let mut project = pipeline::load(&check.options, &mut |_| {})?;
    scope.narrow(&mut project.report, &Edited::new());
    let mut fails = project.report.fails(check.strict);
    match check.mend {
        Mend::No => print::report(check, &scope, &project)?,
        Mend::Write => {
            project = mend::write(check, &scope, project)?;
            fails = project.report.fails(check.strict);
            print::report(check, &scope, &project)?;
        }
        Mend::Show => project = mend::show(check, &scope, project)?,
    }
    let outcome = match fails {
        true => Outcome::Problems,
        false => Outcome::Clean,
    };
    // The process ends here; giving back the library piece by piece would only keep its user waiting.
    std::mem::forget(project);
    Ok(outcome)
}
