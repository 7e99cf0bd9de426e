//! A file of the library could not be read.

use super::{Example, Group, Rule, Severity};

pub(crate) static UNREADABLE_FILE: Rule = Rule {
    name: "unreadable-file",
    group: Group::Files,
    severity: Severity::Error,
    fixed: true,
    summary: "A file of the library could not be read.",
    why: "What can't be read can't be published, and a page that vanished without a word would be missed by \
          nobody but its readers.",
    example: Example::text(
        "A file whose owner has taken away the right to read it.",
        "The same file, readable.",
    ),
    mend: "Give the account that runs caseloom the right to read the file, or copy it anew.",
};
