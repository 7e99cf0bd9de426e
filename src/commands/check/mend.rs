//! `--fix` and `--diff`: mends in memory, round by round, then writes or shows what came of it.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
use std::sync::Arc;

use anyhow::{Context, Result};

use super::scope::Scope;
use super::{Check, diff, write};
use crate::console::note_line;
use crate::diagnostics::fix;
use crate::diagnostics::format::{counted, human};
use crate::pipeline::{self, Edited, Project};

/// One edit may show the next, as when a range is turned whose ends were aliases. More rounds would mean that two rules
/// disagree.
const ROUNDS: usize = 5;

/// A library as it would be.
struct Mended {
    project: Project,
    /// The files that are mended, as they were and as they are.
    old: Edited,
    new: Edited,
    /// How many places of each file were mended.
    places: BTreeMap<Arc<str>, usize>,
}

/// Mends the files and returns the library as it is then.
pub(super) fn write(check: &Check, scope: &Scope<'_>, project: Project) -> Result<Project> {
    let mut mended = mend(check, scope, project)?;
    let root = check
        .options
        .root
        .canonicalize()
        .with_context(|| format!("cannot open the library {}", check.options.root.display()))?;
    let mut left = Vec::new();
    for (path, new) in &mended.new {
        match write::replace(&root, path, &mended.old[path], new) {
            Ok(()) if check.quiet => {}
            Ok(()) => say(&format!(
                "mended {path}: {}",
                counted(mended.places[path], "place")
            )),
            Err(reason) => {
                say(&format!("not mended {path}: {reason}"));
                left.push(path.clone());
            }
        }
    }
    if mended.new.is_empty() && !check.quiet {
        say("There is nothing that can be mended without asking.");
    }
    if !left.is_empty() {
        // What is on disk now is neither what it was nor what it would be.
        mended.new.retain(|path, _| !left.contains(path));
        mended.project = pipeline::load(&check.options, &mut |_| {})?;
        scope.narrow(&mut mended.project.report, &mended.new);
    }
    Ok(mended.project)
}

/// Prints what mending would change, as a diff.
pub(super) fn show(check: &Check, scope: &Scope<'_>, project: Project) -> Result<Project> {
    let mended = mend(check, scope, project)?;
    let diffs = mended
        .new
        .iter()
        .map(|(path, new)| diff::unified(path, &mended.old[path], new));
    let mut text: String = diffs.collect();
    let mut stdout = std::io::stdout().lock();
    if stdout.is_terminal() {
        text = human::printable_lines(&text.replace("\r\n", "\n"));
    }
    // Byte for byte, so that the output can be applied; nothing is lost when its reader ends early.
    let _ = stdout.write_all(text.as_bytes());
    if !check.quiet {
        say(&match mended.places.values().sum() {
            0 => "There is nothing that can be mended without asking.".to_owned(),
            number => format!(
                "`caseloom check --fix` would mend {} in {}.",
                counted(number, "place"),
                counted(mended.new.len(), "file")
            ),
        });
    }
    Ok(mended.project)
}

fn mend(check: &Check, scope: &Scope<'_>, project: Project) -> Result<Mended> {
    let mut mended = Mended {
        project,
        old: Edited::new(),
        new: Edited::new(),
        places: BTreeMap::new(),
    };
    for _ in 0..ROUNDS {
        if !mended.take_edits() {
            break;
        }
        mended.project = pipeline::load_with(&check.options, &mended.new, &mut |_| {})?;
        scope.narrow(&mut mended.project.report, &mended.new);
    }
    Ok(mended)
}

impl Mended {
    /// Makes the edits that the report offers; false when there are none.
    fn take_edits(&mut self) -> bool {
        let sources = &self.project.sources;
        let mut any = false;
        for (path, edits) in fix::edits(&self.project.report) {
            let Some(file) = sources.get(&path).filter(|file| file.usable) else {
                continue;
            };
            let (text, made) = fix::apply(&file.text, edits);
            if made > 0 {
                any = true;
                *self.places.entry(path.clone()).or_default() += made;
                let old = self.old.entry(path.clone());
                old.or_insert_with(|| file.text.clone());
                self.new.insert(path, text);
            }
        }
        any
    }
}

fn say(line: &str) {
    note_line!("{}", human::printable(line));
}
