//! A study's period lies before its system began or after it ceased.

use super::{Example, Group, Rule, Severity};

pub(crate) static OUTSIDE_SYSTEM_LIFE: Rule = Rule {
    name: "outside-system-life",
    group: Group::FrontMatter,
    severity: Severity::Warning,
    fixed: false,
    summary: "A study's period lies before its system began or after it ceased.",
    why: "Integrated care systems were founded, merged and renamed. A study filed under a body that did not \
          exist at the time is found by nobody who looks there.",
    example: Example::yaml(
        "period: {start: 2019-12, end: 2020-02}",
        "period: {start: 2023-12, end: 2024-02}",
    ),
    mend: "If the date is right, give the system that existed then; the message names it. If editors worked \
          the system out from the place, add `ics_basis: inferred`.",
};
