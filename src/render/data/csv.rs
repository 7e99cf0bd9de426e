//! `data/studies.csv` (RFC 4180): one row a study, lists joined with `; `.

use std::borrow::Cow;

use super::{public, room};
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
        .from_writer(Vec::with_capacity(room(library, 1_500)));
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
    for (id, study) in public(library) {
        let account = library.account(id);
        let factors = |direction| {
            let cited = study.citations_of(direction);
            joined(cited.map(|citation| vocabulary.factors.get(citation.factor).id()))
        };
        let systems = study.systems.iter();
        let themes = study.themes.iter();
        let references = study.references.iter();
        let partners = study.partners.iter();
        let participation = study.participation.as_ref();
        let level = participation.and_then(|participation| participation.level_id());
        let sphere = participation.and_then(|participation| participation.sphere.as_ref());
        let outcomes: Vec<Cow<'_, str>> = account
            .outcomes
            .iter()
            .map(|outcome| match &outcome.finding {
                Some(finding) => format!("{}: {finding}", outcome.measure).into(),
                None => outcome.measure.as_str().into(),
            })
            .collect();
        let row: [Cow<'_, str>; 28] = [
            study.slug.as_str().into(),
            config.base_url.public(&study.output_path()).into(),
            study.title.as_str().into(),
            library.summary(id).into(),
            study.published.to_string().into(),
            day(study.updated),
            day(study.reviewed),
            joined(systems.map(|system| vocabulary.systems.get(*system).id())),
            study.system_basis().into(),
            text(&study.place),
            choices(&study.levels),
            choices(&study.organisational_levels),
            day(study.start),
            day(study.end),
            text(&account.population),
            joined(partners.map(|partner| partner.name.as_str())),
            choices(study.programme.as_slice()),
            joined(themes.map(|theme| vocabulary.themes.get(*theme).id())),
            factors(Direction::Enabler),
            factors(Direction::Barrier),
            factors(Direction::Mixed),
            level.unwrap_or_default().into(),
            sphere.map_or("", |sphere| &sphere.id).into(),
            joined(outcomes.iter().map(AsRef::as_ref)),
            choices(study.design.as_slice()),
            text(&account.evidence.note),
            text(&account.evidence.limitations),
            joined(references.map(|reference| library.references.get(*reference).id.as_str())),
        ];
        writer.write_record(row.map(guard).iter().map(|cell| cell.as_bytes()))?;
    }
    Ok(writer.into_inner()?)
}

fn text(text: &Option<String>) -> Cow<'_, str> {
    text.as_deref().unwrap_or_default().into()
}

fn day(day: Option<impl ToString>) -> Cow<'static, str> {
    day.map(|day| day.to_string()).unwrap_or_default().into()
}

fn choices(choices: &[Choice]) -> Cow<'_, str> {
    joined(choices.iter().map(|choice| choice.id.as_ref()))
}

/// A list in one cell.
fn joined<'i>(mut items: impl Iterator<Item = &'i str>) -> Cow<'i, str> {
    let Some(first) = items.next() else {
        return "".into();
    };
    items.fold(first.into(), |joined, item| joined + "; " + item)
}

/// What a spreadsheet takes for the beginning of a formula, or passes over to find one; those of full width count as well where
/// people write with them. `themes/default/assets/search/csv.js` has the same.
const FORMULA: [char; 11] = [
    '=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
];

/// A cell that a spreadsheet would take for a formula begins with an apostrophe.
fn guard(cell: Cow<'_, str>) -> Cow<'_, str> {
    if cell.starts_with(FORMULA) {
        format!("'{cell}").into()
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
            assert_eq!(guard(cell.into()), format!("'{cell}"));
        }
        assert_eq!(guard("a=b".into()), "a=b");
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
