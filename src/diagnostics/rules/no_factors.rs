//! A study names no enabler, barrier or mixed factor.

use super::{Example, Group, Rule, Severity};

pub(crate) static NO_FACTORS: Rule = Rule {
    name: "no-factors",
    group: Group::FrontMatter,
    severity: Severity::Error,
    fixed: false,
    summary: "A study names no enabler, barrier or mixed factor.",
    why: "What helped and what got in the way is what this library is about: by its factors a study is \
          found, compared and linked.",
    example: Example::yaml(
        r#"
level: place
---
"#,
        r#"
level: place
enablers: [local-leadership]
---
"#,
    ),
    mend: "Name at least one factor under `enablers`, `barriers` or `mixed`; the choices are in \
          `content/vocabulary/factors.yaml`. A bare id is enough.",
};
