//! A related study doesn't exist.

use super::{Example, Group, Rule, Severity};

pub(crate) static UNKNOWN_STUDY: Rule = Rule {
    name: "unknown-study",
    group: Group::InUse,
    severity: Severity::Error,
    fixed: false,
    summary: "A related study doesn't exist.",
    why: "A relation is shown on both studies. One that leads nowhere would be lost without a word, often \
          because the other study was renamed.",
    example: Example::yaml(
        r"
related:
  - {study: seperate-buildings, relation: contrasts-with}
  - {study: ../hill/shared-front-door.md, relation: adopted-from}
",
        r"
related:
  - {study: separate-buildings, relation: contrasts-with}
  - {study: shared-front-door, relation: adopted-from}
",
    ),
    mend: "Write the name of the other study's file, without its folder and without `.md`. If the other \
           study has been taken out of the library, take the relation out too.",
};
