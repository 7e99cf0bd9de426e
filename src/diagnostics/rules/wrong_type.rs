//! A value has the wrong shape: text for a list, a list for text.

use super::{Example, Group, Rule, Severity};

pub(crate) static WRONG_TYPE: Rule = Rule {
    name: "wrong-type",
    group: Group::FrontMatter,
    severity: Severity::Error,
    fixed: true,
    summary: "A value has the wrong shape: text for a list, a list for text.",
    why: "Some keys have one value, some a list, some keys of their own. The page can only show what has the \
          form that it expects.",
    example: Example::yaml("themes: trust", "themes: [trust]"),
    mend: "A list stands in square brackets or on lines that begin with `- `. A record stands in curly \
          brackets, `{start: 2019, end: 2020}`, or on lines of its own that are indented by two spaces.",
};
