//! Slips of YAML that people make: each is told at its place, in words that need no knowledge of YAML, and hides nothing.

use crate::support::{SHORT, study_with_keys};
use crate::{after, short, with_keys};

/// The slip, its line and column in the short study, a piece of the message, and of what it could be replaced by.
const SLIPS: [(&str, &str, &str, &str); 21] = [
    (
        "place: One: two\n",
        "8:11",
        "must stand in quotes",
        "\"One: two\"",
    ),
    (
        "place: \"never closed\n",
        "8:8",
        "never closed",
        "never closed\"",
    ),
    (
        "place: 'never closed\n",
        "8:8",
        "never closed",
        "never closed'",
    ),
    ("themes:\n\t- trust\n", "9:1", "a tab stands", "  - trust"),
    (
        "period:\n\tstart: 2019\n",
        "9:1",
        "a tab stands",
        "  start: 2019",
    ),
    (
        "place:One\n",
        "8:6",
        "a space is missing after the colon of `place`",
        "place: One",
    ),
    (
        "themes:\n  - trust\n  -housing\n",
        "10:3",
        "a space is missing after this hyphen",
        "- housing",
    ),
    ("themes: [trust\n", "8:9", "never closed", "[trust]"),
    (
        "themes: [trust, housing\nplace: One\n",
        "8:9",
        "never closed",
        "housing]",
    ),
    ("period: {start: 2019\n", "8:9", "never closed", "2019}"),
    ("themes: [trust]]\n", "8:16", "closes nothing", "[trust]"),
    ("period: {start: 2019]\n", "8:21", "must close", "2019}"),
    ("place: @home\n", "8:8", "must stand in quotes", "\"@home\""),
    (
        "place: `home`\n",
        "8:8",
        "must stand in quotes",
        "\"`home`\"",
    ),
    ("place: %home\n", "8:8", "must stand in quotes", "\"%home\""),
    (
        "place: \"Home\" for all\n",
        "8:8",
        "must stand in quotes",
        "\\\"Home\\\" for all\"",
    ),
    (
        " place: indented\n",
        "8:2",
        "begins at a place where no line",
        "place: indented",
    ),
    (
        "period:\n  start: 2019\n   end: 2020\n",
        "10:4",
        "begins at a place where no line",
        "  end: 2020",
    ),
    ("place = One\n", "8:7", "equals sign", "place: One"),
    ("place: One\nand another line\n", "9:1", "has no key", ""),
    (
        "place: \u{201c}One: two\u{201d}\n",
        "8:12",
        "must stand in quotes",
        "\"",
    ),
];

#[test]
fn every_slip_is_told_at_its_place_in_plain_words() {
    let mut wrong = Vec::new();
    for (keys, place, message, mended) in SLIPS {
        let outcome = with_keys(keys).fails_with(1);
        let first = outcome
            .diagnostics()
            .into_iter()
            .find(|(rule, _)| rule == "malformed-yaml");
        let told = first == Some(("malformed-yaml".to_owned(), short(place)))
            && outcome.stderr.contains(message)
            && outcome.stderr.contains(mended);
        if !told {
            wrong.push(format!(
                "{keys:?} at {place}: {message}\n{}",
                outcome.stderr
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_slip_makes_a_key_look_missing() {
    for (keys, ..) in SLIPS {
        with_keys(keys)
            .fails_with(1)
            .keeps_quiet_about("missing-key")
            .keeps_quiet_about("no-factors");
    }
}

/// A slip in one key leaves the other keys, the text and the other files to be checked.
#[test]
fn a_slip_hides_nothing_else() {
    for (keys, ..) in SLIPS {
        let text = study_with_keys(&format!(
            "programme: [a]\npopulation: x\n{keys}level: zebra\nreviewed: 31/02/2020\n"
        ));
        let text = text.replace("level: national\n", "") + "\n[x](nowhere.md)\n\n### Too deep\n";
        after(|library| {
            library.write(SHORT, &text);
            library.write("content/studies/other.md", "---\ntitle: [\n---\n");
        })
        .fails_with(1)
        .says("unknown-value")
        .says("bad-date")
        .says("wrong-type")
        .says("dead-link")
        .says("heading-skipped")
        .says("content/studies/other.md:2:8");
    }
}

#[test]
fn two_slips_of_one_file_are_both_told() {
    with_keys("place: One: two\nprogramme: \"never closed\npopulation: x\n")
        .fails_with(1)
        .reports("malformed-yaml", &short("8:11"))
        .reports("malformed-yaml", &short("9:12"))
        .counts(2);
}

/// A study that could not be read whole is not built, and links to it are not dead.
#[test]
fn a_study_with_a_slip_can_be_linked_to() {
    after(|library| {
        library.write(SHORT, &study_with_keys("place: One: two\n"));
        library.append(
            "content/studies/hill/separate-buildings.md",
            "\n[x](../five-minute-study.md)\n",
        );
    })
    .fails_with(1)
    .counts(1);
}

#[test]
fn what_was_meant_as_a_list_is_shown_as_one() {
    with_keys("themes: trust\n")
        .fails_with(1)
        .says("[trust]")
        .counts(1);
    with_keys("themes: trust, housing\n")
        .fails_with(1)
        .says("[trust, housing]")
        .counts(1);
    for keys in [
        "themes:\n  -trust\n  - housing\n",
        "themes:\n  \u{2013} trust\n",
    ] {
        with_keys(keys)
            .fails_with(1)
            .reports("wrong-type", &short("9:3"))
            .says("plain hyphen and a space")
            .counts(1);
    }
}

#[test]
fn a_blank_that_is_none_is_told() {
    with_keys("period:\n\u{a0}\u{a0}start: 2019\n")
        .fails_with(1)
        .reports("unknown-key", &short("9:1"))
        .says("looks like a space");
}
