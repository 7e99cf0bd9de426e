//! The text of a rule: what `caseloom explain` prints and `docs/rules.md` holds.

use super::{ALL, Group, Rule};

impl Rule {
    /// The text of this rule as Markdown, under a heading of the second level.
    pub fn explain(&self) -> String {
        let severity = match self.fixed {
            true => "error, always: what it finds can't be built".to_owned(),
            false => format!("{} by default", self.severity.as_str()),
        };
        let language = self.example.language;
        format!(
            "## {}\n\n{} ({severity})\n\n{}\n\nFor example:\n\n```{language}\n{}\n```\n\nMended:\n\n```{language}\n{}\n```\n\n{}\n",
            self.name,
            self.summary,
            self.why,
            self.example.wrong.trim_matches('\n'),
            self.example.right.trim_matches('\n'),
            self.mend
        )
    }
}

/// The page `docs/rules.md`.
pub fn page() -> String {
    let mut page = String::from(
        "# Rules\n\nWhat `caseloom check` looks for. The name in brackets of a message is the name of its rule; \
         `caseloom explain RULE` prints the same text as this page. How to change a rule's severity: \
         [configuration.md](configuration.md#rules).\n\n\
         <!-- Made from src/diagnostics/rules by UPDATE=1 cargo test --test docs. -->\n",
    );
    for group in Group::ALL {
        let rules = || ALL.iter().filter(move |rule| rule.group == group);
        page.push_str(&format!(
            "\n# {}\n\n| Rule | Default | Meaning |\n|---|---|---|\n",
            group.title()
        ));
        for rule in rules() {
            page.push_str(&format!(
                "| [`{0}`](#{0}) | {1} | {2} |\n",
                rule.name,
                rule.severity.as_str(),
                rule.summary
            ));
        }
        for rule in rules() {
            page.push('\n');
            page.push_str(&rule.explain());
        }
    }
    page
}
