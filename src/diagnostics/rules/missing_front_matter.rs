//! A Markdown file doesn't begin with front matter between two lines of `---`.

use super::{Example, Group, Rule, Severity};

pub(crate) static MISSING_FRONT_MATTER: Rule = Rule {
    name: "missing-front-matter",
    group: Group::FrontMatter,
    severity: Severity::Error,
    fixed: true,
    summary: "A Markdown file doesn't begin with front matter between two lines of `---`.",
    why: "Title, summary, place and factors stand in the front matter. Without it nobody can find the study, \
          and it has no page.",
    example: Example::markdown(
        "# Lunch at the surgery",
        r#"
---
title: Lunch at the surgery
---
"#,
    ),
    mend: "Copy the head of another study, from the first line of three hyphens to the second, to the top of \
          the file, and change every line of it.",
};
