//! Two files would become one page.

use super::{Example, Group, Rule, Severity};

pub(crate) static ADDRESS_COLLISION: Rule = Rule {
    name: "address-collision",
    group: Group::Links,
    severity: Severity::Error,
    fixed: true,
    summary: "Two files would become one page.",
    why: "Only one page can stand at an address, so the other would be missing from the site.",
    example: Example::text(
        r"
content/studies/hill/tea-round.md
content/studies/valley/tea-round.md
",
        r"
content/studies/hill/tea-round.md
content/studies/valley/tea-round-in-the-valley.md
",
    ),
    mend: "Rename one of the two files that the message names. If the renamed one was published before, put \
           its old name under `aliases`, so that old links still work. This is a last safety net; other \
           rules, such as `duplicate-slug`, mostly speak first.",
};
