//! Cards: the short form of a study or a reference, built once and shared by every page that lists it.

use std::collections::BTreeMap;

use anyhow::Result;
use rayon::prelude::*;
use tera::{Tera, Value};

use super::super::value::{fragment, link, list, object, optional, text};
use super::{choice_labels, system_path};
use crate::content::{Direction, Library, Reference, Study};
use crate::date;
use crate::id::Id;

/// The cards of all studies and references.
///
/// A study's card also holds its markup for pages that lie two folders deep, which nearly all lists of studies do: the
/// component `study_card` is rendered once a study, not once for each of the thousands of lists that it stands in.
pub(crate) struct Cards {
    studies: Vec<Value>,
    references: Vec<Value>,
}

impl Cards {
    /// Builds all cards.
    pub(crate) fn new(library: &Library, tera: &Tera) -> Result<Self> {
        let studies: Vec<_> = library.studies().map(|(_, study)| study).collect();
        Ok(Self {
            studies: studies
                .par_iter()
                .map(|study| study_card(study, library, tera))
                .collect::<Result<_>>()?,
            references: library
                .references
                .iter()
                .map(|(_, reference)| reference_card(reference))
                .collect(),
        })
    }

    pub(super) fn study(&self, id: Id<Study>) -> Value {
        self.studies[id.index()].clone()
    }

    pub(super) fn studies(&self, ids: impl IntoIterator<Item = Id<Study>>) -> Value {
        list(ids.into_iter().map(|id| self.study(id)))
    }

    pub(super) fn reference(&self, id: Id<Reference>) -> Value {
        self.references[id.index()].clone()
    }
}

fn study_card(study: &Study, library: &Library, tera: &Tera) -> Result<Value> {
    let systems = study.systems.iter().map(|system| {
        let system = library.vocabulary.systems.get(*system);
        link(&system.label, system_path(system))
    });
    let count = |direction| Value::from(study.citations_of(direction).count());
    let fields = [
        ("title", text(&study.title)),
        ("path", text(study.output_path())),
        ("summary", text(&study.summary)),
        ("status", text(study.status.as_str())),
        ("systems", list(systems)),
        ("place", optional(study.place.as_deref())),
        ("levels", choice_labels(&study.levels)),
        ("period", optional(period(study))),
        ("where", text(where_and_when(study, library))),
        (
            "design",
            optional(study.evidence.design.as_ref().map(|design| &design.label)),
        ),
        ("published", text(study.published.to_string())),
        ("published_words", text(date::in_words(study.published))),
        ("enablers", count(Direction::Enabler)),
        ("barriers", count(Direction::Barrier)),
        ("mixed", count(Direction::Mixed)),
    ];
    let markup = fragment(tera, "study_card", [("study", object(fields.clone()))])?;
    Ok(Value::from(
        fields
            .into_iter()
            .chain([("card", markup)])
            .collect::<BTreeMap<_, _>>(),
    ))
}

/// Where and when a study took place, in one line: at most two systems by name.
fn where_and_when(study: &Study, library: &Library) -> String {
    let systems = &library.vocabulary.systems;
    let names: Vec<&str> = study
        .systems
        .iter()
        .map(|system| systems.get(*system).label.as_str())
        .collect();
    let mut parts = vec![match names.as_slice() {
        [first, second, more @ ..] if !more.is_empty() => {
            format!("{first}, {second} and {} more", more.len())
        }
        names => names.join(", "),
    }];
    parts.extend(study.place.clone());
    parts.extend(period(study));
    parts.join(" · ")
}

/// When a study took place, in words.
pub(super) fn period(study: &Study) -> Option<String> {
    match (study.start, study.end) {
        (Some(start), Some(end)) if start == end => Some(start.in_words()),
        (Some(start), Some(end)) => Some(format!("{} to {}", start.in_words(), end.in_words())),
        (Some(start), None) => Some(format!("from {}", start.in_words())),
        (None, Some(end)) => Some(format!("until {}", end.in_words())),
        (None, None) => None,
    }
}

fn reference_card(reference: &Reference) -> Value {
    object([
        ("id", text(&reference.id)),
        ("title", text(&reference.title)),
        (
            "path",
            text(format!("evidence/{}/index.html", reference.id)),
        ),
        ("authors", text(authors(reference))),
        ("year", text(reference.year_label())),
        ("publisher", optional(reference.publisher.as_deref())),
        ("kind", optional(reference.kind.as_deref())),
        ("doi", optional(reference.doi.as_deref())),
        ("link", optional(reference.link())),
    ])
}

/// All authors in one line: the last two joined by a word.
pub(super) fn authors(reference: &Reference) -> String {
    match reference.authors.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] if last.trim_end_matches('.') == "et al" => {
            format!("{} et al.", first.join(", "))
        }
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
