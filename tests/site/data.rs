//! The library as open data: JSON and CSV.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::{FULL, Library, Outcome, SHORT};

fn json_of(site: &Outcome, path: &str) -> Value {
    serde_json::from_str(&site.page(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn keys(value: &Value) -> BTreeSet<&str> {
    value
        .as_object()
        .expect("an object")
        .keys()
        .map(String::as_str)
        .collect()
}

fn ids(list: &Value) -> Vec<&str> {
    let list = list.as_array().expect("a list");
    list.iter().filter_map(|item| item["id"].as_str()).collect()
}

#[test]
fn studies_json_holds_the_published_studies_by_slug() {
    let site = Library::fixture().build().succeeds();
    let data = json_of(&site, "data/studies.json");
    assert_eq!(keys(&data), BTreeSet::from(["schema_version", "studies"]));
    assert_eq!(data["schema_version"], 1);
    let slugs: Vec<_> = data["studies"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|study| study["slug"].as_str().expect("a slug"))
        .collect();
    assert_eq!(
        slugs,
        [
            "five-minute-study",
            "one-open-plan-office",
            "separate-buildings",
            "shared-front-door"
        ]
    );
}

#[test]
fn studies_have_the_keys_of_front_matter() {
    let known = BTreeSet::from([
        "slug",
        "url",
        "title",
        "summary",
        "status",
        "published",
        "updated",
        "reviewed",
        "aliases",
        "ics",
        "ics_basis",
        "place",
        "level",
        "organisational_level",
        "period",
        "population",
        "partners",
        "programme",
        "themes",
        "enablers",
        "barriers",
        "mixed",
        "participation",
        "outcomes",
        "cmo",
        "effort",
        "evidence",
        "sources",
        "references",
        "related",
        "withdrawn_reason",
    ]);
    let site = Library::fixture().build().succeeds();
    let data = json_of(&site, "data/studies.json");
    for study in data["studies"].as_array().expect("a list") {
        let unknown: Vec<_> = keys(study).difference(&known).copied().collect();
        assert_eq!(unknown, Vec::<&str>::new());
    }
}

#[test]
fn everything_that_a_study_says_is_in_the_data() {
    let site = Library::fixture().build().succeeds();
    let data = json_of(&site, "data/studies.json");
    let expected = json!({
        "slug": "one-open-plan-office",
        "url": "https://learning.example/library/studies/one-open-plan-office/",
        "title": "One open-plan office, one team",
        "summary": "How sharing a room changed triage in the eastern dale.",
        "published": "2019-01-31",
        "updated": "2019-06-01",
        "reviewed": "2020-06-01",
        "ics": ["south-dale", "north-dale"],
        "ics_basis": "inferred",
        "place": "Eastern Dale",
        "level": ["neighbourhood", "place"],
        "organisational_level": ["service-delivery"],
        "period": {"start": "2017-06", "end": "2018-11-30"},
        "population": "Adults with complex needs",
        "partners": [
            {"name": "Dales Foundation Trust", "kind": "nhs"},
            {"name": "Dale Council", "kind": "council"},
            {"name": "Friends of the Dale"},
        ],
        "programme": "shared-rooms",
        "themes": ["trust", "workforce"],
        "enablers": [
            {"factor": "shared-office"},
            {
                "factor": "local-leadership",
                "evidence": "The team lead sat among every profession and settled referrals the same hour.",
                "organisational_level": ["service-delivery"],
                "condition": "only once the office was shared by all professions",
            },
        ],
        "barriers": [{
            "factor": "agency-staffing",
            "evidence": "Posts stayed unfilled for a year, so visits were rushed.",
            "organisational_level": ["service-delivery", "strategic"],
            "response": "Two rotations with the hospital were offered to permanent staff.",
        }],
        "mixed": [{
            "factor": "trust",
            "evidence": "Trust grew inside the room and shrank outside it.",
        }],
        "participation": {"level": "consult..involve", "sphere": "service-design"},
        "outcomes": [
            {"measure": "Emergency admissions", "aim": "population-health", "finding": "fell by 6%", "direction": "improved"},
            {"measure": "Waiting times"},
        ],
        "cmo": [{
            "context": "Professions shared one room",
            "mechanism": "they overheard each other's calls",
            "outcome": "referrals were settled at once",
        }],
        "effort": {"staff": "one team lead", "cost": "£40,000 a year", "time": "eighteen months"},
        "evidence": {"design": "formative-evaluation", "note": "Interviews with 40 people.", "limitations": "One team only."},
        "sources": [
            {"reference": "lalani-2019", "where": "pp. 20-23"},
            {"url": "https://dale.example/office", "where": "the second half"},
        ],
        "references": ["lalani-2019", "moor-thesis"],
        "related": [
            {"study": "separate-buildings", "relation": "contrasts-with"},
            {"study": "shared-front-door", "relation": "adopted-from"},
        ],
    });
    let study = data["studies"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|study| study["slug"] == "one-open-plan-office")
        .expect("the study");
    for (key, value) in expected.as_object().expect("an object") {
        assert_eq!(&study[key], value, "{key}");
    }
}

#[test]
fn addresses_follow_the_base_url() {
    let library = Library::fixture();
    let site = library
        .build_with(&["--base-url", "https://x.org/a/b"])
        .succeeds();
    let data = json_of(&site, "data/studies.json");
    assert_eq!(
        data["studies"][0]["url"],
        "https://x.org/a/b/studies/five-minute-study/"
    );
    assert!(
        site.page("data/studies.csv")
            .contains("https://x.org/a/b/studies/five-minute-study/")
    );
}

/// The rows of the CSV file as maps from column to cell.
fn rows(site: &Outcome) -> Vec<std::collections::BTreeMap<String, String>> {
    let text = site.page("data/studies.csv");
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let header = reader.headers().expect("a header").clone();
    assert_eq!(
        header.iter().collect::<BTreeSet<_>>().len(),
        header.len(),
        "no column is given twice"
    );
    reader
        .records()
        .map(|row| {
            let row = row.expect("every row has as many cells as the header");
            header
                .iter()
                .map(str::to_owned)
                .zip(row.iter().map(str::to_owned))
                .collect()
        })
        .collect()
}

#[test]
fn csv_has_one_row_a_study_and_joins_lists() {
    let site = Library::fixture().build().succeeds();
    let rows = rows(&site);
    let slugs: Vec<_> = rows.iter().map(|row| row["slug"].as_str()).collect();
    assert_eq!(
        slugs,
        [
            "five-minute-study",
            "one-open-plan-office",
            "separate-buildings",
            "shared-front-door"
        ]
    );
    let row = &rows[1];
    for (column, cell) in [
        (
            "url",
            "https://learning.example/library/studies/one-open-plan-office/",
        ),
        ("title", "One open-plan office, one team"),
        ("published", "2019-01-31"),
        ("ics", "south-dale; north-dale"),
        ("level", "neighbourhood; place"),
        ("themes", "trust; workforce"),
        ("enablers", "shared-office; local-leadership"),
        ("barriers", "agency-staffing"),
        ("mixed", "trust"),
        (
            "partners",
            "Dales Foundation Trust; Dale Council; Friends of the Dale",
        ),
        ("references", "lalani-2019; moor-thesis"),
    ] {
        assert_eq!(row[column], cell, "{column}");
    }
}

#[test]
fn cells_are_no_formulas() {
    let library = Library::fixture();
    let starts = [
        "=", "+", "-", "@", "\\n=", "\\t=", "\u{ff1d}", "\u{ff0b}", "\u{ff0d}", "\u{ff20}",
    ];
    for (at, start) in starts.iter().enumerate() {
        library.write(
            &format!("content/studies/formula-{at}.md"),
            &format!(
                "---\ntitle: \"{start}HYPERLINK(1)\"\nsummary: \"{start}1+1\"\nics: hill\nlevel: place\n\
                 published: 2024-01-01\nplace: \"{start}2\"\npopulation: \"{start}3\"\n\
                 partners: [{{name: \"{start}4\"}}, {{name: \"=5\"}}]\nprogramme: \"{start}6\"\n\
                 outcomes: [{{measure: \"{start}7\"}}]\nevidence: {{note: \"{start}8\", limitations: \"{start}9\"}}\n\
                 enablers: [trust]\n---\n"
            ),
        );
    }
    let site = library.build().succeeds();
    let mut guarded = 0;
    for row in rows(&site) {
        for (column, cell) in row {
            let full_width = ['\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];
            assert!(
                !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n'])
                    && !cell.starts_with(full_width),
                "{column}: {cell}"
            );
            guarded += usize::from(cell.starts_with('\''));
        }
    }
    assert_eq!(guarded, starts.len() * 9);
}

#[test]
fn csv_cells_may_hold_commas_quotes_and_lines() {
    let library = Library::fixture();
    library.replace(
        SHORT,
        "title: Five minutes",
        "title: \"Five, \\\"six\\\"\\nseven\"",
    );
    let site = library.build().succeeds();
    let rows = rows(&site);
    assert!(
        rows[0]["title"].contains("Five, \"six\""),
        "{:?}",
        rows[0]["title"]
    );
}

#[test]
fn vocabulary_json_holds_the_five_lists() {
    let site = Library::fixture().build().succeeds();
    let data = json_of(&site, "data/vocabulary.json");
    assert_eq!(
        keys(&data),
        BTreeSet::from([
            "schema_version",
            "themes",
            "factors",
            "systems",
            "frameworks",
            "glossary"
        ])
    );
    assert_eq!(data["schema_version"], 1);
    assert_eq!(ids(&data["themes"]), ["trust", "workforce", "housing"]);
    assert_eq!(
        ids(&data["factors"]),
        [
            "trust",
            "shared-office",
            "agency-staffing",
            "local-leadership",
            "short-funding",
            "warm-homes"
        ]
    );
    assert_eq!(ids(&data["glossary"]), ["mdt", "cha-charity", "cha-check"]);
    let systems = ids(&data["systems"]);
    assert_eq!(systems[..4], ["north-dale", "south-dale", "dales", "hill"]);
    assert_eq!(ids(&data["frameworks"]).len(), 11);

    let office = &data["factors"][1];
    assert_eq!(office["theme"], "trust");
    assert_eq!(office["also"], json!(["workforce"]));
    assert_eq!(office["aliases"], json!(["co-location"]));
    assert_eq!(office["sources"], json!(["lalani-2019", "reed-2021"]));
    assert_eq!(
        office["maps_to"],
        json!({"cameron-grid": ["organisational"]})
    );
    let south = &data["systems"][1];
    assert_eq!(
        south["successors"],
        json!([{"system": "dales", "part": "the eastern half"}, {"system": "hill", "part": "the western half"}])
    );
    assert_eq!(
        (&south["valid_from"], &south["valid_to"]),
        (&json!("2016-04"), &json!("2022-06-30"))
    );
    assert_eq!(
        (&south["hex_col"], &south["hex_row"]),
        (&json!(0), &json!(1))
    );
    assert!(south.get("tile_moves").is_none());
    let check = &data["glossary"][2];
    assert_eq!(
        (&check["abbr"], &check["ambiguous"]),
        (&json!("CHA"), &json!(true))
    );
}

#[test]
fn moves_of_a_tile_are_data_by_their_day() {
    let site = Library::fixture()
        .append(
            "content/vocabulary/systems.yaml",
            "    tile_moves:\n      - {from: 2030, hex_col: 4, hex_row: 3}\n      - {from: 2022-07, hex_col: 2, hex_row: 1}\n",
        )
        .build()
        .succeeds();
    let data = json_of(&site, "data/vocabulary.json");
    assert_eq!(
        data["systems"][3]["tile_moves"],
        json!([
            {"from": "2022-07-01", "hex_col": 2, "hex_row": 1},
            {"from": "2030-01-01", "hex_col": 4, "hex_row": 3},
        ])
    );
}

#[test]
fn frameworks_keep_every_key_they_were_given() {
    let site = Library::fixture().build().succeeds();
    let data = json_of(&site, "data/vocabulary.json");
    let grid = &data["frameworks"][0];
    assert_eq!(grid["alignments"], json!({"organisational": "process"}));
    assert_eq!(grid["ordered"], json!(false));
    let category = &grid["categories"][0];
    assert_eq!(category["population"], json!({"from": 1000, "to": 2000}));
    assert_eq!(
        category["items"],
        json!(["a plain item", {"label": "a leader", "factor": "local-leadership"}])
    );
    assert_eq!(category["if"], "a room is shared");
}

#[test]
fn references_are_there_for_reference_managers() {
    let site = Library::fixture().build().succeeds();
    for path in ["data/references.bib", "data/references.json"] {
        let text = site.page(path);
        for id in ["lalani-2019", "reed-2021", "moor-thesis", "leaflet"] {
            assert!(text.contains(id), "{path} holds {id}");
        }
    }
    let items = json_of(&site, "data/references.json");
    assert_eq!(
        ids(&items),
        ["lalani-2019", "leaflet", "moor-thesis", "reed-2021"]
    );
    assert_eq!(
        items[0]["author"][1],
        json!({"family": "Marshall", "given": "M"})
    );
    assert_eq!(items[0]["DOI"], "10.1000/rooms.2019");
    assert!(
        items[1].get("issued").is_none(),
        "a document without a date has none"
    );
}

#[test]
fn themes_of_factors_are_resolved_also_further_ones() {
    let library = Library::fixture();
    library.replace(SHORT, "[shared-office]", "[warm-homes]");
    let data = json_of(&library.build().succeeds(), "data/studies.json");
    assert_eq!(data["studies"][0]["themes"], json!(["housing"]));
    library.replace(SHORT, "[warm-homes]", "[warm-homes, local-leadership]");
    let data = json_of(&library.build().succeeds(), "data/studies.json");
    assert_eq!(
        data["studies"][0]["themes"],
        json!(["trust", "workforce", "housing"])
    );
}

#[test]
fn an_alias_is_written_as_the_id_that_it_means() {
    let library = Library::fixture();
    library.replace(FULL, "  - shared-office", "  - Co Location");
    let data = json_of(&library.build().succeeds(), "data/studies.json");
    assert_eq!(
        data["studies"][1]["enablers"][0],
        json!({"factor": "shared-office"})
    );
}
