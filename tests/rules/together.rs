//! Many mistakes at once: each is reported, none twice, none because of another.

use crate::support::{Library, SHORT, study_with_body};
use crate::{after, short};

#[test]
fn ten_mistakes_in_one_file_are_ten_diagnostics() {
    let outcome = after(|library| {
        library.write(
            SHORT,
            "---\n\
             titel: Ten mistakes\n\
             summary: [a, list]\n\
             ics: nowhere\n\
             level: galaxy\n\
             published: 31/12/2023\n\
             budget: none\n\
             period: {start: 2020, end: 2019}\n\
             themes: [zebra]\n\
             enablers:\n  - shared-ofice\n  - factor: trust\n    organisational_level: middle\n\
             ---\n\
             [x](y.md) <br> ![z](z.png)\n",
        );
    });
    let outcome = outcome.fails_with(1);
    for (rule, place) in [
        ("misspelt-key", "2:1"),
        ("wrong-type", "3:10"),
        ("unknown-system", "4:6"),
        ("unknown-value", "5:8"),
        ("bad-date", "6:12"),
        ("unknown-key", "7:1"),
        ("reversed-period", "8:28"),
        ("unknown-theme", "9:10"),
        ("unknown-factor", "11:5"),
        ("unknown-value", "13:27"),
        ("dead-link", "15:5"),
        ("raw-html", "15:11"),
        ("dead-image", "15:21"),
    ] {
        let found = outcome.diagnostics();
        assert!(
            found.contains(&(rule.to_owned(), short(place))),
            "{rule} at {place} in {found:?}"
        );
    }
    outcome.counts(13).says("13 errors");
}

#[test]
fn three_broken_files_and_five_mistakes_are_all_told() {
    let library = Library::fixture();
    library
        .write_bytes("content/studies/broken-one.md", b"\xff\n")
        .write(
            "content/studies/broken-two.md",
            &study_with_body("Text.\n").replace("A study", "a: b"),
        )
        .write("content/studies/broken-three.md", "no front matter\n")
        .replace(SHORT, "[shared-office]", "[zebra]")
        .replace(SHORT, "level: national", "level: galaxy")
        .append("content/pages/about.md", "[x](y.md)\n")
        .append("content/reviews/trust.md", "<br>\n")
        .replace(
            "content/evidence/papers.yaml",
            "access: open",
            "acces: open",
        );
    library
        .build()
        .fails_with(1)
        .counts(8)
        .says("8 errors")
        .reports("file-not-utf8", "content/studies/broken-one.md:1:1")
        .reports("malformed-yaml", "content/studies/broken-two.md:2:9")
        .reports(
            "missing-front-matter",
            "content/studies/broken-three.md:1:1",
        )
        .reports("unknown-factor", &short("7:12"))
        .reports("unknown-value", &short("5:8"))
        .reports("dead-link", "content/pages/about.md:7:5")
        .reports("raw-html", "content/reviews/trust.md:14:1")
        .reports("misspelt-key", "content/evidence/papers.yaml:12:5");
}

#[test]
fn three_broken_files_with_five_mistakes_are_five() {
    let library = Library::fixture();
    library
        .write_bytes(
            "content/studies/broken-one.md",
            b"---\ntitle: \xff\n---\n<br>\n",
        )
        .write(
            "content/studies/broken-two.md",
            &study_with_body("[x](y.md)\n").replace("A study", "a: b"),
        )
        .write(
            "content/studies/broken-three.md",
            "no front matter\n\n<br>\n",
        );
    library
        .build()
        .fails_with(1)
        .counts(5)
        .says("5 errors")
        .reports("file-not-utf8", "content/studies/broken-one.md:2:8")
        .reports(
            "missing-front-matter",
            "content/studies/broken-three.md:1:1",
        )
        .reports("raw-html", "content/studies/broken-three.md:3:1")
        .reports("malformed-yaml", "content/studies/broken-two.md:2:9")
        .reports("dead-link", "content/studies/broken-two.md:9:5");
}

#[test]
fn broken_front_matter_does_not_hide_dead_links() {
    let text = study_with_body("[x](y.md)\n\n<br>\n").replace("title: A study", "title: A: study");
    after(|library| {
        library.write(SHORT, &text);
    })
    .fails_with(1)
    .reports("malformed-yaml", &short("2:9"))
    .reports("dead-link", &short("9:5"))
    .reports("raw-html", &short("11:1"))
    .counts(3);
    after(|library| {
        library.write(SHORT, "No front matter, but [a link](y.md).\n");
    })
    .fails_with(1)
    .reports("missing-front-matter", &short("1:1"))
    .reports("dead-link", &short("1:31"))
    .counts(2);
}

#[test]
fn diagnostics_are_sorted_by_path_and_place() {
    let outcome = after(|library| {
        library
            .write(
                SHORT,
                &study_with_body("[b](b.md) [a](a.md)\n\n[c](c.md)\n"),
            )
            .append("content/pages/about.md", "[x](y.md)\n")
            .replace(
                "content/vocabulary/factors.yaml",
                "theme: housing",
                "theme: zebra",
            );
    });
    let places = outcome.fails_with(1).places();
    assert_eq!(
        places,
        [
            "content/pages/about.md:7:5".to_owned(),
            short("9:5"),
            short("9:15"),
            short("11:5"),
            "content/vocabulary/factors.yaml:34:12".to_owned(),
        ]
    );
}

#[test]
fn the_mistake_of_a_draft_is_a_mistake() {
    let library = Library::fixture();
    library.append("content/studies/next-year.md", "[x](y.md)\n");
    library
        .build()
        .fails_with(1)
        .reports("dead-link", "content/studies/next-year.md:13:5")
        .counts(1);
}

#[test]
fn a_study_with_a_mistake_is_still_a_study_to_others() {
    after(|library| {
        library.replace(
            "content/studies/hill/separate-buildings.md",
            "level: place",
            "level: galaxy",
        );
    })
    .fails_with(1)
    .reports(
        "unknown-value",
        "content/studies/hill/separate-buildings.md:6:8",
    )
    .counts(1);
}

#[test]
fn a_thousand_mistakes_are_a_thousand_diagnostics() {
    let body: String = (0..1_000)
        .map(|number| format!("[x](missing-{number}.md)\n\n"))
        .collect();
    after(|library| {
        library.write(SHORT, &study_with_body(&body));
    })
    .fails_with(1)
    .counts(1_000)
    .says("1000 errors");
}

/// 280 kB of a stranger's pull request must not hold the checker up: the run is ended after two minutes.
#[test]
fn forty_thousand_mistakes_are_told_in_time() {
    after(|library| {
        library.write(SHORT, &study_with_body(&"x <b>\n\n".repeat(40_000)));
    })
    .fails_with(1)
    .counts(1_001)
    .says("39000 more problems follow and are not shown");
}

#[test]
fn a_dead_fragment_of_a_long_page_is_a_short_message() {
    let headings: String = (0..2_000)
        .map(|number| format!("## Part {number}\n\n"))
        .collect();
    let outcome = after(|library| {
        library.write(SHORT, &study_with_body(&format!("{headings}[x](#zebra)\n")));
    });
    let outcome = outcome.fails_with(1).counts(1);
    assert!(
        outcome.stderr.len() < 3_000,
        "{} bytes",
        outcome.stderr.len()
    );
}
