//! The matrix: factors, sorted by theme or by a framework, against the values of an axis; and what it says of gaps.

use anyhow::Result;
use tera::Value;

use super::super::plan::matrix_path;
use super::super::value::{fragment_from, list, markup, object, optional, text, up};
use super::{Counts, Fields, Site};
use crate::content::Direction;
use crate::graph::{Axis, Matrix};
use crate::id::Id;
use crate::vocabulary::{Factor, Framework};

/// How many folders deep a matrix lies that a framework sorts.
const LENS_DEPTH: usize = 3;

/// How many shades a cell may have.
const SHADES: u32 = 4;

/// The rows of every matrix as markup for the pages of all frameworks, by matrix and factor.
pub(super) struct Rows(Vec<Vec<String>>);

impl Rows {
    /// Before anything is rendered.
    pub(super) fn none() -> Self {
        Self(Vec::new())
    }

    /// Renders the rows, if there is a framework to sort them by.
    ///
    /// # Errors
    /// When a component of the skin fails.
    pub(super) fn new(site: &Site<'_>) -> Result<Self> {
        let (graph, vocabulary) = (site.graph, &site.library.vocabulary);
        if graph.crosswalk.lenses(vocabulary).next().is_none() {
            return Ok(Self::none());
        }
        let matrices = graph.matrices.iter();
        let rows = matrices.map(|matrix| rows(matrix, &up(LENS_DEPTH), site));
        rows.collect::<Result<_>>().map(Self)
    }
}

/// What the columns of an axis are, in the middle of a sentence.
pub(super) fn axis_words(axis: Axis) -> &'static str {
    match axis {
        Axis::Level => "geographical level",
        Axis::EvidenceDesign => "kind of evidence",
        Axis::Region => "region",
        Axis::OutcomeAim => "aim of the outcomes",
    }
}

/// The title of a matrix.
pub(in crate::render) fn matrix_title(
    index: usize,
    lens: Option<Id<Framework>>,
    site: &Site<'_>,
) -> String {
    let axis = axis_words(site.graph.matrices[index].axis);
    match lens {
        None => format!("Factors by {axis}"),
        Some(lens) => {
            let lens = &site.library.vocabulary.frameworks.get(lens).label;
            format!("Factors by {axis}: {lens}")
        }
    }
}

/// Values of `matrix.html`.
///
/// # Errors
/// When a component of the skin fails.
pub(in crate::render) fn matrix(
    index: usize,
    lens: Option<Id<Framework>>,
    site: &Site<'_>,
) -> Result<Fields> {
    let vocabulary = &site.library.vocabulary;
    let matrix = &site.graph.matrices[index];
    let own_rows;
    let rows = match lens {
        Some(_) => &site.rows()?.0[index],
        None => {
            own_rows = rows(matrix, &up(depth(index)), site)?;
            &own_rows
        }
    };
    let groups = groups(lens, site);
    let mut shown: Vec<Id<Factor>> = groups
        .iter()
        .flat_map(|group| group.factors.iter().copied())
        .collect();
    shown.sort_unstable();
    shown.dedup();
    let groups = groups.iter().map(|group| {
        let rows: String = group
            .factors
            .iter()
            .map(|factor| rows[factor.index()].as_str())
            .collect();
        object([
            ("label", text(group.label)),
            ("path", text(&group.path)),
            ("rows", markup(&rows)),
        ])
    });
    let choice = |label: &str, at: (usize, Option<Id<Framework>>)| {
        let (to, lens_there) = at;
        let path = matrix_path(to, &site.graph.matrices[to], lens_there, vocabulary);
        object([
            ("label", text(label)),
            ("path", text(path)),
            ("current", Value::from(at == (index, lens))),
        ])
    };
    let axes = site.graph.matrices.iter().enumerate();
    let axes = axes.map(|(to, matrix)| choice(&sentence_case(axis_words(matrix.axis)), (to, lens)));
    let lenses = site.graph.crosswalk.lenses(vocabulary).map(|lens| {
        let framework = vocabulary.frameworks.get(lens);
        choice(&framework.label, (index, Some(lens)))
    });
    Ok(vec![
        ("axis", text(axis_words(matrix.axis))),
        ("axes", list(axes)),
        (
            "lenses",
            list(std::iter::once(choice("Themes", (index, None))).chain(lenses)),
        ),
        ("groups", list(groups)),
        ("columns", columns(matrix, &shown)),
        ("total", total(&shown, site).value()),
        ("gaps", gaps(matrix, &shown, site)),
        (
            "left_out",
            Value::from(vocabulary.factors.len() - shown.len()),
        ),
    ])
}

/// How many folders deep a matrix lies that themes sort.
fn depth(index: usize) -> usize {
    match index {
        0 => 1,
        _ => 2,
    }
}

/// A few rows under a heading.
struct Group<'g> {
    label: &'g str,
    path: String,
    factors: Vec<Id<Factor>>,
}

/// The rows in their order: by theme, or by the categories of a framework, where a factor may stand in several.
fn groups<'s>(lens: Option<Id<Framework>>, site: &Site<'s>) -> Vec<Group<'s>> {
    let vocabulary = &site.library.vocabulary;
    let groups: Vec<Group<'s>> = match lens {
        None => {
            let themes = vocabulary.themes.iter();
            themes
                .map(|(id, theme)| Group {
                    label: &theme.label,
                    path: theme.output_path(),
                    factors: vocabulary
                        .factors
                        .iter()
                        .filter(|(_, factor)| factor.theme == id)
                        .map(|(factor, _)| factor)
                        .collect(),
                })
                .collect()
        }
        Some(lens) => {
            let framework = vocabulary.frameworks.get(lens);
            let categories = framework.categories.iter();
            categories
                .zip(framework.anchors())
                .zip(site.graph.crosswalk.categories(lens))
                .map(|((category, anchor), factors)| Group {
                    label: &category.label,
                    path: format!("{}#{anchor}", framework.output_path()),
                    factors: factors.clone(),
                })
                .collect()
        }
    };
    let full = |group: &Group<'_>| !group.factors.is_empty();
    groups.into_iter().filter(full).collect()
}

/// Every column with its studies, the sums of its cells, and how many of its cells are empty.
fn columns(matrix: &Matrix, shown: &[Id<Factor>]) -> Value {
    list(matrix.columns.iter().enumerate().map(|(at, column)| {
        let mut sum = Counts::default();
        for factor in shown {
            sum.extend(Counts(matrix.row(*factor)[at]));
        }
        object([
            ("label", text(&column.label)),
            ("studies", Value::from(column.studies)),
            ("counts", sum.value()),
            ("empty", Value::from(empty(matrix, at, shown))),
        ])
    }))
}

/// In how many rows a column has nothing.
fn empty(matrix: &Matrix, column: usize, shown: &[Id<Factor>]) -> usize {
    let cells = shown.iter().map(|factor| matrix.row(*factor)[column]);
    cells.filter(|cell| *cell == [0; 3]).count()
}

fn total(shown: &[Id<Factor>], site: &Site<'_>) -> Counts {
    let mut total = Counts::default();
    for factor in shown {
        total.extend(site.counts(*factor));
    }
    total
}

/// Where nobody has looked: what stands aside of the axis is left out.
fn gaps(matrix: &Matrix, shown: &[Id<Factor>], site: &Site<'_>) -> Value {
    let columns = matrix.columns.iter().enumerate();
    let own: Vec<(usize, usize)> = columns
        .filter(|(_, column)| !column.aside)
        .map(|(at, _)| (at, empty(matrix, at, shown)))
        .collect();
    let most = own.iter().map(|(_, empty)| *empty).max().unwrap_or(0);
    let widest = own.iter().filter(|(_, empty)| *empty == most && most > 0);
    let unseen = shown
        .iter()
        .filter(|factor| site.counts(**factor).total() == 0);
    object([
        (
            "empty",
            Value::from(own.iter().map(|(_, empty)| *empty).sum::<usize>()),
        ),
        ("cells", Value::from(own.len() * shown.len())),
        ("factors", Value::from(shown.len())),
        ("unseen", Value::from(unseen.count())),
        (
            "widest",
            list(widest.map(|(at, _)| text(&matrix.columns[*at].label))),
        ),
        ("most", Value::from(most)),
    ])
}

/// The rows of all factors as markup.
fn rows(matrix: &Matrix, root: &str, site: &Site<'_>) -> Result<Vec<String>> {
    let factors: Vec<_> = site.library.vocabulary.factors.ids().collect();
    let largest = factors
        .iter()
        .flat_map(|factor| matrix.row(*factor))
        .map(|cell| Counts(*cell).total())
        .max()
        .unwrap_or(0);
    let row = |factor: &Id<Factor>| -> Result<String> {
        let values = [("factor", row(matrix, *factor, largest, site))];
        let html = fragment_from(root, site.tera, "matrix_row", values)?;
        Ok(html.as_str().unwrap_or_default().to_owned())
    };
    factors.iter().map(row).collect()
}

fn row(matrix: &Matrix, factor: Id<Factor>, largest: usize, site: &Site<'_>) -> Value {
    let term = site.library.vocabulary.factors.get(factor);
    let cells = matrix.columns.iter().zip(matrix.row(factor));
    let cells = cells.map(|(column, cell)| {
        let counts = Counts(*cell);
        let found = counts.total() > 0;
        object([
            ("anchor", optional(found.then_some(&column.anchor))),
            ("gap", Value::from(!found && !column.aside)),
            ("shade", optional(shade(counts, largest))),
            ("parts", list(parts(counts, site))),
        ])
    });
    let counts = site.counts(factor);
    let seen = site.graph.is_seen(factor);
    object([
        ("label", text(&term.label)),
        ("path", text(term.output_path())),
        ("where", optional(seen.then(|| term.sightings_path()))),
        ("cells", list(cells)),
        ("parts", list(parts(counts, site))),
    ])
}

/// The direction in which most studies point, and how many there are against the fullest cell: `e1` to `e4` where it
/// helped, `b` where it hindered, `m` where neither leads. Numbers double from shade to shade, or grow faster.
fn shade(counts: Counts, largest: usize) -> Option<String> {
    let bits = |number: usize| number.checked_ilog2().map_or(0, |log| log + 1);
    let step = (bits(counts.total()) * SHADES).div_ceil(bits(largest).max(1));
    let [helped, hindered, mixed] = Direction::ALL.map(|direction| counts.of(direction));
    let lead = if helped > hindered.max(mixed) {
        'e'
    } else if hindered > helped.max(mixed) {
        'b'
    } else {
        'm'
    };
    (step > 0).then(|| format!("{lead}{step}"))
}

/// The directions of a cell, each with its number.
fn parts(counts: Counts, site: &Site<'_>) -> impl Iterator<Item = Value> {
    let directions = Direction::ALL.into_iter();
    directions
        .filter(move |direction| counts.of(*direction) > 0)
        .map(move |direction| {
            object([
                ("direction", site.direction(direction)),
                ("count", Value::from(counts.of(direction))),
            ])
        })
}

/// Words of the middle of a sentence at its beginning.
pub(super) fn sentence_case(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_uppercase());
    first.into_iter().flatten().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_direction_that_leads_gives_the_hue_and_the_number_the_shade() {
        let shade = |counts, largest| shade(Counts(counts), largest);
        assert_eq!(shade([1, 0, 0], 10).as_deref(), Some("e1"));
        assert_eq!(shade([1, 2, 0], 10).as_deref(), Some("b2"));
        assert_eq!(shade([2, 2, 1], 10).as_deref(), Some("m3"));
        assert_eq!(shade([1, 0, 1], 10).as_deref(), Some("m2"));
        assert_eq!(shade([0, 9, 1], 10).as_deref(), Some("b4"));
        assert_eq!(shade([1, 0, 0], 1).as_deref(), Some("e4"), "the fullest");
        assert_eq!(shade([3000, 0, 0], 4000).as_deref(), Some("e4"));
        assert_eq!(shade([0, 0, 0], 10), None);
        assert_eq!(shade([0, 0, 0], 0), None, "nothing at all");
    }

    #[test]
    fn sentences_begin_with_a_capital() {
        assert_eq!(sentence_case("kind of evidence"), "Kind of evidence");
        assert_eq!(sentence_case(""), "");
    }
}
