//! `data/studies.json`: every public study with the keys of its front matter.

use serde::Serialize;

use super::{SCHEMA_VERSION, public, room};
use crate::config::Config;
use crate::content::{Account, Citation, Direction, Library, Said, Source, Study};
use crate::id::Id;
use crate::vocabulary::{Choice, Term};

/// Writes `{"schema_version":1,"studies":[…]}`, one study a line, so that two versions can be compared by line.
pub(in crate::render) fn studies_json(library: &Library, config: &Config) -> Vec<u8> {
    let mut out = Vec::with_capacity(room(library, 4_000));
    out.extend_from_slice(
        format!("{{\"schema_version\":{SCHEMA_VERSION},\"studies\":[").as_bytes(),
    );
    for (number, (id, _)) in public(library).enumerate() {
        out.extend_from_slice(if number == 0 { b"\n" } else { b",\n" });
        serde_json::to_writer(&mut out, &Record::new(id, library, config))
            .expect("invariant: a record is serialisable, and memory takes every byte");
    }
    out.extend_from_slice(b"\n]}\n");
    out
}

/// A study as data; what it doesn't have is left out.
#[derive(Serialize)]
struct Record<'s> {
    slug: &'s str,
    /// Absolute address of its page.
    url: String,
    title: &'s str,
    summary: &'s str,
    status: &'static str,
    published: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reviewed: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    aliases: Vec<&'s str>,
    ics: Vec<&'s str>,
    ics_basis: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<&'s str>,
    level: Vec<&'s str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    organisational_level: Vec<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<Period>,
    #[serde(skip_serializing_if = "Option::is_none")]
    population: Option<&'s str>,
    partners: Vec<Partner<'s>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    programme: Option<&'s str>,
    /// Those that the study names, and those of its factors.
    themes: Vec<&'s str>,
    enablers: Vec<Factor<'s>>,
    barriers: Vec<Factor<'s>>,
    mixed: Vec<Factor<'s>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    participation: Option<Participation<'s>>,
    outcomes: Vec<Outcome<'s>>,
    cmo: Vec<Chain<'s>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    effort: Option<Effort<'s>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<Evidence<'s>>,
    sources: Vec<SourceRecord<'s>>,
    references: Vec<&'s str>,
    related: Vec<Related<'s>>,
}

#[derive(Serialize)]
struct Period {
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<String>,
}

#[derive(Serialize)]
struct Partner<'s> {
    name: &'s str,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'s str>,
}

#[derive(Serialize)]
struct Factor<'s> {
    factor: &'s str,
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<&'s str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    organisational_level: Vec<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    condition: Option<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    response: Option<&'s str>,
}

#[derive(Serialize)]
struct Participation<'s> {
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sphere: Option<&'s str>,
}

#[derive(Serialize)]
struct Outcome<'s> {
    measure: &'s str,
    #[serde(skip_serializing_if = "Option::is_none")]
    aim: Option<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    finding: Option<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    direction: Option<&'s str>,
}

#[derive(Serialize)]
struct Chain<'s> {
    context: &'s str,
    mechanism: &'s str,
    outcome: &'s str,
}

#[derive(Serialize)]
struct Effort<'s> {
    #[serde(skip_serializing_if = "Option::is_none")]
    staff: Option<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cost: Option<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<&'s str>,
}

#[derive(Serialize)]
struct Evidence<'s> {
    #[serde(skip_serializing_if = "Option::is_none")]
    design: Option<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    limitations: Option<&'s str>,
}

#[derive(Serialize)]
struct SourceRecord<'s> {
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'s str>,
    #[serde(rename = "where", skip_serializing_if = "Option::is_none")]
    place: Option<&'s str>,
}

#[derive(Serialize)]
struct Related<'s> {
    study: &'s str,
    relation: &'s str,
}

impl<'s> Record<'s> {
    fn new(id: Id<Study>, library: &'s Library, config: &Config) -> Self {
        let (study, account) = (library.study(id), library.account(id));
        let vocabulary = &library.vocabulary;
        let factors = |direction| {
            library
                .cited(id, direction)
                .map(|(citation, said)| factor(citation, said, library))
                .collect()
        };
        Self {
            slug: &study.slug,
            url: config.base_url.public(&study.output_path()),
            title: &study.title,
            summary: library.summary(id),
            status: study.status.as_str(),
            published: study.published.to_string(),
            updated: study.updated.map(|day| day.to_string()),
            reviewed: study.reviewed.map(|day| day.to_string()),
            aliases: study
                .aliases
                .iter()
                .map(|alias| alias.value.as_str())
                .collect(),
            ics: study
                .systems
                .iter()
                .map(|system| vocabulary.systems.get(*system).id())
                .collect(),
            ics_basis: study.system_basis(),
            place: study.place.as_deref(),
            level: ids(&study.levels),
            organisational_level: ids(&study.organisational_levels),
            period: (study.start.is_some() || study.end.is_some()).then(|| Period {
                start: study.start.map(|date| date.to_string()),
                end: study.end.map(|date| date.to_string()),
            }),
            population: account.population.as_deref(),
            partners: study
                .partners
                .iter()
                .map(|partner| Partner {
                    name: &partner.name,
                    kind: id_of(partner.kind.as_ref()),
                })
                .collect(),
            programme: id_of(study.programme.as_ref()),
            themes: study
                .themes
                .iter()
                .map(|theme| vocabulary.themes.get(*theme).id())
                .collect(),
            enablers: factors(Direction::Enabler),
            barriers: factors(Direction::Barrier),
            mixed: factors(Direction::Mixed),
            participation: study
                .participation
                .as_ref()
                .map(|participation| Participation {
                    level: participation.level_id(),
                    sphere: id_of(participation.sphere.as_ref()),
                }),
            outcomes: account.outcomes.iter().map(outcome).collect(),
            cmo: account
                .configurations
                .iter()
                .map(|chain| Chain {
                    context: &chain.context,
                    mechanism: &chain.mechanism,
                    outcome: &chain.outcome,
                })
                .collect(),
            effort: effort(account),
            evidence: evidence(study, account),
            sources: study
                .sources
                .iter()
                .map(|source| source_record(source, library))
                .collect(),
            references: study
                .references
                .iter()
                .map(|reference| library.references.get(*reference).id.as_str())
                .collect(),
            related: study
                .related
                .iter()
                .filter(|related| {
                    let other = library.find_study(&related.study.value);
                    other.is_some_and(|id| library.study(id).is_public())
                })
                .map(|related| Related {
                    study: &related.study.value,
                    relation: &related.relation.id,
                })
                .collect(),
        }
    }
}

fn ids(choices: &[Choice]) -> Vec<&str> {
    choices.iter().map(|choice| choice.id.as_ref()).collect()
}

fn id_of(choice: Option<&Choice>) -> Option<&str> {
    choice.map(|choice| choice.id.as_ref())
}

fn factor<'s>(citation: &'s Citation, said: &'s Said, library: &'s Library) -> Factor<'s> {
    Factor {
        factor: library.vocabulary.factors.get(citation.factor).id(),
        evidence: said.evidence.as_deref(),
        organisational_level: ids(&citation.organisational_levels),
        condition: said.condition.as_deref(),
        response: said.response.as_deref(),
    }
}

fn outcome(outcome: &crate::content::Outcome) -> Outcome<'_> {
    Outcome {
        measure: &outcome.measure,
        aim: id_of(outcome.aim.as_ref()),
        finding: outcome.finding.as_deref(),
        direction: id_of(outcome.direction.as_ref()),
    }
}

fn effort(account: &Account) -> Option<Effort<'_>> {
    let effort = &account.effort;
    effort.iter().next().map(|_| Effort {
        staff: effort.staff.as_deref(),
        cost: effort.cost.as_deref(),
        time: effort.time.as_deref(),
    })
}

fn evidence<'s>(study: &'s Study, account: &'s Account) -> Option<Evidence<'s>> {
    let evidence = &account.evidence;
    let any = study.design.is_some() || evidence.note.is_some() || evidence.limitations.is_some();
    any.then(|| Evidence {
        design: id_of(study.design.as_ref()),
        note: evidence.note.as_deref(),
        limitations: evidence.limitations.as_deref(),
    })
}

fn source_record<'s>(source: &'s Source, library: &'s Library) -> SourceRecord<'s> {
    let (reference, url, place) = match source {
        Source::Reference(reference, place) => (
            Some(library.references.get(*reference).id.as_str()),
            None,
            place,
        ),
        Source::Url(url, place) => (None, Some(url.as_str()), place),
    };
    SourceRecord {
        reference,
        url,
        place: place.as_deref(),
    }
}
