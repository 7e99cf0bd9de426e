//! `caseloom explain`: what a rule means, why it matters, an example, how to mend it.

use anyhow::{Result, bail};

use super::Outcome;
use crate::console;
use crate::diagnostics::rules::{self, Group};
use crate::vocabulary::suggest;

/// Prints the text of a rule, or the list of all.
///
/// # Errors
/// When there is no rule of that name.
pub fn run(name: Option<&str>) -> Result<Outcome> {
    let Some(name) = name else {
        console::answer(&list())?;
        return Ok(Outcome::Clean);
    };
    // Messages show a rule as `error[dead-link]`, and people copy what they see.
    let bare = name
        .rsplit('[')
        .next()
        .unwrap_or(name)
        .trim_end_matches(']');
    match rules::find(bare) {
        Some(rule) => {
            console::answer(&rule.explain().to_string())?;
            Ok(Outcome::Clean)
        }
        None => {
            let names = rules::ALL.iter().map(|rule| rule.name);
            let near = suggest::nearest(bare, names, 3);
            match near.as_slice() {
                [] => bail!("there is no rule `{bare}`; `caseloom explain` lists them all"),
                near => bail!(
                    "there is no rule `{bare}`; did you mean {}?",
                    near.join(" or ")
                ),
            }
        }
    }
}

fn list() -> String {
    let width = rules::ALL.iter().map(|rule| rule.name.len()).max();
    let width = width.unwrap_or(0);
    let mut out = String::new();
    for group in Group::ALL {
        out.push_str(&format!("{}\n", group.title()));
        for rule in rules::ALL.iter().filter(|rule| rule.group == group) {
            out.push_str(&format!(
                "  {:width$}  {:7}  {}\n",
                rule.name,
                rule.severity.as_str(),
                rule.summary
            ));
        }
        out.push('\n');
    }
    out.push_str("`caseloom explain RULE` says more about one of them.\n");
    out
}
