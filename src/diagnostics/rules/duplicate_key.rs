//! A key is given twice.

use super::{Example, Group, Rule, Severity};

pub(crate) static DUPLICATE_KEY: Rule = Rule {
    name: "duplicate-key",
    group: Group::FrontMatter,
    severity: Severity::Error,
    fixed: false,
    summary: "A key is given twice.",
    why: "Only one of the two can count, and the other would vanish without a word.",
    example: Example::yaml(
        r#"
enablers:
  - factor: local-leadership
"#,
        "  - factor: local-leadership",
    ),
    mend: "Put what belongs to both under one key, and delete the other.",
};
