//! The YAML can't be read.

use super::{Example, Group, Rule, Severity};

pub(crate) static MALFORMED_YAML: Rule = Rule {
    name: "malformed-yaml",
    group: Group::FrontMatter,
    severity: Severity::Error,
    fixed: true,
    summary: "The YAML can't be read.",
    why: "Front matter is written as keys and values, in a form called YAML that is strict about blanks, \
          quotes and brackets. The computer can't guess what a line was meant to be. Everything else in the \
          file is still checked.",
    example: Example::yaml(
        "title: Evening clinic: what the first year showed",
        r#"
title: "Evening clinic: what the first year showed"
"#,
    ),
    mend: "Look at the mark. The most frequent slips: text that holds a colon needs quotes around it; lines \
          that belong together begin with the same number of spaces; a list needs a space after each hyphen; \
          every quotation mark and bracket is closed.",
};
