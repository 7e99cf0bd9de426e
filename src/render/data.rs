//! The library as open data: `data/studies.json`, `data/studies.csv` and `data/vocabulary.json`.
//!
//! Keys are those of front matter. `schema_version` grows when a key changes its meaning or goes away.

use serde_json::{Map, Value, json};

use crate::config::Config;
use crate::content::{Citation, Direction, Library, Source, Study};
use crate::vocabulary::{Choice, Term};

/// Version of the shape of the JSON files.
const SCHEMA_VERSION: u32 = 1;

/// `data/studies.json`: `{"schema_version":1,"studies":[…]}`, all public studies in the order of their slugs.
pub(super) fn studies_json(library: &Library, config: &Config) -> Vec<u8> {
    let studies: Vec<Value> = public(library)
        .map(|study| study_json(study, library, config))
        .collect();
    pretty(&json!({"schema_version": SCHEMA_VERSION, "studies": studies}))
}

fn public(library: &Library) -> impl Iterator<Item = &Study> {
    library
        .studies()
        .map(|(_, study)| study)
        .filter(|study| study.is_public())
}

fn pretty(value: &Value) -> Vec<u8> {
    let mut bytes =
        serde_json::to_vec_pretty(value).expect("invariant: JSON values are serialisable");
    bytes.push(b'\n');
    bytes
}

fn study_json(study: &Study, library: &Library, config: &Config) -> Value {
    let vocabulary = &library.vocabulary;
    let mut out = Map::new();
    let mut set = |key: &str, value: Value| {
        if !value.is_null() {
            out.insert(key.to_owned(), value);
        }
    };
    let ids =
        |choices: &[Choice]| -> Value { choices.iter().map(|choice| choice.id.as_ref()).collect() };
    set("slug", study.slug.as_str().into());
    set("url", config.base_url.public(&study.output_path()).into());
    set("title", study.title.as_str().into());
    set("summary", study.summary.as_str().into());
    set("status", study.status.as_str().into());
    set("published", study.published.to_string().into());
    set("updated", study.updated.map(|day| day.to_string()).into());
    set("reviewed", study.reviewed.map(|day| day.to_string()).into());
    set(
        "ics",
        study
            .systems
            .iter()
            .map(|system| vocabulary.systems.get(*system).id())
            .collect(),
    );
    let basis = if study.system_inferred {
        "inferred"
    } else {
        "stated"
    };
    set("ics_basis", basis.into());
    set("place", study.place.as_deref().into());
    set("level", ids(&study.levels));
    if !study.organisational_levels.is_empty() {
        set("organisational_level", ids(&study.organisational_levels));
    }
    if study.start.is_some() || study.end.is_some() {
        let mut period = Map::new();
        for (key, date) in [("start", study.start), ("end", study.end)] {
            if let Some(date) = date {
                period.insert(key.to_owned(), date.to_string().into());
            }
        }
        set("period", period.into());
    }
    set("population", study.population.as_deref().into());
    set(
        "partners",
        study
            .partners
            .iter()
            .map(|partner| with_kind(&partner.name, partner.kind.as_ref()))
            .collect(),
    );
    set("programme", id(study.programme.as_ref()));
    set(
        "themes",
        study
            .themes
            .iter()
            .map(|theme| vocabulary.themes.get(*theme).id())
            .collect(),
    );
    for direction in Direction::ALL {
        set(
            direction.key(),
            study
                .citations_of(direction)
                .map(|citation| citation_json(citation, library))
                .collect(),
        );
    }
    if let Some(participation) = &study.participation {
        let level = match (&participation.from, &participation.to) {
            (Some(from), Some(to)) => Some(format!("{}..{}", from.id, to.id)),
            (from, _) => from.as_ref().map(|from| from.id.to_string()),
        };
        let mut value = Map::new();
        if let Some(level) = level {
            value.insert("level".to_owned(), level.into());
        }
        if let Some(sphere) = &participation.sphere {
            value.insert("sphere".to_owned(), sphere.id.as_ref().into());
        }
        set("participation", value.into());
    }
    set(
        "outcomes",
        study.outcomes.iter().map(outcome_json).collect(),
    );
    set(
        "cmo",
        study
            .configurations
            .iter()
            .map(|chain| {
                json!({
                    "context": chain.context,
                    "mechanism": chain.mechanism,
                    "outcome": chain.outcome,
                })
            })
            .collect(),
    );
    if !study.effort.is_empty() {
        let effort: Map<String, Value> = study
            .effort
            .iter()
            .map(|(key, text)| ((*key).to_owned(), text.as_str().into()))
            .collect();
        set("effort", effort.into());
    }
    set("evidence", evidence_json(study));
    set(
        "sources",
        study
            .sources
            .iter()
            .map(|source| source_json(source, library))
            .collect(),
    );
    set(
        "references",
        study
            .references
            .iter()
            .map(|reference| library.references.get(*reference).id.as_str())
            .collect(),
    );
    set(
        "related",
        study
            .related
            .iter()
            .map(|related| {
                json!({"study": related.study.value, "relation": related.relation.id.as_ref()})
            })
            .collect(),
    );
    out.into()
}

fn id(choice: Option<&Choice>) -> Value {
    choice.map(|choice| choice.id.as_ref()).into()
}

fn with_kind(name: &str, kind: Option<&Choice>) -> Value {
    let mut value = json!({"name": name});
    if let Some(kind) = kind {
        value["kind"] = kind.id.as_ref().into();
    }
    value
}

fn citation_json(citation: &Citation, library: &Library) -> Value {
    let mut value = json!({"factor": library.vocabulary.factors.get(citation.factor).id()});
    let texts = [
        ("evidence", &citation.evidence),
        ("condition", &citation.condition),
        ("response", &citation.response),
    ];
    for (key, text) in texts {
        if let Some(text) = text {
            value[key] = text.as_str().into();
        }
    }
    if !citation.organisational_levels.is_empty() {
        value["organisational_level"] = citation
            .organisational_levels
            .iter()
            .map(|level| level.id.as_ref())
            .collect();
    }
    value
}

fn outcome_json(outcome: &crate::content::Outcome) -> Value {
    let mut value = json!({"measure": outcome.measure});
    if let Some(finding) = &outcome.finding {
        value["finding"] = finding.as_str().into();
    }
    for (key, choice) in [("aim", &outcome.aim), ("direction", &outcome.direction)] {
        if let Some(choice) = choice {
            value[key] = choice.id.as_ref().into();
        }
    }
    value
}

fn evidence_json(study: &Study) -> Value {
    let mut value = Map::new();
    let evidence = &study.evidence;
    if let Some(design) = &evidence.design {
        value.insert("design".to_owned(), design.id.as_ref().into());
    }
    for (key, text) in [
        ("note", &evidence.note),
        ("limitations", &evidence.limitations),
    ] {
        if let Some(text) = text {
            value.insert(key.to_owned(), text.as_str().into());
        }
    }
    if value.is_empty() {
        Value::Null
    } else {
        value.into()
    }
}

fn source_json(source: &Source, library: &Library) -> Value {
    let (mut value, place) = match source {
        Source::Reference(reference, place) => (
            json!({"reference": library.references.get(*reference).id}),
            place,
        ),
        Source::Url(url, place) => (json!({"url": url}), place),
    };
    if let Some(place) = place {
        value["where"] = place.as_str().into();
    }
    value
}

/// `data/studies.csv` (RFC 4180): one row a study, lists joined with `; `.
///
/// # Errors
/// Never in practice: the writer's target is memory.
pub(super) fn studies_csv(library: &Library, config: &Config) -> anyhow::Result<Vec<u8>> {
    let vocabulary = &library.vocabulary;
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([
        "slug",
        "url",
        "title",
        "summary",
        "published",
        "updated",
        "reviewed",
        "ics",
        "ics_basis",
        "place",
        "level",
        "organisational_level",
        "period_start",
        "period_end",
        "population",
        "partners",
        "programme",
        "themes",
        "enablers",
        "barriers",
        "mixed",
        "participation_level",
        "participation_sphere",
        "outcomes",
        "evidence_design",
        "evidence_note",
        "limitations",
        "references",
    ])?;
    let joined = |items: &mut dyn Iterator<Item = &str>| items.collect::<Vec<_>>().join("; ");
    let choices = |choices: &[Choice]| joined(&mut choices.iter().map(|choice| choice.id.as_ref()));
    let choice =
        |choice: Option<&Choice>| choice.map_or("", |choice| choice.id.as_ref()).to_owned();
    for study in public(library) {
        let factors = |direction| {
            joined(
                &mut study
                    .citations_of(direction)
                    .map(|citation| vocabulary.factors.get(citation.factor).id()),
            )
        };
        let participation = study.participation.as_ref();
        let level = participation.map_or_else(String::new, |participation| {
            match (&participation.from, &participation.to) {
                (Some(from), Some(to)) => format!("{}..{}", from.id, to.id),
                (from, _) => choice(from.as_ref()),
            }
        });
        let outcomes: Vec<String> = study
            .outcomes
            .iter()
            .map(|outcome| {
                let finding = outcome.finding.as_deref().unwrap_or("");
                format!("{}: {finding}", outcome.measure)
            })
            .collect();
        let row = [
            study.slug.clone(),
            config.base_url.public(&study.output_path()),
            study.title.clone(),
            study.summary.clone(),
            study.published.to_string(),
            study.updated.map(|day| day.to_string()).unwrap_or_default(),
            study
                .reviewed
                .map(|day| day.to_string())
                .unwrap_or_default(),
            joined(
                &mut study
                    .systems
                    .iter()
                    .map(|system| vocabulary.systems.get(*system).id()),
            ),
            if study.system_inferred {
                "inferred"
            } else {
                "stated"
            }
            .to_owned(),
            study.place.clone().unwrap_or_default(),
            choices(&study.levels),
            choices(&study.organisational_levels),
            study.start.map(|date| date.to_string()).unwrap_or_default(),
            study.end.map(|date| date.to_string()).unwrap_or_default(),
            study.population.clone().unwrap_or_default(),
            joined(&mut study.partners.iter().map(|partner| partner.name.as_str())),
            choice(study.programme.as_ref()),
            joined(
                &mut study
                    .themes
                    .iter()
                    .map(|theme| vocabulary.themes.get(*theme).id()),
            ),
            factors(Direction::Enabler),
            factors(Direction::Barrier),
            factors(Direction::Mixed),
            level,
            choice(participation.and_then(|participation| participation.sphere.as_ref())),
            outcomes.join("; "),
            choice(study.evidence.design.as_ref()),
            study.evidence.note.clone().unwrap_or_default(),
            study.evidence.limitations.clone().unwrap_or_default(),
            joined(
                &mut study
                    .references
                    .iter()
                    .map(|reference| library.references.get(*reference).id.as_str()),
            ),
        ];
        writer.write_record(row.map(guard))?;
    }
    Ok(writer.into_inner()?)
}

/// A cell that a spreadsheet would take for a formula begins with an apostrophe.
fn guard(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell
    }
}

/// `data/vocabulary.json`.
pub(super) fn vocabulary_json(library: &Library) -> Vec<u8> {
    let vocabulary = &library.vocabulary;
    let themes: Vec<Value> = vocabulary
        .themes
        .iter()
        .map(|(_, theme)| {
            json!({
                "id": theme.id,
                "label": theme.label,
                "definition": theme.definition,
                "aliases": theme.aliases,
            })
        })
        .collect();
    let factors: Vec<Value> = vocabulary
        .factors
        .iter()
        .map(|(id, factor)| {
            let maps_to: Map<String, Value> = vocabulary
                .categories_of(id)
                .into_iter()
                .map(|(framework, categories)| {
                    let ids = categories.iter().map(|category| category.id.as_ref());
                    (framework.id.clone(), ids.collect())
                })
                .collect();
            json!({
                "id": factor.id,
                "label": factor.label,
                "theme": vocabulary.themes.get(factor.theme).id,
                "also": factor.also.iter().map(|theme| vocabulary.themes.get(*theme).id()).collect::<Value>(),
                "definition": factor.definition,
                "aliases": factor.aliases,
                "maps_to": maps_to,
                "sources": factor.sources,
            })
        })
        .collect();
    let systems: Vec<Value> = vocabulary
        .systems
        .iter()
        .map(|(_, system)| system_json(system, library))
        .collect();
    let frameworks: Vec<Value> = vocabulary
        .frameworks
        .iter()
        .map(|(_, framework)| framework.data.clone())
        .collect();
    let glossary: Vec<Value> = vocabulary
        .glossary
        .iter()
        .map(|(_, entry)| {
            json!({
                "id": entry.id,
                "abbr": entry.abbr,
                "expansion": entry.expansion,
                "definition": entry.definition,
                "ambiguous": entry.ambiguous,
                "sources": entry.sources,
            })
        })
        .collect();
    pretty(&json!({
        "schema_version": SCHEMA_VERSION,
        "themes": themes,
        "factors": factors,
        "systems": systems,
        "frameworks": frameworks,
        "glossary": glossary,
    }))
}

fn system_json(system: &crate::vocabulary::System, library: &Library) -> Value {
    let systems = &library.vocabulary.systems;
    let mut value = json!({"id": system.id, "label": system.label, "aliases": system.aliases});
    let texts = [
        ("short", system.short.clone()),
        ("region", system.region.clone()),
        ("valid_from", system.valid_from.map(|date| date.to_string())),
        ("valid_to", system.valid_to.map(|date| date.to_string())),
    ];
    for (key, text) in texts {
        if let Some(text) = text {
            value[key] = text.into();
        }
    }
    for (key, code) in &system.codes {
        value[*key] = code.as_str().into();
    }
    if !system.successors.is_empty() {
        value["successors"] = system
            .successors
            .iter()
            .map(|successor| {
                let mut value = json!({"system": systems.get(successor.system).id});
                if let Some(part) = &successor.part {
                    value["part"] = part.as_str().into();
                }
                value
            })
            .collect();
    }
    if !system.neighbours.is_empty() {
        value["neighbours"] = system
            .neighbours
            .iter()
            .map(|other| systems.get(*other).id())
            .collect();
    }
    if let Some((column, row)) = system.tile {
        value["hex_col"] = column.into();
        value["hex_row"] = row.into();
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_never_begin_like_a_formula() {
        for cell in ["=1+1", "+1", "-1", "@x", "\tx"] {
            assert_eq!(guard(cell.to_owned()), format!("'{cell}"));
        }
        assert_eq!(guard("a=b".to_owned()), "a=b");
    }
}
