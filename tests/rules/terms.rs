//! Mistakes of the vocabulary itself, and of reference records.

use crate::after;
use crate::support::Library;

#[test]
fn two_terms_of_one_id_are_one_too_many() {
    for (path, record, place) in [
        (
            "content/vocabulary/themes.yaml",
            "  - {id: trust, label: Again, definition: D}\n",
            "13:10",
        ),
        (
            "content/vocabulary/factors.yaml",
            "  - {id: trust, label: Again, theme: trust, definition: D}\n",
            "36:10",
        ),
        (
            "content/vocabulary/glossary.yaml",
            "  - {id: mdt, abbr: M, expansion: E, definition: D}\n",
            "19:10",
        ),
        (
            "content/vocabulary/systems.yaml",
            "  - {id: hill, label: Again}\n",
            "43:10",
        ),
        (
            "content/evidence/others.yaml",
            "  - {id: reed-2021, title: Again, year: 2019}\n",
            "",
        ),
        (
            "content/evidence/papers.yaml",
            "  - {id: lalani-2019, title: Again, year: 2019}\n",
            "21:10",
        ),
    ] {
        let outcome = after(|library| {
            library.append(path, record);
        });
        let outcome = outcome
            .fails_with(1)
            .says("duplicate-id")
            .says("the first one")
            .counts(1);
        if !place.is_empty() {
            outcome.reports("duplicate-id", &format!("{path}:{place}"));
        }
    }
    after(|library| {
        library.replace(
            "content/vocabulary/frameworks.yaml",
            "{id: inform, label: Inform}",
            "{id: inform, label: Inform}\n      - {id: inform, label: Again}",
        );
    })
    .fails_with(1)
    .says("duplicate-id")
    .counts(1);
}

#[test]
fn an_alias_belongs_to_one_term() {
    for (from, to, place) in [
        (
            "aliases: [co-location]",
            "aliases: [co-location, mutual-respect]",
            "15:28",
        ),
        (
            "aliases: [co-location]",
            "aliases: [co-location, Mutual Respect]",
            "15:28",
        ),
        (
            "aliases: [co-location]",
            "aliases: [local-leadership]",
            "15:15",
        ),
        (
            "aliases: [co-location]",
            "aliases: [Local Leadership]",
            "15:15",
        ),
    ] {
        after(|library| {
            library.replace("content/vocabulary/factors.yaml", from, to);
        })
        .fails_with(1)
        .reports(
            "duplicate-alias",
            &format!("content/vocabulary/factors.yaml:{place}"),
        )
        .counts(1);
    }
    after(|library| {
        library.replace(
            "content/vocabulary/factors.yaml",
            "[co-location]",
            "[co-location, relationships]",
        );
    })
    .has_no_problem();
}

#[test]
fn a_list_that_does_not_exist_is_a_warning() {
    let library = Library::fixture();
    library.replace(
        "content/vocabulary/frameworks.yaml",
        "id: case-designs",
        "id: designs",
    );
    library
        .build()
        .succeeds()
        .reports("unknown-list", "content/vocabulary/frameworks.yaml:1:1")
        .says("`case-designs`")
        .says("evidence.design")
        .says("under [lists] in site-config.toml")
        .counts(1);
}

#[test]
fn a_library_without_frameworks_checks_no_lists() {
    let library = Library::fixture();
    library.remove("content/vocabulary/frameworks.yaml");
    let outcome = library.build().succeeds();
    let rules: Vec<_> = outcome
        .diagnostics()
        .into_iter()
        .map(|(rule, _)| rule)
        .collect();
    assert!(rules.iter().all(|rule| rule == "unknown-list"), "{rules:?}");
}

#[test]
fn a_crosswalk_that_leads_nowhere_is_a_warning() {
    after(|library| {
        library.replace(
            "content/vocabulary/factors.yaml",
            "{cameron-grid: organisational}",
            "{cameron-grid: mechanical}",
        );
    })
    .succeeds()
    .reports(
        "dangling-crosswalk",
        "content/vocabulary/factors.yaml:16:29",
    )
    .says("mechanical")
    .says("organisational, cultural")
    .counts(1);
    after(|library| {
        library.replace(
            "content/vocabulary/factors.yaml",
            "{cameron-grid: organisational}",
            "{camron-grid: organisational}",
        );
    })
    .succeeds()
    .reports(
        "dangling-crosswalk",
        "content/vocabulary/factors.yaml:16:15",
    )
    .says("did you mean `cameron-grid`?")
    .counts(1);
    after(|library| {
        library.replace(
            "content/vocabulary/frameworks.yaml",
            "factors: [trust]",
            "factors: [mutual-respect]",
        );
    })
    .succeeds()
    .reports("alias-used", "content/vocabulary/frameworks.yaml:69:68")
    .counts(1);
    after(|library| {
        library.replace(
            "content/vocabulary/frameworks.yaml",
            "factors: [shared-office, agency-staffing]",
            "factors: [shared-office, agncy-staffing]",
        );
    })
    .succeeds()
    .reports(
        "dangling-crosswalk",
        "content/vocabulary/frameworks.yaml:29:34",
    )
    .says("agency-staffing")
    .counts(1);
}

#[test]
fn systems_lead_to_systems() {
    after(|library| {
        library.replace(
            "content/vocabulary/systems.yaml",
            "successors: [dales]",
            "successors: [dalse]",
        );
    })
    .fails_with(1)
    .reports("unknown-system", "content/vocabulary/systems.yaml:11:18")
    .says("dales")
    .counts(1);
    after(|library| {
        library.replace(
            "content/vocabulary/systems.yaml",
            "{system: hill, part: the western half}",
            "{system: moor, part: the western half}",
        );
    })
    .fails_with(1)
    .reports("unknown-system", "content/vocabulary/systems.yaml:23:18")
    .counts(1);
    after(|library| {
        library.replace(
            "content/vocabulary/systems.yaml",
            "neighbours: [north-dale, hill]",
            "neighbours: [north-dale, moor]",
        );
    })
    .fails_with(1)
    .reports("unknown-system", "content/vocabulary/systems.yaml:24:30")
    .counts(1);
}

#[test]
fn factors_belong_to_themes() {
    after(|library| {
        library.replace(
            "content/vocabulary/factors.yaml",
            "theme: housing",
            "theme: hosing",
        );
    })
    .fails_with(1)
    .reports("unknown-theme", "content/vocabulary/factors.yaml:34:12")
    .says("housing")
    .counts(1);
    after(|library| {
        library.replace(
            "content/vocabulary/factors.yaml",
            "also: [workforce]",
            "also: [wrokforce]",
        );
    })
    .fails_with(1)
    .reports("unknown-theme", "content/vocabulary/factors.yaml:13:12")
    .counts(1);
    after(|library| {
        library.replace(
            "content/evidence/papers.yaml",
            "themes: [trust]",
            "themes: [trsut]",
        );
    })
    .fails_with(1)
    .reports("unknown-theme", "content/evidence/papers.yaml:11:14")
    .counts(1);
}

/// One mistake in a record is one diagnostic: the studies that use the term are not wrong.
#[test]
fn a_mistake_in_a_term_does_not_spread_to_its_uses() {
    for (path, from, to) in [
        (
            "content/vocabulary/factors.yaml",
            "    definition: Teams of several organisations work from the same rooms.\n",
            "",
        ),
        (
            "content/vocabulary/factors.yaml",
            "    theme: trust\n    also: [workforce]",
            "    theme: trsut\n    also: [workforce]",
        ),
        (
            "content/vocabulary/themes.yaml",
            "    definition: How far people and organisations rely on each other.\n",
            "",
        ),
        (
            "content/vocabulary/systems.yaml",
            "    label: Hill and Moor\n",
            "",
        ),
        ("content/evidence/papers.yaml", "year: 2019", "year: last"),
    ] {
        after(|library| {
            library.replace(path, from, to);
        })
        .fails_with(1)
        .counts(1);
    }
}

#[test]
fn an_unreadable_vocabulary_file_is_one_diagnostic() {
    for path in [
        "content/vocabulary/factors.yaml",
        "content/vocabulary/themes.yaml",
        "content/vocabulary/systems.yaml",
    ] {
        after(|library| {
            library.append(path, "  - {id: [\n");
        })
        .fails_with(1)
        .counts(1);
    }
}

#[test]
fn messages_are_english() {
    after(|library| {
        library.append(
            "content/vocabulary/glossary.yaml",
            "  - {id: mdt, abbr: M, expansion: E, definition: D}\n",
        );
    })
    .fails_with(1)
    .keeps_quiet_about("entrys");
}

/// As `SourceFile::read` has it: links to a file that can't be used are not reported as well.
#[test]
fn links_to_terms_of_a_broken_file_are_not_reported_as_well() {
    for bytes in [
        &b"glossary: [\xff]\n"[..],
        b"glossary: [\n",
        b"glossary: &a []\n",
    ] {
        after(|library| {
            library.write_bytes("content/vocabulary/glossary.yaml", bytes);
        })
        .fails_with(1)
        .counts(1);
    }
}

/// "Reading goes on after each problem, so that one run reports every mistake of a file."
#[test]
fn two_mistakes_of_one_term_are_two_diagnostics() {
    after(|library| {
        library
            .replace(
                "content/vocabulary/factors.yaml",
                "label: Warm homes",
                "label: [Warm, homes]",
            )
            .replace(
                "content/vocabulary/factors.yaml",
                "definition: Homes are warm and dry. No study cites it.",
                "definition: {a: b}",
            );
    })
    .fails_with(1)
    .counts(2);
}

#[test]
fn systems_may_stand_in_two_files() {
    let library = Library::fixture();
    let second = "systems:\n  - id: moor\n    label: The Moor\n    successors: [hill]\n";
    library.write("content/vocabulary/systems.yml", second);
    let data = library
        .build()
        .has_no_problem()
        .page("data/vocabulary.json");
    let data: serde_json::Value = serde_json::from_str(&data).expect("JSON");
    let successors = |id: &str| {
        let systems = data["systems"].as_array().expect("a list");
        let system = systems
            .iter()
            .find(|system| system["id"] == id)
            .expect("the system");
        system["successors"].clone()
    };
    assert_eq!(
        successors("north-dale"),
        serde_json::json!([{"system": "dales"}])
    );
    assert_eq!(successors("moor"), serde_json::json!([{"system": "hill"}]));
}
