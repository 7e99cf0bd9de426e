//! The factors of a study, under `enablers`, `barriers` and `mixed`.

use std::fmt::Write as _;

use crate::front_matter::sentence_scalar;
use crate::plan::Plan;
use crate::random::SplitMix64;

/// The groups, and their shares in a hundred citations.
const GROUPS: [(&str, usize); 3] = [("enablers", 50), ("barriers", 37), ("mixed", 13)];

/// Writes four to twelve factors, none of them twice.
pub(crate) fn write(plan: &Plan, random: &mut SplitMix64, out: &mut String) {
    let count = random.between(4, 12);
    let ranks = plan.factor_ranks.draw_some(random, count);
    let mut groups: [Vec<&str>; GROUPS.len()] = Default::default();
    for rank in ranks {
        groups[draw_group(random)].push(plan.factors[rank]);
    }
    for ((group, _), factors) in GROUPS.iter().zip(groups) {
        if factors.is_empty() {
            continue;
        }
        writeln!(out, "{group}:").expect("writing to a string cannot fail");
        for factor in factors {
            write_factor(plan, random, group, factor, out);
        }
    }
}

fn draw_group(random: &mut SplitMix64) -> usize {
    let mut at = random.below(100);
    for (group, (_, share)) in GROUPS.iter().enumerate() {
        if at < *share {
            return group;
        }
        at -= share;
    }
    GROUPS.len() - 1
}

fn write_factor(plan: &Plan, random: &mut SplitMix64, group: &str, factor: &str, out: &mut String) {
    if random.chance(20) {
        writeln!(out, "  - {factor}").expect("writing to a string cannot fail");
        return;
    }
    let evidence = sentence_scalar(&plan.prose, random, 8, 25);
    writeln!(out, "  - factor: {factor}\n    evidence: {evidence}")
        .expect("writing to a string cannot fail");
    if random.chance(10) {
        let level = random.pick(&plan.vocabulary.organisational_levels);
        writeln!(out, "    organisational_level: {level}")
            .expect("writing to a string cannot fail");
    }
    if random.chance(12) {
        let condition = sentence_scalar(&plan.prose, random, 4, 10);
        writeln!(out, "    condition: {condition}").expect("writing to a string cannot fail");
    }
    if group == "barriers" && random.chance(20) {
        let response = sentence_scalar(&plan.prose, random, 6, 16);
        writeln!(out, "    response: {response}").expect("writing to a string cannot fail");
    }
}
