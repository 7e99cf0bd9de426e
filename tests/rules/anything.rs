//! Any bytes in any file are accepted or give a located diagnostic; nothing panics.

use std::fs;
use std::path::PathBuf;

use caseloom::diagnostics::format::human;
use caseloom::diagnostics::{LineIndex, Severity};
use caseloom::pipeline::{self, Options, Project};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::support::{Library, cases, tree_of};

/// Walks the whole road in this process, to the finished site where content allows it.
pub(super) fn walk(root: PathBuf, drafts: bool) -> Option<Project> {
    let options = Options {
        root,
        drafts,
        base_url: None,
        today: pipeline::today(),
        search: true,
    };
    let project = pipeline::load(&options, &mut |_| {}).ok()?;
    if !project.report.fails(false) {
        let index = pipeline::index(&project, None);
        let paths = pipeline::paths(&project, &index);
        pipeline::make(&project, &index, &paths, None, &mut |_| {}, || false, &())
            .expect("content without errors is a site");
    }
    Some(project)
}

/// Every diagnostic has a place in a file, and can be shown.
pub(super) fn check(project: &Project) -> Result<(), TestCaseError> {
    for diagnostic in project.report.diagnostics() {
        let text = project.sources.text(&diagnostic.path).unwrap_or("");
        let span = &diagnostic.span;
        let name = diagnostic.rule.name;
        prop_assert!(span.start <= span.end, "{name}: {span:?}");
        prop_assert!(span.end <= text.len(), "{name}: {span:?} of {}", text.len());
        prop_assert!(
            text.is_char_boundary(span.start) && text.is_char_boundary(span.end),
            "{name}: {span:?} cuts a character of {text:?}"
        );
        let position = LineIndex::new(text).position(span.start);
        let lines = text.split(['\n', '\r']).count();
        prop_assert!(position.line >= 1 && position.line <= lines);
        prop_assert!(position.column >= 1);
        for label in &diagnostic.labels {
            let text = project.sources.text(&label.path).unwrap_or("");
            prop_assert!(label.span.end <= text.len(), "a label of {name}");
        }
        for suggestion in &diagnostic.suggestions {
            prop_assert!(
                text.get(suggestion.span.clone()).is_some(),
                "a suggestion of {name}"
            );
        }
        prop_assert!(diagnostic.suggestions.len() <= 3);
        prop_assert!(
            !diagnostic.message.is_empty() && !diagnostic.message.ends_with('.'),
            "{}",
            diagnostic.message
        );
    }
    let look = human::Look {
        color: false,
        all: true,
    };
    let shown = human::render(&project.report, &project.sources, look);
    let titles = shown
        .lines()
        .filter(|line| {
            ["error[", "warning[", "info["]
                .iter()
                .any(|level| line.starts_with(level))
        })
        .count();
    prop_assert_eq!(titles, project.report.diagnostics().len());
    prop_assert!(!shown.contains('\u{1b}'), "{shown}");
    Ok(())
}

/// One change of a file's bytes.
#[derive(Debug, Clone)]
pub(super) enum Change {
    Insert(Index, Vec<u8>),
    Remove(Index, usize),
    Replace(Index, u8),
    DoubleLine(Index),
    RemoveLine(Index),
    SwapLines(Index, Index),
    Cut(Index),
    Everything(Vec<u8>),
}

/// Pieces that mean something to one of the parsers.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    let known = prop::sample::select(vec![
        "---\n",
        "\n---\n",
        ": ",
        "- ",
        "\t",
        "\r",
        "\r\n",
        "\u{feff}",
        "\"",
        "'",
        "[",
        "]",
        "{",
        "}",
        "&a ",
        "*a",
        "!!x ",
        "|",
        ">",
        "#",
        "<b>",
        "<!--",
        "-->",
        "](",
        "![",
        "](x.md)",
        "](x.png)",
        "[^1]",
        "[^1]: ",
        "`",
        "```\n",
        "~~~\n",
        "\u{e9}",
        "\u{1f600}",
        "\u{202e}",
        "\0",
        "\u{1b}[31m",
        "{#id}",
        "{.c}",
        "> [!NOTE]\n",
        "| a |\n|---|\n",
        "<javascript:x>",
        "&#106;",
        "..",
        "../",
        "%2e",
        "\\",
        "null",
        "~",
        "?",
        "=",
        "2024-02-30",
    ])
    .prop_map(|piece| piece.as_bytes().to_vec());
    prop_oneof![
        3 => known,
        1 => prop::collection::vec(any::<u8>(), 1..6),
        1 => prop::collection::vec(prop::sample::select(b"-:a \n\t\"'{}[]#&*!|>?()<`".to_vec()), 1..12),
    ]
}

pub(super) fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        4 => (any::<Index>(), piece()).prop_map(|(at, piece)| Change::Insert(at, piece)),
        2 => (any::<Index>(), 1..40usize).prop_map(|(at, length)| Change::Remove(at, length)),
        2 => (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Change::Replace(at, byte)),
        1 => any::<Index>().prop_map(Change::DoubleLine),
        1 => any::<Index>().prop_map(Change::RemoveLine),
        1 => (any::<Index>(), any::<Index>()).prop_map(|(a, b)| Change::SwapLines(a, b)),
        1 => any::<Index>().prop_map(Change::Cut),
        1 => prop::collection::vec(any::<u8>(), 0..200).prop_map(Change::Everything),
    ]
}

pub(super) fn apply(bytes: &mut Vec<u8>, change: &Change) {
    let place = |at: &Index, length: usize| at.index(length + 1);
    let lines = |bytes: &[u8]| -> Vec<Vec<u8>> {
        bytes
            .split_inclusive(|byte| *byte == b'\n')
            .map(<[u8]>::to_vec)
            .collect()
    };
    match change {
        Change::Insert(at, piece) => {
            let at = place(at, bytes.len());
            bytes.splice(at..at, piece.iter().copied());
        }
        Change::Remove(at, length) => {
            let at = place(at, bytes.len());
            let end = (at + length).min(bytes.len());
            bytes.drain(at..end);
        }
        Change::Replace(at, byte) if !bytes.is_empty() => {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        Change::DoubleLine(at) if !bytes.is_empty() => {
            let mut all = lines(bytes);
            let at = at.index(all.len());
            let line = all[at].clone();
            all.insert(at, line);
            *bytes = all.concat();
        }
        Change::RemoveLine(at) if !bytes.is_empty() => {
            let mut all = lines(bytes);
            let at = at.index(all.len());
            all.remove(at);
            *bytes = all.concat();
        }
        Change::SwapLines(a, b) if !bytes.is_empty() => {
            let mut all = lines(bytes);
            let (a, b) = (a.index(all.len()), b.index(all.len()));
            all.swap(a, b);
            *bytes = all.concat();
        }
        Change::Cut(at) => {
            let at = place(at, bytes.len());
            bytes.truncate(at);
        }
        Change::Everything(new) => bytes.clone_from(new),
        _ => {}
    }
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn changed_files_give_located_diagnostics_and_no_panic(
        changes in prop::collection::vec((any::<Index>(), change()), 1..8),
        drafts in any::<bool>(),
    ) {
        let library = Library::fixture();
        let paths: Vec<String> = tree_of(&library.root()).into_keys().collect();
        for (file, change) in &changes {
            let path = library.path(&paths[file.index(paths.len())]);
            let mut bytes = fs::read(&path).expect("a file");
            apply(&mut bytes, change);
            fs::write(&path, bytes).expect("a file");
        }
        if let Some(project) = walk(library.root(), drafts) {
            check(&project)?;
        }
    }

    #[test]
    fn any_bytes_in_any_file_give_located_diagnostics_and_no_panic(
        file in any::<Index>(),
        bytes in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        let library = Library::fixture();
        let paths: Vec<String> = tree_of(&library.path("content")).into_keys().collect();
        library.write_bytes(&format!("content/{}", paths[file.index(paths.len())]), &bytes);
        let project = walk(library.root(), false).expect("the configuration is whole");
        check(&project)?;
    }

    #[test]
    fn any_text_of_a_body_is_accepted_or_reported(body in "[-\\[\\]()<>!*_`~|:#^{}.=&;\\\\\"' a-c\n\t\u{e9}\u{1f600}\u{feff}]{0,120}") {
        let library = Library::fixture();
        library.write(crate::support::SHORT, &crate::support::study_with_body(&body));
        let project = walk(library.root(), false).expect("the configuration is whole");
        check(&project)?;
        for diagnostic in project.report.diagnostics() {
            prop_assert!(diagnostic.severity != Severity::Error || diagnostic.path.as_ref() == crate::support::SHORT);
        }
    }

    #[test]
    fn any_front_matter_is_accepted_or_reported(yaml in "([a-z]{1,6}|title|level|enablers|themes|period)?[:] ?[-\\[\\]{}&*!|>'\"%@`#?, a-c0-9\n\t\u{e9}\r]{0,60}") {
        let library = Library::fixture();
        library.write(crate::support::SHORT, &format!("---\n{yaml}\n---\n[x](y.md)\n"));
        let project = walk(library.root(), false).expect("the configuration is whole");
        check(&project)?;
        prop_assert!(project.report.fails(false));
    }
}

#[test]
fn the_fixture_itself_passes_the_check() {
    let library = Library::fixture();
    let project = walk(library.root(), true).expect("a library");
    assert!(check(&project).is_ok());
    assert!(!project.report.fails(true));
}

#[test]
fn an_underlined_heading_may_begin_with_any_letter() {
    let library = Library::fixture();
    library.write(
        crate::support::SHORT,
        &crate::support::study_with_body("\u{e9}t\u{e9}\n===\n"),
    );
    let project = walk(library.root(), false).expect("the configuration is whole");
    assert!(check(&project).is_ok(), "{:?}", check(&project));
}
