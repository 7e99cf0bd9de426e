//! Text after a `#` was taken for a comment and left out.

use super::{Example, Group, Rule, Severity};

pub(crate) static COMMENT_IN_VALUE: Rule = Rule {
    name: "comment-in-value",
    group: Group::FrontMatter,
    severity: Severity::Warning,
    fixed: false,
    summary: "Text after a `#` was taken for a comment and left out.",
    why: "In YAML, a `#` after a space begins a comment, which readers don't see. Half of the sentence is \
          gone.",
    example: Example::yaml(
        "place: Eastern Dale Hospital, ward #4",
        r#"
place: "Eastern Dale Hospital, ward #4"
"#,
    ),
    mend: "Put the whole text in double quotes. If it is a comment, leave a space after the `#`.",
};
