//! One factor is cited in two directions by one study.

use super::{Example, Group, Rule, Severity};

pub(crate) static FACTOR_IN_TWO_DIRECTIONS: Rule = Rule {
    name: "factor-in-two-directions",
    group: Group::InUse,
    severity: Severity::Warning,
    fixed: false,
    summary: "One factor is cited in two directions by one study.",
    why: "A factor counts once for each study: as an enabler, as a barrier, or as mixed. Cited twice, the \
          study would argue against itself on the page of the factor.",
    example: Example::yaml(
        r"
enablers:
  - factor: local-leadership
    evidence: The matron could move a shift without asking anybody.
barriers:
  - factor: local-leadership
    evidence: When the matron was on leave nothing moved at all.
",
        r"
mixed:
  - factor: local-leadership
    evidence: The matron could move a shift without asking anybody, but when she was on leave nothing moved.
",
    ),
    mend: "If it worked both ways, put it once under `mixed` and say in `evidence` how. If one side clearly \
           weighed more, keep that one. If two different things are meant, the second is probably another \
           factor.",
};
