//! A factor is named without a sentence that shows it.

use super::{Example, Group, Rule, Severity};
use crate::diagnostics::{Sink, Span};

pub(crate) static EVIDENCE_MISSING: Rule = Rule {
    name: "evidence-missing",
    group: Group::InUse,
    severity: Severity::Info,
    fixed: false,
    summary: "A factor is named without a sentence that shows it.",
    why: "The evidence sentence is what readers compare across studies: without it a factor is a claim. A bare \
           factor is welcome all the same, and better than none.",
    example: Example::yaml(
        r#"
enablers:
  - shared-office
"#,
        r#"
enablers:
  - factor: shared-office
    evidence: The nurses heard of a discharge while it was being planned.
"#,
    ),
    mend: "Write `factor:` before the id, and `evidence:` on the next line with one sentence on what happened \
           that shows it.",
};

/// Told at a factor that has no evidence sentence.
pub(crate) fn report(factor: &str, span: Span, sink: &mut Sink) {
    let diagnostic = sink
        .diagnostic(
            &EVIDENCE_MISSING,
            span,
            format!("no sentence shows how `{factor}` mattered here"),
        )
        .help("add `evidence:` with one sentence on what happened");
    sink.push(diagnostic);
}
