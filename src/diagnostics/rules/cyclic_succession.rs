//! A system comes after itself in the chain of successors.

use super::{Example, Group, Rule, Severity};
use crate::diagnostics::Diagnostic;
use crate::vocabulary::{System, Term, Terms};

pub(crate) static CYCLIC_SUCCESSION: Rule = Rule {
    name: "cyclic-succession",
    group: Group::Vocabulary,
    severity: Severity::Error,
    fixed: false,
    summary: "A system comes after itself in the chain of successors.",
    why: "The site leads from a system that has ceased to those that followed it. In a circle nobody arrives.",
    example: Example::yaml("    successors: [north-dale]", "    successors: []"),
    mend: "Take out the `successors` of the system that is the newest of them.",
};

/// Follows the successors of every system and reports each circle once, at the system that stands first in the file.
pub(crate) fn check(systems: &Terms<System>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    // What was walked through without meeting a circle need not be walked again.
    let mut done = vec![false; systems.len()];
    for start in systems.ids() {
        let mut path = vec![(start, 0)];
        while let Some((here, next)) = path.last_mut() {
            let successors = &systems.get(*here).successors;
            let Some(successor) = successors.get(*next) else {
                done[here.index()] = true;
                path.pop();
                continue;
            };
            *next += 1;
            let target = successor.system;
            if done[target.index()] {
                continue;
            }
            let Some(at) = path.iter().position(|(system, _)| *system == target) else {
                path.push((target, 0));
                continue;
            };
            let mut circle: Vec<&str> = path[at..]
                .iter()
                .map(|(system, _)| systems.get(*system).id())
                .collect();
            let first = systems.get(target);
            circle.push(first.id());
            diagnostics.push(
                Diagnostic::new(
                    &CYCLIC_SUCCESSION,
                    &first.place.path,
                    first.place.span.clone(),
                    format!("`{}` comes after itself", first.id()),
                )
                .help(format!("the circle is: {}", circle.join(", then "))),
            );
        }
    }
    diagnostics
}
