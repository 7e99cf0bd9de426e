//! A file has more problems than are told.

use super::{Example, Group, Rule, Severity};

pub(crate) static TOO_MANY_PROBLEMS: Rule = Rule {
    name: "too-many-problems",
    group: Group::Files,
    severity: Severity::Error,
    fixed: true,
    summary: "A file has more problems than are told.",
    why: "So many have one cause: a file of another program that was copied in, or one from somebody who wants to \
          keep the computer busy. Nobody reads a list of thousands, and the report has to stay small enough to be \
          shown. It is as serious as the worst of what it leaves out.",
    example: Example::yaml(
        "week_1: 12\nweek_2: 15\nweek_3: 9\nweek_4: 11",
        "outcomes:\n  - {measure: Visits in four weeks, finding: Between 9 and 15 a week}",
    ),
    mend: "Mend what is told, or look whether the file belongs there; what was left out is told then. \
           `[limits] problems_per_file` in `site-config.toml` is the limit.",
};
