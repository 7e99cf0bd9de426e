//! `data/studies.csv` (RFC 4180): one row a study, lists joined with `; `.

use super::public;
use crate::config::Config;
use crate::content::{Direction, Library};
use crate::vocabulary::{Choice, Term};

/// Writes the table.
///
/// # Errors
/// Never in practice: the writer's target is memory.
pub(in crate::render) fn studies_csv(
    library: &Library,
    config: &Config,
) -> anyhow::Result<Vec<u8>> {
    let vocabulary = &library.vocabulary;
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
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
    for (id, study) in public(library) {
        let account = library.account(id);
        let factors = |direction| {
            joined(
                &mut study
                    .citations_of(direction)
                    .map(|citation| vocabulary.factors.get(citation.factor).id()),
            )
        };
        let participation = study.participation.as_ref();
        let level = participation.and_then(|participation| participation.level_id());
        let outcomes: Vec<String> = account
            .outcomes
            .iter()
            .map(|outcome| match &outcome.finding {
                Some(finding) => format!("{}: {finding}", outcome.measure),
                None => outcome.measure.clone(),
            })
            .collect();
        let row = [
            study.slug.clone(),
            config.base_url.public(&study.output_path()),
            study.title.clone(),
            account.summary.clone(),
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
            study.system_basis().to_owned(),
            study.place.clone().unwrap_or_default(),
            choices(&study.levels),
            choices(&study.organisational_levels),
            study.start.map(|date| date.to_string()).unwrap_or_default(),
            study.end.map(|date| date.to_string()).unwrap_or_default(),
            account.population.clone().unwrap_or_default(),
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
            level.unwrap_or_default(),
            choice(participation.and_then(|participation| participation.sphere.as_ref())),
            outcomes.join("; "),
            choice(study.design.as_ref()),
            account.evidence.note.clone().unwrap_or_default(),
            account.evidence.limitations.clone().unwrap_or_default(),
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

/// What a spreadsheet takes for the beginning of a formula, or passes over to find one; those of full width count as well where
/// people write with them. `themes/default/assets/search/csv.js` has the same.
const FORMULA: [char; 11] = [
    '=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
];

/// A cell that a spreadsheet would take for a formula begins with an apostrophe.
fn guard(cell: String) -> String {
    if cell.starts_with(FORMULA) {
        format!("'{cell}")
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_never_begin_like_a_formula() {
        for cell in [
            "=1+1",
            "+1",
            "-1",
            "@x",
            "\tx",
            "\r=1",
            "\n=1",
            "\u{ff1d}1",
            "\u{ff0b}1",
        ] {
            assert_eq!(guard(cell.to_owned()), format!("'{cell}"));
        }
        assert_eq!(guard("a=b".to_owned()), "a=b");
    }

    #[test]
    fn the_table_of_the_search_page_is_guarded_alike() {
        let script = include_str!("../../../themes/default/assets/search/csv.js");
        let (_, rest) = script
            .split_once("replace(/^[")
            .expect("a class of letters");
        let (class, _) = rest
            .split_once("]/, \"'$&\")")
            .expect("an apostrophe before them");
        let class = class
            .replace("\\t", "\t")
            .replace("\\r", "\r")
            .replace("\\n", "\n")
            .replace("\\-", "-");
        assert_eq!(class, String::from_iter(FORMULA));
    }
}
