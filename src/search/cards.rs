//! `search/cards-<n>-<hash>.json` and `search/texts-<n>-<hash>.json`: what a result shows, and where its excerpt comes from.
//!
//! Record number r is entry r mod [`IN_A_FILE`] of file number r / [`IN_A_FILE`] of both.
//!
//! Version 1. A card is a list: `[title, address, summary, line below]`, and for a study three lists more: the factors that helped, that
//! hindered, and that did both, as places in the list of the entry file. An address is relative to the site and lacks its last `index.html`.
//!
//! A text is sentences, one block a line: those of the front matter that tell most, then the body, cut off where the budget of the library
//! ends.

use rayon::prelude::*;
use serde_json::{Value, json};

use super::file::{Series, json as bytes};
use super::records::{Site, Subject};
use crate::content::{Direction, Library, Study};
use crate::date;
use crate::output::OutputFile;

/// Records in a file of cards, and in one of texts.
pub(super) const IN_A_FILE: usize = 16;

/// Bytes of text that are kept of each record: of large libraries less, so that what a result costs stays the same for
/// the reader and the site for its host.
fn text_budget(records: usize) -> usize {
    if records <= 2_000 { 6_000 } else { 1_000 }
}

/// Writes the cards and the texts of all records.
pub(super) fn write(site: Site<'_>, subjects: &[Subject]) -> [(Series, Vec<OutputFile>); 2] {
    let most = text_budget(subjects.len());
    let chunks = subjects.par_chunks(IN_A_FILE);
    let (cards, texts): (Vec<Vec<u8>>, Vec<Vec<u8>>) = chunks
        .map(|chunk| {
            let cards: Vec<Value> = chunk.iter().map(|subject| card(*subject, site)).collect();
            let texts: Vec<String> = chunk
                .iter()
                .map(|subject| site.excerpts(*subject, most))
                .collect();
            (bytes(&cards), bytes(&texts))
        })
        .unzip();
    [
        Series::write("cards", "json", cards),
        Series::write("texts", "json", texts),
    ]
}

fn card(subject: Subject, site: Site<'_>) -> Value {
    let library = site.library;
    let vocabulary = &library.vocabulary;
    let plain = |title: &str, path: String, summary: &str, below: &str| {
        let address = path.strip_suffix("index.html").unwrap_or(&path);
        json!([title, address, summary, below])
    };
    match subject {
        Subject::Study(id) => study(library.study(id), library),
        Subject::Review(index) => {
            let review = &library.reviews()[index];
            let published = date::in_words(review.published);
            plain(
                &review.title,
                review.output_path(),
                &review.summary,
                &published,
            )
        }
        Subject::Page(index) => {
            let page = &library.pages()[index];
            plain(&page.title, page.output_path(), &page.summary, "")
        }
        Subject::Theme(id) => {
            let theme = vocabulary.themes.get(id);
            plain(&theme.label, theme.output_path(), &theme.definition, "")
        }
        Subject::Factor(id) => {
            let factor = vocabulary.factors.get(id);
            let theme = &vocabulary.themes.get(factor.theme).label;
            plain(
                &factor.label,
                factor.output_path(),
                &factor.definition,
                theme,
            )
        }
        Subject::System(id) => {
            let system = vocabulary.systems.get(id);
            plain(
                &system.label,
                system.output_path(),
                "",
                system.region.as_deref().unwrap_or(""),
            )
        }
        Subject::Glossary(id) => {
            let entry = vocabulary.glossary.get(id);
            let title = format!("{}: {}", entry.abbr, entry.expansion);
            plain(&title, entry.output_path(), &entry.definition, "")
        }
        Subject::Reference(id) => {
            let reference = library.references.get(id);
            let authors = match reference.authors.as_slice() {
                [first, second, _, ..] => format!("{first}, {second} and others"),
                authors => authors.join(" and "),
            };
            let mut parts = vec![authors, reference.year_label()];
            parts.extend(reference.publisher.clone());
            parts.retain(|part| !part.is_empty());
            plain(
                &reference.title,
                reference.output_path(),
                "",
                &parts.join(" · "),
            )
        }
    }
}

fn study(study: &Study, library: &Library) -> Value {
    let path = study.output_path();
    let systems = study
        .systems
        .iter()
        .map(|system| library.vocabulary.systems.get(*system).label.clone());
    let levels = study.levels.iter().map(|level| level.label.to_string());
    let design = study
        .evidence
        .design
        .iter()
        .map(|design| design.label.to_string());
    let below: Vec<String> = systems
        .chain(study.place.clone())
        .chain(study.period_in_words())
        .chain(levels)
        .chain(design)
        .collect();
    let [helped, hindered, mixed] = Direction::ALL.map(|direction| {
        let factors = study.citations_of(direction);
        factors
            .map(|citation| citation.factor.index())
            .collect::<Vec<usize>>()
    });
    json!([
        study.title,
        path.strip_suffix("index.html"),
        study.summary,
        below.join(" \u{b7} "),
        helped,
        hindered,
        mixed,
    ])
}
