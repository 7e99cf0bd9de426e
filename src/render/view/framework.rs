//! The page of a framework, a scale, a theory or a list: what it consists of, and which factors and studies each of its
//! categories has; and the index of them all.

use std::cmp::Reverse;

use tera::Value;

use super::super::picture::Bars;
use super::super::plan::matrix_path;
use super::super::value::{link, list, object, optional, text};
use super::matrix::{axis_words, sentence_case};
use super::{Fields, Site, bars};
use crate::content::{Direction, Study};
use crate::id::Id;
use crate::vocabulary::{Category, Framework};

/// How many studies of a category are named.
const NEWEST: usize = 12;

/// The kinds in the order of the index: the word for one, the heading over several, and what the parts are called.
const KINDS: [(&str, &str, &str, &str); 4] = [
    ("theory", "Theory", "Theories", "If, and then"),
    ("framework", "Framework", "Frameworks", "Its categories"),
    ("scale", "Scale", "Scales", "Its steps, in order"),
    (
        "list",
        "Controlled list",
        "Lists that studies draw on",
        "Its values",
    ),
];

/// Values of `frameworks.html`.
pub(in crate::render) fn frameworks(site: &Site<'_>) -> Fields {
    let vocabulary = &site.library.vocabulary;
    let has_page = |id| site.graph.has_page(id, vocabulary);
    let groups = KINDS.iter().map(|(kind, _, heading, _)| {
        let frameworks = vocabulary.frameworks.iter();
        let rows = frameworks.filter(|(id, framework)| framework.kind == *kind && has_page(*id));
        object([
            ("label", text(heading)),
            ("frameworks", list(rows.map(|(id, _)| row(id, site)))),
        ])
    });
    let others = vocabulary.frameworks.iter();
    let others = others.filter(|(id, _)| !has_page(*id));
    let others = others.map(|(_, framework)| {
        let categories = framework.categories.iter();
        object([
            ("label", text(&framework.label)),
            ("note", optional(framework.note.as_deref())),
            (
                "categories",
                list(categories.map(|category| text(&category.label))),
            ),
        ])
    });
    vec![("groups", list(groups)), ("others", list(others))]
}

/// A framework with what is known of it.
fn row(id: Id<Framework>, site: &Site<'_>) -> Value {
    let framework = site.library.vocabulary.frameworks.get(id);
    let found = Found::of(id, site);
    object([
        ("label", text(&framework.label)),
        ("path", text(framework.output_path())),
        ("categories", Value::from(framework.categories.len())),
        ("factors", Value::from(found.factors)),
        ("studies", Value::from(found.all.len())),
    ])
}

/// The studies of a framework's categories.
struct Found {
    /// How many factors it sorts.
    factors: usize,
    /// On which their counts are compared.
    bars: Bars,
    /// By category: those that cite a factor of it, or carry it as the value of a field.
    categories: Vec<Vec<Id<Study>>>,
    all: Vec<Id<Study>>,
}

impl Found {
    fn of(id: Id<Framework>, site: &Site<'_>) -> Self {
        let (graph, vocabulary) = (site.graph, &site.library.vocabulary);
        let held = graph.crosswalk.categories(id);
        let fields: Vec<_> = vocabulary.lists.fields(id).collect();
        let categories: Vec<Vec<Id<Study>>> = held
            .iter()
            .enumerate()
            .map(|(place, factors)| {
                let cited = factors.iter().flat_map(|factor| {
                    Direction::ALL.map(|direction| graph.tags.factor(*factor, direction))
                });
                let fields = fields.iter();
                let carried = fields.map(|field| graph.choices.values(*field)[place].as_slice());
                once_each(cited.chain(carried).flatten().copied())
            })
            .collect();
        let factors = once_each(held.iter().flatten().copied());
        Self {
            bars: bars(factors.iter().map(|factor| site.counts(*factor))),
            factors: factors.len(),
            all: once_each(categories.iter().flatten().copied()),
            categories,
        }
    }
}

fn once_each<T>(ids: impl Iterator<Item = Id<T>>) -> Vec<Id<T>> {
    let mut ids: Vec<Id<T>> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// Values of `framework.html`.
pub(in crate::render) fn framework(id: Id<Framework>, site: &Site<'_>) -> Fields {
    let vocabulary = &site.library.vocabulary;
    let framework = vocabulary.frameworks.get(id);
    let found = Found::of(id, site);
    let kind = KINDS.iter().find(|(kind, ..)| *kind == framework.kind);
    let (_, kind, _, parts) = kind.unwrap_or(&KINDS[1]);
    let anchors = framework.anchors();
    let values: Vec<Value> = (0..framework.categories.len())
        .map(|place| category(id, place, &anchors, &found, site))
        .collect();
    // A framework that nothing is sorted by has no gaps.
    let without: Vec<&Category> = match found.all.is_empty() && found.factors == 0 {
        true => Vec::new(),
        false => {
            let categories = framework.categories.iter().zip(&found.categories);
            categories
                .filter(|(_, studies)| studies.is_empty())
                .map(|(category, _)| category)
                .collect()
        }
    };
    let sources = framework.sources.iter().map(|source| {
        let known = site.library.references.find(source);
        let plain = || object([("title", text(source)), ("path", Value::none())]);
        known.map_or_else(plain, |reference| site.cards.reference(reference))
    });
    vec![
        (
            "framework",
            object([
                ("label", text(&framework.label)),
                ("kind", text(kind)),
                ("parts", text(parts)),
                ("note", optional(framework.note.as_deref())),
                ("categories", Value::from(values.len())),
                ("factors", Value::from(found.factors)),
                ("studies", Value::from(found.all.len())),
                (
                    "without",
                    list(without.iter().map(|category| text(&category.label))),
                ),
                ("sources", list(sources)),
            ]),
        ),
        ("factor_count", Value::from(vocabulary.factors.len())),
        ("groups", list(grouped(framework, values))),
        ("matrices", list(matrices(id, site))),
    ]
}

fn category(
    id: Id<Framework>,
    place: usize,
    anchors: &[String],
    found: &Found,
    site: &Site<'_>,
) -> Value {
    let framework = site.library.vocabulary.frameworks.get(id);
    let category = &framework.categories[place];
    let studies = &found.categories[place];
    let factors = site.graph.crosswalk.categories(id)[place].iter();
    let details = category.details.iter().map(|(heading, texts)| {
        let texts: Vec<String> = texts.iter().map(|text| in_plain_words(text)).collect();
        detail(heading, &texts.join("; "))
    });
    let population = category
        .population
        .map(|(from, to)| format!("{} to {}", thousands(from), thousands(to)))
        .map(|range| detail("Population", &range));
    let items = category.items.iter().map(|(label, factor)| {
        let factor = factor.map_or_else(Value::none, |factor| site.factor_link(factor));
        object([("label", text(label)), ("factor", factor)])
    });
    let needs = category.depends_on.iter().map(|place| {
        let other = &framework.categories[*place];
        object([
            ("anchor", text(&anchors[*place])),
            ("code", optional(code(other))),
            ("label", text(&other.label)),
        ])
    });
    object([
        ("anchor", text(&anchors[place])),
        ("label", text(&category.label)),
        ("code", optional(code(category))),
        ("definition", optional(category.definition.as_deref())),
        ("question", optional(category.question.as_deref())),
        ("if", optional(category.condition.as_deref())),
        ("then", optional(category.result.as_deref())),
        ("needs", list(needs)),
        ("items", list(items)),
        ("details", list(population.into_iter().chain(details))),
        ("also_called", list(category.also_called.iter().map(text))),
        (
            "factors",
            list(factors.map(|factor| site.factor_row(*factor, site.counts(*factor), found.bars))),
        ),
        ("study_count", Value::from(studies.len())),
        (
            "studies",
            list(
                newest(studies, site)
                    .into_iter()
                    .map(|id| site.cards.brief(id)),
            ),
        ),
        ("all", optional(list_of_all(id, category, site))),
    ])
}

/// The list of all studies that have a category as the value of a field, if there is one.
fn list_of_all(id: Id<Framework>, category: &Category, site: &Site<'_>) -> Option<String> {
    let mut fields = site.library.vocabulary.lists.fields(id);
    let selection = fields.find_map(|field| site.lists.of_choice(field, &category.id))?;
    Some(site.lists.first_path(selection))
}

fn detail(heading: &str, words: &str) -> Value {
    object([("label", text(heading)), ("text", text(words))])
}

/// A text; the id of a list's value, as a reader would say it.
fn in_plain_words(text: &str) -> String {
    match crate::slug::is_valid(text) {
        true => text.replace('-', " "),
        false => text.to_owned(),
    }
}

/// The id of a category, where it is a code of the source: `R1`.
fn code(category: &Category) -> Option<&str> {
    let id = category.id.as_ref();
    (!crate::slug::is_valid(id) && *id != *category.label).then_some(id)
}

/// The newest of some studies; those of one day by slug.
fn newest(studies: &[Id<Study>], site: &Site<'_>) -> Vec<Id<Study>> {
    let age = |study: &Id<Study>| (Reverse(site.library.study(*study).published), *study);
    let mut newest = studies.to_vec();
    if newest.len() > NEWEST {
        newest.select_nth_unstable_by_key(NEWEST, age);
        newest.truncate(NEWEST);
    }
    newest.sort_unstable_by_key(age);
    newest
}

/// The categories in runs of one group.
fn grouped(framework: &Framework, values: Vec<Value>) -> Vec<Value> {
    let mut runs: Vec<(Option<&str>, Vec<Value>)> = Vec::new();
    for (category, value) in framework.categories.iter().zip(values) {
        let group = category.group.as_deref();
        match runs.last_mut() {
            Some((last, values)) if *last == group => values.push(value),
            _ => runs.push((group, vec![value])),
        }
    }
    let label = |id: &str| {
        let known = framework.groups.iter().find(|(group, _)| group == id);
        text(known.map_or(id, |(_, label)| label))
    };
    runs.into_iter()
        .map(|(group, values)| {
            object([
                ("label", group.map_or_else(Value::none, label)),
                ("categories", list(values)),
            ])
        })
        .collect()
}

/// The matrices that have a framework in their rows or in their columns.
fn matrices(id: Id<Framework>, site: &Site<'_>) -> Vec<Value> {
    let vocabulary = &site.library.vocabulary;
    let lens = site
        .graph
        .crosswalk
        .lenses(vocabulary)
        .find(|lens| *lens == id);
    let matrices = site.graph.matrices.iter().enumerate();
    matrices
        .filter_map(|(index, matrix)| {
            let column = matrix
                .axis
                .field()
                .is_some_and(|field| vocabulary.lists.framework(field) == Some(id));
            (lens.is_some() || column).then(|| {
                let words = sentence_case(axis_words(matrix.axis));
                link(words, matrix_path(index, matrix, lens, vocabulary))
            })
        })
        .collect()
}

/// A number with commas between thousands.
fn thousands(number: i32) -> String {
    let digits = number.to_string();
    let mut words = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0
            && digit.is_ascii_digit()
            && (digits.len() - place).is_multiple_of(3)
            && !words.ends_with('-')
        {
            words.push(',');
        }
        words.push(digit);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        for (number, words) in [
            (0, "0"),
            (950, "950"),
            (30_000, "30,000"),
            (3_000_000, "3,000,000"),
            (-100, "-100"),
        ] {
            assert_eq!(thousands(number), words);
        }
    }
}
