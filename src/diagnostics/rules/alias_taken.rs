//! An old address is that of another page, or is claimed twice.

use super::{Example, Group, Rule, Severity};

pub(crate) static ALIAS_TAKEN: Rule = Rule {
    name: "alias-taken",
    group: Group::Links,
    severity: Severity::Error,
    fixed: false,
    summary: "An old address is that of another page, or is claimed twice.",
    why: "`aliases` are addresses that a page had before. They lead readers of old links to the new page, \
          which works only if nothing else is at that address.",
    example: Example::yaml(
        "aliases: [separate-buildings, one-office, a-list-for-all]",
        "aliases: [a-list-for-all]",
    ),
    mend: "Take the alias out of the page that never had this address. `aliases` are no keywords: a page \
           that has always had its present name needs none. If two pages were made out of an old one, only \
           one of them can keep its address.",
};
