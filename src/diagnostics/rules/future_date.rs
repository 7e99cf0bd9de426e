//! A date lies in the future.

use super::{Example, Group, Rule, Severity};
use crate::date::PartialDate;
use crate::diagnostics::{Sink, Spanned};
use jiff::civil::Date;

pub(crate) static FUTURE_DATE: Rule = Rule {
    name: "future-date",
    group: Group::FrontMatter,
    severity: Severity::Warning,
    fixed: false,
    summary: "A date lies in the future.",
    why: "A study is published, changed or read again on a day that has come. A later day is nearly always a \
           slip of the keyboard, and it would keep the study at the top of every list.",
    example: Example::yaml("published: 2062-05-07", "published: 2026-05-07"),
    mend: "Correct the date. If the study is not to appear yet, set `status: draft` and give it the date on the \
           day it is published.",
};

/// A key of front matter whose date can't lie after `today`.
pub(crate) fn check(key: &str, given: &Spanned<PartialDate>, today: Date, sink: &mut Sink) {
    if given.value.first_day() > today {
        let diagnostic = sink
            .diagnostic(
                &FUTURE_DATE,
                given.span.clone(),
                format!("`{key}` lies in the future: {}", given.value.in_words()),
            )
            .help("correct the date; a study that is not to appear yet has `status: draft`");
        sink.push(diagnostic);
    }
}
