//! Two studies side by side.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use tera::Value;

use super::super::value::{list, object, optional, text};
use super::explained::Explained;
use super::study::{outcomes, participation_level};
use super::{Fields, Site, terms};
use crate::content::{Account, Citation, Direction, Library, Said, Study};
use crate::graph::Pair;
use crate::id::Id;
use crate::vocabulary::{Choice, Factor};

/// The address of the page of a pair, relative to the site.
pub(in crate::render) fn pair_path((one, other): Pair, library: &Library) -> String {
    let slug = |id: Id<Study>| &library.study(id).slug;
    format!("compare/{}/{}/index.html", slug(one), slug(other))
}

/// The title of the page of a pair.
pub(in crate::render) fn pair_title((one, other): Pair, site: &Site<'_>) -> String {
    let title = |id: Id<Study>| &site.library.study(id).title;
    format!("{} beside {}", title(one), title(other))
}

/// How many pairs are listed in one place; the others are linked from their studies, like these.
const LISTED: usize = 300;

/// Values of `compare.html`: the pairs that authors set against each other, those with the most to tell first.
pub(in crate::render) fn compare(site: &Site<'_>) -> Fields {
    let all = site.graph.links.pairs();
    let mut pairs: Vec<(usize, usize, Pair)> = all
        .iter()
        .map(|&pair| {
            let factors = both(pair).map(|id| by_factor(site.library.study(id)));
            let (split, agreed) = shared(&factors);
            (split.len(), split.len() + agreed.len(), pair)
        })
        .collect();
    pairs.sort_unstable_by_key(|&(split, shared, pair)| (Reverse((split, shared)), pair));
    pairs.truncate(LISTED);
    let more = all.len() - pairs.len();
    let pairs = pairs.into_iter().map(|(split, shared, pair)| {
        object([
            ("studies", list(both(pair).map(|id| site.cards.brief(id)))),
            ("path", text(pair_path(pair, site.library))),
            ("split", Value::from(split)),
            ("shared", Value::from(shared)),
        ])
    });
    vec![("pairs", list(pairs)), ("more", Value::from(more))]
}

/// Values of `pair.html`.
pub(in crate::render) fn pair(pair: Pair, site: &Site<'_>) -> Fields {
    let studies = both(pair).map(|id| site.library.study(id));
    let accounts = both(pair).map(|id| site.library.account(id));
    let said = both(pair).map(|id| site.library.said(id));
    let factors = studies.map(by_factor);
    let (split, agreed) = shared(&factors);
    let rows = split.iter().map(|row| (row, true));
    let rows = rows.chain(agreed.iter().map(|row| (row, false)));
    let rows = rows.map(|((factor, here, there), differs)| {
        object([
            ("factor", site.factor_link(*factor)),
            ("differs", Value::from(differs)),
            (
                "cells",
                list([
                    citations(here, said[0], site),
                    citations(there, said[1], site),
                ]),
            ),
        ])
    });
    let mut first = Explained::new(&site.library.vocabulary, "../../../");
    let sides = both(pair).into_iter().enumerate().map(|(at, id)| {
        let account = accounts[at];
        let others = &factors[1 - at];
        let only = Direction::ALL.into_iter().flat_map(|direction| {
            site.library
                .cited(id, direction)
                .filter(|(citation, _)| !others.contains_key(&citation.factor))
        });
        object([
            ("study", site.cards.study(id)),
            (
                "only",
                list(only.map(|(citation, said)| entry(citation, said, site))),
            ),
            ("outcomes", list(outcomes(account, &mut first))),
            ("evidence_note", optional(account.evidence.note.as_deref())),
            (
                "limitations",
                optional(account.evidence.limitations.as_deref()),
            ),
        ])
    });
    vec![
        ("relation", optional(relation(pair, site))),
        ("sides", list(sides)),
        ("glance", list(glance(studies, accounts, site))),
        ("shared", list(rows)),
        ("split_count", Value::from(split.len())),
    ]
}

fn both((one, other): Pair) -> [Id<Study>; 2] {
    [one, other]
}

/// How the first of the two is related to the second, in words.
fn relation((one, other): Pair, site: &Site<'_>) -> Option<String> {
    let links = site.graph.links.of(one);
    let link = links.iter().find(|link| link.study == other)?;
    Some(link.relation.to_lowercase())
}

/// A citation of a study, with its place there.
type Cited<'s> = (usize, &'s Citation);

/// The citations of a study by factor; an author may cite one both ways.
type Factors<'s> = BTreeMap<Id<Factor>, Vec<Cited<'s>>>;

/// A factor, and what each of two studies says of it.
type Shared<'f, 's> = (Id<Factor>, &'f [Cited<'s>], &'f [Cited<'s>]);

/// The factors of both studies: those that went different ways, and the others.
fn shared<'f, 's>(
    [here, there]: &'f [Factors<'s>; 2],
) -> (Vec<Shared<'f, 's>>, Vec<Shared<'f, 's>>) {
    here.iter()
        .filter_map(|(factor, here)| Some((*factor, &here[..], &there.get(factor)?[..])))
        .partition(|(_, here, there)| directions(here) != directions(there))
}

fn by_factor(study: &Study) -> Factors<'_> {
    let mut factors = Factors::new();
    for cited in study.citations.iter().enumerate() {
        factors.entry(cited.1.factor).or_default().push(cited);
    }
    factors
}

/// Which ways a factor went, in a fixed order.
fn directions(citations: &[Cited<'_>]) -> Vec<Direction> {
    let mut directions: Vec<Direction> = citations.iter().map(|(_, each)| each.direction).collect();
    directions.sort_unstable();
    directions.dedup();
    directions
}

fn citations(citations: &[Cited<'_>], said: &[Said], site: &Site<'_>) -> Value {
    let entries = citations
        .iter()
        .map(|(at, citation)| entry(citation, &said[*at], site));
    list(entries)
}

fn entry(citation: &Citation, said: &Said, site: &Site<'_>) -> Value {
    object([
        ("factor", site.factor_link(citation.factor)),
        ("direction", site.direction(citation.direction)),
        ("evidence", optional(said.evidence.as_deref())),
        ("terms", terms(citation, said, optional)),
    ])
}

/// What both are, line by line; a line that neither has is left out.
fn glance<'s>(
    studies: [&'s Study; 2],
    accounts: [&'s Account; 2],
    site: &'s Site<'_>,
) -> impl Iterator<Item = Value> + use<'s> {
    let [here, there] = [0, 1].map(|at| facts(studies[at], accounts[at], site));
    here.into_iter()
        .zip(there)
        .filter(|((_, here), (_, there))| here.is_some() || there.is_some())
        .map(|((label, here), (_, there))| {
            object([
                ("label", text(label)),
                ("cells", list([optional(here), optional(there)])),
            ])
        })
}

fn facts(study: &Study, account: &Account, site: &Site<'_>) -> [(&'static str, Option<String>); 8] {
    let systems = &site.library.vocabulary.systems;
    let names: Vec<&str> = study
        .systems
        .iter()
        .map(|system| systems.get(*system).label.as_str())
        .collect();
    let levels: Vec<&str> = study.levels.iter().map(|level| &*level.label).collect();
    let label = |choice: &Option<Choice>| choice.as_ref().map(|choice| choice.label.to_string());
    let participation = study.participation.as_ref().and_then(|participation| {
        let level = participation_level(participation);
        match (level, label(&participation.sphere)) {
            (Some(level), Some(sphere)) => Some(format!("{level}, in {sphere}")),
            (level, sphere) => level.or(sphere),
        }
    });
    [
        ("Where", Some(names.join("; "))),
        ("Place", study.place.clone()),
        ("When", study.period_in_words()),
        ("Level", Some(levels.join(", "))),
        ("Who it was for", account.population.clone()),
        ("Programme", label(&study.programme)),
        ("Participation", participation),
        ("Kind of evidence", label(&study.design)),
    ]
}
