//! A theme is not in the vocabulary.

use super::{Example, Group, Rule, Severity};

pub(crate) static UNKNOWN_THEME: Rule = Rule {
    name: "unknown-theme",
    group: Group::InUse,
    severity: Severity::Error,
    fixed: false,
    summary: "A theme is not in the vocabulary.",
    why: "Themes are how readers find studies about one subject. A theme that is spelt in a way of its own \
          gathers nothing: the study would be missing from the page where everybody looks for it.",
    example: Example::yaml("themes: [houseing, money]", "themes: [housing, workforce]"),
    mend: "Write the theme exactly as its `id` stands in `content/vocabulary/themes.yaml`. The message \
           shows the nearest ones.\n\n\
           If none fits, leave the theme out: a study belongs to the themes of its factors by itself. To \
           propose a new theme, ask the editors of the library.",
};
