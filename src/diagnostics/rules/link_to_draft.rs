//! A published page links to one that is not published.

use super::{Example, Group, Rule, Severity};

pub(crate) static LINK_TO_DRAFT: Rule = Rule {
    name: "link-to-draft",
    group: Group::Links,
    severity: Severity::Error,
    fixed: false,
    summary: "A published page links to one that is not published.",
    why: "Drafts, and studies that editors are still reading, are not part of the site. A reader who \
          followed the link would find nothing.",
    example: Example::markdown(
        "The same team tried [evening opening](next-year.md) afterwards.",
        "The same team tried evening opening afterwards.",
    ),
    mend: "Take the link out and keep its words, or take the relation out of `related`. To keep the link, \
           publish the other study first: its `status` must be `published`, or the line `status` left out. \
           As long as your own page is a draft, it may link to drafts.",
};
