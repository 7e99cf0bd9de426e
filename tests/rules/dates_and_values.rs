//! Dates, ranges, lengths and values of fixed choice.

use crate::support::SHORT;
use crate::{after, short, with_keys};

#[test]
fn dates_are_written_in_one_way_and_the_right_one_is_offered() {
    for (given, offered) in [
        ("7 May 2024", "2024-05-07"),
        ("07/05/2024", "2024-05-07"),
        ("7.5.2024", "2024-05-07"),
        ("2024/05/07", "2024-05-07"),
        ("2024-5-7", "2024-05-07"),
        ("7th May 2024", "2024-05-07"),
        ("\"7 May 2024\"", "2024-05-07"),
        ("2024-02-30", "February 2024 has 29 days"),
        ("2023-02-29", "February 2023 has 28 days"),
        ("2024-13-01", "there is no month 13"),
        ("2024", "form"),
        ("2024-05", "form"),
        ("yesterday", "form"),
        ("2024-05-07T10:00:00Z", "form"),
    ] {
        after(|library| {
            library.replace(
                SHORT,
                "published: 2024-05-07",
                &format!("published: {given}"),
            );
        })
        .fails_with(1)
        .reports("bad-date", &short("6:12"))
        .says(offered)
        .counts(1);
    }
    with_keys("updated: soon\nreviewed: later\nperiod: {start: spring 2019, end: 2020-00}\n")
        .fails_with(1)
        .reports("bad-date", &short("8:10"))
        .reports("bad-date", &short("9:11"))
        .reports("bad-date", &short("10:17"))
        .reports("bad-date", &short("10:35"))
        .counts(4);
}

#[test]
fn quoted_dates_and_leap_days_are_dates() {
    after(|library| {
        library.replace(SHORT, "published: 2024-05-07", "published: '2024-02-29'");
    })
    .has_no_problem();
    with_keys("period: {start: \"2019\", end: 2019-06}\n").has_no_problem();
}

#[test]
fn years_of_references_are_years() {
    for bad in ["19", "2019-01", "in press", "0019", "20190"] {
        after(|library| {
            library.replace(
                "content/evidence/papers.yaml",
                "year: 2019",
                &format!("year: {bad}"),
            );
        })
        .fails_with(1)
        .reports("bad-date", "content/evidence/papers.yaml:6:11")
        .says("undated");
    }
}

#[test]
fn a_period_runs_forward() {
    for (period, place) in [
        ("{start: 2020, end: 2019}", "8:28"),
        ("{start: 2019-06, end: 2019-05-31}", "8:31"),
        ("{end: 2018-12-31, start: 2019}", "8:15"),
    ] {
        with_keys(&format!("period: {period}\n"))
            .fails_with(1)
            .reports("reversed-period", &short(place))
            .counts(1);
    }
    for period in [
        "{start: 2019, end: 2019}",
        "{start: 2019-06, end: 2019}",
        "{start: 2019, end: 2019-06}",
        "{start: 2019}",
        "{end: 2019}",
    ] {
        with_keys(&format!("period: {period}\n")).has_no_problem();
    }
    after(|library| {
        library.replace(
            "content/vocabulary/systems.yaml",
            "valid_to: 2022-06-30\n    successors: [dales]",
            "valid_to: 2015\n    successors: [dales]",
        );
    })
    .fails_with(1)
    .reports("reversed-period", "content/vocabulary/systems.yaml:10:15");
}

#[test]
fn a_range_runs_upward() {
    with_keys("participation: {level: involve..consult}\n")
        .fails_with(1)
        .reports("reversed-range", &short("8:24"))
        .says("consult..involve")
        .counts(1);
    for level in [
        "consult",
        "consult..involve",
        "consult..consult",
        "inform .. empower",
    ] {
        with_keys(&format!("participation: {{level: {level}}}\n")).has_no_problem();
    }
    for level in [
        "consult..",
        "..consult",
        "consult..involve..empower",
        "consult...involve",
        "consult-involve",
        "..",
    ] {
        with_keys(&format!("participation: {{level: {level}}}\n"))
            .fails_with(1)
            .says("unknown-value");
    }
}

#[test]
fn summaries_are_counted_in_characters() {
    let with_summary = |summary: &str| {
        let text = format!("summary: \"{summary}\"");
        after(|library| {
            library.replace(SHORT, "summary: Written between two meetings.", &text);
        })
    };
    with_summary(&"\u{e9}".repeat(300)).has_no_problem();
    with_summary(&"\u{1f600}".repeat(301))
        .fails_with(1)
        .reports("summary-too-long", &short("3:10"))
        .says("301 characters")
        .counts(1);
    for path in ["content/reviews/trust.md", "content/pages/about.md"] {
        after(|library| {
            library.replace(
                path,
                "summary: ",
                &format!("summary: {}", "long ".repeat(70)),
            );
        })
        .fails_with(1)
        .reports("summary-too-long", &format!("{path}:3:10"))
        .counts(1);
    }
}

#[test]
fn fixed_choices_are_named() {
    with_keys("status: publishd\n")
        .fails_with(1)
        .reports("bad-value", &short("8:9"))
        .says("draft, review, published, withdrawn");
    with_keys("ics_basis: guessed\n")
        .fails_with(1)
        .reports("bad-value", &short("8:12"))
        .says("inferred")
        .counts(1);
    with_keys("sources: [{reference: lalani-2019, url: \"https://x.org/\"}]\n")
        .fails_with(1)
        .reports("bad-value", &short("8:41"))
        .counts(1);
    for (path, from, to, place) in [
        (
            "content/vocabulary/glossary.yaml",
            "ambiguous: false",
            "ambiguous: maybe",
            "7:16",
        ),
        (
            "content/vocabulary/systems.yaml",
            "hex_col: 0\n    hex_row: 0",
            "hex_col: 0.5\n    hex_row: 0",
            "13:14",
        ),
        (
            "content/vocabulary/systems.yaml",
            "hex_col: 0\n    hex_row: 0",
            "tile_moves: [{from: 2022-07-01, hex_col: 1, hex_row: up}]",
            "13:58",
        ),
        (
            "content/vocabulary/frameworks.yaml",
            "kind: scale\n    ordered",
            "kind: ruler\n    ordered",
            "73:11",
        ),
        (
            "content/evidence/papers.yaml",
            "doi: 10.1000/rooms.2019",
            "doi: rooms",
            "9:10",
        ),
    ] {
        after(|library| {
            library.replace(path, from, to);
        })
        .fails_with(1)
        .reports("bad-value", &format!("{path}:{place}"))
        .counts(1);
    }
}

#[test]
fn ids_and_aliases_are_slugs() {
    for (alias, place) in [
        ("../../etc/passwd", "8:11"),
        ("/absolute", "8:11"),
        ("Old-Name", "8:11"),
        ("a/b", "8:11"),
        ("..", "8:11"),
        ("\"a b\"", "8:11"),
        ("a.html", "8:11"),
        ("\"\\u202e\"", "8:11"),
    ] {
        with_keys(&format!("aliases: [{alias}]\n"))
            .fails_with(1)
            .reports("bad-value", &short(place))
            .counts(1);
    }
    for (path, from, to, place) in [
        (
            "content/vocabulary/factors.yaml",
            "id: warm-homes",
            "id: ../warm-homes",
            "32:9",
        ),
        (
            "content/vocabulary/themes.yaml",
            "id: housing",
            "id: Housing",
            "10:9",
        ),
        (
            "content/evidence/others.yaml",
            "id: leaflet",
            "id: a/leaflet",
            "9:9",
        ),
        (
            "content/vocabulary/systems.yaml",
            "id: north-dale\n",
            "id: North Dale\n",
            "2:9",
        ),
        (
            "content/vocabulary/glossary.yaml",
            "id: mdt",
            "id: \"\\\"><script>\"",
            "3:9",
        ),
    ] {
        let outcome = after(|library| {
            library.replace(path, from, to);
        });
        outcome
            .fails_with(1)
            .reports("bad-value", &format!("{path}:{place}"));
    }
}

#[test]
fn a_doi_may_be_given_with_its_address() {
    for doi in [
        "https://doi.org/10.1000/x",
        "doi:10.1000/x",
        "http://dx.doi.org/10.1000/x",
    ] {
        after(|library| {
            library.replace(
                "content/evidence/papers.yaml",
                "doi: 10.1000/rooms.2019",
                &format!("doi: {doi}"),
            );
        })
        .has_no_problem();
    }
}

#[test]
fn values_of_lists_are_checked_in_every_field() {
    for (keys, place, list) in [
        (
            "organisational_level: middle\n",
            "8:23",
            "organisational-levels",
        ),
        (
            "organisational_level: [strategic, middle]\n",
            "8:35",
            "organisational-levels",
        ),
        (
            "barriers: [{factor: trust, organisational_level: middle}]\n",
            "8:50",
            "organisational-levels",
        ),
        (
            "partners: [{name: x, kind: bank}]\n",
            "8:28",
            "partner-kinds",
        ),
        ("participation: {level: shout}\n", "8:24", "iap2-spectrum"),
        (
            "participation: {sphere: space}\n",
            "8:25",
            "participation-spheres",
        ),
        (
            "outcomes: [{measure: x, aim: fame}]\n",
            "8:30",
            "quadruple-aim",
        ),
        (
            "outcomes: [{measure: x, direction: left}]\n",
            "8:36",
            "outcome-directions",
        ),
        ("evidence: {design: hearsay}\n", "8:20", "case-designs"),
        (
            "related: [{study: separate-buildings, relation: cousin}]\n",
            "8:49",
            "relations",
        ),
    ] {
        with_keys(keys)
            .fails_with(1)
            .reports("unknown-value", &short(place))
            .says(list)
            .counts(1);
    }
    after(|library| {
        library.replace(SHORT, "level: national", "level: galaxy");
    })
    .fails_with(1)
    .reports("unknown-value", &short("5:8"))
    .says("national, system, place, neighbourhood")
    .counts(1);
}
