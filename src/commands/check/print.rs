//! The report as it is printed, and the line that closes it.

use std::collections::BTreeSet;

use anyhow::Result;

use super::Check;
use super::scope::Scope;
use crate::console;
use crate::diagnostics::format::{self, Format, human};
use crate::diagnostics::{Diagnostic, Severity};
use crate::pipeline::Project;

/// Prints the problems, and for people what to do next.
///
/// # Errors
/// When they can't be.
pub(super) fn report(check: &Check, scope: &Scope<'_>, project: &Project) -> Result<()> {
    let look = human::Look {
        color: anstream::stdout().current_choice() != anstream::ColorChoice::Never,
        all: check.all || !check.paths.is_empty(),
    };
    let (report, sources) = (&project.report, &project.sources);
    let root = &check.options.root;
    let mut text = format::render(check.format, report, sources, root, look);
    if check.format == Format::Human && !check.quiet {
        text.push_str(&closing_line(check, scope, project));
        text.push('\n');
    }
    console::answer(&text)
}

/// What was found, and what to do next.
fn closing_line(check: &Check, scope: &Scope<'_>, project: &Project) -> String {
    let report = &project.report;
    let Some(counts) = human::summary(report) else {
        return match report.changed().map(BTreeSet::len) {
            Some(0) => "Nothing changed.".to_owned(),
            Some(1) => "No problems in the file that changed, and none that it caused.".to_owned(),
            Some(number) => {
                format!(
                    "No problems in the {number} files that changed, and none that they caused."
                )
            }
            None => {
                let files = project.sources.files().iter();
                let files = files.filter(|file| scope.is_chosen(&file.path));
                format!("No problems in {}.", format::counted(files.count(), "file"))
            }
        };
    };
    let within = format::counted(report.files(), "file");
    let next = if report.diagnostics().iter().any(Diagnostic::has_fix) {
        "`caseloom check --fix` mends what is certain."
    } else if report.count(Severity::Error) > 0 {
        "`caseloom explain RULE` says more about the name in brackets."
    } else if report.fails(check.strict) {
        "With --strict, warnings fail."
    } else {
        "Nothing here stops a build."
    };
    format!("{counts} in {within}. {next}")
}
