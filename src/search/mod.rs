//! The index that the page `/search/` reads: plain static files, small pieces of which answer a query.
//!
//! Everything here is a pure function of the library, and made from the same values as the pages. Records are numbered, newest
//! study first ([`records`]). Consecutive ones give a [`part::Part`] each, cut into pieces by the hashes of words; the pieces of all
//! parts in one place are merged into a [`slice::Slice`], and files are written from the slices; each step in parallel. A part depends
//! on its records alone, a slice on its pieces, so that after an edit of a text one part is made anew and few slices.
//!
//! | file in `search/` | holds | read when |
//! |---|---|---|
//! | `entry.json` | kinds, facets and their values, the names of all other files | the page is opened |
//! | `words-…bin` ([`words`]) | the records that have a word | a query has the word |
//! | `pairs-…bin` ([`pairs`]) | the records that have two words side by side | a query has a phrase |
//! | `cards-…json` ([`cards`]) | what a result shows, and sentences for its excerpt | a result is shown |
//! | `facet-…bin` ([`facets`]) | the records of each value of a facet | the facet is opened or chosen from |
//! | `terms-…json` ([`terms`]) | all names of themes, factors, systems and glossary entries | the first query |
//! | `spelling-…json` ([`spelling`]) | all words as written | a query has a word that the library lacks |
//!
//! Names hold a hash of the content, but for the entry file, which browsers ask for anew each time.
//!
//! `entry.json`, version 1:
//!
//! ```text
//! {"version":1, "records":629,
//!  "stop":["a","an",…],           words that are not indexed
//!  "runs":[[0,129],[1,4],…],      the kinds of the records in order: place in the facet of kinds, how many of it follow
//!  "weights":[1.0,1.0,0.7,…],     of each kind, what a hit in it is worth
//!  "words":{"hashes":"…","first":["abil",…]}, "pairs":{"hashes":"…","bits":3},
//!  "cards":{"hashes":"…","in_a_file":3},
//!  "spelling":{"hashes":"…","first":"ahp"}, "terms":"terms-….json",
//!  "facets":[{"key":"theme","label":"Theme","names":["theme"],"values":[["trust","Trust and relationships"],…],"file":"facet-….bin"},…]}
//! ```

mod abbreviations;
#[cfg(test)]
mod agreement;
mod bytes;
mod cards;
mod facets;
mod file;
mod hash;
mod lexicon;
mod pairs;
mod part;
mod piece;
mod plain_text;
mod raw;
mod records;
mod slice;
mod spelling;
mod stem;
mod terms;
mod tokens;
mod visit;
mod words;

use std::sync::Arc;

use serde_json::{Value, json};

use self::abbreviations::Abbreviations;
use self::cards::Extent;
use self::facets::{Facet, Facets};
use self::part::Part;
use self::piece::RECORDS;
use self::records::{KINDS, Site, Subject};
pub use self::slice::Memory;
use self::visit::NamesKeys;
#[cfg(feature = "fuzzing")]
pub(crate) use self::{stem::stem, tokens::tokens};
use crate::content::Library;
use crate::markdown::Written;
use crate::memo::{self, Memo, key_of};
use crate::output::OutputFile;
use crate::rooms::Rooms;

/// Version of the shape of the files; `themes/default/assets/search/index.js` reads this one.
const VERSION: u32 = 1;

/// Makes the index of a library: every file of it. With the memory of an index before, only the parts are read again that have a
/// record with another text, and only the slices are merged again in which these differ.
pub fn index(
    library: &Library,
    written: Written<'_>,
    memory: Option<&mut Memory>,
) -> Vec<OutputFile> {
    let site = Site { library, written };
    let subjects = records::subjects(library);
    let extent = Extent::of(subjects.len());
    let parts = |memo: Option<&mut Memo<Arc<Part>>>| parts(site, &subjects, extent, memo);
    let (parts, slices, bits) = match memory {
        Some(memory) => slice::merge_again(memory, parts),
        None => slice::merge(parts(None)),
    };
    let ((words, pairs), (spelling, (facets, cards))) = rayon::join(
        || rayon::join(|| words::write(&slices), || pairs::write(&slices, bits)),
        || {
            rayon::join(
                || spelling::write(&slices),
                || {
                    let facets = Facets::new(library, &subjects);
                    (facets, cards::write(site, &subjects, &parts, extent))
                },
            )
        },
    );
    let (terms, terms_file) = file::single("terms", "json", terms::write(library, &subjects));
    let mut files = vec![terms_file];
    let facets: Vec<Value> = facets
        .all()
        .map(|facet| self::facet(facet, subjects.len(), &mut files))
        .into();
    let entry = json!({
        "version": VERSION,
        "records": subjects.len(),
        "stop": tokens::STOP.split_ascii_whitespace().collect::<Vec<_>>(),
        "runs": runs(&subjects),
        "weights": KINDS.map(|(_, _, weight)| weight),
        "words": {"hashes": words.series.hashes, "first": words.first},
        "pairs": {"hashes": pairs.series.hashes, "bits": bits},
        "cards": {"hashes": cards.0.hashes, "in_a_file": extent.in_a_file},
        "spelling": {"hashes": spelling.series.hashes, "first": spelling.first.iter().collect::<String>()},
        "terms": terms,
        "facets": facets,
    });
    files.push(OutputFile {
        path: format!("{}/entry.json", file::FOLDER),
        bytes: file::json(&entry),
    });
    for series in [words.files, pairs.files, cards.1, spelling.files] {
        files.extend(series);
    }
    files
}

/// Reads all records.
fn parts(
    site: Site<'_>,
    subjects: &[Subject],
    extent: Extent,
    memo: Option<&mut Memo<Arc<Part>>>,
) -> Vec<Arc<Part>> {
    let abbreviations = Abbreviations::new(site.library);
    let chunks: Vec<&[Subject]> = subjects.chunks(RECORDS).collect();
    let names = NamesKeys::new(&site.library.vocabulary);
    let kept = extent.text.to_le_bytes();
    let about = key_of([&kept[..], abbreviations.key().as_bytes()]);
    let hashed = memo.is_some();
    let collectors = Rooms::default();
    memo::round(
        memo,
        &chunks,
        |chunk| {
            let keys = [about, site.key(chunk, &names)];
            key_of(keys.iter().map(|key| &key.as_bytes()[..]))
        },
        |chunk| {
            Arc::new(Part::new(
                site,
                &abbreviations,
                chunk,
                extent.text,
                hashed,
                &collectors,
            ))
        },
    )
}

/// What the entry file says of a facet; its own file goes to the others.
fn facet(facet: &Facet, records: usize, files: &mut Vec<OutputFile>) -> Value {
    let (name, file) = file::single(&format!("facet-{}", facet.key), "bin", facet.bytes(records));
    files.push(file);
    json!({"key": facet.key, "label": facet.label, "names": facet.names, "values": facet.values, "file": name})
}

/// The kinds of all records in order, as runs of one kind.
fn runs(subjects: &[Subject]) -> Vec<(usize, usize)> {
    let kinds: Vec<usize> = subjects.iter().map(|subject| subject.kind()).collect();
    kinds
        .chunk_by(|one, other| one == other)
        .map(|run| (run[0], run.len()))
        .collect()
}
