//! What a study found, how it worked, and how sure of it one can be.

use tera::Value;

use super::super::super::value::{object, optional, text};
use super::super::explained::Explained;
use crate::config::Config;
use crate::content::{Account, Study};
use crate::date;

/// The results, each with its direction.
pub(in crate::render::view) fn outcomes(
    account: &Account,
    first: &mut Explained<'_>,
) -> impl Iterator<Item = Value> {
    account.outcomes.iter().map(|outcome| {
        let direction = outcome.direction.as_ref();
        object([
            ("measure", text(&outcome.measure)),
            ("aim", optional(outcome.aim.as_ref().map(|aim| &aim.label))),
            ("finding", first.optional(outcome.finding.as_deref())),
            (
                "direction",
                optional(direction.map(|direction| &direction.label)),
            ),
            (
                "direction_id",
                optional(direction.map(|direction| &direction.id)),
            ),
        ])
    })
}

/// The chains of context, mechanism and outcome.
pub(super) fn configurations(
    account: &Account,
    first: &mut Explained<'_>,
) -> impl Iterator<Item = Value> {
    account.configurations.iter().map(|configuration| {
        let context = first.text(&configuration.context);
        let mechanism = first.text(&configuration.mechanism);
        let outcome = first.text(&configuration.outcome);
        object([
            ("context", context),
            ("mechanism", mechanism),
            ("outcome", outcome),
        ])
    })
}

/// How the study knows, what it can't tell, and when somebody last asked whether it is still true.
pub(super) fn certainty(
    study: &Study,
    account: &Account,
    config: &Config,
    first: &mut Explained<'_>,
) -> Value {
    let evidence = &account.evidence;
    let due = config.review.due(study.reviewed.unwrap_or(study.published));
    let note = first.optional(evidence.note.as_deref());
    let limitations = first.optional(evidence.limitations.as_deref());
    object([
        (
            "design",
            optional(study.design.as_ref().map(|design| &design.label)),
        ),
        ("note", note),
        ("limitations", limitations),
        (
            "reviewed_words",
            optional(study.reviewed.map(date::in_words)),
        ),
        ("review_due_words", optional(due.map(date::in_words))),
    ])
}
