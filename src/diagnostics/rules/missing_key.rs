//! A required key is missing.

use super::{Example, Group, Rule, Severity};

pub(crate) static MISSING_KEY: Rule = Rule {
    name: "missing-key",
    group: Group::FrontMatter,
    severity: Severity::Error,
    fixed: true,
    summary: "A required key is missing.",
    why: "These few keys are what lists, maps and searches are made of.",
    example: Example::yaml(
        "title: A warm room",
        r#"
title: A warm room
summary: The library of a village stayed open until eight for people with cold homes.
published: 2026-03-10
"#,
    ),
    mend: "Add a line with the key, a colon, a space and the value.",
};
