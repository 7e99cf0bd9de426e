//! Line and column, whatever stands before the place.

use crate::support::{Library, Outcome, SHORT, study_with_body, study_with_keys};
use crate::{after, short, with_body, with_keys};

/// The same mistake in a text with other line ends, with and without a byte-order mark.
fn in_every_dress(text: &str) -> Vec<Outcome> {
    let dresses = [
        text.to_owned(),
        format!("\u{feff}{text}"),
        text.replace('\n', "\r\n"),
        format!("\u{feff}{}", text.replace('\n', "\r\n")),
    ];
    dresses
        .into_iter()
        .map(|dress| {
            after(|library| {
                library.write(SHORT, &dress);
            })
        })
        .collect()
}

#[test]
fn a_byte_order_mark_and_line_ends_move_nothing() {
    for (text, rule, place) in [
        (
            study_with_keys("").replace("shared-office", "shared-ofice"),
            "unknown-factor",
            "7:12",
        ),
        (
            study_with_keys("").replace("title", "titel"),
            "misspelt-key",
            "2:1",
        ),
        (study_with_keys("place: a: b\n"), "malformed-yaml", "8:9"),
        (study_with_keys("place: \"a\n"), "malformed-yaml", "8:8"),
        (study_with_keys("title: A\n"), "duplicate-key", "8:1"),
        (
            study_with_keys("").replace("summary: A summary.\n", ""),
            "missing-key",
            "1:1",
        ),
        (
            study_with_body("One\n\n[x](y.md) and\n"),
            "dead-link",
            "11:5",
        ),
        (study_with_body("One\n\ntwo <br>\n"), "raw-html", "11:5"),
        (
            study_with_body("One\n\n<div>\nx\n</div>\n"),
            "raw-html",
            "11:1",
        ),
        ("# Title\n".to_owned(), "missing-front-matter", "1:1"),
        (
            "---\ntitle: A\n".to_owned(),
            "unterminated-front-matter",
            "1:1",
        ),
    ] {
        for outcome in in_every_dress(&text) {
            outcome.fails_with(1).reports(rule, &short(place));
        }
    }
}

#[test]
fn vocabulary_files_too() {
    let text = Library::fixture()
        .read("content/vocabulary/factors.yaml")
        .replace("theme: housing", "theme: hosing");
    for dress in [
        text.clone(),
        format!("\u{feff}{text}"),
        text.replace('\n', "\r\n"),
        format!("\u{feff}{}", text.replace('\n', "\r\n")),
    ] {
        after(|library| {
            library.write("content/vocabulary/factors.yaml", &dress);
        })
        .fails_with(1)
        .reports("unknown-theme", "content/vocabulary/factors.yaml:34:12")
        .counts(1);
    }
    for dress in ["\u{feff}references: no list\n", "references: no list\n"] {
        let outcome = after(|library| {
            library.write("content/evidence/more.yaml", dress);
        });
        outcome
            .fails_with(1)
            .reports("wrong-type", "content/evidence/more.yaml:1:13")
            .counts(1);
    }
}

/// Macintosh line ends are as rare as they are old; they are lines all the same.
#[test]
fn lone_carriage_returns_end_lines() {
    let text = study_with_body("One\n\n[x](y.md)\n").replace('\n', "\r");
    after(|library| {
        library.write(SHORT, &text);
    })
    .fails_with(1)
    .reports("dead-link", &short("11:5"));
}

#[test]
fn columns_count_characters() {
    for (before, column) in [
        ("\u{e9}\u{e9}", 3),
        ("e\u{301}", 3),
        ("\u{1f600}\u{1f600}", 3),
        ("\u{4e16}\u{754c}", 3),
        ("\u{5d0}\u{5d1}\u{200f}", 4),
        ("a\tb", 4),
        ("\u{200b}\u{ad}", 3),
    ] {
        with_body(&format!("{before}[x](y.md)\n"))
            .fails_with(1)
            .reports("dead-link", &short(&format!("9:{}", column + 4)))
            .counts(1);
        let text = study_with_keys(&format!("themes: [\"{before}\", zebra]\n"));
        after(|library| {
            library.write(SHORT, &text);
        })
        .fails_with(1)
        .reports(
            "unknown-theme",
            &short(&format!("8:{}", 9 + column + 3 + 1)),
        );
    }
}

#[test]
fn quoted_values_are_shown_with_their_quotes() {
    for (keys, place) in [
        ("themes: [\"zebra\"]\n", "8:10"),
        ("themes: ['zebra']\n", "8:10"),
        ("themes: [\"z\\x65bra\"]\n", "8:10"),
        ("themes:\n- \"zebra\"\n", "9:3"),
    ] {
        with_keys(keys)
            .fails_with(1)
            .reports("unknown-theme", &short(place))
            .counts(1);
    }
}

#[test]
fn flow_lists_over_several_lines_keep_their_places() {
    with_keys("themes: [trust,\n  housing,\n  zebra, trust]\n")
        .fails_with(1)
        .reports("unknown-theme", &short("10:3"))
        .reports("repeated-value", &short("10:10"))
        .counts(2);
    with_keys("outcomes: [{measure: a, aim: x}, {measure: b,\n  aim: y}]\n")
        .fails_with(1)
        .reports("unknown-value", &short("8:30"))
        .reports("unknown-value", &short("9:8"))
        .counts(2);
}

#[test]
fn block_scalars_are_shown_where_they_begin() {
    let long = "word ".repeat(80);
    for style in [">", ">-", "|", "|+"] {
        let text = study_with_keys("").replace(
            "summary: A summary.",
            &format!("summary: {style}\n  {long}"),
        );
        let outcome = after(|library| {
            library.write(SHORT, &text);
        });
        let outcome = outcome.fails_with(1).counts(1);
        let (rule, place) = outcome.diagnostics().remove(0);
        assert_eq!(rule, "summary-too-long");
        assert!(
            place == short("3:10") || place.starts_with(&short("4:")),
            "{style}: {place}"
        );
    }
    with_keys("barriers:\n  - factor: >-\n      no-such\n      factor\n    evidence: x\n")
        .fails_with(1)
        .says("no-such factor")
        .counts(1);
}

#[test]
fn values_over_several_lines_are_shown_where_they_begin() {
    with_keys("themes:\n  - a long\n    theme\nplace: x\n")
        .fails_with(1)
        .reports("unknown-theme", &short("9:5"))
        .says("`a long theme`")
        .counts(1);
    with_keys("themes:\n  - \"a long\n    theme\"\n")
        .fails_with(1)
        .reports("unknown-theme", &short("9:5"))
        .counts(1);
}

#[test]
fn block_lists_at_any_indentation() {
    with_keys("themes:\n- zebra\nbarriers:\n    -   zebra\n    -   factor:   giraffe\n        evidence: x\n")
        .fails_with(1)
        .reports("unknown-theme", &short("9:3"))
        .reports("unknown-factor", &short("11:9"))
        .reports("unknown-factor", &short("12:19"))
        .counts(3);
}

#[test]
fn comments_and_blank_lines_count_as_lines() {
    with_keys("# a comment: with a colon\n\n\nthemes: [zebra] # another\n")
        .fails_with(1)
        .reports("unknown-theme", &short("11:10"))
        .counts(1);
}

#[test]
fn the_end_of_the_file_is_a_place() {
    let text = study_with_body("[x](y.md)");
    after(|library| {
        library.write(SHORT, &text);
    })
    .fails_with(1)
    .reports("dead-link", &short("9:5"));
    let text = study_with_keys("themes: [")
        .replace("---\n", "\n---")
        .replacen("\n---", "---\n", 1);
    let outcome = after(|library| {
        library.write(SHORT, &text);
    });
    outcome.fails_with(1).says("malformed-yaml").counts(1);
}

#[test]
fn links_in_every_corner_have_their_place() {
    for (body, place) in [
        ("- one\n- two [x](y.md)\n", "10:11"),
        ("> > [x](y.md)\n", "9:9"),
        ("| a |\n|---|\n| [x](y.md) |\n", "11:7"),
        ("Note[^1].\n\n[^1]: [x](y.md)\n", "11:11"),
        ("## [x](y.md)\n", "9:8"),
        ("*[**x**](y.md)*\n", "9:10"),
        ("[x](y.md) [y](y.md)\n", "9:5"),
        ("[x]\n\n[x]: y.md\n", "11:6"),
        ("[two\nlines](y.md)\n", "10:8"),
        ("Term\n: [x](y.md)\n", "10:7"),
        ("1. a\n\n   b [x](y.md)\n", "11:10"),
    ] {
        with_body(body)
            .fails_with(1)
            .reports("dead-link", &short(place));
    }
}

#[test]
fn a_link_whose_text_is_its_address_is_shown_at_the_address() {
    with_body("[y.md](y.md)\n")
        .fails_with(1)
        .reports("dead-link", &short("9:8"))
        .counts(1);
}

#[test]
fn an_empty_file_is_line_one() {
    after(|library| {
        library.write("content/vocabulary/glossary.yaml", "");
    })
    .fails_with(1)
    .reports("missing-key", "content/vocabulary/glossary.yaml:1:1");
}
