//! A value is not one of those that the key may have.

use super::{Example, Group, Rule, Severity};

pub(crate) static BAD_VALUE: Rule = Rule {
    name: "bad-value",
    group: Group::FrontMatter,
    severity: Severity::Error,
    fixed: true,
    summary: "A value is not one of those that the key may have.",
    why: "The key has a few possible values, or a form that its values have.",
    example: Example::yaml("status: final", "status: published"),
    mend: "Write one of the values that the message names.",
};
