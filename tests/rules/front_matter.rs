//! Mistakes of YAML and of keys.

use crate::support::{FULL, Library, SHORT, study_with_body};
use crate::{after, short, with_keys};

#[test]
fn front_matter_must_be_there() {
    for text in [
        "",
        "\n",
        "# Title\n",
        " ---\ntitle: A\n---\n",
        "----\ntitle: A\n---\n",
        "\u{feff}",
        "+++\n+++\n",
    ] {
        let outcome = after(|library| {
            library.write(SHORT, text);
        });
        outcome
            .fails_with(1)
            .reports("missing-front-matter", &short("1:1"));
    }
}

#[test]
fn front_matter_must_end() {
    for text in [
        "---",
        "---\n",
        "---\ntitle: A\n",
        "---\ntitle: A\n--\n",
        "---\ntitle: A\n --- \n",
        "---\n----\n",
    ] {
        after(|library| {
            library.write(SHORT, text);
        })
        .fails_with(1)
        .reports("unterminated-front-matter", &short("1:1"))
        .counts(1);
    }
}

#[test]
fn empty_front_matter_lacks_every_required_key_and_factors() {
    let outcome = after(|library| {
        library.write(SHORT, "---\n---\n");
    });
    let outcome = outcome.fails_with(1).counts(6);
    for (rule, place) in outcome.diagnostics() {
        assert!(rule == "missing-key" || rule == "no-factors", "{rule}");
        assert_eq!(place, short("1:1"));
    }
    for key in ["title", "summary", "ics", "level", "published"] {
        assert!(
            outcome.stderr.contains(&format!("`{key}` is missing")),
            "{key}"
        );
    }
}

#[test]
fn a_doubled_key_is_shown_at_its_second_place() {
    with_keys("place: Dale\ntitle: Again\n")
        .fails_with(1)
        .reports("duplicate-key", &short("9:1"))
        .says("first given here")
        .counts(1);
    with_keys("period: {start: 2019, end: 2020, start: 2018}\n")
        .fails_with(1)
        .reports("duplicate-key", &short("8:34"))
        .counts(1);
    with_keys("\"title\": Again\n")
        .fails_with(1)
        .reports("duplicate-key", &short("8:1"))
        .counts(1);
    after(|library| {
        library.append("content/vocabulary/glossary.yaml", "glossary: []\n");
    })
    .fails_with(1)
    .reports("duplicate-key", "content/vocabulary/glossary.yaml:19:1")
    .counts(1);
}

#[test]
fn an_unknown_key_names_the_known_ones() {
    with_keys("budget: none\n")
        .fails_with(1)
        .reports("unknown-key", &short("8:1"))
        .says("`effort`")
        .counts(1);
    with_keys("effort: {staff: x, horses: 3}\n")
        .fails_with(1)
        .reports("unknown-key", &short("8:20"))
        .says("staff, cost, time")
        .counts(1);
    for (path, from, to, place) in [
        (
            "content/reviews/trust.md",
            "title:",
            "place: x\ntitle:",
            "2:1",
        ),
        (
            "content/pages/about.md",
            "title:",
            "themes: []\ntitle:",
            "2:1",
        ),
        (
            "content/evidence/papers.yaml",
            "    access: open",
            "    weight: heavy",
            "12:5",
        ),
        (
            "content/vocabulary/glossary.yaml",
            "version: 1",
            "author: me",
            "1:1",
        ),
        (
            "content/vocabulary/systems.yaml",
            "    region: The Hills",
            "    mayor: Nobody",
            "38:5",
        ),
    ] {
        after(|library| {
            library.replace(path, from, to);
        })
        .fails_with(1)
        .reports("unknown-key", &format!("{path}:{place}"))
        .counts(1);
    }
}

#[test]
fn a_misspelt_key_is_told_once_and_read_as_meant() {
    for (from, to, place) in [
        ("summary:", "sumary:", "3:1"),
        ("enablers:", "enabler:", "7:1"),
        ("title:", "Title:", "2:1"),
        ("published:", "publishd:", "6:1"),
    ] {
        after(|library| {
            library.replace(SHORT, from, to);
        })
        .fails_with(1)
        .reports("misspelt-key", &short(place))
        .says(&format!("`{}`", from.trim_end_matches(':')))
        .counts(1);
    }
    // Read as meant: the value is checked as well.
    after(|library| {
        library.replace(
            SHORT,
            "enablers: [shared-office]",
            "enabler: [sharde-office]",
        );
    })
    .fails_with(1)
    .reports("misspelt-key", &short("7:1"))
    .reports("unknown-factor", &short("7:11"))
    .counts(2);
}

#[test]
fn a_missing_key_points_at_the_first_line() {
    for line in [
        "title: Five minutes\n",
        "ics: national\n",
        "level: national\n",
        "published: 2024-05-07\n",
    ] {
        after(|library| {
            library.replace(SHORT, line, "");
        })
        .fails_with(1)
        .reports("missing-key", &short("1:1"))
        .counts(1);
    }
    with_keys("partners:\n  - kind: nhs\n")
        .fails_with(1)
        .reports("missing-key", &short("9:5"))
        .counts(1);
    with_keys("cmo: [{context: x}]\n")
        .fails_with(1)
        .says("`mechanism`")
        .says("`outcome`")
        .counts(2);
    with_keys("sources: [{where: p. 3}]\n")
        .fails_with(1)
        .reports("missing-key", &short("8:12"))
        .counts(1);
    after(|library| {
        library.replace(
            "content/reviews/trust.md",
            "themes: [trust, workforce]\n",
            "",
        );
    })
    .fails_with(1)
    .reports("missing-key", "content/reviews/trust.md:1:1")
    .counts(1);
    after(|library| {
        library.write("content/vocabulary/glossary.yaml", "version: 1\n");
    })
    .fails_with(1)
    .reports("missing-key", "content/vocabulary/glossary.yaml:1:1");
}

#[test]
fn a_study_needs_a_factor() {
    for (from, to) in [
        ("enablers: [shared-office]\n", ""),
        ("enablers: [shared-office]\n", "enablers: []\n"),
        (
            "enablers: [shared-office]\n",
            "enablers: []\nbarriers: []\nmixed: []\n",
        ),
    ] {
        after(|library| {
            library.replace(SHORT, from, to);
        })
        .fails_with(1)
        .reports("no-factors", &short("1:1"))
        .counts(1);
    }
    for direction in ["barriers", "mixed"] {
        after(|library| {
            library.replace(SHORT, "enablers:", &format!("{direction}:"));
        })
        .has_no_problem();
    }
}

#[test]
fn a_value_of_the_wrong_shape_says_what_is_wanted() {
    for (keys, place, word) in [
        ("place: [Dale, Hill]\n", "8:8", "text"),
        ("population: {who: all}\n", "8:13", "text"),
        ("themes: trust\n", "8:9", "a list"),
        ("aliases: old-name\n", "8:10", "a list"),
        ("partners: {name: x}\n", "8:11", "a list"),
        ("partners: [x]\n", "8:12", "keys with values"),
        ("period: 2019\n", "8:9", "keys with values"),
        ("effort: much\n", "8:9", "keys with values"),
        ("themes: [[trust]]\n", "8:10", "text"),
        ("outcomes:\n  - fell by 6%\n", "9:5", "keys with values"),
        ("participation: consult\n", "8:16", "keys with values"),
        ("related: separate-buildings\n", "8:10", "a list"),
    ] {
        with_keys(keys)
            .fails_with(1)
            .reports("wrong-type", &short(place))
            .says(word)
            .counts(1);
    }
    after(|library| {
        library.replace(SHORT, "[shared-office]", "shared-office");
    })
    .fails_with(1)
    .reports("wrong-type", &short("7:11"))
    .counts(1);
    after(|library| {
        library.replace(SHORT, "title: Five minutes", "title: [Five, minutes]");
    })
    .fails_with(1)
    .reports("wrong-type", &short("2:8"))
    .counts(1);
    for (text, place) in [("- a\n- b\n", "2:1"), ("just text\n", "2:1")] {
        after(|library| {
            library.write(SHORT, &format!("---\n{text}---\n"));
        })
        .fails_with(1)
        .reports("wrong-type", &short(place))
        .counts(1);
    }
    after(|library| {
        library.write("content/vocabulary/glossary.yaml", "glossary: none\n");
    })
    .fails_with(1)
    .says("wrong-type");
}

#[test]
fn a_key_without_a_value_is_told_at_the_key() {
    for (keys, place) in [
        ("place:\n", "8:1"),
        ("place: ~\n", "8:1"),
        ("place: null\n", "8:1"),
        ("place: \"\"\n", "8:8"),
        ("place: \"  \"\n", "8:8"),
        ("themes:\n", "8:1"),
        ("period: {start: }\n", "8:10"),
        ("barriers:\n", "8:1"),
    ] {
        with_keys(keys)
            .fails_with(1)
            .reports("empty-value", &short(place))
            .counts(1);
    }
    after(|library| {
        library.replace(SHORT, "title: Five minutes", "title:");
    })
    .fails_with(1)
    .reports("empty-value", &short("2:1"))
    .counts(1);
}

/// A required list without an item is as bad as a missing one; the study must not vanish in silence.
#[test]
fn a_required_list_may_not_be_empty() {
    for (from, to, place) in [
        ("ics: national", "ics: []", "4:1"),
        ("level: national", "level: []", "5:1"),
    ] {
        let outcome = after(|library| {
            library.replace(SHORT, from, to);
        });
        let outcome = outcome.fails_with(1).counts(1);
        let (_, found) = outcome.diagnostics().remove(0);
        assert!(found.starts_with(&short(&place[..2])), "{found}");
    }
}

#[test]
fn a_review_is_tied_to_a_theme() {
    after(|library| {
        library.replace(
            "content/reviews/trust.md",
            "themes: [trust, workforce]",
            "themes: []",
        );
    })
    .fails_with(1)
    .counts(1);
}

#[test]
fn an_empty_item_of_a_list_is_called_empty() {
    with_keys("themes: [trust, \"\"]\n")
        .fails_with(1)
        .keeps_quiet_about("must be text, not text")
        .counts(1);
}

#[test]
fn keys_may_stand_in_any_order_and_style() {
    let library = Library::fixture();
    library.write(
        SHORT,
        "---\n# a comment\n\"level\": 'national'\nenablers:\n- shared-office\n\n? published\n: 2024-05-07\nics:\n  - national\n\
         summary: >-\n  Folded\n  text.\ntitle: |\n  Five minutes\n---\n",
    );
    library.replace("content/pages/contribute.md", "Copy", "Do copy");
    let page = library
        .build()
        .has_no_problem()
        .page("studies/five-minute-study/index.html");
    assert!(page.contains("Folded text."));
}

#[test]
fn plain_words_that_mean_something_in_yaml_are_text() {
    let library = Library::fixture();
    library.write(
        SHORT,
        &study_with_body("")
            .replace("title: A study", "title: no")
            .replace("summary: A summary.", "summary: 1e3"),
    );
    let page = library
        .build()
        .has_no_problem()
        .page("studies/five-minute-study/index.html");
    assert!(page.contains("<h1>no</h1>") || page.contains(">no<"));
    assert!(page.contains("1e3"));
}

#[test]
fn mistakes_of_a_full_study_stand_at_their_values() {
    after(|library| {
        library
            .replace(FULL, "kind: council", "kind: counsil")
            .replace(FULL, "aim: population-health", "aim: wealth")
            .replace(FULL, "direction: improved", "direction: better")
            .replace(FULL, "sphere: service-design", "sphere: gardening");
    })
    .fails_with(1)
    .reports("unknown-value", &format!("{FULL}:18:32"))
    .reports("unknown-value", &format!("{FULL}:36:50"))
    .reports("unknown-value", &format!("{FULL}:38:42"))
    .reports("unknown-value", &format!("{FULL}:38:82"))
    .counts(4);
}

#[test]
fn a_source_with_two_addresses_is_told_what_is_wrong_with_each() {
    with_keys("sources: [{reference: nope, url: \"javascript:x\"}]\n")
        .fails_with(1)
        .says("not both")
        .says("unknown-reference")
        .says("unsafe-link");
}
