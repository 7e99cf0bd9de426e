//! Reference records: the papers and reports that studies and reviews cite.

use rustc_hash::FxHashMap;

use crate::content::shapes::REFERENCE;
use crate::diagnostics::{Diagnostic, Sink, Spanned, rules};
use crate::id::Id;
use crate::slug;
use crate::source::yaml;
use crate::source::{Kind, Record, Sources, entries};
use crate::vocabulary::{Place, Term, Terms, Theme, Unusable, Vocabulary};

/// Evidence files hold a whole library's references.
const MAX_VALUES: usize = 2_000_000;

/// A document that is cited.
#[derive(Debug, Clone)]
pub struct Reference {
    /// Slug, unique.
    pub id: String,
    /// Title.
    pub title: String,
    /// Authors in the order of the document; a body that publishes under its own name is one.
    pub authors: Vec<String>,
    /// Year of publication; `None` where the document has no date.
    pub year: Option<i16>,
    /// Journal or publisher.
    pub publisher: Option<String>,
    /// Kind of document.
    pub kind: Option<String>,
    /// Digital object identifier without an address before it.
    pub doi: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
    /// Subjects.
    pub themes: Vec<Id<Theme>>,
    /// How it can be read: open, abstract only, paid.
    pub access: Option<String>,
    /// Where it was written.
    pub place: Place,
}

/// All references, sorted by id.
pub type References = Terms<Reference>;

impl Term for Reference {
    const WHAT: &'static str = "reference";
    const WHERE: &'static str = "content/evidence";
    const HINT: &'static str = "; a new document needs a record of its own first";

    fn id(&self) -> &str {
        &self.id
    }

    fn label(&self) -> &str {
        &self.title
    }

    fn aliases(&self) -> &[Spanned<String>] {
        &[]
    }

    fn place(&self) -> &Place {
        &self.place
    }
}

impl Reference {
    /// Where it can be read: the address of its DOI before its own.
    pub fn link(&self) -> Option<String> {
        match &self.doi {
            Some(doi) => Some(format!("https://doi.org/{doi}")),
            None => self.url.clone(),
        }
    }

    /// The address of its page, relative to the site.
    pub fn output_path(&self) -> String {
        format!("evidence/{}/index.html", self.id)
    }

    /// The year in words.
    pub fn year_label(&self) -> String {
        self.year
            .map_or_else(|| "undated".to_owned(), |year| year.to_string())
    }
}

/// Reads `content/evidence/**/*.yaml`.
pub(super) fn load(
    sources: &Sources,
    vocabulary: &Vocabulary,
    yaml_depth: usize,
) -> (References, Vec<Diagnostic>) {
    let limits = yaml::Limits {
        depth: yaml_depth,
        nodes: MAX_VALUES,
    };
    let mut items: Vec<Reference> = Vec::new();
    let mut first: FxHashMap<String, usize> = FxHashMap::default();
    let mut unusable = Unusable::default();
    let mut diagnostics = Vec::new();
    for file in sources.of(Kind::Evidence) {
        let mut sink = Sink::new(&file.path);
        let reading = match file.usable {
            true => yaml::parse_in_parts(&file.text, 0, limits, &mut sink),
            false => None,
        };
        let nodes = reading
            .as_ref()
            .and_then(|reading| entries(&reading.tree, "references", &mut sink));
        unusable.whole |= nodes.is_none();
        let nodes = nodes.unwrap_or(&[]);
        for node in nodes {
            let missing_at = crate::source::start_of(node);
            let Some(record) = Record::open(node, &REFERENCE, missing_at, &mut sink) else {
                unusable.whole |= node.value.is_lost();
                continue;
            };
            unusable.whole |= record.is_lost("id");
            let Some(reference) = read(&record, vocabulary, &mut sink) else {
                // The problem of the id itself, if it has one, was reported just now.
                let id = record.text("id", &mut Sink::new(&file.path));
                unusable.ids.extend(id.map(|id| id.value));
                continue;
            };
            if let Some(&index) = first.get(&reference.id) {
                let other = &items[index];
                let diagnostic = sink
                    .diagnostic(
                        &rules::DUPLICATE_ID,
                        reference.place.span.clone(),
                        format!("the id `{}` is given to a second reference", reference.id),
                    )
                    .label(&other.place.path, other.place.span.clone(), "the first one")
                    .help("give the second one an id of its own, or make one record of the two");
                sink.push(diagnostic);
                continue;
            }
            first.insert(reference.id.clone(), items.len());
            items.push(reference);
        }
        diagnostics.extend(sink.into_diagnostics());
    }
    items.sort_by(|a, b| a.id.cmp(&b.id));
    let references = Terms::new((items, unusable), &mut diagnostics);
    (references, diagnostics)
}

fn read(record: &Record<'_, '_>, vocabulary: &Vocabulary, sink: &mut Sink) -> Option<Reference> {
    let id = record.text("id", sink);
    let title = record.text("title", sink);
    let year = record
        .text("year", sink)
        .and_then(|year| read_year(&year, sink));
    let doi = record
        .text("doi", sink)
        .and_then(|doi| read_doi(&doi, sink));
    let url = record
        .text("url", sink)
        .and_then(|url| super::parse::web_address("url", &url, sink));
    let themes = record
        .texts("themes", sink)
        .iter()
        .filter_map(|theme| {
            vocabulary
                .themes
                .resolve(theme, &rules::UNKNOWN_THEME, sink)
        })
        .collect();
    let authors = crate::source::values(record.one_or_many("authors", sink));
    let text = |key, sink: &mut Sink| record.text(key, sink).map(|text| text.value);
    let (publisher, kind, access) = (
        text("publisher", sink),
        text("type", sink),
        text("access", sink),
    );
    let id = id?;
    if !slug::is_valid(&id.value) {
        crate::source::report_bad_id(&id, sink);
        return None;
    }
    Some(Reference {
        id: id.value,
        title: title?.value,
        authors,
        year: year?,
        publisher,
        kind,
        doi,
        url,
        themes,
        access,
        place: Place {
            path: sink.path().clone(),
            span: id.span,
        },
    })
}

/// A year of four digits, or the word `undated`.
fn read_year(year: &Spanned<String>, sink: &mut Sink) -> Option<Option<i16>> {
    if year.value == "undated" {
        return Some(None);
    }
    let number = (year.value.len() == 4)
        .then(|| year.value.parse::<i16>().ok())
        .flatten()
        .filter(|number| *number >= 1000);
    if number.is_none() {
        let diagnostic = sink
            .diagnostic(
                &rules::BAD_DATE,
                year.span.clone(),
                "`year` must be a year of four digits",
            )
            .help("write `undated` for a document that has no date");
        sink.push(diagnostic);
    }
    number.map(Some)
}

/// A DOI, with or without its address; kept without.
fn read_doi(doi: &Spanned<String>, sink: &mut Sink) -> Option<String> {
    let bare = doi
        .value
        .trim_start_matches("https://doi.org/")
        .trim_start_matches("http://doi.org/")
        .trim_start_matches("https://dx.doi.org/")
        .trim_start_matches("http://dx.doi.org/")
        .trim_start_matches("doi:")
        .trim();
    let good = bare.starts_with("10.")
        && bare.contains('/')
        && !bare.contains(|c: char| {
            c.is_whitespace() || c.is_control() || matches!(c, '{' | '}' | '"' | '\\' | '<' | '>')
        });
    if !good {
        sink.report(
            &rules::BAD_VALUE,
            doi.span.clone(),
            "`doi` must look like 10.3310/hsdr06250",
        );
    }
    good.then(|| bare.to_owned())
}
