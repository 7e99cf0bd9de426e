//! A withdrawn study doesn't say why it was taken back.

use super::{Example, Group, Rule, Severity};
use crate::diagnostics::{Sink, Span};

pub(crate) static WITHDRAWN_WITHOUT_REASON: Rule = Rule {
    name: "withdrawn-without-reason",
    group: Group::FrontMatter,
    severity: Severity::Warning,
    fixed: false,
    summary: "A withdrawn study doesn't say why it was taken back.",
    why: "A withdrawn study keeps its address, and a notice stands in its place. Readers who cited it need to \
           know what was wrong.",
    example: Example::yaml(
        "status: withdrawn",
        r#"
status: withdrawn
withdrawn_reason: The report that it was drawn from was retracted.
"#,
    ),
    mend: "Add `withdrawn_reason` with one sentence for readers.",
};

/// Told at the key `status` of a withdrawn study that gives no reason.
pub(crate) fn report(status: Span, sink: &mut Sink) {
    let diagnostic = sink
        .diagnostic(
            &WITHDRAWN_WITHOUT_REASON,
            status,
            "this study was withdrawn, and doesn't say why",
        )
        .help("add a line such as `withdrawn_reason: The report was retracted.`; readers see it");
    sink.push(diagnostic);
}
