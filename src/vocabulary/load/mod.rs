//! Reads `content/vocabulary/*.yaml` into terms. Every record is closed: unknown keys are errors.

mod crosswalks;
mod frameworks;
mod missing_lists;
mod replacements;
mod shapes;
mod systems;

use std::collections::BTreeMap;

use self::crosswalks::{dangling_crosswalks, pairs};
use self::frameworks::framework;
use self::missing_lists::missing_lists;
use self::replacements::dangling_replacements;
use self::shapes::{FACTOR, FRAMEWORK, GLOSSARY_ENTRY, THEME};
use self::systems::systems;
use super::abbreviations::Abbreviations;
use super::lists::Lists;
use super::term::{Factor, Framework, GlossaryEntry, Place, System, Term, Theme};
use super::terms::{Terms, Unusable};
use super::{Vocabulary, suggest};
use crate::config::Config;
use crate::diagnostics::{Diagnostic, Sink, Spanned, rules};
use crate::slug;
use crate::source::yaml;
use crate::source::{Kind, Record, Shape, Sources, entries, report_bad_id, start_of, values};

/// Vocabulary files hold whole libraries' worth of terms.
const MAX_VALUES: usize = 2_000_000;

/// Reads all vocabulary files. A file that is missing is an empty list.
pub fn load(config: &Config, sources: &Sources) -> (Vocabulary, Vec<Diagnostic>) {
    let mut loader = Loader {
        limits: yaml::Limits {
            depth: config.limits.yaml_depth,
            nodes: MAX_VALUES,
        },
        sources,
        diagnostics: Vec::new(),
    };
    let themes = loader.file("themes", &THEME, |record, place, sink| {
        let label = record.text("label", sink);
        let definition = record.text("definition", sink);
        let aliases = record.texts("aliases", sink);
        let deprecated = record.text("deprecated", sink).map(|text| text.value);
        let replaced_by = record.text("replaced_by", sink);
        Some(Theme {
            id: String::new(),
            label: label?.value,
            definition: definition?.value,
            aliases,
            deprecated,
            replaced_by,
            place,
        })
    });
    let themes = Terms::new(themes, &mut loader.diagnostics);

    let factors = loader.file("factors", &FACTOR, |record, place, sink| {
        let theme = record
            .text("theme", sink)
            .and_then(|theme| themes.resolve(&theme, &rules::UNKNOWN_THEME, sink));
        let also = record
            .texts("also", sink)
            .iter()
            .filter_map(|also| themes.resolve(also, &rules::UNKNOWN_THEME, sink))
            .collect();
        let label = record.text("label", sink);
        let definition = record.text("definition", sink);
        let aliases = record.texts("aliases", sink);
        let maps_to = pairs(&record, "maps_to", sink);
        let sources = values(record.texts("sources", sink));
        let deprecated = record.text("deprecated", sink).map(|text| text.value);
        let replaced_by = record.text("replaced_by", sink);
        Some(Factor {
            id: String::new(),
            label: label?.value,
            theme: theme?,
            also,
            definition: definition?.value,
            aliases,
            maps_to,
            sources,
            deprecated,
            replaced_by,
            place,
        })
    });
    let factors = Terms::new(factors, &mut loader.diagnostics);

    let frameworks = loader.file("frameworks", &FRAMEWORK, |record, place, sink| {
        framework(&record, place, &factors, sink)
    });
    let frameworks = Terms::new(frameworks, &mut loader.diagnostics);

    let glossary = loader.file("glossary", &GLOSSARY_ENTRY, |record, place, sink| {
        let abbr = record.text("abbr", sink);
        let expansion = record.text("expansion", sink);
        let definition = record.text("definition", sink);
        let ambiguous = record.boolean("ambiguous", sink).unwrap_or(false);
        let sources = values(record.texts("sources", sink));
        Some(GlossaryEntry {
            id: String::new(),
            abbr: abbr?.value,
            expansion: expansion?.value,
            definition: definition?.value,
            ambiguous,
            sources,
            place,
        })
    });
    let glossary = Terms::new(glossary, &mut loader.diagnostics);

    let systems = systems(&mut loader);
    loader.unknown_files();
    let lists = Lists::new(&config.lists, &frameworks);
    loader
        .diagnostics
        .extend(missing_lists(config, &lists, &frameworks));
    let vocabulary = Vocabulary {
        themes,
        factors,
        frameworks,
        abbreviations: Abbreviations::new(&glossary),
        glossary,
        systems,
        lists,
    };
    let diagnostics = &mut loader.diagnostics;
    diagnostics.extend(dangling_crosswalks(&vocabulary));
    diagnostics.extend(dangling_replacements(&vocabulary.themes, |theme| {
        theme.replaced_by.as_ref()
    }));
    diagnostics.extend(dangling_replacements(&vocabulary.factors, |factor| {
        factor.replaced_by.as_ref()
    }));
    diagnostics.extend(rules::similar_labels::check(&vocabulary.themes));
    diagnostics.extend(rules::similar_labels::check(&vocabulary.factors));
    diagnostics.extend(rules::cyclic_succession::check(&vocabulary.systems));
    diagnostics.extend(rules::shared_tile::check(&vocabulary.systems));
    (vocabulary, loader.diagnostics)
}

struct Loader<'s> {
    limits: yaml::Limits,
    sources: &'s Sources,
    diagnostics: Vec<Diagnostic>,
}

/// A term whose id the loader reads and sets.
trait Identified: Term {
    fn set_id(&mut self, id: String);
}

macro_rules! identified {
    ($($type:ty),*) => {
        $(impl Identified for $type {
            fn set_id(&mut self, id: String) {
                self.id = id;
            }
        })*
    };
}

identified!(Theme, Factor, Framework, GlossaryEntry, System);

/// Whether an id is a slug that no other term has; a bad one is reported.
fn check_id<T: Term>(
    id: &Spanned<String>,
    places: &BTreeMap<String, Place>,
    sink: &mut Sink,
) -> bool {
    if !slug::is_valid(&id.value) {
        report_bad_id(id, sink);
        return false;
    }
    let Some(first) = places.get(&id.value) else {
        return true;
    };
    let diagnostic = sink
        .diagnostic(
            &rules::DUPLICATE_ID,
            id.span.clone(),
            format!("the id `{}` is given to a second {}", id.value, T::WHAT),
        )
        .label(&first.path, first.span.clone(), "the first one")
        .help("give the second one an id of its own, or make one record of the two");
    sink.push(diagnostic);
    false
}

impl Loader<'_> {
    /// Reads `content/vocabulary/<name>.yaml` (or `.yml`): a list of records under the key `name`.
    /// A record that can't be used, or whose id is taken, is left out after it was reported.
    fn file<T: Identified>(
        &mut self,
        name: &'static str,
        shape: &'static Shape,
        mut read: impl FnMut(Record<'_, '_>, Place, &mut Sink) -> Option<T>,
    ) -> (Vec<T>, Unusable) {
        let mut terms: Vec<T> = Vec::new();
        let mut unusable = Unusable::default();
        let mut places: BTreeMap<String, Place> = BTreeMap::new();
        for file in self.sources.of(Kind::Vocabulary) {
            if file.stem() != name {
                continue;
            }
            let mut sink = Sink::new(&file.path);
            let reading = match file.usable {
                true => yaml::parse_in_parts(&file.text, 0, self.limits, &mut sink),
                false => None,
            };
            let nodes = reading
                .as_ref()
                .and_then(|reading| entries(&reading.tree, name, &mut sink));
            // A part that can't be read may hold an id, an alias or a category.
            let lost = reading.as_ref().is_some_and(|reading| !reading.whole);
            unusable.whole |= nodes.is_none() || lost;
            let nodes = nodes.unwrap_or(&[]);
            for node in nodes {
                let Some(record) = Record::open(node, shape, start_of(node), &mut sink) else {
                    continue;
                };
                let Some(id) = record.text("id", &mut sink) else {
                    continue;
                };
                let place = Place {
                    path: file.path.clone(),
                    span: id.span.clone(),
                };
                let good = check_id::<T>(&id, &places, &mut sink);
                // Read even if the id is no use: its other mistakes should be known too.
                let term = read(record, place.clone(), &mut sink);
                match term {
                    Some(mut term) if good => {
                        term.set_id(id.value.clone());
                        terms.push(term);
                        places.insert(id.value, place);
                    }
                    _ => {
                        places.entry(id.value.clone()).or_insert(place);
                        unusable.ids.insert(id.value);
                    }
                }
            }
            self.diagnostics.extend(sink.into_diagnostics());
        }
        (terms, unusable)
    }

    fn unknown_files(&mut self) {
        const KNOWN: [&str; 5] = ["themes", "factors", "frameworks", "glossary", "systems"];
        for file in self.sources.of(Kind::Vocabulary) {
            let name = file.stem();
            if !KNOWN.contains(&name) {
                let mut diagnostic = Diagnostic::new(
                    &rules::UNEXPECTED_FILE,
                    &file.path,
                    0..0,
                    "this is none of the vocabulary's files, so nothing reads it",
                );
                let near = suggest::nearest(name, KNOWN.into_iter(), 1);
                diagnostic = diagnostic.help(match near.first() {
                    Some(near) => format!("did you mean {near}.yaml?"),
                    None => format!("they are {}.yaml", KNOWN.join(".yaml, ")),
                });
                self.diagnostics.push(diagnostic);
            }
        }
    }
}
