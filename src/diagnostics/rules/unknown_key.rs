//! A key is not one of those that this kind of record has.

use super::{Example, Group, Rule, Severity};

pub(crate) static UNKNOWN_KEY: Rule = Rule {
    name: "unknown-key",
    group: Group::FrontMatter,
    severity: Severity::Error,
    fixed: false,
    summary: "A key is not one of those that this kind of record has.",
    why: "A key that the library doesn't know would not be shown anywhere. This is also how a misspelt key \
          is found.",
    example: Example::yaml(
        r#"
contact: The practice manager
budget: £300
"#,
        "effort: {cost: £300}",
    ),
    mend: "Take it out, or use the key that is meant for it: \"How to write a case study\" lists all of them. \
          What has no key goes into the text.",
};
