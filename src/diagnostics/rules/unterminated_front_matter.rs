//! The second `---` of the front matter is missing.

use super::{Example, Group, Rule, Severity};

pub(crate) static UNTERMINATED_FRONT_MATTER: Rule = Rule {
    name: "unterminated-front-matter",
    group: Group::FrontMatter,
    severity: Severity::Error,
    fixed: true,
    summary: "The second `---` of the front matter is missing.",
    why: "The second line of three hyphens says where the text begins. Without it all of the text would be \
          read as keys.",
    example: Example::markdown(
        "herself.",
        r#"
herself.
---
"#,
    ),
    mend: "Write a line of three hyphens, `---`, between the last key and the text.",
};
