//! Two files would have the same address.

use super::{Example, Group, Rule, Severity};

pub(crate) static DUPLICATE_SLUG: Rule = Rule {
    name: "duplicate-slug",
    group: Group::Files,
    severity: Severity::Error,
    fixed: true,
    summary: "Two files would have the same address.",
    why: "Folders don't count in addresses, so two files of one name would be one page, and one of them \
          would be lost.",
    example: Example::text(
        "hill/separate-buildings.md and valley/separate-buildings.md",
        "hill/separate-buildings.md and valley/separate-buildings-and-one-van.md",
    ),
    mend: "Give one of the two files a name that says more. If its page was published before, keep the old \
          name as an alias in the one that had it.",
};
