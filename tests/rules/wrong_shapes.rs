//! Values of the wrong shape, and keys that don't exist: what to write instead.

use crate::{short, with_keys};

#[test]
fn text_for_a_list_is_offered_in_brackets() {
    for (keys, place, mended) in [
        ("themes: trust\n", "8:9", "8 + themes: [trust]"),
        ("themes: trust, prevention\n", "8:9", "[trust, prevention]"),
        (
            "themes: \"trust, prevention\"\n",
            "8:9",
            "8 + themes: [trust, prevention]",
        ),
        ("themes: trust]\n", "8:9", "[trust]"),
        (
            "themes:\n  -trust\n  -prevention\n",
            "9:3",
            "[trust, prevention]",
        ),
        (
            "themes:\n  \u{2013} trust\n  \u{2013} prevention\n",
            "9:3",
            "[trust, prevention]",
        ),
        ("barriers: 'a \"b\", c'\n", "8:11", "[\"a \\\"b\\\"\", c]"),
    ] {
        with_keys(keys)
            .fails_with(1)
            .reports("wrong-type", &short(place))
            .says("must be a list, not text")
            .says(mended)
            .counts(1);
    }
}

#[test]
fn a_list_of_records_shows_how_one_begins() {
    for (keys, help) in [
        ("partners: The council\n", "`- name: The council`"),
        ("outcomes: fewer days\n", "`- measure: Days in hospital`"),
        (
            "sources: https://example.org\n",
            "`- url: https://example.org/report`",
        ),
        (
            "barriers:\n  factor: trust\n  evidence: x\n",
            "a hyphen and a blank before the first key",
        ),
    ] {
        with_keys(keys)
            .fails_with(1)
            .says("wrong-type")
            .says(help)
            .counts(1);
    }
}

#[test]
fn a_record_shows_its_keys_and_the_text_in_its_place() {
    for (keys, place, help) in [
        (
            "sources: [\"https://example.org/a\"]\n",
            "8:11",
            "write `{url: \"https://example.org/a\"}`",
        ),
        (
            "sources: [lalani-2019]\n",
            "8:11",
            "write `{reference: lalani-2019}`",
        ),
        (
            "partners: [The council]\n",
            "8:12",
            "write `{name: The council}`",
        ),
        (
            "cmo: [one thing]\n",
            "8:7",
            "{context: ..., mechanism: ..., outcome: ...}",
        ),
        ("period: 2019\n", "8:9", "{start: ..., end: ...}"),
        ("effort: [x]\n", "8:9", "{staff: ..., cost: ...}"),
    ] {
        with_keys(keys)
            .fails_with(1)
            .reports("wrong-type", &short(place))
            .says(help)
            .counts(1);
    }
}

#[test]
fn an_unknown_key_is_answered_in_one_line() {
    for (keys, help) in [
        ("budget: none\n", "what you mean may belong under `effort`"),
        ("Tags: x\n", "what you mean may belong under `themes`"),
        (
            "weather: fine\n",
            "often used keys are: place, period, population",
        ),
    ] {
        with_keys(keys)
            .fails_with(1)
            .reports("unknown-key", &short("8:1"))
            .says(help)
            .says("How to write a case study")
            .keeps_quiet_about("withdrawn_reason")
            .counts(1);
    }
}

#[test]
fn a_key_that_swallows_its_value_lacks_a_blank() {
    for (keys, place) in [
        ("period: {start:2019}\n", "8:15"),
        ("place:Dale: north\n", "8:6"),
    ] {
        with_keys(keys)
            .fails_with(1)
            .reports("malformed-yaml", &short(place))
            .says("a blank is missing after the colon")
            .counts(1);
    }
}

#[test]
fn a_range_in_other_words_is_offered_with_dots() {
    for range in [
        "consult to involve",
        "consult - involve",
        "consult \u{2013} involve",
        "consult\u{2013}involve",
        "consult-involve",
        "consult and involve",
        "consult/involve",
        "Consult to Involve",
        "consult\u{2026}involve",
    ] {
        with_keys(&format!("participation: {{level: {range}}}\n"))
            .fails_with(1)
            .reports("unknown-value", &short("8:24"))
            .says("write `consult..involve`")
            .says("two dots")
            .counts(1);
    }
}

#[test]
fn a_record_of_nothing_is_an_empty_value() {
    for (keys, place) in [
        ("participation: {}\n", "8:16"),
        ("participation: []\n", "8:16"),
        ("effort: {}\n", "8:9"),
        ("period: []\n", "8:9"),
        ("sources: [{}]\n", "8:11"),
    ] {
        with_keys(keys)
            .fails_with(1)
            .reports("empty-value", &short(place))
            .counts(1);
    }
}
