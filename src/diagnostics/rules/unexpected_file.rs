//! A text file stands where nothing reads it.

use super::{Example, Group, Rule, Severity};

pub(crate) static UNEXPECTED_FILE: Rule = Rule {
    name: "unexpected-file",
    group: Group::Files,
    severity: Severity::Warning,
    fixed: false,
    summary: "A text file stands where nothing reads it.",
    why: "A text in the wrong folder, or with the wrong ending, is read by nobody: its author thinks that it \
          is published, and it isn't.",
    example: Example::text(
        "content/case-studies/lunch-club.md",
        "content/studies/lunch-club.md",
    ),
    mend: "Move the file into `content/studies`, `content/reviews`, `content/pages`, `content/evidence` or \
          `content/vocabulary`, with the ending `.md` or `.yaml`. If it is no content, keep it outside \
          `content`.",
};
