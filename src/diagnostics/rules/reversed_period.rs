//! A period ends before it begins.

use super::{Example, Group, Rule, Severity};

pub(crate) static REVERSED_PERIOD: Rule = Rule {
    name: "reversed-period",
    group: Group::FrontMatter,
    severity: Severity::Error,
    fixed: false,
    summary: "A period ends before it begins.",
    why: "Something ended before it began, so one of the two dates is wrong.",
    example: Example::yaml(
        "period: {start: 2024-10, end: 2023-03}",
        "period: {start: 2023-10, end: 2024-03}",
    ),
    mend: "Look the dates up and correct the wrong one.",
};
