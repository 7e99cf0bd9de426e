//! The summary says no more than the title.

use super::{Example, Group, Rule, Severity};
use crate::diagnostics::{Sink, Spanned};
use crate::vocabulary::suggest::compact;

pub(crate) static SUMMARY_REPEATS_TITLE: Rule = Rule {
    name: "summary-repeats-title",
    group: Group::FrontMatter,
    severity: Severity::Warning,
    fixed: false,
    summary: "The summary says no more than the title.",
    why: "Lists, feeds and search results show both. The summary is the sentence by which a reader decides \
           whether to open the page.",
    example: Example::yaml(
        "summary: A shared morning meeting",
        "summary: Nurses and social workers meet for ten minutes each day and settle most referrals at once.",
    ),
    mend: "Write one or two sentences: what was tried, and what came of it.",
};

/// The summary must not be the title again, whatever its case and punctuation.
pub(crate) fn check(title: &Spanned<String>, summary: &Spanned<String>, sink: &mut Sink) {
    // Most summaries are far longer; only those of nearly the same length are worth a closer look.
    let near = title.value.len().abs_diff(summary.value.len()) <= 8;
    if near && compact(&title.value) == compact(&summary.value) {
        let diagnostic = sink
            .diagnostic(
                &SUMMARY_REPEATS_TITLE,
                summary.span.clone(),
                "the summary is the title again",
            )
            .label(sink.path(), title.span.clone(), "the title")
            .help("say in one or two sentences what was tried, and what came of it");
        sink.push(diagnostic);
    }
}
