//! Words of studies and reviews that are not in the vocabulary, or that contradict each other.

use crate::support::{Library, SHORT, study_with_keys};
use crate::{after, short, with_keys};

#[test]
fn an_unknown_term_is_told_with_the_nearest() {
    for (from, to, rule, place, near) in [
        (
            "[shared-office]",
            "[shared-ofice]",
            "unknown-factor",
            "7:12",
            "shared-office",
        ),
        (
            "[shared-office]",
            "[{factor: agency}]",
            "unknown-factor",
            "7:21",
            "agency-staffing",
        ),
        (
            "[shared-office]",
            "[Local Leadership!]",
            "unknown-factor",
            "7:12",
            "local-leadership",
        ),
        (
            "[shared-office]",
            "[zebra]",
            "unknown-factor",
            "7:12",
            "the choices are: trust, shared-office",
        ),
        (
            "ics: national",
            "ics: nationl",
            "unknown-system",
            "4:6",
            "national",
        ),
        (
            "ics: national",
            "ics: [hill, dale]",
            "unknown-system",
            "4:13",
            "systems.yaml",
        ),
        (
            "ics: national",
            "ics: Hill and Mor",
            "unknown-system",
            "4:6",
            "hill",
        ),
    ] {
        after(|library| {
            library.replace(SHORT, from, to);
        })
        .fails_with(1)
        .reports(rule, &short(place))
        .says(near)
        .counts(1);
    }
    with_keys("themes: [trust, hosing]\n")
        .fails_with(1)
        .reports("unknown-theme", &short("8:17"))
        .says("housing")
        .counts(1);
    with_keys("references: [lalani-2018]\n")
        .fails_with(1)
        .reports("unknown-reference", &short("8:14"))
        .says("lalani-2019")
        .counts(1);
    with_keys("sources: [{reference: nobody}]\n")
        .fails_with(1)
        .reports("unknown-reference", &short("8:23"))
        .counts(1);
    with_keys("related: [{study: seperate-buildings, relation: contrasts-with}]\n")
        .fails_with(1)
        .reports("unknown-study", &short("8:19"))
        .says("separate-buildings")
        .counts(1);
    after(|library| {
        library.replace(
            "content/reviews/trust.md",
            "[trust, workforce]",
            "[trust, wrokforce]",
        );
    })
    .fails_with(1)
    .reports("unknown-theme", "content/reviews/trust.md:4:17")
    .counts(1);
}

#[test]
fn an_alias_is_taken_with_a_warning() {
    for (from, to, place) in [
        ("[shared-office]", "[co-location]", "7:12"),
        ("[shared-office]", "[Faith in Partners]", "7:12"),
        (
            "[shared-office]",
            "[{factor: mutual-respect, evidence: x}]",
            "7:21",
        ),
        ("ics: national", "ics: NDale", "4:6"),
        ("ics: national", "ics: qx1", "4:6"),
        ("level: national", "level: locality", "5:8"),
    ] {
        let outcome = after(|library| {
            library.replace(SHORT, from, to);
        });
        outcome
            .succeeds()
            .reports("alias-used", &short(place))
            .counts(1);
    }
    with_keys("themes: [relationships]\n")
        .succeeds()
        .reports("alias-used", &short("8:10"))
        .counts(1);
    with_keys("organisational_level: frontline\n")
        .succeeds()
        .reports("alias-used", &short("8:23"))
        .counts(1);
}

#[test]
fn another_spelling_and_a_label_are_taken_with_a_warning() {
    for (from, to, place, meant) in [
        ("[shared-office]", "[Trust]", "7:12", "trust"),
        (
            "[shared-office]",
            "[Local Leadership]",
            "7:12",
            "local-leadership",
        ),
        (
            "[shared-office]",
            "[short-term funding]",
            "7:12",
            "short-funding",
        ),
        ("ics: national", "ics: National", "4:6", "national"),
        ("ics: national", "ics: Hill and Moor", "4:6", "hill"),
        ("level: national", "level: Town or borough", "5:8", "place"),
        ("level: national", "level: PLACE", "5:8", "place"),
    ] {
        after(|library| {
            library.replace(SHORT, from, to);
        })
        .succeeds()
        .reports("alias-used", &short(place))
        .says(&format!("write `{meant}`"))
        .counts(1);
    }
    with_keys("references: [\"Agency posts in the dales\"]\n")
        .succeeds()
        .reports("alias-used", &short("8:14"))
        .says("reed-2021")
        .counts(1);
}

/// Replacing one end of a range must leave the other.
#[test]
fn each_end_of_a_range_has_its_own_place() {
    with_keys("participation: {level: consult..Involve}\n")
        .succeeds()
        .reports("alias-used", &short("8:33"))
        .says("+ participation: {level: consult..involve}")
        .counts(1);
    with_keys("participation: {level: inform .. involv}\n")
        .fails_with(1)
        .reports("unknown-value", &short("8:34"))
        .counts(1);
    with_keys("participation: {level: \"consult..Involve\"}\n")
        .succeeds()
        .reports("alias-used", &short("8:34"))
        .says("+ participation: {level: \"consult..involve\"}")
        .counts(1);
    with_keys("participation: {level: \"consult .. Involve\"}\n")
        .succeeds()
        .reports("alias-used", &short("8:24"))
        .keeps_quiet_about("write `involve`")
        .counts(1);
}

#[test]
fn what_two_terms_are_called_is_taken_for_neither() {
    let library = Library::fixture();
    library
        .replace(
            "content/vocabulary/factors.yaml",
            "label: Local leadership",
            "label: A name",
        )
        .replace(
            "content/vocabulary/factors.yaml",
            "label: Shared office",
            "label: A name",
        )
        .replace(SHORT, "[shared-office]", "[A name]");
    library
        .build()
        .fails_with(1)
        .reports("unknown-factor", &short("7:12"))
        .says("shared-office");
}

#[test]
fn one_factor_in_two_directions_is_a_warning() {
    with_keys("barriers: [shared-office]\n")
        .succeeds()
        .reports("factor-in-two-directions", &short("8:12"))
        .says("mixed")
        .counts(1);
    with_keys("mixed:\n  - factor: shared-office\n    evidence: x\n")
        .succeeds()
        .reports("factor-in-two-directions", &short("9:13"))
        .counts(1);
}

#[test]
fn what_stands_twice_in_a_list_is_a_warning() {
    with_keys("themes: [trust, housing, trust]\n")
        .succeeds()
        .reports("repeated-value", &short("8:26"))
        .counts(1);
    with_keys("barriers: [trust, trust]\n")
        .succeeds()
        .reports("repeated-value", &short("8:19"))
        .counts(1);
    after(|library| {
        library.replace(SHORT, "ics: national", "ics: [hill, hill]");
    })
    .succeeds()
    .reports("repeated-value", &short("4:13"))
    .counts(1);
}

#[test]
fn a_study_is_not_related_to_itself() {
    with_keys("related: [{study: five-minute-study, relation: contrasts-with}]\n")
        .fails_with(1)
        .reports("self-relation", &short("8:19"))
        .counts(1);
}

#[test]
fn a_study_lies_within_the_life_of_its_system() {
    let with = |system: &str, keys: &str| {
        let text = study_with_keys(keys).replace("ics: national", &format!("ics: {system}"));
        after(|library| {
            library.write(SHORT, &text);
        })
    };
    with("south-dale", "period: {start: 2022-07}\n")
        .succeeds()
        .reports("outside-system-life", &short("4:6"))
        .says("30 June 2022")
        .says("dales")
        .says("hill")
        .counts(1);
    with("dales", "period: {start: 2018, end: 2022-06}\n")
        .succeeds()
        .reports("outside-system-life", &short("4:6"))
        .says("north-dale, south-dale")
        .counts(1);
    with("[hill, north-dale]", "period: {start: 2023}\n")
        .succeeds()
        .reports("outside-system-life", &short("4:13"))
        .counts(1);
    for (system, keys) in [
        ("south-dale", "period: {start: 2022-06, end: 2024}\n"),
        ("south-dale", "period: {start: 2022}\n"),
        ("dales", "period: {start: 2018, end: 2022-07}\n"),
        (
            "dales",
            "period: {start: 2018, end: 2019}\nics_basis: inferred\n",
        ),
        ("dales", ""),
        ("national", "period: {start: 1900}\n"),
    ] {
        with(system, keys).has_no_problem();
    }
}

#[test]
fn published_studies_lead_to_published_studies() {
    with_keys("related: [{study: next-year, relation: contrasts-with}]\n")
        .fails_with(1)
        .reports("link-to-draft", &short("8:19"))
        .counts(1);
}

#[test]
fn a_system_that_is_named_twice_by_alias_is_one() {
    let library = Library::fixture();
    library
        .replace(SHORT, "ics: national", "ics: [north-dale, NDale]")
        .replace(SHORT, "level: national", "level: [neighbourhood, locality]");
    let data = library.build().succeeds().page("data/studies.json");
    let data: serde_json::Value = serde_json::from_str(&data).expect("JSON");
    assert_eq!(data["studies"][0]["ics"], serde_json::json!(["north-dale"]));
    assert_eq!(
        data["studies"][0]["level"],
        serde_json::json!(["neighbourhood"])
    );
}

#[test]
fn a_theme_that_a_study_names_twice_by_alias_is_one() {
    let library = Library::fixture();
    library.write(SHORT, &study_with_keys("themes: [trust, relationships]\n"));
    let page = library
        .build()
        .succeeds()
        .page("studies/five-minute-study/index.html");
    assert_eq!(page.matches("themes/trust/index.html").count(), 1);
}

#[test]
fn a_replacement_must_be_another_term_of_its_kind() {
    let said = |replaced_by: &str| {
        after(|library| {
            library.replace(
                "content/vocabulary/factors.yaml",
                "    definition: Somebody near the work may decide.\n",
                &format!(
                    "    definition: Somebody near the work may decide.\n    replaced_by: {replaced_by}\n"
                ),
            );
        })
    };
    said("housing").says("there is no factor `housing`");
    said("local-leadership").says("the factor `local-leadership` can't take its own place");
    said("shared-ofice").says("did you mean `shared-office`?");
    let good = said("trust");
    good.says("the factor `local-leadership` is no longer used")
        .says("use `trust` if it fits the case");
}

#[test]
fn a_source_of_a_framework_is_a_work_or_a_document_that_is_kept_elsewhere() {
    let framework = |source: &str| {
        after(|library| {
            let text = format!(
                "  - {{id: more, label: More, kind: theory, source: [{source}], categories: [{{id: a, label: A}}]}}\n"
            );
            library.append("content/vocabulary/frameworks.yaml", &text);
        })
    };
    framework("{file: notes.txt, lines: \"12-14\"}").has_no_problem();
    framework("{where: page 4}")
        .fails_with(1)
        .says("missing-key")
        .says("`reference` or `file`")
        .counts(1);
}

#[test]
fn editors_are_shown_the_keys_of_their_own_files() {
    let outcome = after(|library| {
        library.replace(
            "content/vocabulary/systems.yaml",
            "    region: The Dales\n    ons_code",
            "    colour: red\n    region: The Dales\n    ons_code",
        );
    });
    outcome
        .fails_with(1)
        .says("its keys are: ")
        .says("ods_code");
}

#[test]
fn what_a_factor_is_called_with_a_judgement_is_found_without_it() {
    for given in ["lack of trust", "poor trust"] {
        after(|library| {
            library.replace(SHORT, "[shared-office]", &format!("[{given}]"));
        })
        .fails_with(1)
        .reports("unknown-factor", &short("7:12"))
        .says("did you mean `trust`?")
        .counts(1);
    }
}
