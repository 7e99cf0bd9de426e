//! The front matter of a study.

use jiff::civil::Date;

use super::details::{
    read_configurations, read_effort, read_evidence, read_outcomes, read_partners, read_related,
    read_sources,
};
use super::factors::{all_themes, read_citations};
use super::participation::read_participation;
use super::{Context, Head, choices, distinct, read_aliases, read_day, read_head, text};
use crate::content::account::{Account, FrontMatter};
use crate::content::shapes::{PERIOD, STUDY};
use crate::content::study::{ANONYMISED, Direction, Status, Study};
use crate::date::PartialDate;
use crate::diagnostics::{Sink, Span, Spanned, rules};
use crate::id::Id;
use crate::source::yaml::Node;
use crate::source::{Record, start_of};
use crate::vocabulary::{ListField, System, Vocabulary};

/// Reads a study's front matter. Returns `None` when something required can't be used; everything was reported.
pub(in crate::content) fn read(
    slug: &str,
    tree: &Spanned<Node<'_>>,
    fence: Span,
    context: &Context<'_>,
    sink: &mut Sink,
) -> Option<FrontMatter> {
    let record = Record::open(tree, &STUDY, fence.clone(), sink)?;
    let vocabulary = context.vocabulary;
    let Head {
        title,
        summary,
        status,
        latest,
        published,
        updated,
    } = read_head(&record, context, sink);
    let reviewed = read_day(&record, "reviewed", latest, sink);
    if status == Status::Published
        && let Some(read) = reviewed.as_ref().or(published.as_ref())
        && let Some(due) = context.config.review.due(read.value)
    {
        rules::review_overdue::check(due, context.today, read.span.clone(), sink);
    }
    let withdrawn_reason = text(&record, "withdrawn_reason", sink);
    if status == Status::Withdrawn
        && withdrawn_reason.is_none()
        && !record.is_lost("withdrawn_reason")
        && let Some(span) = record.node("status").map(|node| node.span.clone())
    {
        rules::withdrawn_without_reason::report(span, sink);
    }
    let given = record.one_or_many("ics", sink).into_iter();
    let systems = given.filter_map(|given| {
        let system = vocabulary
            .systems
            .resolve(&given, &rules::UNKNOWN_SYSTEM, sink)?;
        Some(Spanned::new(system, given.span))
    });
    let systems = distinct(systems, |system| &system.value);
    check_anonymised(&systems, vocabulary, sink);
    let system_inferred = read_basis(&record, sink);
    let levels = choices(&record, "level", ListField::Level, vocabulary, sink);
    let organisational_levels = choices(
        &record,
        "organisational_level",
        ListField::OrganisationalLevel,
        vocabulary,
        sink,
    );
    let (start, end) = read_period(&record, latest, sink);
    check_life(&systems, system_inferred, start, end, vocabulary, sink);
    let named: Vec<_> = record
        .texts("themes", sink)
        .iter()
        .filter_map(|theme| {
            vocabulary
                .themes
                .resolve(theme, &rules::UNKNOWN_THEME, sink)
        })
        .collect();
    let (citations, said) = read_citations(&record, fence.clone(), vocabulary, sink);
    let themes = all_themes(named, &citations, vocabulary);
    let tags = themes.len() + citations.len();
    check_tags(tags, context.config.limits.tags_per_study, &record, sink);
    let (design, evidence) = read_evidence(&record, fence, vocabulary, sink);
    let account = Account {
        withdrawn_reason,
        population: text(&record, "population", sink),
        outcomes: read_outcomes(&record, vocabulary, sink),
        configurations: read_configurations(&record, sink),
        effort: read_effort(&record, sink),
        evidence,
    };
    let study = Study {
        slug: slug.to_owned(),
        path: sink.path().clone(),
        title: String::new(),
        status,
        published: Date::ZERO,
        updated,
        reviewed: reviewed.map(|day| day.value),
        aliases: read_aliases(&record, sink),
        systems: systems.iter().map(|system| system.value).collect(),
        system_inferred,
        place: text(&record, "place", sink),
        levels,
        organisational_levels,
        start,
        end,
        partners: read_partners(&record, vocabulary, sink),
        programme: record
            .text("programme", sink)
            .and_then(|given| vocabulary.choice(ListField::Programme, &given, sink)),
        themes,
        citations,
        participation: read_participation(&record, vocabulary, sink),
        design,
        sources: read_sources(&record, context.references, sink),
        references: record
            .texts("references", sink)
            .iter()
            .filter_map(|given| {
                context
                    .references
                    .resolve(given, &rules::UNKNOWN_REFERENCE, sink)
            })
            .collect(),
        related: read_related(&record, slug, vocabulary, sink),
    };
    if study.systems.is_empty() || study.levels.is_empty() {
        return None;
    }
    let study = Study {
        title: title?.value,
        published: published?.value,
        ..study
    };
    Some(FrontMatter {
        study,
        summary: summary?.value,
        said,
        account,
    })
}

/// A study about everything is about nothing. The place is where its factors begin.
fn check_tags(tags: usize, limit: usize, record: &Record<'_, '_>, sink: &mut Sink) {
    let mut keys = Direction::ALL.iter().map(|direction| direction.key());
    let first = keys.find_map(|key| record.key_span(key));
    if let Some(span) = first.filter(|_| tags > limit) {
        let message = format!("the study has {tags} themes and factors; the limit is {limit}");
        let diagnostic = sink
            .diagnostic(&rules::TOO_MANY_TAGS, span, message)
            .help("keep the factors that it says most about");
        sink.push(diagnostic);
    }
}

/// An anonymised case is never tied to a named system.
fn check_anonymised(systems: &[Spanned<Id<System>>], vocabulary: &Vocabulary, sink: &mut Sink) {
    let anonymised = systems
        .iter()
        .find(|given| vocabulary.systems.get(given.value).id == ANONYMISED);
    if let Some(given) = anonymised.filter(|_| systems.len() > 1) {
        let diagnostic = sink
            .diagnostic(
                &rules::BAD_VALUE,
                given.span.clone(),
                "an anonymised study can't name a system as well",
            )
            .help("keep one of the two: the system, or `anonymised`");
        sink.push(diagnostic);
    }
}

fn read_basis(record: &Record<'_, '_>, sink: &mut Sink) -> bool {
    let Some(basis) = record.text("ics_basis", sink) else {
        return false;
    };
    match basis.value.as_str() {
        "stated" => false,
        "inferred" => true,
        _ => {
            let diagnostic = sink
                .diagnostic(
                    &rules::BAD_VALUE,
                    basis.span,
                    "`ics_basis` must be `stated` or `inferred`",
                )
                .help("stated: the source names the system; inferred: somebody worked it out from the place");
            sink.push(diagnostic);
            true
        }
    }
}

fn read_period(
    record: &Record<'_, '_>,
    latest: Date,
    sink: &mut Sink,
) -> (Option<PartialDate>, Option<PartialDate>) {
    let Some(node) = record.node("period") else {
        return (None, None);
    };
    let Some(period) = Record::open(node, &PERIOD, start_of(node), sink) else {
        return (None, None);
    };
    let start = period.partial_date("start", sink);
    let end = period.partial_date("end", sink);
    if let Some(start) = &start {
        // A study may tell of work that goes on, so its end may lie ahead.
        rules::future_date::check("start", start, latest, sink);
    }
    if let (Some(start), Some(end)) = (&start, &end)
        && start.value.first_day() > end.value.last_day()
    {
        let diagnostic = sink
            .diagnostic(
                &rules::REVERSED_PERIOD,
                end.span.clone(),
                "the period ends before it begins",
            )
            .label(sink.path(), start.span.clone(), "it begins here")
            .help("correct the date that is wrong");
        sink.push(diagnostic);
    }
    (start.map(|date| date.value), end.map(|date| date.value))
}

/// A study that began after its system ceased belongs to a successor. One that ended before its system began is
/// worth a word only when the source itself is said to name the system: editors file older work by area.
fn check_life(
    systems: &[Spanned<Id<System>>],
    inferred: bool,
    start: Option<PartialDate>,
    end: Option<PartialDate>,
    vocabulary: &Vocabulary,
    sink: &mut Sink,
) {
    for given in systems {
        let system = vocabulary.systems.get(given.value);
        if let (Some(start), Some(ceased)) = (start, system.valid_to)
            && start.first_day() > ceased.last_day()
        {
            let mut diagnostic = sink.diagnostic(
                &rules::OUTSIDE_SYSTEM_LIFE,
                given.span.clone(),
                format!(
                    "`{}` ceased {}, before this study began",
                    system.id,
                    ceased.when_in_words()
                ),
            );
            let followed: Vec<String> = system
                .successors
                .iter()
                .map(|successor| {
                    let id = &vocabulary.systems.get(successor.system).id;
                    match &successor.part {
                        Some(part) => format!("{id} ({part})"),
                        None => id.clone(),
                    }
                })
                .collect();
            if !followed.is_empty() {
                diagnostic = diagnostic.help(format!("it was followed by {}", followed.join(", ")));
            }
            if let [only] = system.successors.as_slice() {
                let id = &vocabulary.systems.get(only.system).id;
                diagnostic = diagnostic.suggest(id, format!("did you mean `{id}`?"));
            }
            sink.push(diagnostic);
        }
        if let (Some(end), Some(began)) = (end, system.valid_from)
            && !inferred
            && end.last_day() < began.first_day()
        {
            let predecessors: Vec<_> = system
                .predecessors
                .iter()
                .map(|predecessor| vocabulary.systems.get(predecessor.system).id.as_str())
                .collect();
            let help = if predecessors.is_empty() {
                "add `ics_basis: inferred` if the source doesn't name the system itself".to_owned()
            } else {
                format!("it was made out of {}", predecessors.join(", "))
            };
            let diagnostic = sink
                .diagnostic(
                    &rules::OUTSIDE_SYSTEM_LIFE,
                    given.span.clone(),
                    format!(
                        "`{}` began {}, after this study had ended",
                        system.id,
                        began.when_in_words()
                    ),
                )
                .help(help);
            sink.push(diagnostic);
        }
    }
}
