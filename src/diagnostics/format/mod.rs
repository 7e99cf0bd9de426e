//! Renderers of a report: one file per format.

mod github;
pub mod human;
mod json;
mod places;
mod rdjson;
mod sarif;

use std::path::Path;

use serde::Serialize;

use self::places::Places;
use super::{Diagnostic, Report};
use crate::source::Sources;

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people at a terminal.
    Human,
    /// One JSON object, for programs.
    Json,
    /// Annotations of a pull request on GitHub.
    Github,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// reviewdog's format, whose suggestions become fixes at one click.
    Rdjson,
}

/// What a renderer for programs needs.
struct Context<'r> {
    report: &'r Report,
    places: Places<'r>,
    /// What leads to the root of the library from that of the repository, or for reviewdog from the current folder: empty,
    /// or a path that ends with a slash.
    prefix: String,
}

/// Writes a report; `look` is for people. `root` is the library's folder: services for pull requests name files from the
/// root of the repository, so the way from there is put before each path; reviewdog does that itself, and wants paths from
/// the folder in which it runs. The project's own JSON has paths from the library's folder.
pub fn render(
    format: Format,
    report: &Report,
    sources: &Sources,
    root: &Path,
    look: human::Look,
) -> String {
    let mut context = Context {
        report,
        places: Places::new(sources),
        prefix: match format {
            Format::Rdjson => from_here(root),
            _ => from_repository(root),
        },
    };
    match format {
        Format::Human => human::render(report, sources, look),
        Format::Json => json::render(&mut context),
        Format::Github => github::render(&mut context),
        Format::Sarif => sarif::render(&mut context),
        Format::Rdjson => rdjson::render(&mut context),
    }
}

/// The path of a folder in the repository that it is part of, with a slash at the end; empty at its root, or without one.
fn from_repository(root: &Path) -> String {
    let Ok(root) = std::fs::canonicalize(root) else {
        return String::new();
    };
    let repository = root.ancestors().find(|folder| folder.join(".git").exists());
    let inside = repository.and_then(|repository| root.strip_prefix(repository).ok());
    inside.map_or_else(String::new, with_slashes)
}

/// The path of a folder from the current one, with a slash at the end; the whole path of one that is not inside it.
fn from_here(root: &Path) -> String {
    let here = std::env::current_dir().and_then(std::fs::canonicalize);
    match (here, std::fs::canonicalize(root)) {
        (Ok(here), Ok(root)) => match root.strip_prefix(&here) {
            Ok(inside) => with_slashes(inside),
            Err(_) => format!("{}/", root.display()),
        },
        _ => String::new(),
    }
}

fn with_slashes(path: &Path) -> String {
    path.iter()
        .map(|part| format!("{}/", part.to_string_lossy()))
        .collect()
}

/// The message, the further places, and what to do, for formats that have one text for all of it.
fn in_words(diagnostic: &Diagnostic, context: &mut Context<'_>) -> String {
    let mut text = diagnostic.message.clone();
    for label in &diagnostic.labels {
        let (start, _) = context.places.of(&label.path, &label.span);
        text.push_str(&format!("\n{}: {}:{}", label.text, label.path, start.line));
    }
    if let Some(help) = &diagnostic.help {
        text.push_str(&format!("\n{help}"));
    }
    text
}

/// A number with its word: `1 file`, `2 files`.
pub fn counted(number: usize, word: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {word}{plural}")
}

/// JSON with a line break at the end. It may be shown by a terminal or stand in the log of a CI service, which it can't drive:
/// what is hidden, or begins a command, is written as its number. All of it can stand in strings alone.
fn to_json(value: &impl Serialize) -> String {
    let json = serde_json::to_string_pretty(value)
        .expect("invariant: texts, numbers and lists of them are always valid JSON");
    let mut text = String::with_capacity(json.len() + 1);
    for c in json.replace("##[", "#\\u0023[").chars() {
        if human::is_hidden(c) && c != '\n' {
            text.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            text.push(c);
        }
    }
    text.push('\n');
    text
}
