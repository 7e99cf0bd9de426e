//! A file has front matter and no text.

use super::{Example, Group, Rule, Severity};
use crate::diagnostics::{Sink, Span};

pub(crate) static EMPTY_BODY: Rule = Rule {
    name: "empty-body",
    group: Group::Links,
    severity: Severity::Info,
    fixed: false,
    summary: "A file has front matter and no text.",
    why: "A study with only its front matter is welcome and makes a page of its own. A few sentences of text \
           make it worth reading.",
    example: Example::markdown(
        r#"
enablers: [shared-office]
---
"#,
        r#"
enablers: [shared-office]
---

The teams moved into one office in June.
"#,
    ),
    mend: "Write what happened, in a few sentences, below the second `---`.",
};

/// Told at the opening fence of a file with nothing below its front matter.
pub(crate) fn check(body: &str, fence: Span, sink: &mut Sink) {
    if body.trim().is_empty() {
        let diagnostic = sink
            .diagnostic(
                &EMPTY_BODY,
                fence,
                "there is no text below the front matter",
            )
            .help("write what happened, in a few sentences, below the second ---");
        sink.push(diagnostic);
    }
}
