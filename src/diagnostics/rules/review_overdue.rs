//! Nobody has asked for a long time whether a study is still true.

use super::{Example, Group, Rule, Severity};
use crate::diagnostics::{Sink, Span};
use jiff::civil::Date;

pub(crate) static REVIEW_OVERDUE: Rule = Rule {
    name: "review-overdue",
    group: Group::Honesty,
    severity: Severity::Warning,
    fixed: false,
    summary: "Nobody has asked for a long time whether a study is still true.",
    why: "Services close, boards merge, results fade. `[review] due_after_months` in `site-config.toml` says \
           how long a study may stand unread.",
    example: Example::yaml(
        "published: 2019-05-07",
        r#"
published: 2019-05-07
reviewed: 2026-11-01
"#,
    ),
    mend: "Read the study, mend what has changed, and set `reviewed` to the day on which you did.",
};

/// Told at the day on which the study was last read, when its review was due on `due`.
pub(crate) fn check(due: Date, today: Date, span: Span, sink: &mut Sink) {
    if due < today {
        let diagnostic = sink
            .diagnostic(
                &REVIEW_OVERDUE,
                span,
                format!(
                    "this study was due to be read again by {}",
                    crate::date::in_words(due)
                ),
            )
            .help("read it, mend what has changed, and set `reviewed` to that day");
        sink.push(diagnostic);
    }
}
