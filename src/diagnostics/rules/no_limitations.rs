//! A study doesn't say what its evidence can't tell.

use super::{Example, Group, Rule, Severity};
use crate::diagnostics::{Sink, Span};

pub(crate) static NO_LIMITATIONS: Rule = Rule {
    name: "no-limitations",
    group: Group::Honesty,
    severity: Severity::Info,
    fixed: false,
    summary: "A study doesn't say what its evidence can't tell.",
    why: "Every case has its limits: one site, a short time, no comparison. Readers trust a study that names \
           them, and know what they may take from it.",
    example: Example::yaml(
        r#"
evidence:
  design: formative-evaluation
"#,
        r#"
evidence:
  design: formative-evaluation
  limitations: One team, seen for a few weeks after the move.
"#,
    ),
    mend: "Add `limitations` under `evidence`, in a sentence or two.",
};

/// Told at `evidence`, or at the opening fence of a study without it.
pub(crate) fn report(span: Span, sink: &mut Sink) {
    let diagnostic = sink
        .diagnostic(
            &NO_LIMITATIONS,
            span,
            "this study doesn't say what its evidence can't tell",
        )
        .help("add `limitations` under `evidence`: one site, a short time, no comparison ...");
    sink.push(diagnostic);
}
