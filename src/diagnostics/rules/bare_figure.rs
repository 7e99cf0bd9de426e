//! An outcome has a figure without saying of how many, or when.

use super::{Example, Group, Rule, Severity};
use crate::diagnostics::{Sink, Spanned};

pub(crate) static BARE_FIGURE: Rule = Rule {
    name: "bare-figure",
    group: Group::Honesty,
    severity: Severity::Info,
    fixed: false,
    summary: "An outcome has a figure without saying of how many, or when.",
    why: "\"Fell by 6%\" can mean one patient or a thousand, in a week or in ten years. Readers who plan by it \
           need to know.",
    example: Example::yaml(
        "finding: Falls were 6% fewer.",
        "finding: Falls were 6% fewer among 340 residents in 2018.",
    ),
    mend: "Add of how many, and when or over how long, if the source says so. If it doesn't, say that in \
           `evidence.limitations`.",
};

/// Words by which a sentence says how many, or when; each stands before or after a figure.
const CONTEXT: [&str; 22] = [
    " of ",
    " among ",
    "out of",
    "from ",
    " per ",
    " in every ",
    "n=",
    "n =",
    " a day",
    " a week",
    " a month",
    " a year",
    "day",
    "week",
    "month",
    "year",
    "quarter",
    "people",
    "patients",
    "residents",
    "households",
    "cases",
];

/// A finding with a figure needs a number that it is a part of, or a time.
pub(crate) fn check(finding: &Spanned<String>, sink: &mut Sink) {
    if !finding.value.bytes().any(|b| b.is_ascii_digit()) {
        return;
    }
    let words = finding.value.to_lowercase();
    if !has_year(&words) && !CONTEXT.iter().any(|context| words.contains(context)) {
        let diagnostic = sink
            .diagnostic(
                &BARE_FIGURE,
                finding.span.clone(),
                "this figure doesn't say of how many, or when",
            )
            .help("add both if the source gives them: \"6% fewer among 340 residents in 2018\"");
        sink.push(diagnostic);
    }
}

/// Whether the text holds a year such as 2018.
fn has_year(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit())
        .any(|number| number.len() == 4 && (number.starts_with("19") || number.starts_with("20")))
}
