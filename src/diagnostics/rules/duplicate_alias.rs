//! An alias belongs to two terms, or is the id of another.

use super::{Example, Group, Rule, Severity};

pub(crate) static DUPLICATE_ALIAS: Rule = Rule {
    name: "duplicate-alias",
    group: Group::Vocabulary,
    severity: Severity::Error,
    fixed: false,
    summary: "An alias belongs to two terms, or is the id of another.",
    why: "People write an alias when they don't know the id by heart. If it stands for two terms, some \
          studies end up under the wrong one without anybody noticing.",
    example: Example::yaml(
        "aliases: [hub, co-location, local-leadership]",
        "aliases: [hub]",
    ),
    mend: "Leave the alias with the term that people mean by it, and take it out of the other. If both are \
           meant about as often, take it out of both: the message for an unknown word still offers the \
           nearest terms.",
};
