//! A slip in front matter or in a data file hides nothing else: every other mistake of the file is reported too.

use crate::support::{FULL, SHORT};
use crate::{after, short, with_keys};

/// Front matter with a slip in the place of `place`, and mistakes before and after it.
fn around(slip: &str) -> String {
    format!(
        "---\ntitle: A study\nsummary: A summary.\nics: atlantis\nlevel: national\n{slip}published: 2024-13-07\n\
         enablers: [shared-ofice]\nbarriers:\n  - factor: nonsense\n---\n\n## A heading\n\n[x](y.md)\n\n<br>\n"
    )
}

#[test]
fn every_other_mistake_is_told_with_each_kind_of_slip() {
    for (slip, place) in [
        ("place: One: two\n", "6:11"),
        ("themes:\n\t- trust\n", "7:1"),
        ("place: \"never closed\n", "6:8"),
        ("place: 'never closed\n", "6:8"),
        ("themes: [trust\n", "6:9"),
        ("period: {start: 2019\n", "6:9"),
        ("place:Dale\n", "6:6"),
        ("themes:\n-trust\n", "7:1"),
        ("period:\n  start: 2019\n end: 2020\n", "8:2"),
        (" place: Dale\n", "6:2"),
        ("place = Dale\n", "6:7"),
        ("place\n", "6:1"),
    ] {
        let outcome = after(|library| {
            library.write(SHORT, &around(slip));
        })
        .fails_with(1)
        .reports("malformed-yaml", &short(place))
        .keeps_quiet_about("missing-key")
        .keeps_quiet_about("no-factors");
        let found = outcome.diagnostics();
        for rule in [
            "unknown-system",
            "bad-date",
            "unknown-factor",
            "dead-link",
            "raw-html",
        ] {
            assert!(
                found.iter().any(|(known, _)| known == rule),
                "{slip}: {rule}"
            );
        }
        let factors = found.iter().filter(|(rule, _)| rule == "unknown-factor");
        assert_eq!(factors.count(), 2, "{slip}");
        let slips = found.iter().filter(|(rule, _)| rule == "malformed-yaml");
        assert_eq!(slips.count(), 1, "{slip}");
    }
}

#[test]
fn a_stray_line_costs_nothing_but_itself() {
    with_keys("themes: [nonsense]\nstray\nplace: x\n")
        .fails_with(1)
        .reports("unknown-theme", &short("8:10"))
        .reports("malformed-yaml", &short("9:1"))
        .counts(2);
}

#[test]
fn ten_slips_are_ten_reports() {
    with_keys(
        "place: One: two\npopulation: @all\nprogramme: \"x\nthemes: [trust\nperiod: {start: 2019\n\
         partners:\n\t- name: x\ncmo = 1\nstatus:draft\neffort:\n  staff: a: b\n  cost: `x`\n",
    )
    .fails_with(1)
    .counts(10)
    .reports("malformed-yaml", &short("8:11"))
    .reports("malformed-yaml", &short("9:13"))
    .reports("malformed-yaml", &short("10:12"))
    .reports("malformed-yaml", &short("11:9"))
    .reports("malformed-yaml", &short("12:9"))
    .reports("malformed-yaml", &short("14:1"))
    .reports("malformed-yaml", &short("15:5"))
    .reports("malformed-yaml", &short("16:7"))
    .reports("malformed-yaml", &short("18:11"))
    .reports("malformed-yaml", &short("19:9"));
}

#[test]
fn a_required_key_with_a_slip_is_not_missing() {
    for key in ["title", "summary", "ics", "level", "published", "enablers"] {
        let text = around("").replace(&format!("\n{key}: "), &format!("\n{key}: @"));
        after(|library| {
            library.write(SHORT, &text);
        })
        .fails_with(1)
        .keeps_quiet_about("missing-key")
        .keeps_quiet_about("no-factors");
    }
}

#[test]
fn a_slip_in_one_item_costs_no_other() {
    with_keys(
        "barriers:\n  - factor: nonsense\n    evidence: \"unclosed\n  - factor:trust\n    evidence: x\n  - factor: rubbish\n",
    )
    .fails_with(1)
    .reports("unknown-factor", &short("9:13"))
    .reports("malformed-yaml", &short("10:15"))
    .reports("malformed-yaml", &short("11:11"))
    .reports("unknown-factor", &short("13:13"))
    .counts(4);
}

#[test]
fn a_study_with_a_slip_is_not_built_and_links_to_it_are_not_dead() {
    after(|library| {
        library.replace(FULL, "place: ", "place: @");
    })
    .fails_with(1)
    .says("malformed-yaml")
    .keeps_quiet_about("dead-link")
    .counts(1);
}

#[test]
fn a_slip_in_a_data_file_costs_one_record_and_is_no_reason_for_unknown_ones() {
    after(|library| {
        library.append(
            "content/evidence/papers.yaml",
            "  - id: one\n    title: A: b\n    year: 2019\n  - id: two\n    title: B\n    year: MMXIX\n",
        );
        library.replace(FULL, "[lalani-2019, moor-thesis]", "[one, nowhere]");
    })
    .fails_with(1)
    .says("malformed-yaml")
    .says("`year` must be a year of four digits")
    .says("there is no reference `nowhere`")
    .counts(3);
    after(|library| {
        library.append(
            "content/vocabulary/themes.yaml",
            "  - id: one\n    label:A\n    definition: x\n  - id: Two\n    label: B\n    definition: x\n",
        );
    })
    .fails_with(1)
    .says("a blank is missing after the colon of `label`")
    .says("`Two` can't be an id")
    .counts(2);
}
