//! An outcome counts as found although its words say that it is planned.

use super::{Example, Group, Rule, Severity};
use crate::diagnostics::{Sink, Span};
use crate::vocabulary::{ListField, Vocabulary};

pub(crate) static PLANNED_IMPROVEMENT: Rule = Rule {
    name: "planned-improvement",
    group: Group::Honesty,
    severity: Severity::Warning,
    fixed: false,
    summary: "An outcome counts as found although its words say that it is planned.",
    why: "The library counts improvements. A hope that is counted among them misleads everybody who relies on \
           the counts.",
    example: Example::yaml(
        r#"
finding: Admissions are expected to fall.
    direction: improved
"#,
        r#"
finding: Admissions are expected to fall.
    direction: anticipated
"#,
    ),
    mend: "Write `direction: anticipated`, or tell in `finding` what was in fact found.",
};

/// The value of the list of directions for results that are hoped for; the rule rests where a library has none.
const ANTICIPATED: &str = "anticipated";
/// The value for results that were found.
const IMPROVED: &str = "improved";

/// Words of plans and hopes.
const PLANS: [&str; 14] = [
    "expected to",
    "is expected",
    "are expected",
    "projected",
    "forecast",
    "hoped",
    "intended to",
    "is planned",
    "are planned",
    "was planned",
    "were planned",
    "aims to",
    "aim to",
    "will ",
];

/// The finding of an outcome of a direction, which stands at `span`.
pub(crate) fn check(
    finding: &str,
    direction: &str,
    span: Span,
    vocabulary: &Vocabulary,
    sink: &mut Sink,
) {
    if direction != IMPROVED {
        return;
    }
    let words = finding.to_lowercase();
    let Some(plan) = PLANS.iter().find(|plan| words.contains(*plan)) else {
        return;
    };
    let list = vocabulary.lists.framework(ListField::OutcomeDirection);
    let known = list.is_some_and(|list| {
        let categories = &vocabulary.frameworks.get(list).categories;
        categories
            .iter()
            .any(|category| *category.id == *ANTICIPATED)
    });
    if known {
        let diagnostic = sink
            .diagnostic(
                &PLANNED_IMPROVEMENT,
                span,
                format!(
                    "the finding says \"{}\", so nothing has improved yet",
                    plan.trim()
                ),
            )
            .suggest(ANTICIPATED, format!("write `{ANTICIPATED}`"));
        sink.push(diagnostic);
    }
}
