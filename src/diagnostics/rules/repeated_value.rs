//! A value is given twice in one list.

use super::{Example, Group, Rule, Severity};

pub(crate) static REPEATED_VALUE: Rule = Rule {
    name: "repeated-value",
    group: Group::FrontMatter,
    severity: Severity::Warning,
    fixed: false,
    summary: "A value is given twice in one list.",
    why: "The same thing was said twice, so one of the two may have been meant as something else.",
    example: Example::yaml(
        "themes: [workforce, trust, workforce]",
        "themes: [workforce, trust]",
    ),
    mend: "Take one of them out. Two sentences on one factor are put into one.",
};
