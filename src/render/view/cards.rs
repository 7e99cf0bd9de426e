//! Cards: the short form of a study or a reference, made when first asked for and shared by every page that lists it.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use anyhow::{Result, anyhow, bail};
use rayon::prelude::*;
use tera::{Tera, Value};

use super::super::value::{
    fragment, fragment_from, link, list, markup, object, optional, text, up,
};
use super::choice_labels;
use super::shared::{Made, Shared};
use crate::content::{Direction, Library, Reference, Study};
use crate::date;
use crate::id::Id;

/// The cards that one page asks for.
///
/// The components `study_card`, `study_row` and `study_line` are rendered once a study, not once for each of the
/// thousands of lists that it stands in. Rows and lines stand on pages two folders deep; cards also on others. So is
/// `study_item`, for pages three folders deep.
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
    value: Made<Value>,
    /// The component `study_card`, with [`ROOT`] where the way to the root of the site has to be.
    markup: Made<String>,
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

    fn value(&self, id: Id<Study>) -> &Result<Value, String> {
        let make = || study_value(id, self.library, self.tera);
        self.shared.studies[id.index()].value.get(make)
    }

    fn markup(&self, id: Id<Study>) -> &str {
        let make = || self.component(ROOT.encode_utf8(&mut [0; 4]), "study_card", id);
        let made = self.shared.studies[id.index()].markup.get(make);
        self.noting(made).map_or("", String::as_str)
    }

    /// A component that is given a study, from which `root` leads to the root of the site.
    fn component(&self, root: &str, name: &str, id: Id<Study>) -> Result<String> {
        let value = self
            .value(id)
            .clone()
            .map_err(|failure| anyhow!("{failure}"))?;
        let markup = fragment_from(root, self.tera, name, [("study", value)])?;
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

    pub(super) fn study(&self, id: Id<Study>) -> Value {
        self.noting(self.value(id))
            .cloned()
            .unwrap_or_else(Value::none)
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
        let make = || self.component(&up(3), "study_item", id);
        let made = self.shared.studies[id.index()].item.get(make);
        self.noting(made).map_or("", String::as_str)
    }

    pub(super) fn reference(&self, id: Id<Reference>) -> Value {
        let make = || reference_card(self.library.references.get(id), self.tera);
        self.noting(self.shared.references[id.index()].get(make))
            .cloned()
            .unwrap_or_else(Value::none)
    }
}

fn study_value(id: Id<Study>, library: &Library, tera: &Tera) -> Result<Value> {
    let study = library.study(id);
    let systems = study.systems.iter().map(|system| {
        let system = library.vocabulary.systems.get(*system);
        link(&system.label, system.output_path())
    });
    let count = |direction| Value::from(study.citations_of(direction).count());
    let fields = [
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
    ];
    let plain = object(fields.clone());
    let row = fragment(tera, "study_row", [("study", plain.clone())])?;
    let line = fragment(tera, "study_line", [("study", plain)])?;
    Ok(with(fields, [("row", row), ("line", line)]))
}

/// Where and when a study took place, in one line: at most two systems by name.
pub(super) fn where_and_when(study: &Study, library: &Library) -> String {
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
    let fields = [
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
    let entry = fragment(tera, "reference", [("ref", object(fields.clone()))])?;
    Ok(with(fields, [("entry", entry)]))
}

/// A map of these fields and their markup.
fn with<const N: usize, const M: usize>(
    fields: [(&'static str, Value); N],
    markup: [(&'static str, Value); M],
) -> Value {
    Value::from(fields.into_iter().chain(markup).collect::<BTreeMap<_, _>>())
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
