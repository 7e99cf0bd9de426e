//! A date is not written as 2019-01-31 (or 2019-01, or 2019, where a key allows it) or doesn't exist.

use super::{Example, Group, Rule, Severity};

pub(crate) static BAD_DATE: Rule = Rule {
    name: "bad-date",
    group: Group::FrontMatter,
    severity: Severity::Error,
    fixed: true,
    summary: "A date is not written as 2019-01-31 (or 2019-01, or 2019, where a key allows it) or doesn't exist.",
    why: "Dates are compared and sorted, and 03/04/2025 is one day in England and another in America.",
    example: Example::yaml("published: 14/03/2025", "published: 2025-03-14"),
    mend: "Write year, month and day with hyphens: `2025-03-14`. A period may also have a month, `2025-03`, \
          or a year. `caseloom check --fix` mends dates that can be read in one way only.",
};
