//! YAML anchors, aliases, tags and further documents are not used here.

use super::{Example, Group, Rule, Severity};

pub(crate) static YAML_ALIAS: Rule = Rule {
    name: "yaml-alias",
    group: Group::FrontMatter,
    severity: Severity::Error,
    fixed: true,
    summary: "YAML anchors, aliases, tags and further documents are not used here.",
    why: "In YAML, `&`, `*` and `!` at the beginning of a value have a meaning of their own, by which a few \
          lines can grow into millions. Text that begins with them needs quotes.",
    example: Example::yaml(
        "place: &Dale Hub, Eastern Dale",
        r#"
place: "&Dale Hub, Eastern Dale"
"#,
    ),
    mend: "Put the text in double quotes, or write out the value where it is needed.",
};
