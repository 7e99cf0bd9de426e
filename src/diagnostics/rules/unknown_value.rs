//! A value is not in the list of its field.

use super::{Example, Group, Rule, Severity};

pub(crate) static UNKNOWN_VALUE: Rule = Rule {
    name: "unknown-value",
    group: Group::InUse,
    severity: Severity::Error,
    fixed: true,
    summary: "A value is not in the list of its field.",
    why: "Readers filter by level, by kind of partner and by strength of evidence. A value from outside the \
          list is one that no filter offers, so the site can't show it.",
    example: Example::yaml(
        r"
level: borough
evidence: {design: audit}
",
        r"
level: place
evidence: {design: case-report}
",
    ),
    mend: "The message lists the values that this field may have. Put the one that fits, or leave the key \
           out if it is not required.\n\n\
           The lists stand in `content/vocabulary/frameworks.yaml`. `[lists]` in `site-config.toml` says \
           which list belongs to which field.",
};
