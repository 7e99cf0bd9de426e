//! The slips that people make in YAML: each is shown at its place, in plain words, with what to write instead.

use crate::{short, with_keys};

/// Front matter from line 8 on, the place, a piece of the message, and a line as it should be.
type Slip = (&'static str, &'static str, &'static str, &'static str);

#[track_caller]
fn check(slips: &[Slip]) {
    for (keys, place, message, mended) in slips {
        let outcome = with_keys(keys)
            .fails_with(1)
            .reports("malformed-yaml", &short(place))
            .says(message)
            .says(mended)
            .counts(1);
        for jargon in ["simple key", "mapping", "scalar", "YAML", "token", "block"] {
            assert!(
                !outcome.stderr.contains(jargon),
                "{keys}: {}",
                outcome.stderr
            );
        }
        assert!(outcome.stderr.contains("= help: "), "{keys}");
    }
}

#[test]
fn blanks_that_are_none() {
    check(&[
        ("themes:\n\t- trust\n", "9:1", "not with a tab", "  - trust"),
        (
            "period:\n  start: 2019\n\tend: 2020\n",
            "10:1",
            "not with a tab",
            "  end: 2020",
        ),
        ("\tplace: Dale\n", "8:1", "not with a tab", "help:"),
        (
            "place:\u{a0}Dale\n",
            "8:7",
            "the blank after `place:` is not an ordinary one",
            "place: Dale",
        ),
        (
            "period:\n  start: 2019\n\u{a0}\u{a0}end: 2020\n",
            "10:1",
            "a blank beside `end` that is not an ordinary one",
            "  end: 2020",
        ),
    ]);
}

#[test]
fn colons_that_lack_something() {
    check(&[
        (
            "place:Dale\n",
            "8:6",
            "a blank is missing after the colon of `place`",
            "place: Dale",
        ),
        (
            "barriers:\n  - factor:trust\n    evidence: x\n",
            "9:11",
            "a blank is missing after the colon of `factor`",
            "- factor: trust",
        ),
        (
            "place = Dale\n",
            "8:7",
            "not an equals sign",
            "8 + place: Dale",
        ),
        (
            "place=Dale\n",
            "8:6",
            "not an equals sign",
            "8 + place: Dale",
        ),
        (
            "place\n",
            "8:1",
            "after `place` there must be a colon",
            "a colon, a blank and the value",
        ),
        (
            "population: people who\nlive here\nplace: x\n",
            "9:1",
            "this line has no key and no colon",
            "  live here",
        ),
    ]);
}

#[test]
fn lists_with_other_marks() {
    check(&[
        (
            "themes:\n-trust\n",
            "9:1",
            "a blank is missing after this hyphen",
            "- trust",
        ),
        (
            "barriers:\n  -factor: trust\n   evidence: x\n",
            "9:3",
            "a blank is missing after this hyphen",
            "  - factor: trust",
        ),
        (
            "barriers:\n  \u{2013} factor: trust\n    evidence: x\n",
            "9:3",
            "begins with a hyphen, not with `\u{2013}`",
            "9 +   - factor: trust",
        ),
        (
            "barriers:\n  \u{2022} factor: trust\n    evidence: x\n",
            "9:3",
            "begins with a hyphen, not with `\u{2022}`",
            "9 +   - factor: trust",
        ),
        (
            "themes:\n  * trust\n",
            "9:3",
            "begins with a hyphen, not with `*`",
            "9 +   - trust",
        ),
    ]);
}

#[test]
fn brackets() {
    check(&[
        (
            "themes: [trust\n",
            "8:9",
            "this `[` is never closed",
            "themes: [trust]",
        ),
        (
            "period: {start: 2019\n",
            "8:9",
            "this `{` is never closed",
            "period: {start: 2019}",
        ),
        (
            "themes: [trust]]\n",
            "8:16",
            "this `]` closes nothing",
            "8 + themes: [trust]",
        ),
        (
            "period: {start: 2019}}\n",
            "8:22",
            "this `}` closes nothing",
            "8 + period: {start: 2019}",
        ),
        (
            "themes: ]\n",
            "8:9",
            "this `]` closes nothing",
            "take it out",
        ),
        (
            "themes: [trust}\n",
            "8:15",
            "this `}` doesn't close the `[`",
            "8 + themes: [trust]",
        ),
        (
            "place: [Draft] Dale\n",
            "8:8",
            "text that begins with a bracket must stand in quotes",
            "8 + place: \"[Draft] Dale\"",
        ),
        (
            "place: {Dale} and Hill\n",
            "8:8",
            "text that begins with a bracket must stand in quotes",
            "8 + place: \"{Dale} and Hill\"",
        ),
    ]);
}

#[test]
fn quotation_marks() {
    check(&[
        ("place: \"Dale\n", "8:8", "never closed", "place: \"Dale\""),
        (
            "place: 'Tis Dale\n",
            "8:8",
            "never closed",
            "8 + place: \"'Tis Dale\"",
        ),
        (
            "themes: [\"trust]\n",
            "8:10",
            "never closed",
            "before the comma or the bracket",
        ),
        (
            "place: \"Dale\u{201d}\n",
            "8:8",
            "the one at the end is a curly one",
            "8 + place: \"Dale\"",
        ),
        (
            "place: \u{201c}Dale: north\u{201d}\n",
            "8:13",
            "curly ones don't count",
            "8 + place: \"Dale: north\"",
        ),
        (
            "place: \"Dale\" and Hill\n",
            "8:8",
            "in quotes as a whole",
            "8 + place: \"\\\"Dale\\\" and Hill\"",
        ),
        (
            "place: \"C:\\Dale\"\n",
            "8:11",
            "must be written twice",
            "place: \"C:\\\\Dale\"",
        ),
    ]);
}

#[test]
fn text_that_must_stand_in_quotes() {
    check(&[
        (
            "place: Dale: north\n",
            "8:12",
            "text with a colon and a space",
            "8 + place: \"Dale: north\"",
        ),
        (
            "place: The \"Dale\": north\n",
            "8:18",
            "text with a colon and a space",
            "8 + place: \"The \\\"Dale\\\": north\"",
        ),
        (
            "place: What is next:\n",
            "8:20",
            "text with a colon",
            "8 + place: \"What is next:\"",
        ),
        (
            "place: @dale\n",
            "8:8",
            "text that begins with @",
            "8 + place: \"@dale\"",
        ),
        (
            "place: `dale`\n",
            "8:8",
            "text that begins with `",
            "8 + place: \"`dale`\"",
        ),
        (
            "place: %dale\n",
            "8:8",
            "text that begins with %",
            "8 + place: \"%dale\"",
        ),
        (
            "place: *dale\n",
            "8:8",
            "text that begins with *",
            "8 + place: \"*dale\"",
        ),
        (
            "place: > 5 people\n",
            "8:8",
            "text that begins with >",
            "8 + place: \"> 5 people\"",
        ),
        (
            "place: | a bar\n",
            "8:8",
            "text that begins with |",
            "8 + place: \"| a bar\"",
        ),
        (
            "themes:\n  - @trust\n",
            "9:5",
            "text that begins with @",
            "9 +   - \"@trust\"",
        ),
    ]);
    for (keys, mended) in [
        ("place: &dale\n", "8 + place: \"&dale\""),
        ("place: & co\n", "8 + place: \"& co\""),
        ("place: !dale\n", "8 + place: \"!dale\""),
        ("place: ! dale\n", "8 + place: \"! dale\""),
    ] {
        with_keys(keys)
            .fails_with(1)
            .says(&short("8:8"))
            .says("must stand in quotes")
            .says(mended)
            .counts(1);
    }
}

#[test]
fn indentation() {
    check(&[
        (
            " place: Dale\n",
            "8:2",
            "this line is indented too far",
            "it should line up with this",
        ),
        (
            "barriers:\n  - factor: trust\n   evidence: x\n",
            "10:4",
            "not indented far enough",
            "indent it by 4 spaces",
        ),
        (
            "barriers:\n  - factor: trust\n     evidence: x\n",
            "10:6",
            "indented too far",
            "indent it by 4 spaces",
        ),
        (
            "barriers:\n  - factor: trust\n   - factor: warm-homes\n",
            "10:4",
            "indented too far",
            "indent it by 2 spaces",
        ),
        (
            "period:\n  start: 2019\n end: 2020\n",
            "10:2",
            "not indented far enough",
            "indent it by 2 spaces",
        ),
        (
            "period:\n  start: 2019\n   end: 2020\n",
            "10:4",
            "indented too far",
            "indent it by 2 spaces",
        ),
    ]);
}

#[test]
fn an_indented_first_key_is_the_one_to_move() {
    crate::after(|library| {
        let text = crate::support::study_with_keys("").replacen("title", "  title", 1);
        library.write(crate::support::SHORT, &text);
    })
    .fails_with(1)
    .reports("malformed-yaml", &short("2:3"))
    .says("must begin at the first column")
    .counts(1);
}
