//! Reads `content/vocabulary/*.yaml` into terms. Every record is closed: unknown keys are errors.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::lists::{ListField, Lists};
use super::term::{
    Category, Factor, Framework, GlossaryEntry, Place, Successor, System, Term, Theme,
};
use super::terms::Terms;
use super::{Vocabulary, suggest};
use crate::config::Config;
use crate::diagnostics::{Diagnostic, Sink, Span, Spanned, rules};
use crate::id::Id;
use crate::slug;
use crate::source::yaml::{self, Node};
use crate::source::{Kind, Record, Shape, Sources};

const THEME: Shape = Shape {
    what: "a theme",
    required: &["id", "label", "definition"],
    optional: &["aliases"],
};
const FACTOR: Shape = Shape {
    what: "a factor",
    required: &["id", "label", "theme", "definition"],
    optional: &["also", "aliases", "maps_to", "sources"],
};
const FRAMEWORK: Shape = Shape {
    what: "a framework",
    required: &["id", "label", "kind"],
    optional: &[
        "basis",
        "source",
        "note",
        "ordered",
        "groups",
        "categories",
        "companion_headings",
        "actors",
        "reasoning_terms",
        "built_from",
        "alignments",
        "comparisons",
        "core20plus5_clinical_areas",
        "imd_domains",
        "scale",
        "rule",
        "header",
        "attributes",
    ],
};
const CATEGORY: Shape = Shape {
    what: "a category",
    required: &["id"],
    optional: &[
        "label",
        "definition",
        "question",
        "group",
        "factors",
        "items",
        "added_by",
        "in_source",
        "subfactors",
        "applied_as",
        "national_policy_reach",
        "if",
        "then",
        "polarity",
        "support",
        "uncertainty",
        "depends_on",
        "parts",
        "features",
        "feature",
        "classic_theory",
        "population",
        "body",
        "macro_meso_micro",
        "does",
        "count_in_england",
        "also_called",
        "who",
        "axis",
        "domain",
        "kind",
        "kind_of",
        "evidence_type",
        "word_in_source",
        "metaframework",
        "values",
        "aim",
        "components",
        "challenges",
        "bands",
        "deprivation_domain",
        "linked_with",
        "signs",
        "evidenced",
        "symmetric",
        "inverse",
    ],
};
const ITEM: Shape = Shape {
    what: "an item of a category",
    required: &["label"],
    optional: &["factor"],
};
const GLOSSARY_ENTRY: Shape = Shape {
    what: "a glossary entry",
    required: &["id", "abbr", "expansion", "definition"],
    optional: &["ambiguous", "sources"],
};
const SYSTEM: Shape = Shape {
    what: "a system",
    required: &["id", "label"],
    optional: &[
        "short",
        "aliases",
        "region",
        "ons_code",
        "ods_code",
        "valid_from",
        "valid_to",
        "successors",
        "neighbours",
        "hex_col",
        "hex_row",
    ],
};
const SUCCESSOR: Shape = Shape {
    what: "a successor",
    required: &["system"],
    optional: &["part"],
};

/// Scopes that a study may name instead of a system, with their labels. They are no area and stand off the map.
const SCOPES: [(&str, &str); 3] = [
    ("national", "National"),
    ("international", "International"),
    ("anonymised", "Anonymised"),
];

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

/// The list under the key `name` of a vocabulary or evidence file, which may have a `version` beside it.
pub(crate) fn entries<'n, 't>(
    tree: &'n Spanned<Node<'t>>,
    name: &str,
    sink: &mut Sink,
) -> &'n [Spanned<Node<'t>>] {
    let Node::Map(entries) = &tree.value else {
        sink.report(
            &rules::WRONG_TYPE,
            tree.span.clone(),
            format!(
                "this file must hold the key `{name}` with a list, not {}",
                tree.value.describe()
            ),
        );
        return &[];
    };
    let mut found: Option<&'n Spanned<Node<'t>>> = None;
    for (key, value) in entries {
        if key.value == name && found.is_none() {
            found = Some(value);
        } else if key.value == name {
            sink.report(
                &rules::DUPLICATE_KEY,
                key.span.clone(),
                format!("the key `{name}` is given twice"),
            );
        } else if key.value != "version" {
            let diagnostic = sink
                .diagnostic(
                    &rules::UNKNOWN_KEY,
                    key.span.clone(),
                    format!("this file has no key `{}`", key.value),
                )
                .help(format!("its keys are: version, {name}"));
            sink.push(diagnostic);
        }
    }
    match found.map(|node| &node.value) {
        Some(Node::Seq(items)) => items,
        Some(value) if value.is_null() => &[],
        Some(value) => {
            let span = found.map_or(0..0, |node| node.span.clone());
            sink.report(
                &rules::WRONG_TYPE,
                span,
                format!("`{name}` must be a list, not {}", value.describe()),
            );
            &[]
        }
        None => {
            sink.report(
                &rules::MISSING_KEY,
                0..0,
                format!("the key `{name}` is missing; its list is what this file is for"),
            );
            &[]
        }
    }
}

/// Where a message about a missing key of an inner record points: its first character.
pub(crate) fn start_of(node: &Spanned<Node<'_>>) -> Span {
    let first = match &node.value {
        Node::Map(entries) => entries.first().map(|(key, _)| key.span.clone()),
        _ => None,
    };
    first.unwrap_or(node.span.start..node.span.start)
}

pub(crate) fn report_bad_id(id: &Spanned<String>, sink: &mut Sink) {
    let mut diagnostic = sink
        .diagnostic(
            &rules::BAD_VALUE,
            id.span.clone(),
            format!("`{}` can't be an id", id.value),
        )
        .help("an id has 1 to 80 small letters and digits, with single hyphens between words");
    let slug = slug::slugify(&id.value);
    if slug::is_valid(&slug) {
        diagnostic = diagnostic.suggest(&slug, format!("write `{slug}`"));
    }
    sink.push(diagnostic);
}

pub(crate) fn values(texts: Vec<Spanned<String>>) -> Vec<String> {
    texts.into_iter().map(|text| text.value).collect()
}

/// Keys with texts, or lists of texts, as pairs.
fn pairs(record: &Record<'_, '_>, key: &str, sink: &mut Sink) -> Vec<(String, String)> {
    let Some(node) = record.node(key) else {
        return Vec::new();
    };
    let Node::Map(entries) = &node.value else {
        sink.report(
            &rules::WRONG_TYPE,
            node.span.clone(),
            format!(
                "`{key}` must be keys with values, not {}",
                node.value.describe()
            ),
        );
        return Vec::new();
    };
    let mut pairs = Vec::new();
    for (framework, value) in entries {
        let items = match &value.value {
            Node::Seq(items) => items.as_slice(),
            _ => std::slice::from_ref(value),
        };
        for item in items {
            match &item.value {
                Node::Scalar { text, .. } if !item.value.is_null() => {
                    pairs.push((framework.value.to_string(), text.to_string()));
                }
                other => sink.report(
                    &rules::WRONG_TYPE,
                    item.span.clone(),
                    format!(
                        "`{}` must be the id of a category, not {}",
                        framework.value,
                        other.describe()
                    ),
                ),
            }
        }
    }
    pairs
}

fn framework(
    record: &Record<'_, '_>,
    place: Place,
    factors: &Terms<Factor>,
    sink: &mut Sink,
) -> Option<Framework> {
    let label = record.text("label", sink);
    let kind = record.text("kind", sink);
    if let Some(kind) = &kind
        && !["framework", "scale", "theory", "list"].contains(&kind.value.as_str())
    {
        let diagnostic = sink
            .diagnostic(
                &rules::BAD_VALUE,
                kind.span.clone(),
                format!("`{}` is no kind of framework", kind.value),
            )
            .help("the kinds are: framework, scale, theory, list");
        sink.push(diagnostic);
    }
    let mut categories: Vec<Category> = Vec::new();
    for node in record.items("categories", sink) {
        let Some(inner) = Record::open(node, &CATEGORY, start_of(node), sink) else {
            continue;
        };
        let Some(id) = inner.text("id", sink) else {
            continue;
        };
        if categories.iter().any(|known| *known.id == *id.value) {
            sink.report(
                &rules::DUPLICATE_ID,
                id.span.clone(),
                format!(
                    "this framework has two categories with the id `{}`",
                    id.value
                ),
            );
            continue;
        }
        categories.push(category(&inner, id.value, factors, sink));
    }
    Some(Framework {
        id: String::new(),
        label: label?.value,
        kind: kind?.value,
        note: record.text("note", sink).map(|note| note.value),
        categories,
        data: record.to_json(),
        place,
    })
}

fn category(
    record: &Record<'_, '_>,
    id: String,
    factors: &Terms<Factor>,
    sink: &mut Sink,
) -> Category {
    let mut named: Vec<Id<Factor>> = Vec::new();
    let mut texts = record.texts("factors", sink);
    for node in record.items("items", sink) {
        if matches!(node.value, Node::Scalar { .. }) {
            continue;
        }
        if let Some(item) = Record::open(node, &ITEM, start_of(node), sink) {
            texts.extend(item.text("factor", sink));
        }
    }
    for text in texts {
        match factors.find(&text.value) {
            Some(factor) if !named.contains(&factor) => named.push(factor),
            Some(_) => {}
            None => {
                let mut diagnostic = sink.diagnostic(
                    &rules::DANGLING_CROSSWALK,
                    text.span.clone(),
                    format!("there is no factor `{}`", text.value),
                );
                for near in factors.nearest(&text.value) {
                    let near = &factors.get(near).id;
                    diagnostic = diagnostic.suggest(near, format!("did you mean `{near}`?"));
                }
                sink.push(diagnostic);
            }
        }
    }
    let label = record.text("label", sink).map(|label| label.value);
    Category {
        label: label.unwrap_or_else(|| id.clone()).into(),
        id: id.into(),
        definition: record.text("definition", sink).map(|text| text.value),
        also_called: values(record.texts("also_called", sink)),
        inverse: record.text("inverse", sink).map(|text| text.value.into()),
        factors: named,
    }
}

/// Successors and neighbours are other systems, so they are looked up when all are known.
struct Links {
    path: Arc<str>,
    successors: Vec<(Spanned<String>, Option<String>)>,
    neighbours: Vec<Spanned<String>>,
}

fn systems(loader: &mut Loader<'_>) -> Terms<System> {
    let mut links: BTreeMap<usize, Links> = BTreeMap::new();
    let mut systems = loader.file("systems", &SYSTEM, |record, place, sink| {
        let found = Links {
            path: place.path.clone(),
            successors: successors(&record, sink),
            neighbours: record.texts("neighbours", sink),
        };
        links.insert(place.span.start, found);
        let valid_from = record.partial_date("valid_from", sink);
        let valid_to = record.partial_date("valid_to", sink);
        if let (Some(from), Some(to)) = (&valid_from, &valid_to)
            && from.value.first_day() > to.value.last_day()
        {
            sink.report(
                &rules::REVERSED_PERIOD,
                to.span.clone(),
                "this system ceased before it began",
            );
        }
        let tile = (
            record.integer("hex_col", sink),
            record.integer("hex_row", sink),
        );
        Some(System {
            id: String::new(),
            label: record.text("label", sink)?.value,
            short: record.text("short", sink).map(|text| text.value),
            aliases: values(record.texts("aliases", sink)),
            region: record.text("region", sink).map(|text| text.value),
            codes: ["ons_code", "ods_code"]
                .into_iter()
                .filter_map(|key| Some((key, record.text(key, sink)?.value)))
                .collect(),
            valid_from: valid_from.map(|date| date.value),
            valid_to: valid_to.map(|date| date.value),
            successors: Vec::new(),
            predecessors: Vec::new(),
            neighbours: Vec::new(),
            tile: tile.0.zip(tile.1),
            scope: false,
            place,
        })
    });
    add_scopes(&mut systems);
    let mut systems = Terms::new(
        systems,
        |system: &System| &system.place,
        &mut loader.diagnostics,
    );
    for system in systems.ids().collect::<Vec<_>>() {
        let Some(found) = links.remove(&systems.get(system).place.span.start) else {
            continue;
        };
        if systems.get(system).scope && systems.get(system).place.path.is_empty() {
            continue;
        }
        let mut sink = Sink::new(&found.path);
        for (id, part) in found.successors {
            if let Some(other) = systems.resolve(&id, &rules::UNKNOWN_SYSTEM, &mut sink) {
                let link = |system| Successor {
                    system,
                    part: part.clone(),
                };
                systems.items_mut()[system.index()]
                    .successors
                    .push(link(other));
                systems.items_mut()[other.index()]
                    .predecessors
                    .push(link(system));
            }
        }
        for id in found.neighbours {
            if let Some(other) = systems.resolve(&id, &rules::UNKNOWN_SYSTEM, &mut sink) {
                systems.items_mut()[system.index()].neighbours.push(other);
            }
        }
        loader.diagnostics.extend(sink.into_diagnostics());
    }
    systems
}

/// Puts the scopes behind the systems, unless the vocabulary has records of its own for them.
fn add_scopes(systems: &mut Vec<System>) {
    for (id, label) in SCOPES {
        match systems.iter_mut().find(|system| system.id == id) {
            Some(own) => own.scope = true,
            None => systems.push(System {
                id: id.to_owned(),
                label: label.to_owned(),
                short: None,
                aliases: Vec::new(),
                region: None,
                codes: BTreeMap::new(),
                valid_from: None,
                valid_to: None,
                successors: Vec::new(),
                predecessors: Vec::new(),
                neighbours: Vec::new(),
                tile: None,
                scope: true,
                place: Place {
                    path: "".into(),
                    span: usize::MAX..usize::MAX,
                },
            }),
        }
    }
}

/// Each successor is an id, or a record with the part of the area that went to it.
fn successors(record: &Record<'_, '_>, sink: &mut Sink) -> Vec<(Spanned<String>, Option<String>)> {
    let mut successors = Vec::new();
    for node in record.items("successors", sink) {
        match &node.value {
            Node::Scalar { text, .. } => {
                let id = Spanned::new(text.trim().to_owned(), node.span.clone());
                successors.push((id, None));
            }
            _ => {
                let Some(inner) = Record::open(node, &SUCCESSOR, start_of(node), sink) else {
                    continue;
                };
                if let Some(system) = inner.text("system", sink) {
                    let part = inner.text("part", sink).map(|part| part.value);
                    successors.push((system, part));
                }
            }
        }
    }
    successors
}
