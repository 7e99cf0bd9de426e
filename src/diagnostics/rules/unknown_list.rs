//! The list of a field is not in `frameworks.yaml`, so the values of the field are not checked.

use super::{Example, Group, Rule, Severity};

pub(crate) static UNKNOWN_LIST: Rule = Rule {
    name: "unknown-list",
    group: Group::Vocabulary,
    severity: Severity::Warning,
    fixed: false,
    summary: "The list of a field is not in `frameworks.yaml`, so the values of the field are not checked.",
    why: "Without its list a field takes any text. Spellings drift apart then, and filters and tables fall \
          into pieces.",
    example: Example::yaml("- id: participation-sphere", "- id: participation-spheres"),
    mend: "Add a record with that `id` and its `categories` to `content/vocabulary/frameworks.yaml`. If the \
           list is there under another name, say so under `[lists]` in `site-config.toml`, for instance \
           `\"participation.sphere\" = \"spheres\"`.",
};
