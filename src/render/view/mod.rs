//! What templates are given: one function for each kind of page. Templates hold layout; everything that is decided,
//! counted, sorted or worded is decided here.

mod cards;
mod data;
mod factor;
mod home;
mod lists;
mod network;
mod points;
mod reference;
mod review;
mod study;
mod system;
mod theme;

pub(super) use data::{configurations, coverage};
pub(super) use factor::{factor, factors};
pub(super) use home::home;
pub(super) use lists::{glossary, studies};
pub(super) use network::network;
pub(super) use reference::{reference, references};
pub(super) use review::{page, review, reviews};
pub(super) use study::study;
pub(super) use system::{system, systems};
pub(super) use theme::{theme, themes};

use std::sync::OnceLock;

use rustc_hash::FxHashSet;
use tera::{Tera, Value};

use self::cards::{Cards, StudyCard};
use self::points::Shown;
use super::value::{link, list, object, optional, text};
use crate::config::Config;
use crate::content::{Citation, Direction, Library};
use crate::diagnostics::Spanned;
use crate::graph::Graph;
use crate::id::Id;
use crate::markdown::{Bodies, Heading, Rendered};
use crate::percent::encode_path;
use crate::vocabulary::suggest::compact;
use crate::vocabulary::{Choice, Factor, System, Theme};

/// A part of pages, made when it is first asked for; a mistake of the skin is kept as its message.
type Made<T> = OnceLock<Result<T, String>>;

/// What many pages show alike, each made when the first page asks for it.
pub struct Shared {
    studies: Vec<Made<StudyCard>>,
    references: Vec<Made<Value>>,
    /// The counterpoints by factor and by its direction on the page.
    points: Vec<[Made<Option<Shown>>; 3]>,
    directions: [Value; 3],
}

impl Shared {
    /// Room for what the pages of a library share.
    pub fn new(library: &Library) -> Self {
        let factors = library.vocabulary.factors.ids();
        Self {
            studies: library.studies().map(|_| OnceLock::new()).collect(),
            references: library.references.iter().map(|_| OnceLock::new()).collect(),
            points: factors.map(|_| Default::default()).collect(),
            directions: Direction::ALL.map(direction_value),
        }
    }
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared").finish_non_exhaustive()
    }
}

/// Everything that one page is made from.
pub(super) struct Site<'s> {
    pub(super) config: &'s Config,
    pub(super) library: &'s Library,
    pub(super) graph: &'s Graph,
    pub(super) bodies: &'s Bodies,
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
        bodies: &'s Bodies,
        shared: &'s Shared,
        tera: &'s Tera,
    ) -> Self {
        Self {
            config,
            library,
            graph,
            bodies,
            cards: Cards::new(library, tera, shared),
            shared,
            tera,
        }
    }

    /// A direction with its word and its shape.
    fn direction(&self, direction: Direction) -> Value {
        self.shared.directions[direction as usize].clone()
    }

    fn theme_link(&self, theme: Id<Theme>) -> Value {
        let theme = self.library.vocabulary.themes.get(theme);
        link(&theme.label, theme.output_path())
    }

    fn factor_link(&self, factor: Id<Factor>) -> Value {
        let factor = self.library.vocabulary.factors.get(factor);
        link(&factor.label, factor.output_path())
    }

    fn system_link(&self, system: Id<System>) -> Value {
        let system = self.library.vocabulary.systems.get(system);
        link(&system.label, system.output_path())
    }

    /// How many studies cite a factor in each direction.
    fn counts(&self, factor: Id<Factor>) -> Counts {
        Counts(Direction::ALL.map(|direction| self.graph.tags.factor(factor, direction).len()))
    }

    /// A factor with its counts, as lists of factors show it.
    fn factor_row(&self, factor: Id<Factor>, counts: Counts) -> Value {
        let term = self.library.vocabulary.factors.get(factor);
        object([
            ("label", text(&term.label)),
            ("path", text(term.output_path())),
            ("definition", text(&term.definition)),
            ("counts", counts.value()),
        ])
    }

    /// The rendered body of a file.
    fn body(&self, path: &str) -> Option<&Rendered> {
        self.bodies.get(path).map(AsRef::as_ref)
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

    pub(super) fn value(self) -> Value {
        object([
            ("enablers", Value::from(self.of(Direction::Enabler))),
            ("barriers", Value::from(self.of(Direction::Barrier))),
            ("mixed", Value::from(self.of(Direction::Mixed))),
            ("total", Value::from(self.total())),
        ])
    }
}

/// A direction as pages show it: its key, the words for it, and the shape that stands beside them.
fn direction_value(direction: Direction) -> Value {
    let (key, word, title, mark) = match direction {
        Direction::Enabler => ("enabler", "helped", "What helped", "\u{25b2}"),
        Direction::Barrier => ("barrier", "hindered", "What got in the way", "\u{25bc}"),
        Direction::Mixed => ("mixed", "mixed", "Both ways, or not said which", "\u{25c6}"),
    };
    object([
        ("key", text(key)),
        ("group", text(direction.key())),
        ("word", text(word)),
        ("title", text(title)),
        ("mark", text(mark)),
    ])
}

fn choice_labels(choices: &[Choice]) -> Value {
    list(choices.iter().map(|choice| text(&choice.label)))
}

/// On what terms a factor worked: condition, response, levels; `none` when nothing is said of that.
fn terms(citation: &Citation) -> Value {
    let Citation {
        condition,
        response,
        organisational_levels: levels,
        ..
    } = citation;
    if condition.is_none() && response.is_none() && levels.is_empty() {
        return Value::none();
    }
    object([
        ("condition", optional(condition.as_deref())),
        ("response", optional(response.as_deref())),
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
