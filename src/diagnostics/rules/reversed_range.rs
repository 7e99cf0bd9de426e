//! A range runs from the higher step to the lower.

use super::{Example, Group, Rule, Severity};

pub(crate) static REVERSED_RANGE: Rule = Rule {
    name: "reversed-range",
    group: Group::FrontMatter,
    severity: Severity::Error,
    fixed: false,
    summary: "A range runs from the higher step to the lower.",
    why: "A range of steps on a scale runs from the lower to the higher one.",
    example: Example::yaml("level: involve..consult", "level: consult..involve"),
    mend: "Write the lower step first. `caseloom check --fix` does it for you.",
};
