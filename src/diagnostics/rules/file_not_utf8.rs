//! A text file is not UTF-8.

use super::{Example, Group, Rule, Severity};

pub(crate) static FILE_NOT_UTF8: Rule = Rule {
    name: "file-not-utf8",
    group: Group::Files,
    severity: Severity::Error,
    fixed: true,
    summary: "A text file is not UTF-8.",
    why: "A file in an older encoding shows wrong letters: pound signs, dashes and accents turn into boxes.",
    example: Example::text(
        r#"
A file saved by an old program as "Windows-1252" or "ANSI".
"#,
        r#"
The same file, saved as "UTF-8".
"#,
    ),
    mend: "Open the file, look at the character that the message points at, type it again and save with the \
          encoding UTF-8. The web editors of GitHub and GitLab always save UTF-8.",
};
