//! A key is nearly one of those that this kind of record has.

use super::{Example, Group, Rule, Severity};

pub(crate) static MISSPELT_KEY: Rule = Rule {
    name: "misspelt-key",
    group: Group::FrontMatter,
    severity: Severity::Error,
    fixed: false,
    summary: "A key is nearly one of those that this kind of record has.",
    why: "A misspelt key is read as the one that was meant, so that nothing else is reported, but it must be \
          mended.",
    example: Example::yaml("publised: 2026-03-10", "published: 2026-03-10"),
    mend: "Write the key as the message says. `caseloom check --fix` does it for you where only one key is \
          meant.",
};
