//! A text has too many lines in one paragraph, or is nested too deeply.

use super::{Example, Group, Rule, Severity};

pub(crate) static MARKDOWN_LIMIT: Rule = Rule {
    name: "markdown-limit",
    group: Group::Links,
    severity: Severity::Error,
    fixed: true,
    summary: "A text has too many lines in one paragraph, or is nested too deeply.",
    why: "Nobody writes ten thousand lines without an empty one, or quotations in quotations in quotations, ten \
          thousand deep. They come from a program, or from somebody who wants to keep the computer busy: \
          reading them can take minutes.",
    example: Example::text(
        "A hundred thousand lines without an empty line between them.",
        "Paragraphs with an empty line between each and the next.",
    ),
    mend: "Put empty lines between paragraphs, and take out what was pasted by mistake. Figures of that number \
           go into a file beside the study.",
};
