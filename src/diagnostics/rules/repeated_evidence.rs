//! The same sentence is the evidence of two factors.

use super::{Example, Group, Rule, Severity};
use crate::diagnostics::{Sink, Spanned};

pub(crate) static REPEATED_EVIDENCE: Rule = Rule {
    name: "repeated-evidence",
    group: Group::InUse,
    severity: Severity::Warning,
    fixed: false,
    summary: "The same sentence is the evidence of two factors.",
    why: "Each factor's page sets the sentences of many studies side by side. A sentence that serves two \
           factors shows neither of them clearly.",
    example: Example::yaml(
        r#"
  - factor: trust
    evidence: Everybody sat in one room.
"#,
        r#"
  - factor: trust
    evidence: The nurses asked for help without a form.
"#,
    ),
    mend: "Say for each factor what happened that shows this one, or name only the factor that the sentence is \
           about.",
};

/// The evidence sentences of one study so far.
#[derive(Default)]
pub(crate) struct Sentences {
    seen: Vec<Spanned<String>>,
}

impl Sentences {
    /// Reports a sentence that was the evidence of another factor.
    pub(crate) fn check(&mut self, evidence: &Spanned<String>, sink: &mut Sink) {
        let known = self
            .seen
            .iter()
            .find(|known| known.value.eq_ignore_ascii_case(&evidence.value));
        if let Some(first) = known {
            let diagnostic = sink
                .diagnostic(
                    &REPEATED_EVIDENCE,
                    evidence.span.clone(),
                    "this sentence is the evidence of another factor too",
                )
                .label(sink.path(), first.span.clone(), "first used here")
                .help("say for each factor what shows this one");
            sink.push(diagnostic);
        } else {
            self.seen.push(evidence.clone());
        }
    }
}
