//! A link leads to a heading or a term that doesn't exist.

use super::{Example, Group, Rule, Severity};

pub(crate) static DEAD_FRAGMENT: Rule = Rule {
    name: "dead-fragment",
    group: Group::Links,
    severity: Severity::Error,
    fixed: false,
    summary: "A link leads to a heading or a term that doesn't exist.",
    why: "What stands behind the `#` of a link brings readers to the right part of a page. If there is no \
          such part, they land at the top and have to search.",
    example: Example::markdown(
        r"
We kept [the doors](separate-buildings.md#what-was-keept), see [the results](#results). The word *office* means
[this factor](../../vocabulary/factors.yaml#shared-ofice).
",
        r"
We kept [the doors](separate-buildings.md#what-was-kept), see [the results](#what-came-of-it). The word *office* means
[this factor](../../vocabulary/factors.yaml#shared-office).
",
    ),
    mend: "The name of a heading is its words in lower case with hyphens between them: `## What was kept` \
           is `#what-was-kept`. In a file of the vocabulary it is the `id` of a term. Or leave out the `#` \
           and what follows, to link to the whole page.",
};
