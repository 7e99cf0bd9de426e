//! Studies and pages that a study stands near to: linked by authors, similar, or mentioning it.

use tera::Value;

use super::super::super::value::{list, object, optional, text};
use super::super::Site;
use super::super::compare::pair_path;
use crate::content::{Library, Study};
use crate::graph::Reason;
use crate::id::Id;

/// How many similar studies are shown besides those that authors linked.
const RELATED: usize = 6;

/// Studies that authors linked, with the relation in words.
pub(super) fn linked(id: Id<Study>, site: &Site<'_>) -> Value {
    list(site.graph.links.of(id).iter().map(|link| {
        let pair = site.graph.links.pair(id, link.study);
        let pair = pair.map(|pair| pair_path(pair, site.library));
        object([
            ("pair", optional(pair)),
            ("study", site.cards.brief(link.study)),
            ("row", site.cards.row(link.study)),
            ("relation", text(upper_first(&link.relation))),
        ])
    }))
}

/// Similar studies, with the reasons in words; those that authors linked stand by themselves.
pub(super) fn related(id: Id<Study>, site: &Site<'_>) -> Value {
    let linked = site.graph.links.of(id);
    let similar = site
        .graph
        .related(id, site.library)
        .iter()
        .filter(|neighbour| linked.iter().all(|link| link.study != neighbour.study))
        .take(RELATED)
        .map(|neighbour| {
            let reasons = neighbour
                .reasons
                .iter()
                .map(|reason| text(reason_words(*reason, id, site.library)));
            object([
                ("study", site.cards.brief(neighbour.study)),
                ("row", site.cards.row(neighbour.study)),
                ("reasons", list(reasons)),
            ])
        });
    list(similar)
}

fn reason_words(reason: Reason, study: Id<Study>, library: &Library) -> String {
    let vocabulary = &library.vocabulary;
    match reason {
        Reason::Factor(factor, here, there) => {
            let factor = &vocabulary.factors.get(factor).label;
            if here == there {
                format!("{}: {} in both", lower_first(factor), here.noun())
            } else {
                format!(
                    "{}: {} here, {} there",
                    lower_first(factor),
                    here.noun(),
                    there.noun()
                )
            }
        }
        Reason::Theme(theme) => {
            format!(
                "theme: {}",
                lower_first(&vocabulary.themes.get(theme).label)
            )
        }
        Reason::System(system) => format!("system: {}", vocabulary.systems.get(system).label),
        Reason::Programme => {
            let programme = library.study(study).programme.as_ref();
            format!(
                "programme: {}",
                programme.map_or("", |programme| &programme.label)
            )
        }
    }
}

/// A label at the start of a line: only its first letter is raised.
fn upper_first(label: &str) -> String {
    let mut chars = label.chars();
    let first = chars.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}

/// A label in the middle of a sentence: the first letter is lowered, unless the word is an abbreviation.
fn lower_first(label: &str) -> String {
    let mut chars = label.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if first.is_uppercase() && !second.is_uppercase() => {
            first.to_lowercase().collect::<String>() + &label[first.len_utf8()..]
        }
        _ => label.to_owned(),
    }
}

/// Pages whose text links to this one.
pub(super) fn mentions(path: &str, site: &Site<'_>) -> Value {
    list(site.graph.links.mentions(path).iter().map(|item| {
        object([
            ("title", text(item.title(site.library))),
            ("path", text(item.output_path(site.library))),
            ("kind", text(item.kind())),
        ])
    }))
}
