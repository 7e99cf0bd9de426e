//! A key has no value.

use super::{Example, Group, Rule, Severity};

pub(crate) static EMPTY_VALUE: Rule = Rule {
    name: "empty-value",
    group: Group::FrontMatter,
    severity: Severity::Error,
    fixed: true,
    summary: "A key has no value.",
    why: "A key without a value is mostly one that somebody meant to fill in later.",
    example: Example::yaml("place:", "place: Eastern Dale"),
    mend: "Give it a value, or delete the line. What is not required may be left out.",
};
