//! Random libraries: described, written as text, and read by the library crate.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use caseloom::config::{self, Config};
use caseloom::content::{self, Library};
use caseloom::graph::{self, Graph};
use caseloom::source::{Kind, SourceFile, Sources};
use caseloom::vocabulary;
use proptest::prelude::*;

/// Which way a factor worked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Way {
    Helped,
    Hindered,
    Both,
}

impl Way {
    pub(crate) const ALL: [Self; 3] = [Self::Helped, Self::Hindered, Self::Both];

    fn key(self) -> &'static str {
        match self {
            Self::Helped => "enablers",
            Self::Hindered => "barriers",
            Self::Both => "mixed",
        }
    }
}

#[derive(Debug, Clone)]
pub(crate) struct FactorSpec {
    pub(crate) theme: usize,
    pub(crate) also: BTreeSet<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CitationSpec {
    pub(crate) factor: usize,
    pub(crate) way: Way,
    pub(crate) evidence: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct StudySpec {
    pub(crate) number: usize,
    pub(crate) citations: Vec<CitationSpec>,
    pub(crate) themes: BTreeSet<usize>,
    /// Of three systems; none is a study of the whole nation.
    pub(crate) systems: BTreeSet<usize>,
    pub(crate) programme: Option<usize>,
    pub(crate) design: Option<usize>,
    pub(crate) withdrawn: bool,
    pub(crate) draft: bool,
    /// Places in the list of studies.
    related: Vec<usize>,
}

impl StudySpec {
    pub(crate) fn slug(&self) -> String {
        format!("s{:02}", self.number)
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Corpus {
    pub(crate) factors: Vec<FactorSpec>,
    studies: Vec<StudySpec>,
}

const THEMES: usize = 3;
const FACTORS: usize = 8;
const SYSTEMS: usize = 3;
const PROGRAMMES: usize = 2;
const DESIGNS: usize = 4;

impl Corpus {
    /// Three studies whose scores can be worked out on paper.
    pub(crate) fn by_hand() -> Self {
        let factors = (0..FACTORS)
            .map(|number| FactorSpec {
                theme: number % THEMES,
                also: BTreeSet::new(),
            })
            .collect();
        let study = |number, citations: &[(usize, Way)]| StudySpec {
            number,
            citations: citations
                .iter()
                .map(|&(factor, way)| CitationSpec {
                    factor,
                    way,
                    evidence: false,
                })
                .collect(),
            themes: BTreeSet::new(),
            systems: BTreeSet::new(),
            programme: None,
            design: None,
            withdrawn: false,
            draft: false,
            related: Vec::new(),
        };
        Self {
            factors,
            studies: vec![
                study(0, &[(0, Way::Helped), (1, Way::Helped)]),
                study(1, &[(0, Way::Helped), (1, Way::Hindered)]),
                study(2, &[(0, Way::Helped)]),
            ],
        }
    }

    /// The studies that lists show.
    pub(crate) fn listed(&self) -> impl Iterator<Item = &StudySpec> {
        self.studies
            .iter()
            .filter(|study| !study.withdrawn && !study.draft)
    }

    /// The study of a slug.
    pub(crate) fn study(&self, slug: &str) -> Option<&StudySpec> {
        self.studies.iter().find(|study| study.slug() == slug)
    }

    /// The listed studies that each listed study is linked with by an author, from either side.
    pub(crate) fn links(&self) -> BTreeMap<String, BTreeSet<String>> {
        let mut links: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for study in &self.studies {
            for other in self.related_of(study) {
                let other = &self.studies[other];
                if !study.draft && !other.withdrawn {
                    links.entry(study.slug()).or_default().insert(other.slug());
                }
                if !study.draft && !study.withdrawn {
                    links.entry(other.slug()).or_default().insert(study.slug());
                }
            }
        }
        links
    }

    /// The places of the studies that a study names: others, that are no drafts.
    fn related_of(&self, study: &StudySpec) -> BTreeSet<usize> {
        study
            .related
            .iter()
            .map(|at| at % self.studies.len())
            .filter(|at| self.studies[*at].number != study.number && !self.studies[*at].draft)
            .collect()
    }

    /// Reads the library and links it; `backwards` hands its files over in the reverse order.
    pub(crate) fn graph(&self, backwards: bool) -> (Library, Graph) {
        let mut files = self.files();
        if backwards {
            files.reverse();
        }
        let sources = Sources::new(files);
        let config = config();
        let (vocabulary, mut found) = vocabulary::load(config, &sources);
        let (library, more) = content::load(
            config,
            &sources,
            vocabulary,
            false,
            caseloom::pipeline::today(),
            None,
        );
        found.extend(more);
        let (graph, more) = graph::build(&library, &rustc_hash::FxHashMap::default());
        found.extend(more);
        // Made-up text breaks rules of style; what counts is that everything was read.
        found.retain(|diagnostic| diagnostic.severity == caseloom::diagnostics::Severity::Error);
        assert!(found.is_empty(), "{found:#?}");
        (library, graph)
    }

    fn files(&self) -> Vec<SourceFile> {
        let mut files = vec![
            file(
                "content/vocabulary/themes.yaml",
                Kind::Vocabulary,
                self.themes(),
            ),
            file(
                "content/vocabulary/factors.yaml",
                Kind::Vocabulary,
                self.factors(),
            ),
            file(
                "content/vocabulary/systems.yaml",
                Kind::Vocabulary,
                systems(),
            ),
            file(
                "content/vocabulary/frameworks.yaml",
                Kind::Vocabulary,
                frameworks(),
            ),
        ];
        for study in &self.studies {
            let path = format!("content/studies/{}.md", study.slug());
            files.push(file(&path, Kind::Study, self.text(study)));
        }
        files
    }

    fn themes(&self) -> String {
        let mut text = String::from("themes:\n");
        for number in 0..THEMES {
            text.push_str(&format!("  - {{id: t{number}, label: T, definition: D}}\n"));
        }
        text
    }

    fn factors(&self) -> String {
        let mut text = String::from("factors:\n");
        for (number, factor) in self.factors.iter().enumerate() {
            let also: Vec<String> = factor
                .also
                .iter()
                .map(|theme| format!("t{theme}"))
                .collect();
            text.push_str(&format!(
                "  - {{id: f{number}, label: F, theme: t{}, also: [{}], definition: D}}\n",
                factor.theme,
                also.join(", ")
            ));
        }
        text
    }

    fn text(&self, study: &StudySpec) -> String {
        let list = |prefix: &str, numbers: &BTreeSet<usize>| {
            let all: Vec<String> = numbers
                .iter()
                .map(|number| format!("{prefix}{number}"))
                .collect();
            all.join(", ")
        };
        let systems = if study.systems.is_empty() {
            "national".to_owned()
        } else {
            format!("[{}]", list("y", &study.systems))
        };
        let mut text = format!(
            "---\ntitle: Study {}\nsummary: S\nics: {systems}\nlevel: place\npublished: 2024-01-01\nthemes: [{}]\n",
            study.number,
            list("t", &study.themes)
        );
        if study.withdrawn {
            text.push_str("status: withdrawn\n");
        } else if study.draft {
            text.push_str("status: draft\n");
        }
        if let Some(programme) = study.programme {
            text.push_str(&format!("programme: p{programme}\n"));
        }
        if let Some(design) = study.design {
            text.push_str(&format!("evidence: {{design: d{design}}}\n"));
        }
        for way in Way::ALL {
            let mut cited = study
                .citations
                .iter()
                .filter(|citation| citation.way == way)
                .peekable();
            if cited.peek().is_some() {
                text.push_str(&format!("{}:\n", way.key()));
            }
            for citation in cited {
                let evidence = if citation.evidence {
                    ", evidence: A sentence."
                } else {
                    ""
                };
                text.push_str(&format!("  - {{factor: f{}{evidence}}}\n", citation.factor));
            }
        }
        let related: Vec<String> = self
            .related_of(study)
            .into_iter()
            .map(|at| {
                format!(
                    "{{study: {}, relation: contrasts-with}}",
                    self.studies[at].slug()
                )
            })
            .collect();
        if !related.is_empty() {
            text.push_str(&format!("related: [{}]\n", related.join(", ")));
        }
        text + "---\n"
    }
}

/// The region of a system: two of the three lie in one.
pub(crate) fn region_of(system: usize) -> &'static str {
    ["East", "West"][system % 2]
}

fn systems() -> String {
    let mut text = String::from("systems:\n");
    for number in 0..SYSTEMS {
        let region = region_of(number);
        text.push_str(&format!(
            "  - {{id: y{number}, label: Y, region: {region}}}\n"
        ));
    }
    text
}

fn frameworks() -> String {
    let mut text = String::from(
        "frameworks:\n  - {id: relations, label: R, kind: list, categories: [{id: contrasts-with}]}\n  \
         - {id: levels, label: L, kind: list, categories: [{id: place}]}\n  \
         - id: case-designs\n    label: D\n    kind: list\n    categories:\n",
    );
    for number in 0..DESIGNS {
        text.push_str(&format!("      - {{id: d{number}}}\n"));
    }
    text
}

fn file(path: &str, kind: Kind, text: String) -> SourceFile {
    SourceFile::new(&path.into(), kind, text)
}

fn config() -> &'static Config {
    static CONFIG: OnceLock<Config> = OnceLock::new();
    CONFIG.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(
            folder.path().join(config::FILE_NAME),
            "title = \"Random\"\n",
        )
        .expect("a file");
        config::load(folder.path()).expect("a configuration")
    })
}

fn way() -> impl Strategy<Value = Way> {
    prop_oneof![3 => Just(Way::Helped), 3 => Just(Way::Hindered), 1 => Just(Way::Both)]
}

fn citations() -> impl Strategy<Value = Vec<CitationSpec>> {
    // Lower numbers are more common, so that rarities differ. One factor may stand in two directions, not twice in one.
    let factor = prop_oneof![2 => 0..2usize, 1 => 0..FACTORS];
    prop::collection::vec((factor, way(), any::<bool>()), 1..6).prop_map(|given| {
        let mut seen = BTreeSet::new();
        given
            .into_iter()
            .filter(|(factor, way, _)| seen.insert((*factor, *way)))
            .map(|(factor, way, evidence)| CitationSpec {
                factor,
                way,
                evidence,
            })
            .collect()
    })
}

fn study() -> impl Strategy<Value = StudySpec> {
    (
        citations(),
        prop::collection::btree_set(0..THEMES, 0..2),
        prop::collection::btree_set(0..SYSTEMS, 0..3),
        prop::option::weighted(0.4, 0..PROGRAMMES),
        prop::option::weighted(0.7, 0..DESIGNS),
        prop::sample::select(vec![0, 0, 0, 0, 0, 0, 0, 0, 1, 2]),
        prop::collection::vec(any::<usize>(), 0..3),
    )
        .prop_map(
            |(citations, themes, systems, programme, design, status, related)| StudySpec {
                number: 0,
                citations,
                themes,
                systems,
                programme,
                design,
                withdrawn: status == 1,
                draft: status == 2,
                related,
            },
        )
}

fn factors() -> impl Strategy<Value = Vec<FactorSpec>> {
    let factor = (0..THEMES, prop::collection::btree_set(0..THEMES, 0..2))
        .prop_map(|(theme, also)| FactorSpec { theme, also });
    prop::collection::vec(factor, FACTORS)
}

fn with_studies(least: usize, most: usize) -> impl Strategy<Value = Corpus> {
    (factors(), prop::collection::vec(study(), least..=most)).prop_map(|(factors, mut studies)| {
        for (number, study) in studies.iter_mut().enumerate() {
            study.number = number;
        }
        Corpus { factors, studies }
    })
}

/// A library of 5 to 25 studies.
pub(crate) fn corpus() -> impl Strategy<Value = Corpus> {
    with_studies(5, 25)
}

/// A library of about a hundred studies.
pub(crate) fn large_corpus() -> impl Strategy<Value = Corpus> {
    with_studies(90, 100)
}
