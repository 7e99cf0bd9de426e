//! Cards: the short form of a study or a reference, made when first asked for and shared by every page that lists it.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use anyhow::{Result, bail};
use rayon::prelude::*;
use tera::{Tera, Value};

use super::super::value::{fragment, fragment_from, list, markup, object, optional, text, up};
use super::choice_labels;
use super::shared::{Made, Shared};
use crate::content::{Direction, Library, Reference, Study};
use crate::date;
use crate::id::Id;

/// The cards that one page asks for.
///
/// The components `study_card`, `study_row` and `study_line` are rendered once a study, not once for each of the
/// thousands of lists that it stands in. Rows and lines stand on pages two folders deep; cards also on others. So is
/// `study_item`, for pages three folders deep. Only cards show the summary: pages that have a study in brief stay as they are
/// when that is edited.
///
/// Cards stand deep inside of lists, where no error could be handed on: one whose component fails is empty, and
/// [`Cards::are_whole`] tells.
pub(crate) struct Cards<'s> {
    library: &'s Library,
    tera: &'s Tera,
    shared: &'s Shared,
    failure: OnceLock<String>,
}

/// The card of a study in its forms.
#[derive(Default)]
pub(super) struct StudyCard {
    /// What names it.
    brief: Made<Value>,
    /// All that a card may show.
    value: Made<Value>,
    /// The component `study_card`, with [`ROOT`] where the way to the root of the site has to be.
    markup: Made<String>,
    /// The components `study_row` and `study_line`, for pages two folders deep.
    row: Made<Value>,
    line: Made<Value>,
    /// The component `study_item`, for pages three folders deep.
    item: Made<String>,
}

/// Stands for the way from a page to the root of the site, which differs between the pages that show a card.
const ROOT: char = '\u{1}';

impl<'s> Cards<'s> {
    pub(super) fn new(library: &'s Library, tera: &'s Tera, shared: &'s Shared) -> Self {
        Self {
            library,
            tera,
            shared,
            failure: OnceLock::new(),
        }
    }

    /// Whether the component of every card could be rendered.
    ///
    /// # Errors
    /// That of the first one that failed.
    pub(in crate::render) fn are_whole(&self) -> Result<()> {
        match self.failure.get() {
            None => Ok(()),
            Some(failure) => bail!("{failure}"),
        }
    }

    /// Makes the cards of all studies, unless it is told to stop.
    pub(in crate::render) fn make_all(&self, stop: impl Fn() -> bool + Sync) {
        let studies: Vec<Id<Study>> = self.library.studies().map(|(id, _)| id).collect();
        studies.par_iter().filter(|_| !stop()).for_each(|id| {
            self.markup(*id);
            self.item(*id);
        });
    }

    fn markup(&self, id: Id<Study>) -> &str {
        let make = || self.component(&ROOT.to_string(), "study_card", self.study(id));
        let made = self.shared.studies[id.index()].markup.get(make);
        self.noting(made).map_or("", String::as_str)
    }

    /// A component that is given a study, for pages from which `root` leads to the root of the site.
    fn component(&self, root: &str, name: &str, study: Value) -> Result<String> {
        let markup = fragment_from(root, self.tera, name, [("study", study)])?;
        Ok(markup.as_str().unwrap_or_default().to_owned())
    }

    fn noting<'v, T>(&self, made: &'v Result<T, String>) -> Option<&'v T> {
        match made {
            Ok(made) => Some(made),
            Err(failure) => {
                self.failure.get_or_init(|| failure.clone());
                None
            }
        }
    }

    fn shown(&self, made: &Result<Value, String>) -> Value {
        self.noting(made).cloned().unwrap_or_else(Value::none)
    }

    /// A study in brief: what names it.
    pub(super) fn brief(&self, id: Id<Study>) -> Value {
        let make = || Ok(brief_value(self.library.study(id), self.library));
        self.shown(self.shared.studies[id.index()].brief.get(make))
    }

    /// A study in brief as a row of a list, for pages two folders deep.
    pub(super) fn row(&self, id: Id<Study>) -> Value {
        let make = || fragment(self.tera, "study_row", [("study", self.brief(id))]);
        self.shown(self.shared.studies[id.index()].row.get(make))
    }

    /// A study in brief as the source of a sentence, for pages two folders deep.
    pub(super) fn line(&self, id: Id<Study>) -> Value {
        let make = || fragment(self.tera, "study_line", [("study", self.brief(id))]);
        self.shown(self.shared.studies[id.index()].line.get(make))
    }

    /// All that a card may show of a study.
    pub(super) fn study(&self, id: Id<Study>) -> Value {
        let make = || Ok(study_value(id, self.library, self.shared));
        self.shown(self.shared.studies[id.index()].value.get(make))
    }

    pub(super) fn studies(&self, ids: impl IntoIterator<Item = Id<Study>>) -> Value {
        list(ids.into_iter().map(|id| self.study(id)))
    }

    /// How many studies there are, and the markup of their cards, for a page two folders deep.
    pub(super) fn list(&self, ids: &[Id<Study>]) -> Value {
        self.part(ids, ids.len(), None)
    }

    /// The same for the first of more studies, with the path of the page that has all of them.
    pub(super) fn part(&self, ids: &[Id<Study>], count: usize, all: Option<String>) -> Value {
        object([
            ("count", Value::from(count)),
            ("shown", Value::from(ids.len())),
            ("cards", self.cards(&up(2), ids)),
            ("all", optional(all)),
        ])
    }

    /// The markup of cards for a page from which `root` leads to the root of the site. On long lists a map for each
    /// study would cost more than all the rest of the page.
    pub(super) fn cards(&self, root: &str, ids: &[Id<Study>]) -> Value {
        let cards: Vec<&str> = ids.iter().map(|id| self.markup(*id)).collect();
        let room = |card: &&str| card.len() + root.len() + 1;
        let mut html = String::with_capacity(cards.iter().map(room).sum());
        for card in cards {
            let mut parts = card.split(ROOT);
            html.push_str(parts.next().unwrap_or_default());
            for part in parts {
                html.push_str(root);
                html.push_str(part);
            }
            html.push('\n');
        }
        markup(&html)
    }

    /// An item of a list on a page three folders deep.
    pub(super) fn item(&self, id: Id<Study>) -> &str {
        let make = || self.component(&up(3), "study_item", self.brief(id));
        let made = self.shared.studies[id.index()].item.get(make);
        self.noting(made).map_or("", String::as_str)
    }

    pub(super) fn reference(&self, id: Id<Reference>) -> Value {
        let make = || reference_card(self.library.references.get(id), self.tera);
        self.shown(self.shared.references[id.index()].get(make))
    }
}

fn brief_value(study: &Study, library: &Library) -> Value {
    object([
        ("title", text(&study.title)),
        ("path", text(study.output_path())),
        ("status", text(study.status.as_str())),
        ("where", text(where_and_when(study, library))),
    ])
}

fn study_value(id: Id<Study>, library: &Library, shared: &Shared) -> Value {
    let study = library.study(id);
    let systems = study.systems.iter();
    let systems = systems.map(|system| shared.systems[system.index()].value.clone());
    let count = |direction| Value::from(study.citations_of(direction).count());
    object([
        ("title", text(&study.title)),
        ("path", text(study.output_path())),
        ("summary", text(library.summary(id))),
        ("status", text(study.status.as_str())),
        ("systems", list(systems)),
        ("place", optional(study.place.as_deref())),
        ("levels", choice_labels(&study.levels)),
        ("period", optional(study.period_in_words())),
        ("where", text(where_and_when(study, library))),
        (
            "design",
            optional(study.design.as_ref().map(|design| &design.label)),
        ),
        ("published", text(study.published.to_string())),
        ("published_words", text(date::in_words(study.published))),
        ("enablers", count(Direction::Enabler)),
        ("barriers", count(Direction::Barrier)),
        ("mixed", count(Direction::Mixed)),
    ])
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
    parts.extend(study.period_in_words());
    parts.join(" · ")
}

fn reference_card(reference: &Reference, tera: &Tera) -> Result<Value> {
    let mut fields = vec![
        ("id", text(&reference.id)),
        ("title", text(&reference.title)),
        ("path", text(reference.output_path())),
        ("authors", text(authors(reference))),
        ("year", text(reference.year_label())),
        ("publisher", optional(reference.publisher.as_deref())),
        ("kind", optional(reference.kind.as_deref())),
        ("doi", optional(reference.doi.as_deref())),
        ("link", optional(reference.link())),
    ];
    let map = |fields: &[_]| Value::from(fields.iter().cloned().collect::<BTreeMap<_, _>>());
    let entry = fragment(tera, "reference", [("ref", map(&fields))])?;
    fields.push(("entry", entry));
    Ok(map(&fields))
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
