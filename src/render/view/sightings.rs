//! Where a factor was seen: its studies by the values of each axis, one list for each cell of the matrices.

use tera::Value;

use super::super::value::{link, list, markup, object, text};
use super::matrix::{axis_words, sentence_case};
use super::{Fields, Site};
use crate::content::{Direction, Study};
use crate::graph::Matrix;
use crate::id::Id;
use crate::vocabulary::Factor;

/// Values of `sightings.html`.
pub(in crate::render) fn sightings(id: Id<Factor>, site: &Site<'_>) -> Fields {
    let studies = Direction::ALL.map(|direction| {
        let mut studies = site.graph.tags.factor(id, direction).to_vec();
        studies.sort_by_key(|study| (&site.library.study(*study).title, *study));
        studies
    });
    let axes = site.graph.matrices.iter();
    vec![
        ("factor", site.factor_link(id)),
        ("counts", site.counts(id).value()),
        (
            "axes",
            list(axes.map(|matrix| axis(matrix, id, &studies, site))),
        ),
    ]
}

/// The page on where a factor was seen, and what it sorts by; `none` for one that no study cites.
pub(super) fn sightings_link(id: Id<Factor>, site: &Site<'_>) -> Value {
    if !site.graph.is_seen(id) {
        return Value::none();
    }
    let axes: Vec<&str> = site
        .graph
        .matrices
        .iter()
        .map(|matrix| axis_words(matrix.axis))
        .collect();
    let label = match axes.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("by {} and {last}", first.join(", ")),
        axes => format!("by {}", axes.join("")),
    };
    let factor = site.library.vocabulary.factors.get(id);
    link(label, factor.sightings_path())
}

fn axis(
    matrix: &Matrix,
    factor: Id<Factor>,
    studies: &[Vec<Id<Study>>; 3],
    site: &Site<'_>,
) -> Value {
    let mut items = vec![[const { String::new() }; 3]; matrix.columns.len()];
    for (direction, studies) in studies.iter().enumerate() {
        for study in studies {
            for column in matrix.columns_of(*study) {
                items[*column][direction].push_str(site.cards.item(*study));
            }
        }
    }
    let row = matrix.row(factor);
    let mut values = Vec::new();
    let mut gaps = Vec::new();
    for ((column, items), counts) in matrix.columns.iter().zip(items).zip(row) {
        if *counts == [0; 3] {
            if !column.aside {
                gaps.push(text(&column.label));
            }
            continue;
        }
        let groups = Direction::ALL.into_iter().zip(&items).zip(counts);
        let groups = groups.filter(|(_, count)| **count > 0);
        let groups = groups.map(|((direction, items), count)| {
            object([
                ("direction", site.direction(direction)),
                ("count", Value::from(*count)),
                ("items", markup(items)),
            ])
        });
        values.push(object([
            ("anchor", text(&column.anchor)),
            ("label", text(&column.label)),
            ("groups", list(groups)),
        ]));
    }
    let words = axis_words(matrix.axis);
    object([
        ("id", text(matrix.axis.id())),
        ("title", text(sentence_case(words))),
        ("values", list(values)),
        ("gaps", list(gaps)),
    ])
}
