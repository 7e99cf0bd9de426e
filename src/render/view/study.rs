//! The page of a study.

use anyhow::Result;
use tera::Value;

use super::super::value::{list, markup, object, optional, text};
use super::cards::period;
use super::points::opposite;
use super::{Fields, Site, choice_labels, terms, toc};
use crate::config::Config;
use crate::content::{Citation, Direction, Library, Participation, Source, Status, Study};
use crate::date;
use crate::graph::Reason;
use crate::id::Id;
use crate::vocabulary::Choice;

/// How many similar studies are shown besides those that authors linked.
const RELATED: usize = 6;
/// The counterpoints of so many factors are shown at once; those of more are folded up.
const UNFOLDED: usize = 4;
/// A body with fewer headings needs no table of contents.
const MIN_TOC: usize = 3;

/// Values of `study.html`.
///
/// # Errors
/// When a component of the skin fails.
pub(in crate::render) fn study(id: Id<Study>, site: &Site<'_>) -> Result<Fields> {
    let study = site.library.study(id);
    let body = site.body(&study.path);
    let headings = body.map_or(&[][..], |body| &body.headings);
    let (groups, counterpoints) = factors(id, study, site)?;
    Ok(vec![
        ("study", facts(study, site)),
        ("groups", groups),
        ("counterpoints", counterpoints),
        (
            "toc",
            toc(if headings.len() >= MIN_TOC {
                headings
            } else {
                &[]
            }),
        ),
        ("body", markup(body.map_or("", |body| &body.html))),
        ("linked", linked(id, site)),
        ("related", related(id, site)),
        ("mentions", mentions(&study.path, site)),
        ("edit_url", optional(site.edit_url(&study.path))),
        ("citation", text(citation(study, site.config))),
    ])
}

fn facts(study: &Study, site: &Site<'_>) -> Value {
    let partners = study.partners.iter().map(|partner| {
        object([
            ("name", text(&partner.name)),
            (
                "kind",
                optional(partner.kind.as_ref().map(|kind| &kind.label)),
            ),
        ])
    });
    let effort = study.effort.iter().map(|(key, words)| {
        let label = match *key {
            "staff" => "Staff",
            "cost" => "Cost",
            _ => "Time",
        };
        object([("label", text(label)), ("text", text(words))])
    });
    let day = |day: Option<jiff::civil::Date>| optional(day.map(date::in_words));
    object([
        ("title", text(&study.title)),
        ("summary", text(&study.summary)),
        ("status", text(study.status.as_str())),
        (
            "withdrawn_reason",
            optional(study.withdrawn_reason.as_deref()),
        ),
        (
            "systems",
            list(study.systems.iter().map(|system| site.system_link(*system))),
        ),
        ("system_inferred", Value::from(study.system_inferred)),
        ("place", optional(study.place.as_deref())),
        ("levels", choice_labels(&study.levels)),
        (
            "organisational_levels",
            choice_labels(&study.organisational_levels),
        ),
        ("period", optional(period(study))),
        ("population", optional(study.population.as_deref())),
        ("partners", list(partners)),
        (
            "programme",
            optional(study.programme.as_ref().map(|programme| &programme.label)),
        ),
        (
            "themes",
            list(study.themes.iter().map(|theme| site.theme_link(*theme))),
        ),
        (
            "participation",
            study
                .participation
                .as_ref()
                .map_or_else(Value::none, participation),
        ),
        ("outcomes", list(outcomes(study))),
        ("configurations", list(configurations(study))),
        ("effort", list(effort)),
        (
            "design",
            optional(study.evidence.design.as_ref().map(|design| &design.label)),
        ),
        ("evidence_note", optional(study.evidence.note.as_deref())),
        (
            "limitations",
            optional(study.evidence.limitations.as_deref()),
        ),
        ("sources", list(sources(study, site))),
        ("references", list(references(study, site))),
        ("published", text(study.published.to_string())),
        ("published_words", text(date::in_words(study.published))),
        ("updated_words", day(study.updated)),
        ("reviewed_words", day(study.reviewed)),
        ("review_due_words", day(review_due(study, site.config))),
    ])
}

/// When somebody should ask again whether the study is still true.
fn review_due(study: &Study, config: &Config) -> Option<jiff::civil::Date> {
    config.review.due(study.reviewed.unwrap_or(study.published))
}

fn participation(participation: &Participation) -> Value {
    let label = |choice: &Option<Choice>| choice.as_ref().map(|choice| choice.label.clone());
    let level = match (label(&participation.from), label(&participation.to)) {
        (Some(from), Some(to)) if from != to => Some(format!("{from} to {to}")),
        (from, to) => from.or(to).map(|level| level.to_string()),
    };
    object([
        ("level", optional(level)),
        ("sphere", optional(label(&participation.sphere))),
    ])
}

fn outcomes(study: &Study) -> impl Iterator<Item = Value> {
    study.outcomes.iter().map(|outcome| {
        let direction = outcome.direction.as_ref();
        object([
            ("measure", text(&outcome.measure)),
            ("aim", optional(outcome.aim.as_ref().map(|aim| &aim.label))),
            ("finding", optional(outcome.finding.as_deref())),
            (
                "direction",
                optional(direction.map(|direction| &direction.label)),
            ),
            (
                "direction_id",
                optional(direction.map(|direction| &direction.id)),
            ),
        ])
    })
}

fn configurations(study: &Study) -> impl Iterator<Item = Value> {
    study.configurations.iter().map(|configuration| {
        object([
            ("context", text(&configuration.context)),
            ("mechanism", text(&configuration.mechanism)),
            ("outcome", text(&configuration.outcome)),
        ])
    })
}

fn sources(study: &Study, site: &Site<'_>) -> impl Iterator<Item = Value> {
    study.sources.iter().map(|source| {
        let (reference, url, place) = match source {
            Source::Reference(reference, place) => {
                (site.cards.reference(*reference), None, place.as_deref())
            }
            Source::Url(url, place) => (Value::none(), Some(url), place.as_deref()),
        };
        object([
            ("reference", reference),
            ("url", optional(url)),
            ("place", optional(place)),
        ])
    })
}

/// What a study cites beyond its sources, which the page names by themselves.
fn references(study: &Study, site: &Site<'_>) -> impl Iterator<Item = Value> {
    study
        .references
        .iter()
        .filter(|reference| {
            !study
                .sources
                .iter()
                .any(|source| matches!(source, Source::Reference(known, _) if known == *reference))
        })
        .map(|reference| site.cards.reference(*reference))
}

/// The factors by direction, and their counterpoints.
///
/// # Errors
/// When a component of the skin fails.
fn factors(id: Id<Study>, study: &Study, site: &Site<'_>) -> Result<(Value, Value)> {
    if study.status == Status::Withdrawn {
        return Ok((list([]), list([])));
    }
    let mut groups = Vec::new();
    let mut points = Vec::new();
    for direction in Direction::ALL {
        let mut entries = Vec::new();
        for citation in study.citations_of(direction) {
            let shown = opposite(id, citation, site)?;
            let turn = shown.as_ref().map(|shown| shown.turn.clone());
            entries.push(entry(citation, turn, site));
            points.extend(shown);
        }
        if !entries.is_empty() {
            groups.push(object([
                ("direction", site.direction(direction)),
                ("entries", list(entries)),
            ]));
        }
    }
    let fold = points.len() > UNFOLDED;
    let counterpoints = points
        .into_iter()
        .map(|shown| if fold { shown.folded } else { shown.unfolded });
    Ok((list(groups), list(counterpoints)))
}

fn entry(citation: &Citation, turn: Option<Value>, site: &Site<'_>) -> Value {
    let factor = site.library.vocabulary.factors.get(citation.factor);
    object([
        ("label", text(&factor.label)),
        ("path", text(factor.output_path())),
        ("evidence", optional(citation.evidence.as_deref())),
        ("terms", terms(citation)),
        ("turn", turn.unwrap_or_else(Value::none)),
    ])
}

/// Studies that authors linked, with the relation in words.
fn linked(id: Id<Study>, site: &Site<'_>) -> Value {
    list(site.graph.links.of(id).iter().map(|link| {
        object([
            ("study", site.cards.study(link.study)),
            ("relation", text(upper_first(&link.relation))),
        ])
    }))
}

/// Similar studies, with the reasons in words; those that authors linked stand by themselves.
fn related(id: Id<Study>, site: &Site<'_>) -> Value {
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
                ("study", site.cards.study(neighbour.study)),
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
                format!("both: {} {}", here.noun(), lower_first(factor))
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

fn mentions(path: &str, site: &Site<'_>) -> Value {
    list(site.graph.links.mentions(path).iter().map(|mention| {
        object([
            ("title", text(&mention.title)),
            ("path", text(&mention.address)),
            ("kind", text(mention.kind)),
        ])
    }))
}

/// How to cite the page, in one line.
fn citation(study: &Study, config: &Config) -> String {
    format!(
        "{}. {}, {}. {}",
        study.title.trim_end_matches('.'),
        config.title,
        date::in_words(study.modified()),
        config.base_url.public(&study.output_path())
    )
}
