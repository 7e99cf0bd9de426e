//! Where problems are collected, and the report they become.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::diagnostic::{Diagnostic, Severity};
use super::rules::{Rule, TOO_MANY_PROBLEMS};
use super::span::Span;

/// Problems of one rule that a sink holds. A file of two megabytes can break a rule at every other byte, and a gigabyte of messages
/// that nobody is told would be kept. Each rule has its own number, so that none which is switched off hides another.
const HELD_OF_A_RULE: usize = 10_000;

/// Collects the problems of one file; parsing goes on after each.
#[derive(Debug)]
pub struct Sink {
    path: Arc<str>,
    diagnostics: Vec<Diagnostic>,
    /// How often each rule was broken.
    broken: Vec<(&'static Rule, usize)>,
}

impl Sink {
    /// A sink for the file at `path`.
    pub fn new(path: &Arc<str>) -> Self {
        Self {
            path: path.clone(),
            diagnostics: Vec::new(),
            broken: Vec::new(),
        }
    }

    /// The file that this sink is for.
    pub fn path(&self) -> &Arc<str> {
        &self.path
    }

    /// Starts a diagnostic of this file; hand it to [`Sink::push`].
    pub fn diagnostic(
        &self,
        rule: &'static Rule,
        span: Span,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::new(rule, &self.path, span, message)
    }

    /// Reports a problem that needs no more than its message.
    pub fn report(&mut self, rule: &'static Rule, span: Span, message: impl Into<String>) {
        let diagnostic = self.diagnostic(rule, span, message);
        self.push(diagnostic);
    }

    /// Takes a diagnostic in. Of a rule that is broken more than ten thousand times, the others are only counted.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let rule = diagnostic.rule;
        let known = self
            .broken
            .iter_mut()
            .find(|(known, _)| known.name == rule.name);
        let times = match known {
            Some((_, times)) => {
                *times += 1;
                *times
            }
            None => {
                self.broken.push((rule, 1));
                1
            }
        };
        if times <= HELD_OF_A_RULE {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Leaves only some of what was collected.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.diagnostics.retain(keep);
    }

    /// What was collected.
    pub fn into_diagnostics(mut self) -> Vec<Diagnostic> {
        for (rule, times) in self.broken {
            let of_rule = |found: &&mut Diagnostic| found.rule.name == rule.name;
            if let Some(last) = self.diagnostics.iter_mut().rev().find(of_rule) {
                last.others = times.saturating_sub(HELD_OF_A_RULE);
            }
        }
        self.diagnostics
    }
}

/// How many problems there are, those included that no sink held.
fn problems(diagnostics: &[Diagnostic]) -> usize {
    diagnostics.iter().map(|found| 1 + found.others).sum()
}

/// Leaves at most so many of each file, and one that stands for the others.
fn curb(diagnostics: Vec<Diagnostic>, most: usize) -> Vec<Diagnostic> {
    let mut files = diagnostics.chunk_by(|a, b| a.path == b.path);
    if files.all(|file| file.len() <= most && problems(file) == file.len()) {
        return diagnostics;
    }
    let mut kept = Vec::new();
    for file in diagnostics.chunk_by(|a, b| a.path == b.path) {
        let (told, left_out) = file.split_at(file.len().min(most));
        kept.extend_from_slice(told);
        let unheld = told.iter().filter(|found| found.others > 0);
        let Some(first) = left_out.first().or(unheld.clone().next_back()) else {
            continue;
        };
        let untold = unheld.chain(left_out);
        let worst = untold.map(|diagnostic| diagnostic.severity).min();
        let mut more = Diagnostic::new(
            &TOO_MANY_PROBLEMS,
            &first.path,
            first.span.clone(),
            format!(
                "{} more problems follow and are not shown",
                problems(file) - told.len()
            ),
        )
        .help("mend those that are shown, and see whether this file belongs here");
        more.severity = worst.unwrap_or(more.severity);
        kept.push(more);
    }
    kept
}

/// All problems of a library, with the severities that its configuration gives them, in the order of path and place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
    changed: Option<BTreeSet<Arc<str>>>,
}

impl Report {
    /// Applies the configured severities (`None` switches a rule off) and sorts. Of each file at most `most` are kept; one
    /// more then says how many were left out.
    pub fn new(
        mut diagnostics: Vec<Diagnostic>,
        severities: &BTreeMap<String, Option<Severity>>,
        most: usize,
    ) -> Self {
        diagnostics.retain_mut(|diagnostic| match severities.get(diagnostic.rule.name) {
            Some(Some(severity)) => {
                diagnostic.severity = *severity;
                true
            }
            Some(None) => false,
            None => true,
        });
        diagnostics.sort_by(|a, b| {
            (&a.path, a.span.start, a.span.end, a.rule.name, &a.message).cmp(&(
                &b.path,
                b.span.start,
                b.span.end,
                b.rule.name,
                &b.message,
            ))
        });
        diagnostics.dedup();
        Self {
            diagnostics: curb(diagnostics, most),
            changed: None,
        }
    }

    /// Leaves out what is a remark by itself: it stops nothing, and `check` is there to list it.
    pub fn without_remarks(&mut self) {
        self.diagnostics.retain(|diagnostic| {
            diagnostic.severity != Severity::Info || diagnostic.rule.severity != Severity::Info
        });
    }

    /// Leaves only some of the diagnostics.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.diagnostics.retain(keep);
    }

    /// Notes the paths of the files that changed since the revision that was asked about.
    pub fn set_changed(&mut self, paths: BTreeSet<Arc<str>>) {
        self.changed = Some(paths);
    }

    /// The paths of the changed files, deleted ones included; `None` when nobody asked.
    pub fn changed(&self) -> Option<&BTreeSet<Arc<str>>> {
        self.changed.as_ref()
    }

    /// The diagnostics, sorted.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// How many there are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity)
            .count()
    }

    /// How many files have a diagnostic.
    pub fn files(&self) -> usize {
        self.diagnostics.chunk_by(|a, b| a.path == b.path).count()
    }

    /// Whether the library may not be published: errors, or with `strict` warnings too.
    pub fn fails(&self, strict: bool) -> bool {
        let worst = if strict {
            Severity::Warning
        } else {
            Severity::Error
        };
        self.diagnostics
            .iter()
            .any(|diagnostic| diagnostic.severity <= worst)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::rules;

    #[test]
    fn of_a_file_with_many_problems_the_first_are_told_and_the_others_counted() {
        let path: Arc<str> = "content/studies/a.md".into();
        let mut sink = Sink::new(&path);
        for place in 0..5 {
            sink.report(&rules::UNUSED_TERM, place..place + 1, "a remark");
        }
        sink.report(&rules::UNKNOWN_FACTOR, 7..8, "an error");
        let mut other = Sink::new(&"content/studies/b.md".into());
        other.report(&rules::UNKNOWN_FACTOR, 0..1, "the only one");
        let mut all = sink.into_diagnostics();
        all.extend(other.into_diagnostics());
        let severities = BTreeMap::new();
        let told = |most| -> Vec<(String, Severity)> {
            let report = Report::new(all.clone(), &severities, most);
            let diagnostics = report.diagnostics().iter();
            diagnostics
                .map(|found| (found.message.clone(), found.severity))
                .collect()
        };
        assert_eq!(told(6).len(), 7);
        let two = told(2);
        assert_eq!(two.len(), 4);
        let more = "4 more problems follow and are not shown".to_owned();
        assert_eq!(two[2], (more, Severity::Error), "as serious as the worst");
        assert_eq!(two[3].0, "the only one");
    }

    #[test]
    fn a_rule_that_is_broken_everywhere_is_held_so_often_and_hides_no_other() {
        let mut sink = Sink::new(&"content/studies/a.md".into());
        for place in 0..HELD_OF_A_RULE + 7 {
            sink.report(&rules::UNUSED_TERM, place..place + 1, "a remark");
        }
        sink.report(&rules::UNKNOWN_FACTOR, 1 << 20..1 << 21, "an error");
        let held = sink.into_diagnostics();
        assert_eq!(held.len(), HELD_OF_A_RULE + 1);
        let report = |severities, most| Report::new(held.clone(), &severities, most);
        let last = |report: &Report| -> (String, Severity) {
            let last = report.diagnostics().last().expect("there is one");
            (last.message.clone(), last.severity)
        };
        let more = |count: usize| format!("{count} more problems follow and are not shown");
        let one = report(BTreeMap::new(), 1);
        assert_eq!(one.diagnostics().len(), 2);
        assert_eq!(last(&one), (more(HELD_OF_A_RULE + 7), Severity::Error));
        let all = report(BTreeMap::new(), 2 * HELD_OF_A_RULE);
        assert_eq!(all.diagnostics().len(), HELD_OF_A_RULE + 2);
        assert_eq!(last(&all), (more(7), rules::UNUSED_TERM.severity));
        let off = report(BTreeMap::from([("unused-term".to_owned(), None)]), 1);
        assert_eq!(off.diagnostics().len(), 1, "what is off is not counted");
        assert_eq!(last(&off), ("an error".to_owned(), Severity::Error));
    }
}
