//! A reference is not among the evidence records.

use super::{Example, Group, Rule, Severity};

pub(crate) static UNKNOWN_REFERENCE: Rule = Rule {
    name: "unknown-reference",
    group: Group::InUse,
    severity: Severity::Error,
    fixed: false,
    summary: "A reference is not among the evidence records.",
    why: "Readers follow a reference to see for themselves. If its record is missing, the study claims a \
          source that nobody can look up.",
    example: Example::yaml(
        r"
sources:
  - {reference: reed, where: page 4}
references: [lalani-2018]
",
        r"
sources:
  - {reference: reed-2021, where: page 4}
references: [lalani-2019]
",
    ),
    mend: "Write the `id` of a record from the files in `content/evidence`. If the document has no record \
           yet, add one there: `id`, `title` and `year` are enough. For a page of the web that is not worth \
           a record, write `{url: \"https://...\"}` under `sources`.",
};
