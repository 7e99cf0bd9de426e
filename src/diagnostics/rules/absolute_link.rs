//! A link begins with a slash.

use super::{Example, Group, Rule, Severity};

pub(crate) static ABSOLUTE_LINK: Rule = Rule {
    name: "absolute-link",
    group: Group::Links,
    severity: Severity::Error,
    fixed: false,
    summary: "A link begins with a slash.",
    why: "Such a link starts at the top of the server. It breaks when the site stands in a folder of it, \
          and it can't be checked against the files of the library.",
    example: Example::markdown(
        "Two others tried it: [separate buildings](/studies/separate-buildings/) and [the \
         network](/about/).",
        "Two others tried it: [separate buildings](separate-buildings.md) and [the \
         network](../../pages/about.md).",
    ),
    mend: "Link from file to file: `other-study.md` for a study in the same folder, \
           `../hill/other-study.md` for one in the folder `hill` beside it. The site makes addresses out of \
           it.",
};
