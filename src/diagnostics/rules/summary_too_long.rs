//! A summary is longer than the limit.

use super::{Example, Group, Rule, Severity};

pub(crate) static SUMMARY_TOO_LONG: Rule = Rule {
    name: "summary-too-long",
    group: Group::FrontMatter,
    severity: Severity::Error,
    fixed: false,
    summary: "A summary is longer than the limit.",
    why: "Lists, feeds and search engines show the summary as a whole. What is longer is cut there, in the \
          middle of a sentence.",
    example: Example::yaml(
        r#"
summary: >-
  In autumn the surgeries on the moor and the ambulance service agreed that one nurse would be on call at night for
  everybody who lived more than forty minutes from the hospital, which needed a car, a second telephone, a list of
  patients that both sides could read, and a good deal of talk about who would pay for the petrol and for the
  nurse's rest on the day after.
"#,
        "summary: One nurse was on call at night for everybody who lived more than forty minutes from the hospital.",
    ),
    mend: "Keep one or two sentences: what was tried, and what came of it. The rest goes into the text. \
          `[limits] summary_characters` in `site-config.toml` is the limit.",
};
