//! YAML that can't be read, or that is refused.

use crate::support::FULL;
use crate::{after, short, with_keys};

#[test]
fn broken_yaml_is_shown_where_it_breaks() {
    for (keys, place, word) in [
        ("place: One: two\n", "8:11", "colon"),
        ("place: \"never closed\n", "8:8", "never closed"),
        ("place: 'never closed\n", "8:8", "never closed"),
        ("themes:\n\t- trust\n", "9:1", "tab"),
        ("themes: [trust\n", "8:9", ""),
        ("outcomes: {measure: x\n", "8:11", ""),
        ("place: @home\n", "8:8", ""),
        ("place: `home`\n", "8:8", ""),
        ("place: %home\n", "8:8", ""),
        (" place: indented\n", "8:1", ""),
        ("themes: [trust]]\n", "8:16", ""),
    ] {
        let outcome = with_keys(keys).fails_with(1).says(word).counts(1);
        let (rule, found) = outcome.diagnostics().remove(0);
        assert_eq!(rule, "malformed-yaml", "{keys}");
        let line = |place: &str| {
            place
                .split(':')
                .rev()
                .nth(1)
                .and_then(|line| line.parse::<usize>().ok())
        };
        if word.is_empty() {
            // The parser's own place: this line, or the next, where it gave up.
            let (wanted, found) = (line(place).unwrap_or(0), line(&found).unwrap_or(0));
            assert!((wanted..=wanted + 1).contains(&found), "{keys}: {found}");
        } else {
            assert_eq!(found, short(place), "{keys}");
        }
    }
}

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
    for (keys, place) in [
        ("place: &here Dale\n", "8:8"),
        ("place: *here\n", "8:8"),
        ("themes: !!seq [trust]\n", "8:9"),
        ("place: !secret x\n", "8:8"),
        ("themes: &all [trust]\n", "8:9"),
        ("<<: *base\n", "8:5"),
    ] {
        let outcome = with_keys(keys).fails_with(1).counts(1);
        let (rule, found) = outcome.diagnostics().remove(0);
        // The parser itself stops at an alias of nothing.
        assert!(rule == "yaml-alias" || keys.contains('*'), "{keys}: {rule}");
        assert!(
            found.starts_with(&short("8:")),
            "{keys}: {found} instead of {place}"
        );
    }
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
