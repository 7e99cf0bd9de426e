//! A symbolic link leads out of the library, to a folder, or nowhere.

use super::{Example, Group, Rule, Severity};

pub(crate) static SYMBOLIC_LINK: Rule = Rule {
    name: "symbolic-link",
    group: Group::Files,
    severity: Severity::Error,
    fixed: false,
    summary: "A symbolic link leads out of the library, to a folder, or nowhere.",
    why: "A symbolic link could bring a file from outside the library onto the site. Only links to files of \
          the same library are followed.",
    example: Example::text(
        "winter-list.md, a link to a file outside the library.",
        "winter-list.md, a copy of that file.",
    ),
    mend: "Put a copy of the file in the place of the link.",
};
