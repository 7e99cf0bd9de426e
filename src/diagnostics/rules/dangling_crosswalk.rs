//! The vocabulary points at a factor, a theme or a category that doesn't exist.

use super::{Example, Group, Rule, Severity};

pub(crate) static DANGLING_CROSSWALK: Rule = Rule {
    name: "dangling-crosswalk",
    group: Group::Vocabulary,
    severity: Severity::Warning,
    fixed: false,
    summary: "The vocabulary points at a factor, a theme or a category that doesn't exist.",
    why: "The page of a factor says where well-known frameworks put it. An entry that points at nothing is \
          not shown, so readers who think in that framework don't find the factor.",
    example: Example::yaml(
        r"
    maps_to: {cameron: [cultural, organizational]}
",
        r"
    maps_to: {cameron: [cultural, organisational]}
",
    ),
    mend: "Under `maps_to` in `factors.yaml` write the `id` of a framework and of one of its categories, as \
           they stand in `frameworks.yaml`. Under `factors` of a category in `frameworks.yaml` write the \
           `id` of a factor from `factors.yaml`, and under its `depends_on` the `id` of another category of the same \
           framework. After `replaced_by` write the `id` of another term of the same file.",
};
