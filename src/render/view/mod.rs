//! What templates are given: one function for each kind of page. Templates hold layout; everything that is decided,
//! counted, sorted or worded is decided here.

mod cards;
mod compare;
mod data;
mod explained;
mod factor;
mod framework;
mod glossary;
mod home;
mod map;
mod matrix;
mod network;
mod points;
mod reference;
mod review;
mod shared;
mod sightings;
mod studies;
mod study;
mod system;
mod theme;

pub(super) use compare::{compare, pair, pair_path, pair_title};
pub(super) use data::{configurations, coverage};
#[cfg(feature = "fuzzing")]
pub(crate) use explained::body_html;
pub(super) use factor::{factor, factors};
pub(super) use framework::{framework, frameworks};
pub(super) use glossary::glossary;
pub(super) use home::home;
pub(super) use matrix::{matrix, matrix_title};
pub(super) use network::network;
pub(super) use reference::{reference, references};
pub(super) use review::{page, review, reviews};
pub use shared::Shared;
pub(super) use sightings::sightings;
pub(super) use studies::{studies, studies_title};
pub(super) use study::study;
pub(super) use system::{system, systems};
pub(super) use theme::{theme, themes};

use anyhow::{Result, anyhow};
use rustc_hash::FxHashSet;
use tera::{Tera, Value};

use self::cards::Cards;
use self::map::Maps;
use self::matrix::Rows;
use super::lists::Lists;
use super::picture::{Axis, Bars, Split};
use super::value::{link, list, markup, object, text};
use crate::config::Config;
use crate::content::reads;
use crate::content::{Citation, Direction, Library, Said, Study};
use crate::diagnostics::Spanned;
use crate::graph::Graph;
use crate::id::Id;
use crate::markdown::{Body, Heading, Written};
use crate::percent::encode_path;
use crate::vocabulary::suggest::compact;
use crate::vocabulary::{Choice, Factor, System, Theme};

/// Everything that one page is made from.
pub(super) struct Site<'s> {
    pub(super) config: &'s Config,
    pub(super) library: &'s Library,
    pub(super) graph: &'s Graph,
    written: Written<'s>,
    pub(super) lists: &'s Lists,
    pub(super) cards: Cards<'s>,
    shared: &'s Shared,
    tera: &'s Tera,
}

/// The values of one page besides what all pages get.
pub(super) type Fields = Vec<(&'static str, Value)>;

impl<'s> Site<'s> {
    pub(super) fn new(
        config: &'s Config,
        library: &'s Library,
        graph: &'s Graph,
        written: Written<'s>,
        lists: &'s Lists,
        shared: &'s Shared,
        tera: &'s Tera,
    ) -> Self {
        Self {
            config,
            library,
            graph,
            written,
            lists,
            cards: Cards::new(library, tera, shared),
            shared,
            tera,
        }
    }

    /// The rows of every matrix, for pages on which a framework groups them.
    ///
    /// # Errors
    /// When a component of the skin fails.
    fn rows(&self) -> Result<&'s Rows> {
        let rows = self.shared.rows.get(|| Rows::new(self));
        rows.as_ref().map_err(|failure| anyhow!("{failure}"))
    }

    fn maps(&self) -> &'s Maps {
        let vocabulary = &self.library.vocabulary;
        self.shared.maps.get_or_init(|| Maps::new(vocabulary))
    }

    fn axis(&self) -> Option<&'s Axis> {
        self.shared.axis(self.library)
    }

    /// The panel by which lists of studies are narrowed.
    fn facets(&self) -> Value {
        let facets = self
            .shared
            .facets
            .get_or_init(|| studies::facets(self.lists));
        facets.clone()
    }

    /// A direction with its word and its shape.
    fn direction(&self, direction: Direction) -> Value {
        self.shared.directions[direction as usize].clone()
    }

    fn study_link(&self, study: Id<Study>) -> Value {
        let study = self.library.study(study);
        link(&study.title, study.output_path())
    }

    pub(super) fn theme_link(&self, theme: Id<Theme>) -> Value {
        self.shared.themes[theme.index()].value.clone()
    }

    pub(super) fn factor_link(&self, factor: Id<Factor>) -> Value {
        self.shared.factors[factor.index()].value.clone()
    }

    pub(super) fn system_link(&self, system: Id<System>) -> Value {
        self.shared.systems[system.index()].value.clone()
    }

    /// How many studies cite a factor in each direction.
    fn counts(&self, factor: Id<Factor>) -> Counts {
        Counts(Direction::ALL.map(|direction| self.graph.tags.factor(factor, direction).len()))
    }

    /// A factor with its counts, as lists of factors show it, and a bar on the scale of the list.
    fn factor_row(&self, factor: Id<Factor>, counts: Counts, bars: Bars) -> Value {
        let term = self.library.vocabulary.factors.get(factor);
        object([
            ("label", text(&term.label)),
            ("path", text(term.output_path())),
            ("definition", text(&term.definition)),
            ("counts", counts.value()),
            ("bar", bar(counts, bars)),
        ])
    }

    /// Factors with their counts, on one scale.
    fn factor_rows(&self, factors: &[(Id<Factor>, Counts)]) -> Value {
        let bars = bars(factors.iter().map(|(_, counts)| *counts));
        let factors = factors.iter();
        list(factors.map(|(factor, counts)| self.factor_row(*factor, *counts, bars)))
    }

    /// The rendered body of a review or a page.
    fn body(&self, path: &str) -> Option<Body<'s>> {
        self.written.body(path)
    }

    /// The rendered body of a study.
    fn study_body(&self, id: Id<Study>) -> Option<Body<'s>> {
        reads::body(id);
        self.body(&self.library.study(id).path)
    }

    /// Where a file is edited.
    fn edit_url(&self, path: &str) -> Option<String> {
        let pattern = self.config.edit_url.as_ref()?;
        let path = encode_path(path);
        Some(if pattern.contains("{path}") {
            pattern.replace("{path}", &path)
        } else {
            format!("{}/{path}", pattern.trim_end_matches('/'))
        })
    }
}

/// How many studies cite something as an enabler, as a barrier, and as mixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Counts([usize; 3]);

impl Counts {
    pub(super) fn add(&mut self, direction: Direction) {
        self.0[direction as usize] += 1;
    }

    pub(super) fn extend(&mut self, more: Self) {
        for (sum, count) in self.0.iter_mut().zip(more.0) {
            *sum += count;
        }
    }

    pub(super) fn of(self, direction: Direction) -> usize {
        self.0[direction as usize]
    }

    pub(super) fn total(self) -> usize {
        self.0.iter().sum()
    }

    /// The smaller of the two sides: how contested a factor is.
    pub(super) fn contested(self) -> usize {
        self.of(Direction::Enabler).min(self.of(Direction::Barrier))
    }

    fn split(self) -> Split {
        Split {
            helped: self.of(Direction::Enabler),
            hindered: self.of(Direction::Barrier),
            mixed: self.of(Direction::Mixed),
        }
    }

    pub(super) fn value(self) -> Value {
        object([
            ("enablers", Value::from(self.of(Direction::Enabler))),
            ("barriers", Value::from(self.of(Direction::Barrier))),
            ("mixed", Value::from(self.of(Direction::Mixed))),
            ("total", Value::from(self.total())),
        ])
    }
}

/// What a factor did, in a word.
fn word(direction: Direction) -> &'static str {
    match direction {
        Direction::Enabler => "helped",
        Direction::Barrier => "hindered",
        Direction::Mixed => "mixed",
    }
}

/// The shape that stands for a direction, beside a word or a figure.
fn mark(direction: Direction) -> &'static str {
    match direction {
        Direction::Enabler => "\u{25b2}",
        Direction::Barrier => "\u{25bc}",
        Direction::Mixed => "\u{25c6}",
    }
}

/// The scale on which these counts can be compared.
fn bars(counts: impl Iterator<Item = Counts>) -> Bars {
    Bars::of(counts.map(Counts::split))
}

/// The bar of some counts; none when there is nothing to show.
fn bar(counts: Counts, bars: Bars) -> Value {
    let bar = bars.bar(counts.split());
    bar.map_or_else(Value::none, |bar| markup(&bar))
}

/// A direction as pages show it: its key, the words for it, and the shape that stands beside them.
fn direction_value(direction: Direction) -> Value {
    let title = match direction {
        Direction::Enabler => "What helped",
        Direction::Barrier => "What got in the way",
        Direction::Mixed => "Both ways, or not said which",
    };
    object([
        ("key", text(direction.noun())),
        ("group", text(direction.key())),
        ("word", text(word(direction))),
        ("title", text(title)),
        ("mark", text(mark(direction))),
    ])
}

fn choice_labels(choices: &[Choice]) -> Value {
    list(choices.iter().map(|choice| text(&choice.label)))
}

/// On what terms a factor worked: condition, response, levels; `none` when nothing is said of that. `value` makes a value
/// of a text.
fn terms<'c>(
    citation: &Citation,
    said: &'c Said,
    mut value: impl FnMut(Option<&'c str>) -> Value,
) -> Value {
    let Said {
        condition,
        response,
        evidence: _,
    } = said;
    let levels = &citation.organisational_levels;
    if condition.is_none() && response.is_none() && levels.is_empty() {
        return Value::none();
    }
    object([
        ("condition", value(condition.as_deref())),
        ("response", value(response.as_deref())),
        ("levels", choice_labels(levels)),
    ])
}

/// The other words for a term, as a reader would say them: hyphens of slug-like aliases become blanks, and what says the
/// label or another alias again is left out.
fn alias_words(label: &str, aliases: &[Spanned<String>]) -> Value {
    let mut said = FxHashSet::from_iter([compact(label)]);
    let mut words = Vec::new();
    for alias in aliases {
        let alias = &alias.value;
        let key = compact(alias);
        if said.insert(key) {
            let slug_like = crate::slug::is_valid(alias);
            words.push(text(if slug_like {
                alias.replace('-', " ")
            } else {
                alias.clone()
            }));
        }
    }
    list(words)
}

fn toc(headings: &[Heading]) -> Value {
    list(headings.iter().map(|heading| {
        object([
            ("level", Value::from(u64::from(heading.level))),
            ("id", text(&heading.id)),
            ("text", text(&heading.text)),
        ])
    }))
}
