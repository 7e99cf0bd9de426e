//! The text has a heading of the first level; the title is the only one.

use super::{Example, Group, Rule, Severity};

pub(crate) static SECOND_H1: Rule = Rule {
    name: "second-h1",
    group: Group::Links,
    severity: Severity::Warning,
    fixed: false,
    summary: "The text has a heading of the first level; the title is the only one.",
    why: "People who listen to a page jump from heading to heading. Two headings of the first level sound \
          like two pages. The site shows the heading one level lower.",
    example: Example::markdown(
        r"
# What we did

Every ward sent one nurse to the morning call.

What came of it
===============
",
        r"
## What we did

Every ward sent one nurse to the morning call.

## What came of it
",
    ),
    mend: "Begin the heading with `##` instead of `#`. A line of `=` under a heading does the same as `#`: \
           take it out and put `##` before the words. If it repeats the title, take it out; the title is \
           shown above the text by itself.",
};
