//! Bad input: every rule is broken by a story of its own, and each diagnostic stands at the right place.

#[path = "../support/mod.rs"]
mod support;

mod addresses;
mod anything;
mod dates_and_values;
mod files;
mod fixtures;
mod front_matter;
mod markdown;
mod mutations;
mod places;
mod recovery;
mod slips;
mod terms;
mod together;
mod vocabulary;
mod wrong_shapes;
mod yaml;

use support::{Library, Outcome, SHORT, study_with_body, study_with_keys};

/// Rules that no library kept in git can break, and why.
const OUT_OF_REACH: [(&str, &str); 2] = [
    (
        "address-collision",
        "slugs are lower case and unique, sections are reserved and aliases are checked, so nothing is left to collide",
    ),
    (
        "unreadable-file",
        "git keeps no file that its owner may not read; tests/rules/files.rs takes the right to read away",
    ),
];

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
