//! YAML that can't be read, or that is refused.

use crate::support::{FULL, Library, SHORT};
use crate::{after, short, with_keys};

#[test]
fn yaml_that_is_too_deep_is_refused_at_the_place() {
    let deep = |levels: usize| format!("themes: {}x{}\n", "[".repeat(levels), "]".repeat(levels));
    with_keys(&deep(16))
        .fails_with(1)
        .reports("yaml-limit", &short("8:24"))
        .says("16 deep")
        .counts(1);
    with_keys(&deep(15))
        .fails_with(1)
        .says("wrong-type")
        .keeps_quiet_about("yaml-limit");
    for levels in [1_000, 100_000] {
        with_keys(&deep(levels)).fails_with(1).counts(1);
    }
    let nested: String = (0..100)
        .map(|level| format!("{}a:\n", " ".repeat(level)))
        .collect();
    with_keys(&format!("effort:\n {}", nested.replace('\n', "\n ")))
        .fails_with(1)
        .counts(1);
}

#[test]
fn yaml_with_too_many_values_is_refused() {
    with_keys(&format!("themes: [{}trust]\n", "x, ".repeat(6_000)))
        .fails_with(1)
        .says("yaml-limit")
        .says("5000 values")
        .counts(1);
}

#[test]
fn deep_records_are_refused_too() {
    after(|library| {
        library.append(
            "content/evidence/others.yaml",
            &format!("x: {}{}\n", "[".repeat(40), "]".repeat(40)),
        );
        library.replace(FULL, "[lalani-2019, moor-thesis]", "[lalani-2019]");
    })
    .fails_with(1)
    .reports("yaml-limit", "content/evidence/others.yaml:12:19")
    .counts(1);
}

#[test]
fn anchors_aliases_tags_and_further_documents_are_refused() {
    for (keys, rule, place) in [
        ("place: &here Dale\n", "yaml-alias", "8:8"),
        ("themes: !!seq [trust]\n", "yaml-alias", "8:9"),
        ("place: !secret x\n", "yaml-alias", "8:8"),
        ("themes: &all [trust]\n", "yaml-alias", "8:9"),
        // The parser itself stops at an alias of nothing.
        ("place: *here\n", "malformed-yaml", "8:8"),
    ] {
        with_keys(keys)
            .fails_with(1)
            .reports(rule, &short(place))
            .says("must stand in quotes")
            .counts(1);
    }
    with_keys("<<: *base\n")
        .fails_with(1)
        .reports("malformed-yaml", &short("8:5"))
        .reports("unknown-key", &short("8:1"))
        .counts(2);
    after(|library| {
        library.write(
            "content/evidence/more.yaml",
            "references: []\n---\nreferences: []\n",
        );
    })
    .fails_with(1)
    .reports("yaml-alias", "content/evidence/more.yaml:2:1")
    .counts(1);
}

#[test]
fn many_small_aliases_are_no_bomb() {
    let mut bomb = String::from("a: &a [x, x, x, x, x, x, x, x]\n");
    for (from, to) in ["b", "c", "d", "e", "f", "g", "h"]
        .iter()
        .zip(["a", "b", "c", "d", "e", "f", "g"])
    {
        bomb.push_str(&format!(
            "{from}: &{from} [*{to}, *{to}, *{to}, *{to}, *{to}, *{to}, *{to}, *{to}]\n"
        ));
    }
    with_keys(&bomb).fails_with(1).says("yaml-alias").counts(1);
}

#[test]
fn a_hash_that_cuts_a_value_short_is_told() {
    with_keys("place: Room #3\n")
        .succeeds()
        .reports("comment-in-value", &short("8:13"))
        .counts(1);
    for keys in [
        "place: \"Room #3\"\n",
        "place: Room#3\n",
        "place: Room # a comment\n",
        "# a comment\nplace: Room\n",
    ] {
        with_keys(keys).has_no_problem();
    }
}

/// Files as large as they may be, whose every line is a slip: what is looked up for each must not grow with their number.
#[test]
fn slips_without_end_are_told_in_time() {
    for slip in ["a: 'x\n", "a: *x\n", "a: b: c\n", "%a\n", "}\n", "{"] {
        let library = Library::fixture();
        let yaml = slip.repeat(60_000 / slip.len());
        library.write(SHORT, &format!("---\n{yaml}\n---\n"));
        let outcome = library.run_in(&library.root(), &["check", "--format", "json"]);
        assert_eq!(outcome.code, Some(1), "{slip:?}");
    }
}
