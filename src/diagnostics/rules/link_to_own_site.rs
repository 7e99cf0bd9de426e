//! A link to the library itself is written as a web address.

use super::{Example, Group, Rule, Severity};

pub(crate) static LINK_TO_OWN_SITE: Rule = Rule {
    name: "link-to-own-site",
    group: Group::Links,
    severity: Severity::Warning,
    fixed: false,
    summary: "A link to the library itself is written as a web address.",
    why: "Such a link can't be checked, breaks when the library moves, and leads away from the copy that \
           somebody reads on their own machine.",
    example: Example::markdown(
        "[the other study](https://learning.example/library/studies/five-minute-study/)",
        "[the other study](five-minute-study.md)",
    ),
    mend: "Link to the Markdown file, relative to this one, as the message says.",
};
