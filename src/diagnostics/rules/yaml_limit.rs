//! The YAML is nested too deeply or has too many values.

use super::{Example, Group, Rule, Severity};

pub(crate) static YAML_LIMIT: Rule = Rule {
    name: "yaml-limit",
    group: Group::FrontMatter,
    severity: Severity::Error,
    fixed: true,
    summary: "The YAML is nested too deeply or has too many values.",
    why: "Nobody writes front matter of that depth or size by hand. It comes from a program, or from \
          somebody who wants to keep the computer busy.",
    example: Example::yaml(
        "                band 6: two",
        "                # band 6: two",
    ),
    mend: "Write the value as a sentence. `[limits]` in `site-config.toml` has `yaml_depth` and \
          `front_matter_values`.",
};
