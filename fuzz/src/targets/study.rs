//! Any bytes are accepted as a study, or reported at places of its file. What is reported is one command for GitHub, plain text
//! for a terminal and JSON for programs, and can be mended where that is offered.

use std::path::Path;

use crate::{LIBRARY, places};
use caseloom::diagnostics::format::{Format, human, render};
use caseloom::diagnostics::{Severity, fix};

/// So many of each kind are shown by GitHub, and written.
const ANNOTATIONS: usize = 10;

const LOOK: human::Look = human::Look {
    color: false,
    all: true,
};

/// Tries an input.
///
/// # Panics
/// When a promise is broken.
pub fn study(bytes: &[u8]) {
    let (report, sources) = LIBRARY.check(bytes);
    let text_of = |path: &str| sources.text(path).unwrap_or_default();
    for diagnostic in report.diagnostics() {
        places::is_located(diagnostic, text_of);
    }
    let shown = |format| render(format, &report, &sources, Path::new(""), LOOK);

    let github = shown(Format::Github);
    let kinds = [Severity::Error, Severity::Warning, Severity::Info];
    let expected: usize = kinds
        .map(|kind| report.count(kind).min(ANNOTATIONS))
        .iter()
        .sum();
    let (commands, others): (Vec<&str>, Vec<&str>) =
        github.lines().partition(|line| line.starts_with("::"));
    assert_eq!(commands.len(), expected, "{github}");
    assert!(
        others.iter().all(|line| line.starts_with("GitHub shows ")),
        "{github}"
    );

    let plain = |c: char| matches!(c, '\n' | '\t') || !c.is_control();
    let human = shown(Format::Human);
    assert!(
        human.chars().all(plain) && !human.contains("##["),
        "{human:?}"
    );

    for format in [Format::Json, Format::Sarif, Format::Rdjson] {
        let text = shown(format);
        assert!(text.chars().all(plain) && !text.contains("##["), "{text:?}");
        let json: Result<serde_json::Value, _> = serde_json::from_str(&text);
        assert!(json.is_ok(), "{format:?}: {json:?}");
    }

    for (path, edits) in fix::edits(&report) {
        let offered = edits.len();
        let (_, made) = fix::apply(text_of(&path), edits);
        assert!(made <= offered);
    }
}
