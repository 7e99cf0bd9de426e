//! The page of a factor: both sides of the evidence; and the index of factors.

use rustc_hash::FxHashMap;
use tera::Value;

use super::super::value::{list, object, optional, text};
use super::sightings::sightings_link;
use super::theme::balance;
use super::{Fields, Site, alias_words, bar, bars, terms};
use crate::content::{Direction, Study};
use crate::id::Id;
use crate::vocabulary::Factor;

/// How many factors that travel with this one are named.
const COMPANIONS: usize = 8;

/// Values of `factor.html`.
pub(in crate::render) fn factor(id: Id<Factor>, site: &Site<'_>) -> Fields {
    let vocabulary = &site.library.vocabulary;
    let factor = vocabulary.factors.get(id);
    let counts = site.counts(id);
    let themes = std::iter::once(factor.theme).chain(factor.also.iter().copied());
    let frameworks = vocabulary
        .categories_of(id)
        .into_iter()
        .map(|(framework, categories)| {
            let framework = vocabulary.frameworks.get(framework);
            let labels = categories
                .into_iter()
                .map(|place| text(&framework.categories[place].label));
            object([
                ("label", text(&framework.label)),
                ("path", text(framework.output_path())),
                ("categories", list(labels)),
            ])
        });
    let sources = factor
        .sources
        .iter()
        .map(|source| match site.library.references.find(source) {
            Some(reference) => site.cards.reference(reference),
            None => object([("title", text(source)), ("path", Value::none())]),
        });
    vec![
        (
            "factor",
            object([
                ("id", text(&factor.id)),
                ("label", text(&factor.label)),
                ("definition", text(&factor.definition)),
                ("aliases", alias_words(&factor.label, &factor.aliases)),
                ("themes", list(themes.map(|theme| site.theme_link(theme)))),
                ("frameworks", list(frameworks)),
                ("sources", list(sources)),
                ("counts", counts.value()),
                ("bar", bar(counts, bars([counts].into_iter()))),
                ("where", sightings_link(id, site)),
            ]),
        ),
        (
            "groups",
            list(
                Direction::ALL
                    .into_iter()
                    .map(|direction| group(id, direction, site)),
            ),
        ),
        ("companions", list(companions(id, site))),
    ]
}

/// One column: every study that cites the factor in this direction, with its own sentence.
fn group(id: Id<Factor>, direction: Direction, site: &Site<'_>) -> Value {
    let ranked: Vec<(Id<Study>, usize)> = match site.graph.counterpoints.ranked(id, direction) {
        Some(ranked) => ranked.to_vec(),
        None => site
            .graph
            .tags
            .factor(id, direction)
            .iter()
            .filter_map(|&study| {
                let citations = &site.library.study(study).citations;
                let at = citations
                    .iter()
                    .position(|citation| citation.factor == id && citation.direction == direction);
                Some((study, at?))
            })
            .collect(),
    };
    let entries = ranked.iter().map(|&(study, at)| {
        let citation = &site.library.study(study).citations[at];
        let said = &site.library.said(study)[at];
        object([
            ("study", site.cards.brief(study)),
            ("line", site.cards.line(study)),
            ("evidence", optional(said.evidence.as_deref())),
            ("terms", terms(citation, said, optional)),
        ])
    });
    object([
        ("direction", site.direction(direction)),
        ("entries", list(entries)),
    ])
}

/// The factors that the same studies cite, most often first; only those that two studies or more share.
fn companions<'s>(id: Id<Factor>, site: &'s Site<'_>) -> impl Iterator<Item = Value> + use<'s> {
    let mut studies: Vec<Id<Study>> = Direction::ALL
        .iter()
        .flat_map(|direction| site.graph.tags.factor(id, *direction))
        .copied()
        .collect();
    studies.sort_unstable();
    studies.dedup();
    let mut counts: FxHashMap<Id<Factor>, usize> = FxHashMap::default();
    for study in studies {
        let mut factors: Vec<_> = site
            .library
            .study(study)
            .citations
            .iter()
            .map(|citation| citation.factor)
            .filter(|factor| *factor != id)
            .collect();
        factors.sort_unstable();
        factors.dedup();
        for factor in factors {
            *counts.entry(factor).or_default() += 1;
        }
    }
    let mut counts: Vec<_> = counts.into_iter().filter(|(_, count)| *count > 1).collect();
    counts.sort_by_key(|&(factor, count)| (std::cmp::Reverse(count), factor));
    counts.truncate(COMPANIONS);
    counts.into_iter().map(move |(factor, count)| {
        object([
            ("factor", site.factor_link(factor)),
            ("count", Value::from(count)),
        ])
    })
}

/// Values of `factors.html`: all factors by their primary theme, with counts in each direction.
pub(in crate::render) fn factors(site: &Site<'_>) -> Fields {
    let vocabulary = &site.library.vocabulary;
    // One scale for the whole page, so that factors of all themes can be compared.
    let bars = bars(vocabulary.factors.ids().map(|id| site.counts(id)));
    let themes = vocabulary.themes.iter().map(|(theme_id, theme)| {
        let rows = vocabulary
            .factors
            .iter()
            .filter(|(_, factor)| factor.theme == theme_id)
            .map(|(id, _)| site.factor_row(id, site.counts(id), bars));
        object([
            ("id", text(&theme.id)),
            ("theme", site.theme_link(theme_id)),
            ("balance", balance(theme_id, site).value()),
            ("factors", list(rows)),
        ])
    });
    let contested = vocabulary
        .factors
        .ids()
        .filter(|id| site.counts(*id).contested() > 0)
        .count();
    vec![
        ("themes", list(themes)),
        ("count", Value::from(vocabulary.factors.len())),
        ("contested_count", Value::from(contested)),
    ]
}
