//! Reads `content/vocabulary/*.yaml` into terms. Every record is closed: unknown keys are errors.

mod frameworks;
mod shapes;
mod systems;

use std::collections::BTreeMap;
use std::sync::Arc;

use self::frameworks::{framework, pairs};
use self::shapes::{FACTOR, FRAMEWORK, GLOSSARY_ENTRY, THEME};
use self::systems::systems;
use super::lists::{ListField, Lists};
use super::term::{Factor, Framework, GlossaryEntry, Place, System, Term, Theme};
use super::terms::Terms;
use super::{Vocabulary, suggest};
use crate::config::Config;
use crate::diagnostics::{Diagnostic, Sink, rules};
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
        Some(Theme {
            id: String::new(),
            label: record.text("label", sink)?.value,
            definition: record.text("definition", sink)?.value,
            aliases: values(record.texts("aliases", sink)),
            place,
        })
    });
    let themes = Terms::new(themes, |theme| &theme.place, &mut loader.diagnostics);

    let factors = loader.file("factors", &FACTOR, |record, place, sink| {
        let theme = record.text("theme", sink)?;
        let theme = themes.resolve(&theme, &rules::UNKNOWN_THEME, sink);
        let also = record
            .texts("also", sink)
            .iter()
            .filter_map(|also| themes.resolve(also, &rules::UNKNOWN_THEME, sink))
            .collect();
        Some(Factor {
            id: String::new(),
            label: record.text("label", sink)?.value,
            theme: theme?,
            also,
            definition: record.text("definition", sink)?.value,
            aliases: values(record.texts("aliases", sink)),
            maps_to: pairs(&record, "maps_to", sink),
            sources: values(record.texts("sources", sink)),
            place,
        })
    });
    let factors = Terms::new(factors, |factor| &factor.place, &mut loader.diagnostics);

    let frameworks = loader.file("frameworks", &FRAMEWORK, |record, place, sink| {
        framework(&record, place, &factors, sink)
    });
    let frameworks = Terms::new(
        frameworks,
        |framework| &framework.place,
        &mut loader.diagnostics,
    );

    let glossary = loader.file("glossary", &GLOSSARY_ENTRY, |record, place, sink| {
        Some(GlossaryEntry {
            id: String::new(),
            abbr: record.text("abbr", sink)?.value,
            expansion: record.text("expansion", sink)?.value,
            definition: record.text("definition", sink)?.value,
            ambiguous: record.boolean("ambiguous", sink).unwrap_or(false),
            sources: values(record.texts("sources", sink)),
            place,
        })
    });
    let glossary = Terms::new(glossary, |entry| &entry.place, &mut loader.diagnostics);

    let systems = systems(&mut loader);
    loader.unknown_files();
    let lists = Lists::new(&config.lists, &frameworks);
    loader.missing_lists(config, &lists, frameworks.is_empty());
    let vocabulary = Vocabulary {
        themes,
        factors,
        frameworks,
        glossary,
        systems,
        lists,
    };
    loader.dangling_crosswalks(&vocabulary);
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

impl Loader<'_> {
    /// Reads `content/vocabulary/<name>.yaml` (or `.yml`): a list of records under the key `name`.
    /// A record that can't be used, or whose id is taken, is left out after it was reported.
    fn file<T: Identified>(
        &mut self,
        name: &'static str,
        shape: &'static Shape,
        mut read: impl FnMut(Record<'_, '_>, Place, &mut Sink) -> Option<T>,
    ) -> Vec<T> {
        let mut terms: Vec<T> = Vec::new();
        let mut places: BTreeMap<String, Place> = BTreeMap::new();
        for file in self.sources.of(Kind::Vocabulary) {
            if file.stem() != name || !file.usable {
                continue;
            }
            let mut sink = Sink::new(&file.path);
            let tree = yaml::parse(&file.text, 0, self.limits, &mut sink);
            let nodes = tree
                .as_ref()
                .map_or(&[][..], |tree| entries(tree, name, &mut sink));
            for node in nodes {
                let Some(record) = Record::open(node, shape, start_of(node), &mut sink) else {
                    continue;
                };
                let Some(id) = record.text("id", &mut sink) else {
                    continue;
                };
                if !slug::is_valid(&id.value) {
                    report_bad_id(&id, &mut sink);
                    continue;
                }
                let place = Place {
                    path: file.path.clone(),
                    span: id.span.clone(),
                };
                if let Some(first) = places.get(&id.value) {
                    let diagnostic = sink
                        .diagnostic(
                            &rules::DUPLICATE_ID,
                            id.span.clone(),
                            format!("there are two {}s with the id `{}`", T::WHAT, id.value),
                        )
                        .label(&first.path, first.span.clone(), "the first one");
                    sink.push(diagnostic);
                    continue;
                }
                places.insert(id.value.clone(), place.clone());
                if let Some(mut term) = read(record, place, &mut sink) {
                    term.set_id(id.value);
                    terms.push(term);
                }
            }
            self.diagnostics.extend(sink.into_diagnostics());
        }
        terms
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

    /// A library without the list of a field can't check it; `programme` is free text by contract.
    fn missing_lists(&mut self, config: &Config, lists: &Lists, no_frameworks: bool) {
        let path: Arc<str> = "content/vocabulary/frameworks.yaml".into();
        if no_frameworks && config.lists.is_empty() {
            self.diagnostics.push(Diagnostic::new(
                &rules::UNKNOWN_LIST,
                &path,
                0..0,
                "there are no frameworks, so values of lists are not checked",
            ));
            return;
        }
        for field in ListField::ALL {
            let configured = config.lists.contains_key(&field);
            if lists.framework(field).is_none() && (configured || field != ListField::Programme) {
                let list = Lists::name(&config.lists, field);
                self.diagnostics.push(Diagnostic::new(
                    &rules::UNKNOWN_LIST,
                    &path,
                    0..0,
                    format!(
                        "there is no framework `{list}`, so values of `{}` are not checked",
                        field.key()
                    ),
                ));
            }
        }
    }

    fn dangling_crosswalks(&mut self, vocabulary: &Vocabulary) {
        if vocabulary.frameworks.is_empty() {
            return;
        }
        for (_, factor) in vocabulary.factors.iter() {
            for (key, category) in &factor.maps_to {
                if vocabulary.crosswalk(key, category).is_none() {
                    self.diagnostics.push(Diagnostic::new(
                        &rules::DANGLING_CROSSWALK,
                        &factor.place.path,
                        factor.place.span.clone(),
                        format!(
                            "`{}` maps to `{category}` of `{key}`, which no framework holds",
                            factor.id
                        ),
                    ));
                }
            }
        }
    }
}
