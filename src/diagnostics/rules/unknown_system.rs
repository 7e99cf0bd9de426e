//! An integrated care system is not in the vocabulary.

use super::{Example, Group, Rule, Severity};

pub(crate) static UNKNOWN_SYSTEM: Rule = Rule {
    name: "unknown-system",
    group: Group::InUse,
    severity: Severity::Error,
    fixed: true,
    summary: "An integrated care system is not in the vocabulary.",
    why: "Every study stands on the page of its system and on the map. Without a system that the library \
          knows there is no place for it, so this is always an error.",
    example: Example::yaml("ics: [Hill and Moor ICB, west-dale]", "ics: [hill, dales]"),
    mend: "Write the `id` of the system from `content/vocabulary/systems.yaml`; systems that no longer \
           exist are there too. If the work was not in one system, write `national` or `international`. If \
           its place must not be known, write `anonymised`.",
};
