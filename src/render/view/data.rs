//! The library in numbers, computed and never typed; and every context-mechanism-outcome chain in one place.

use std::collections::BTreeMap;

use tera::Value;

use super::super::value::{list, object, optional, text};
use super::{Fields, Site};
use crate::content::{Direction, Study};
use crate::id::Id;
use crate::vocabulary::{Choice, ListField, Term};

/// Values of `data.html`: what there is to download, and how many studies there are of every kind.
pub(in crate::render) fn coverage(site: &Site<'_>) -> Fields {
    let library = site.library;
    let vocabulary = &library.vocabulary;
    let by_theme = vocabulary.themes.iter().map(|(id, theme)| Row {
        label: theme.label().to_owned(),
        path: Some(theme.output_path()),
        count: site.graph.tags.theme(id).len(),
    });
    let by_system = vocabulary
        .systems
        .iter()
        .map(|(id, system)| Row {
            label: system.label().to_owned(),
            path: Some(system.output_path()),
            count: site.graph.tags.system(id).len(),
        })
        .filter(|row| row.count > 0);
    let citations = Direction::ALL.map(|direction| {
        library
            .listed_studies()
            .map(|(_, study)| study.citations_of(direction).count())
            .sum::<usize>()
    });
    let cited = vocabulary
        .factors
        .ids()
        .filter(|id| site.counts(*id).total() > 0)
        .count();
    let contested = vocabulary
        .factors
        .ids()
        .filter(|id| site.counts(*id).contested() > 0)
        .count();
    let totals = [
        ("Case studies", library.listed_studies().count()),
        (
            "Thematic reviews",
            library
                .reviews()
                .iter()
                .filter(|review| review.is_listed())
                .count(),
        ),
        ("References", library.references.len()),
        ("Themes", vocabulary.themes.len()),
        ("Factors", vocabulary.factors.len()),
        ("Factors that a study cites", cited),
        (
            "Factors that helped in one study and hindered in another",
            contested,
        ),
        ("Enablers cited", citations[0]),
        ("Barriers cited", citations[1]),
        ("Factors cited as mixed", citations[2]),
    ];
    let tables = [
        table("Theme", by_theme),
        table("System or scope", by_system),
        table(
            "Geographical level",
            by_choice(site, Some(ListField::Level), |_, study| {
                study.levels.clone()
            }),
        ),
        table(
            "Kind of evidence",
            by_choice(site, Some(ListField::EvidenceDesign), |_, study| {
                study.design.iter().cloned().collect()
            }),
        ),
        table(
            "Direction of an outcome",
            by_choice(site, None, |id, _| {
                let outcomes = library.account(id).outcomes.iter();
                let mut directions: Vec<Choice> =
                    outcomes.filter_map(|it| it.direction.clone()).collect();
                directions.sort_by_key(|direction| direction.rank);
                directions.dedup();
                directions
            }),
        ),
    ];
    vec![
        (
            "totals",
            list(totals.map(|(label, count)| {
                object([("label", text(label)), ("count", Value::from(count))])
            })),
        ),
        ("tables", list(tables)),
    ]
}

/// A line of a table of counts.
struct Row {
    label: String,
    /// The page of what is counted, if it has one.
    path: Option<String>,
    count: usize,
}

fn table(title: &str, rows: impl IntoIterator<Item = Row>) -> Value {
    let rows = rows.into_iter().map(|row| {
        object([
            ("label", text(&row.label)),
            ("path", optional(row.path)),
            ("count", Value::from(row.count)),
        ])
    });
    object([("title", text(title)), ("rows", list(rows))])
}

/// Studies by a value of a list, in the order of the list; a field whose values have lists of their studies leads to these.
fn by_choice(
    site: &Site<'_>,
    field: Option<ListField>,
    choices: impl Fn(Id<Study>, &Study) -> Vec<Choice>,
) -> Vec<Row> {
    let mut counts: BTreeMap<(usize, String, String), usize> = BTreeMap::new();
    for (id, study) in site.library.listed_studies() {
        for choice in choices(id, study) {
            let key = (choice.rank, choice.label.to_string(), choice.id.to_string());
            *counts.entry(key).or_default() += 1;
        }
    }
    let counts = counts.into_iter();
    let rows = counts.map(|((_, label, id), count)| {
        let list = field.and_then(|field| site.lists.of_choice(field, &id));
        let path = list.map(|list| site.lists.first_path(list));
        Row { label, path, count }
    });
    rows.collect()
}

/// Values of `configurations.html`: every chain with its study, by theme of the study's own factors.
pub(in crate::render) fn configurations(site: &Site<'_>) -> Fields {
    let studies = site.library.listed_studies();
    let studies = studies.map(|(id, study)| (id, study, &site.library.account(id).configurations));
    let studies = studies.filter(|(_, _, configurations)| !configurations.is_empty());
    let rows = studies.flat_map(|(id, study, configurations)| {
        let themes = list(study.themes.iter().map(|theme| site.theme_link(*theme)));
        let shown = site.cards.brief(id);
        configurations.iter().map(move |configuration| {
            object([
                ("study", shown.clone()),
                ("themes", themes.clone()),
                ("context", text(&configuration.context)),
                ("mechanism", text(&configuration.mechanism)),
                ("outcome", text(&configuration.outcome)),
            ])
        })
    });
    vec![("configurations", list(rows))]
}
