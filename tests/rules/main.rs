//! Bad input: every rule is broken by a story of its own, and each diagnostic stands at the right place.

#[path = "../support/mod.rs"]
mod support;

mod addresses;
mod anything;
mod dates_and_values;
mod files;
mod front_matter;
mod markdown;
mod places;
mod terms;
mod together;
mod vocabulary;
mod yaml;

use support::{Library, Outcome, SHORT, study_with_body, study_with_keys};

/// Rules that no library on disk can break, and why.
const OUT_OF_REACH: [(&str, &str); 1] = [(
    "address-collision",
    "slugs are lower case and unique, sections are reserved and aliases are checked, so nothing is left to collide",
)];

/// The stories of this binary, to see that no rule is without one.
const STORIES: [&str; 9] = [
    include_str!("addresses.rs"),
    include_str!("dates_and_values.rs"),
    include_str!("files.rs"),
    include_str!("front_matter.rs"),
    include_str!("markdown.rs"),
    include_str!("places.rs"),
    include_str!("terms.rs"),
    include_str!("vocabulary.rs"),
    include_str!("yaml.rs"),
];

#[test]
fn every_rule_has_a_story() {
    let mut untold: Vec<&str> = caseloom::diagnostics::rules::ALL
        .iter()
        .map(|rule| rule.name)
        .filter(|name| {
            !STORIES
                .iter()
                .any(|story| story.contains(&format!("\"{name}\"")))
        })
        .collect();
    untold.retain(|name| !OUT_OF_REACH.iter().any(|(known, _)| known == name));
    assert_eq!(
        untold,
        Vec::<&str>::new(),
        "write a test for them in tests/rules"
    );
}

/// Builds the fixture after a change.
fn after(change: impl FnOnce(&Library)) -> Outcome {
    let library = Library::fixture();
    change(&library);
    library.build()
}

/// Builds the fixture with lines 8 and following of a short study as given.
fn with_keys(keys: &str) -> Outcome {
    after(|library| {
        library.write(SHORT, &study_with_keys(keys));
    })
}

/// Builds the fixture with a short study whose text begins at line 9.
fn with_body(body: &str) -> Outcome {
    after(|library| {
        library.write(SHORT, &study_with_body(body));
    })
}

/// `path:line:column` in the short study.
fn short(place: &str) -> String {
    format!("{SHORT}:{place}")
}
