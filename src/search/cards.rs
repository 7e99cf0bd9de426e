//! `search/cards-<n>-<hash>.json`: what a result shows.
//!
//! Record number r is entry r mod n of file number r / n, where the entry file says n.
//!
//! Version 1. A card is a list: `[title, address, summary, line below, text]`, and for a study three lists more: the factors that helped,
//! that hindered, and that did both, as places in the list of the entry file. An address is relative to the site and lacks its last
//! `index.html`. The text is what an excerpt is taken from, one block a line: the sentences of the front matter that tell most, then the
//! body, cut off where [`Extent`] says.

use std::sync::Arc;

use rayon::prelude::*;

use super::file::{Series, append};
use super::part::Part;
use super::records::{Site, Subject};
use crate::content::{Direction, Library, Study};
use crate::date;
use crate::id::Id;
use crate::output::OutputFile;

/// How much is kept of each record: less of each in a large library, so that a result costs its readers no more, and the site its
/// host.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extent {
    /// Records in a file.
    pub(super) in_a_file: usize,
    /// Bytes of text of each record.
    pub(super) text: usize,
}

impl Extent {
    pub(super) fn of(records: usize) -> Self {
        let (in_a_file, text) = match records {
            0..=1_000 => (3, 2_000),
            1_001..=3_000 => (5, 600),
            _ => (13, 150),
        };
        Self { in_a_file, text }
    }
}

/// The files of all cards; the parts have the texts.
pub(super) fn write(
    site: Site<'_>,
    subjects: &[Subject],
    parts: &[Arc<Part>],
    extent: Extent,
) -> (Series, Vec<OutputFile>) {
    let texts = parts.iter().flat_map(|part| &part.texts);
    let records: Vec<(&Subject, &String)> = subjects.iter().zip(texts).collect();
    let files = records.par_chunks(extent.in_a_file).map(|records| {
        let mut file = vec![b'['];
        for (subject, text) in records {
            if file.len() > 1 {
                file.push(b',');
            }
            card(&mut file, **subject, text, site);
        }
        file.push(b']');
        file
    });
    Series::write("cards", "json", files.collect())
}

/// Appends the card of a record.
fn card(file: &mut Vec<u8>, subject: Subject, text: &str, site: Site<'_>) {
    let library = site.library;
    let vocabulary = &library.vocabulary;
    let mut plain = |title: &str, path: String, summary: &str, below: &str| {
        append(file, &(title, address(&path), summary, below, text));
    };
    match subject {
        Subject::Study(id) => study(file, id, text, library),
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

/// The address of a page, by the path of its file.
fn address(path: &str) -> &str {
    path.strip_suffix("index.html").unwrap_or(path)
}

fn study(file: &mut Vec<u8>, id: Id<Study>, text: &str, library: &Library) {
    let study = library.study(id);
    let systems = study
        .systems
        .iter()
        .map(|system| library.vocabulary.systems.get(*system).label.clone());
    let levels = study.levels.iter().map(|level| level.label.to_string());
    let design = study.design.iter().map(|design| design.label.to_string());
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
    let (path, below) = (study.output_path(), below.join(" \u{b7} "));
    let (title, address) = (&study.title, address(&path));
    let card = (
        title,
        address,
        library.summary(id),
        below,
        text,
        helped,
        hindered,
        mixed,
    );
    append(file, &card);
}
