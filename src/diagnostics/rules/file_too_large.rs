//! A file is larger than the limit in `site-config.toml`.

use super::{Example, Group, Rule, Severity};

pub(crate) static FILE_TOO_LARGE: Rule = Rule {
    name: "file-too-large",
    group: Group::Files,
    severity: Severity::Error,
    fixed: true,
    summary: "A file is larger than the limit in `site-config.toml`.",
    why: "A text of that size is nearly always something that was pasted by mistake, a picture for instance, \
          and it would make a page that no phone can open.",
    example: Example::text(
        "A study with a whole picture pasted into its text.",
        "A study beside which the picture stands as a file.",
    ),
    mend: "Take out what doesn't belong there. Pictures and documents stand beside the Markdown file and are \
          linked by their names. `[limits] file_bytes` in `site-config.toml` is the limit.",
};
