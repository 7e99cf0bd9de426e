//! A factor is not in the vocabulary.

use super::{Example, Group, Rule, Severity};

pub(crate) static UNKNOWN_FACTOR: Rule = Rule {
    name: "unknown-factor",
    group: Group::InUse,
    severity: Severity::Error,
    fixed: false,
    summary: "A factor is not in the vocabulary.",
    why: "The page of a factor sets the studies that it helped against those that it hindered. That works \
          only if all of them call it by the same name.",
    example: Example::yaml(
        r"
enablers:
  - factor: shared-ofice
    evidence: Both teams heard the same telephone call and planned one visit.
barriers:
  - factor: money
    evidence: The rent was paid from a grant that ended in March.
",
        r"
enablers:
  - factor: shared-office
    evidence: Both teams heard the same telephone call and planned one visit.
barriers:
  - factor: short-funding
    evidence: The rent was paid from a grant that ended in March.
",
    ),
    mend: "Write the factor exactly as its `id` stands in `content/vocabulary/factors.yaml`. Its `label`, \
           its `definition` and its `aliases` there help to find the right one.\n\n\
           If none fits, choose the nearest and say in `evidence` what was different, or ask the editors of \
           the library for a new factor.",
};
