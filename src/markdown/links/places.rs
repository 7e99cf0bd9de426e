//! What stands at each path that content may link to.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::config::BaseUrl;
use crate::content::{Library, Reference};
use crate::graph::Crosswalk;
use crate::source::{Kind, Sources};
use crate::vocabulary::{
    Factor, Framework, GlossaryEntry, System, Term, Terms, Theme, Unusable, Vocabulary,
};

/// What stands at a path of the library.
#[derive(Debug, Clone)]
pub enum Target {
    /// A page at this address, relative to the site, and whether it is a draft that is built on request.
    Page(String, bool),
    /// A draft: there, but not part of the site.
    Draft,
    /// A file with mistakes that were reported; links to it are not reported as well.
    Unusable,
    /// A file of terms, each with the address of its page, and what of it can't be used.
    Terms(FxHashMap<String, String>, Unusable),
}

/// The addresses of everything that is built, and what is there but not built.
#[derive(Debug)]
pub struct Places {
    pub(super) targets: FxHashMap<Arc<str>, Target>,
    /// Old names of studies, and the files that have them now.
    pub(super) aliases: FxHashMap<String, Arc<str>>,
    /// Where the library is published.
    pub(super) site: String,
}

impl Places {
    /// Of a library that is published at `site`.
    pub fn new(library: &Library, sources: &Sources, site: &BaseUrl) -> Self {
        let studies = library.studies();
        let aliases = studies.flat_map(|(_, study)| {
            let aliases = study.aliases.iter();
            aliases.map(|alias| (alias.value.clone(), Arc::clone(&study.path)))
        });
        Self {
            aliases: aliases.collect(),
            targets: targets(library, sources),
            site: site.as_str().to_owned(),
        }
    }
}

fn targets(library: &Library, sources: &Sources) -> FxHashMap<Arc<str>, Target> {
    let mut targets: FxHashMap<Arc<str>, Target> = FxHashMap::default();
    for (_, study) in library.studies() {
        targets.insert(
            study.path.clone(),
            Target::Page(study.output_path(), study.status.is_draft()),
        );
    }
    for review in library.reviews() {
        targets.insert(
            review.path.clone(),
            Target::Page(review.output_path(), review.status.is_draft()),
        );
    }
    for page in library.pages() {
        targets.insert(page.path.clone(), Target::Page(page.output_path(), false));
    }
    for unbuilt in library.unbuilt() {
        let target = match unbuilt.status {
            Some(status) if status.is_draft() => Target::Draft,
            _ => Target::Unusable,
        };
        targets.insert(unbuilt.path.clone(), target);
    }
    for file in sources.files() {
        match file.kind {
            Kind::Vocabulary => {
                let (terms, unusable) = vocabulary_targets(&library.vocabulary, file.stem());
                targets.insert(file.path.clone(), Target::Terms(terms, unusable));
            }
            Kind::Evidence => {
                let here = library
                    .references
                    .iter()
                    .map(|(_, reference)| reference)
                    .filter(|reference| reference.place.path == file.path);
                let terms = addresses(here, Reference::output_path);
                let unusable = library.references.unusable().clone();
                targets.insert(file.path.clone(), Target::Terms(terms, unusable));
            }
            _ => {
                targets.entry(file.path.clone()).or_insert(Target::Unusable);
            }
        }
    }
    targets
}

fn addresses<'t, T: Term + 't>(
    terms: impl Iterator<Item = &'t T>,
    address: fn(&T) -> String,
) -> FxHashMap<String, String> {
    terms
        .map(|term| (term.id().to_owned(), address(term)))
        .collect()
}

fn vocabulary_targets(
    vocabulary: &Vocabulary,
    file: &str,
) -> (FxHashMap<String, String>, Unusable) {
    fn pages<T: Term>(
        terms: &Terms<T>,
        address: fn(&T) -> String,
    ) -> (FxHashMap<String, String>, Unusable) {
        let all = terms.iter().map(|(_, term)| term);
        (addresses(all, address), terms.unusable().clone())
    }
    match file {
        "themes" => pages(&vocabulary.themes, Theme::output_path),
        "factors" => pages(&vocabulary.factors, Factor::output_path),
        "systems" => pages(&vocabulary.systems, System::output_path),
        "glossary" => pages(&vocabulary.glossary, GlossaryEntry::output_path),
        "frameworks" => {
            let crosswalk = Crosswalk::new(vocabulary);
            let all = vocabulary.frameworks.iter();
            let shown = all.filter(|(id, _)| crosswalk.has_page(*id, vocabulary));
            let shown = addresses(
                shown.map(|(_, framework)| framework),
                Framework::output_path,
            );
            (shown, vocabulary.frameworks.unusable().clone())
        }
        _ => (FxHashMap::default(), Unusable::default()),
    }
}
