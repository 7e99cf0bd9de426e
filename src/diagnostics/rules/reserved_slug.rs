//! A page is named like a section of the site.

use super::{Example, Group, Rule, Severity};

pub(crate) static RESERVED_SLUG: Rule = Rule {
    name: "reserved-slug",
    group: Group::Files,
    severity: Severity::Error,
    fixed: true,
    summary: "A page is named like a section of the site.",
    why: "The site has pages of its own, such as the list of studies, and a page of that name would stand in \
          their place.",
    example: Example::text(
        "content/pages/evidence.md",
        "content/pages/how-we-weigh-evidence.md",
    ),
    mend: "Rename the file.",
};
