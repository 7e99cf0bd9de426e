//! A study has more themes and factors than the limit.

use super::{Example, Group, Rule, Severity};

pub(crate) static TOO_MANY_TAGS: Rule = Rule {
    name: "too-many-tags",
    group: Group::FrontMatter,
    severity: Severity::Error,
    fixed: false,
    summary: "A study has more themes and factors than the limit.",
    why: "A study that is about everything is related to every other, and a reader who looks for a factor finds it \
          in each list. What mattered most drowns in the rest.",
    example: Example::yaml(
        "enablers: [shared-office, local-leadership, trust, agency-staffing, short-funding, warm-homes]",
        "enablers: [shared-office, local-leadership]",
    ),
    mend: "Keep the factors that the study says most about. `[limits] tags_per_study` in `site-config.toml` is the \
          limit.",
};
