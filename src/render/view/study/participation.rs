//! How far people took part: the whole scale, with the step or the steps that the study reached.

use tera::Value;

use super::super::super::value::{list, object, optional, text};
use crate::content::{Participation, Study};
use crate::vocabulary::{Choice, Framework, ListField, Vocabulary};

/// `none` for a study that says nothing of it.
pub(super) fn participation(study: &Study, vocabulary: &Vocabulary) -> Value {
    let Some(participation) = &study.participation else {
        return Value::none();
    };
    let list = vocabulary.lists.framework(ListField::ParticipationLevel);
    let scale = list.map_or_else(Value::none, |list| {
        scale(vocabulary.frameworks.get(list), participation)
    });
    let sphere = participation.sphere.as_ref().map(|sphere| &sphere.label);
    object([
        ("level", optional(level(participation))),
        ("sphere", optional(sphere)),
        ("scale", scale),
    ])
}

/// The step, or the range of steps, in words.
pub(in crate::render::view) fn level(participation: &Participation) -> Option<String> {
    let label = |choice: &Option<Choice>| choice.as_ref().map(|choice| choice.label.to_string());
    match (label(&participation.from), label(&participation.to)) {
        (Some(from), Some(to)) if from != to => Some(format!("{from} to {to}")),
        (from, to) => from.or(to),
    }
}

/// All steps of the scale in its order; `none` when the study reached none of them.
fn scale(framework: &Framework, participation: &Participation) -> Value {
    let ends = [&participation.from, &participation.to];
    let mut ranks = ends.into_iter().flatten().map(|choice| choice.rank);
    let Some(lowest) = ranks.next() else {
        return Value::none();
    };
    let highest = ranks.next().unwrap_or(lowest);
    let steps = framework.categories.iter().enumerate().map(|(rank, step)| {
        object([
            ("label", text(&step.label)),
            ("definition", optional(step.definition.as_deref())),
            ("here", Value::from((lowest..=highest).contains(&rank))),
        ])
    });
    object([("label", text(&framework.label)), ("steps", list(steps))])
}
