//! A study is related to itself.

use super::{Example, Group, Rule, Severity};

pub(crate) static SELF_RELATION: Rule = Rule {
    name: "self-relation",
    group: Group::InUse,
    severity: Severity::Error,
    fixed: false,
    summary: "A study is related to itself.",
    why: "Relations lead readers on to another study. One that leads back to the same page is always a \
          slip, mostly from copying another study's lines.",
    example: Example::yaml(
        r"
related:
  - {study: discharge-by-noon, relation: contrasts-with}
",
        r"
related:
  - {study: separate-buildings, relation: contrasts-with}
",
    ),
    mend: "Put the file name of the study that you had in mind, without `.md`, or take the relation out.",
};
