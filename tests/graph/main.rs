//! The graph against brute force: small random libraries, written as text and read by the library crate, and the
//! definitions of the contract computed in the plainest way.

mod corpus;
#[path = "../support/mod.rs"]
mod support;

use std::collections::{BTreeMap, BTreeSet};

use caseloom::content::{Direction, Library};
use caseloom::graph::{Axis, Graph, Reason};
use caseloom::vocabulary::Term;
use corpus::{Corpus, StudySpec, Way, corpus, large_corpus, region_of};
use proptest::prelude::*;
use support::cases;

/// What a study shares with others, each with what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tag {
    Factor(usize),
    Theme(usize),
    System(usize),
    Programme(usize),
}

/// The tags of every listed study: a factor with its directions, everything else with none.
fn tags(corpus: &Corpus) -> BTreeMap<String, BTreeMap<Tag, BTreeSet<Way>>> {
    corpus
        .listed()
        .map(|study| {
            let mut tags: BTreeMap<Tag, BTreeSet<Way>> = BTreeMap::new();
            for citation in &study.citations {
                tags.entry(Tag::Factor(citation.factor))
                    .or_default()
                    .insert(citation.way);
                let factor = &corpus.factors[citation.factor];
                for theme in std::iter::once(&factor.theme).chain(&factor.also) {
                    tags.entry(Tag::Theme(*theme)).or_default();
                }
            }
            for theme in &study.themes {
                tags.entry(Tag::Theme(*theme)).or_default();
            }
            for system in &study.systems {
                tags.entry(Tag::System(*system)).or_default();
            }
            if let Some(programme) = study.programme {
                tags.entry(Tag::Programme(programme)).or_default();
            }
            (study.slug(), tags)
        })
        .collect()
}

/// `round(1000 · ln((n + 1) / df))`
fn rarity(studies: usize, carriers: usize) -> i64 {
    (1000.0 * ((studies as f64 + 1.0) / carriers as f64).ln()).round() as i64
}

/// All pairs: for every listed study the others with what sharing each tag adds to the score.
fn gains(corpus: &Corpus) -> BTreeMap<String, BTreeMap<String, Vec<(Tag, i64)>>> {
    let tags = tags(corpus);
    let carriers = |tag: &Tag| tags.values().filter(|own| own.contains_key(tag)).count();
    let mut pairs: BTreeMap<String, BTreeMap<String, Vec<(Tag, i64)>>> = BTreeMap::new();
    for (one, own) in &tags {
        let others = pairs.entry(one.clone()).or_default();
        for (other, theirs) in tags.iter().filter(|(other, _)| *other != one) {
            let shared = own.iter().filter_map(|(tag, ways)| {
                let there = theirs.get(tag)?;
                let weight = match tag {
                    Tag::Factor(_) if ways.intersection(there).next().is_some() => 3,
                    Tag::Factor(_) | Tag::Programme(_) => 2,
                    Tag::Theme(_) | Tag::System(_) => 1,
                };
                Some((*tag, weight * rarity(tags.len(), carriers(tag))))
            });
            others.insert(other.clone(), shared.collect());
        }
    }
    pairs
}

/// The related studies of every study by brute force: slug and score.
fn related(corpus: &Corpus) -> BTreeMap<String, Vec<(String, i64)>> {
    let links = corpus.links();
    gains(corpus)
        .into_iter()
        .map(|(one, others)| {
            let mut scored: Vec<(i64, String)> = others
                .into_iter()
                .map(|(other, shared)| (shared.iter().map(|(_, gain)| gain).sum(), other))
                .filter(|(score, _)| *score > 0)
                .collect();
            scored.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
            scored.truncate(6 + links.get(&one).map_or(0, BTreeSet::len));
            (
                one,
                scored
                    .into_iter()
                    .map(|(score, other)| (other, score))
                    .collect(),
            )
        })
        .collect()
}

/// The counterpoints of a study's citation by brute force: slugs, best-evidenced first.
fn counterpoints(corpus: &Corpus, slug: &str, factor: usize, way: Way) -> Vec<String> {
    let other_way = match way {
        Way::Helped => Way::Hindered,
        Way::Hindered => Way::Helped,
        Way::Both => return Vec::new(),
    };
    let mut found: Vec<(bool, usize, String)> = corpus
        .listed()
        .filter(|study| study.slug() != slug)
        .filter_map(|study| {
            let citation = study
                .citations
                .iter()
                .find(|citation| citation.factor == factor && citation.way == other_way)?;
            Some((
                !citation.evidence,
                study.design.unwrap_or(usize::MAX),
                study.slug(),
            ))
        })
        .collect();
    found.sort();
    found.into_iter().map(|(_, _, slug)| slug).collect()
}

fn direction(way: Way) -> Direction {
    match way {
        Way::Helped => Direction::Enabler,
        Way::Hindered => Direction::Barrier,
        Way::Both => Direction::Mixed,
    }
}

/// What the graph says of the related studies, in the shape of [`related`].
fn said(library: &Library, graph: &Graph) -> BTreeMap<String, Vec<(String, i64)>> {
    library
        .listed_studies()
        .map(|(id, study)| {
            let near = graph.related(id, library).iter().map(|neighbour| {
                let slug = library.study(neighbour.study).slug.clone();
                (slug, i64::from(neighbour.score))
            });
            (study.slug.clone(), near.collect())
        })
        .collect()
}

fn check_reasons(corpus: &Corpus, library: &Library, graph: &Graph) -> Result<(), TestCaseError> {
    let gains = gains(corpus);
    let tags = tags(corpus);
    for (id, study) in library.listed_studies() {
        for neighbour in graph.related(id, library) {
            let other = &library.study(neighbour.study).slug;
            let shared = &gains[&study.slug][other];
            let reasons: Vec<Tag> = neighbour
                .reasons
                .iter()
                .map(|reason| match reason {
                    Reason::Factor(factor, ..) => Tag::Factor(factor.index()),
                    Reason::Theme(theme) => Tag::Theme(theme.index()),
                    Reason::System(system) => Tag::System(system.index()),
                    Reason::Programme => Tag::Programme(
                        corpus
                            .study(&study.slug)
                            .and_then(|study| study.programme)
                            .unwrap_or(usize::MAX),
                    ),
                })
                .collect();
            // Themes that a shared factor brings along are no reasons of their own.
            let brought: BTreeSet<usize> = shared
                .iter()
                .filter_map(|(tag, _)| match tag {
                    Tag::Factor(factor) => Some(&corpus.factors[*factor]),
                    _ => None,
                })
                .flat_map(|factor| std::iter::once(factor.theme).chain(factor.also.iter().copied()))
                .collect();
            let mut expected: Vec<i64> = shared
                .iter()
                .filter(|(tag, _)| !matches!(tag, Tag::Theme(theme) if brought.contains(theme)))
                .map(|(_, gain)| *gain)
                .collect();
            expected.sort_by_key(|gain| std::cmp::Reverse(*gain));
            expected.truncate(3);
            let given: Option<Vec<i64>> = reasons
                .iter()
                .map(|reason| {
                    shared
                        .iter()
                        .find(|(tag, _)| tag == reason)
                        .map(|(_, gain)| *gain)
                })
                .collect();
            prop_assert_eq!(
                given,
                Some(expected),
                "{} and {}: {:?}",
                &study.slug,
                other,
                &neighbour.reasons
            );
            for reason in &neighbour.reasons {
                if let Reason::Factor(factor, here, there) = reason {
                    let tag = Tag::Factor(factor.index());
                    let ways = |slug: &str| -> Vec<Direction> {
                        tags[slug][&tag].iter().map(|way| direction(*way)).collect()
                    };
                    prop_assert!(ways(&study.slug).contains(here) && ways(other).contains(there));
                    let common = ways(&study.slug)
                        .iter()
                        .any(|way| ways(other).contains(way));
                    prop_assert_eq!(common, here == there);
                }
            }
        }
    }
    Ok(())
}

fn check_counterpoints(
    corpus: &Corpus,
    library: &Library,
    graph: &Graph,
) -> Result<(), TestCaseError> {
    for (id, study) in library.listed_studies() {
        for citation in &study.citations {
            let way = match citation.direction {
                Direction::Enabler => Way::Helped,
                Direction::Barrier => Way::Hindered,
                Direction::Mixed => Way::Both,
            };
            let points: Vec<_> = graph
                .counterpoints
                .of(citation.factor, citation.direction, Some(id))
                .map(|&(other, at)| (other, &library.study(other).citations[at]))
                .collect();
            let given: Vec<String> = points
                .iter()
                .map(|(other, _)| library.study(*other).slug.clone())
                .collect();
            let expected = counterpoints(corpus, &study.slug, citation.factor.index(), way);
            prop_assert_eq!(given, expected, "{} {:?}", &study.slug, citation);
            for (other, point) in points {
                prop_assert!(other != id, "never itself");
                prop_assert_eq!(point.factor, citation.factor);
                prop_assert_eq!(Some(point.direction), citation.direction.opposite());
                prop_assert!(point.direction != Direction::Mixed);
            }
        }
    }
    Ok(())
}

fn check_index(corpus: &Corpus, library: &Library, graph: &Graph) -> Result<(), TestCaseError> {
    let tags = tags(corpus);
    let slugs = |ids: &[caseloom::id::Id<caseloom::content::Study>]| -> Vec<String> {
        ids.iter()
            .map(|id| library.study(*id).slug.clone())
            .collect()
    };
    for (id, factor) in library.vocabulary.factors.iter() {
        for way in Way::ALL {
            let expected: Vec<String> = tags
                .iter()
                .filter(|(_, own)| {
                    own.get(&Tag::Factor(id.index()))
                        .is_some_and(|ways| ways.contains(&way))
                })
                .map(|(slug, _)| slug.clone())
                .collect();
            prop_assert_eq!(
                slugs(graph.tags.factor(id, direction(way))),
                expected,
                "{}",
                factor.id()
            );
        }
    }
    let carriers = |tag: Tag| -> Vec<String> {
        tags.iter()
            .filter(|(_, own)| own.contains_key(&tag))
            .map(|(slug, _)| slug.clone())
            .collect()
    };
    for (id, _) in library.vocabulary.themes.iter() {
        prop_assert_eq!(
            slugs(graph.tags.theme(id)),
            carriers(Tag::Theme(id.index()))
        );
    }
    for (id, system) in library
        .vocabulary
        .systems
        .iter()
        .filter(|(_, system)| !system.scope)
    {
        prop_assert_eq!(
            slugs(graph.tags.system(id)),
            carriers(Tag::System(id.index())),
            "{}",
            system.id()
        );
    }
    Ok(())
}

/// The labels of the columns that a study stands in, by brute force.
fn columns(axis: Axis, study: &StudySpec) -> BTreeSet<String> {
    let columns: BTreeSet<String> = match axis {
        Axis::Level => BTreeSet::from(["place".to_owned()]),
        Axis::EvidenceDesign => study.design.iter().map(|at| format!("d{at}")).collect(),
        Axis::Region if study.systems.is_empty() => BTreeSet::from(["National".to_owned()]),
        Axis::Region => study
            .systems
            .iter()
            .map(|system| region_of(*system).to_owned())
            .collect(),
        Axis::OutcomeAim => unreachable!("the corpus has no list of aims"),
    };
    if columns.is_empty() {
        return BTreeSet::from(["Not given".to_owned()]);
    }
    columns
}

fn check_matrices(corpus: &Corpus, library: &Library, graph: &Graph) -> Result<(), TestCaseError> {
    let axes: Vec<Axis> = graph.matrices.iter().map(|matrix| matrix.axis).collect();
    prop_assert_eq!(
        axes,
        [Axis::Level, Axis::EvidenceDesign, Axis::Region],
        "those that the library has lists or regions for"
    );
    for matrix in &graph.matrices {
        let mut expected: BTreeMap<(usize, String), [usize; 3]> = BTreeMap::new();
        let mut studies: BTreeMap<String, usize> = BTreeMap::new();
        for study in corpus.listed() {
            for column in columns(matrix.axis, study) {
                *studies.entry(column.clone()).or_default() += 1;
                for citation in &study.citations {
                    let cell = expected.entry((citation.factor, column.clone()));
                    cell.or_default()[citation.way as usize] += 1;
                }
            }
        }
        let mut given: BTreeMap<(usize, String), [usize; 3]> = BTreeMap::new();
        for factor in library.vocabulary.factors.ids() {
            for (column, cell) in matrix.columns.iter().zip(matrix.row(factor)) {
                if *cell != [0; 3] {
                    given.insert((factor.index(), column.label.clone()), *cell);
                }
            }
        }
        prop_assert_eq!(given, expected, "{:?}", matrix.axis);
        for column in &matrix.columns {
            let known = studies.get(&column.label).copied().unwrap_or_default();
            prop_assert_eq!(column.studies, known, "{}", &column.label);
            prop_assert!(known > 0 || !column.aside, "{} is of no use", &column.label);
        }
        for (id, study) in library.studies() {
            let labels = matrix.columns_of(id).iter();
            let labels: BTreeSet<String> = labels
                .map(|column| matrix.columns[*column].label.clone())
                .collect();
            let spec = corpus.listed().find(|spec| spec.slug() == study.slug);
            let known = spec.map(|spec| columns(matrix.axis, spec));
            prop_assert_eq!(labels, known.unwrap_or_default(), "{}", &study.slug);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn a_cell_counts_the_studies_in_which_the_factor_was_seen_there(corpus in corpus()) {
        let (library, graph) = corpus.graph(false);
        check_matrices(&corpus, &library, &graph)?;
    }

    #[test]
    fn related_studies_are_the_best_of_all_pairs(corpus in corpus()) {
        let (library, graph) = corpus.graph(false);
        prop_assert_eq!(said(&library, &graph), related(&corpus));
    }

    #[test]
    fn reasons_are_what_both_share_weightiest_first(corpus in corpus()) {
        let (library, graph) = corpus.graph(false);
        check_reasons(&corpus, &library, &graph)?;
    }

    #[test]
    fn counterpoints_are_the_other_side_best_evidenced_first(corpus in corpus()) {
        let (library, graph) = corpus.graph(false);
        check_counterpoints(&corpus, &library, &graph)?;
    }

    #[test]
    fn the_index_holds_every_study_of_every_tag(corpus in corpus()) {
        let (library, graph) = corpus.graph(false);
        check_index(&corpus, &library, &graph)?;
    }

    #[test]
    fn the_order_of_files_does_not_matter(corpus in corpus()) {
        let (library, graph) = corpus.graph(false);
        let (other_library, other) = corpus.graph(true);
        for (id, _) in library.studies() {
            prop_assert_eq!(graph.related(id, &library), other.related(id, &other_library));
        }
        prop_assert_eq!(said(&library, &graph), said(&other_library, &other));
    }

    #[test]
    fn withdrawn_studies_are_nowhere(corpus in corpus()) {
        let (library, graph) = corpus.graph(false);
        let withdrawn: BTreeSet<String> = library
            .studies()
            .filter(|(_, study)| !study.is_listed())
            .map(|(_, study)| study.slug.clone())
            .collect();
        for (id, study) in library.studies() {
            let near = graph.related(id, &library);
            prop_assert!(!withdrawn.contains(&study.slug) || near.is_empty());
            for neighbour in near {
                prop_assert!(!withdrawn.contains(&library.study(neighbour.study).slug));
            }
            for link in graph.links.of(id) {
                prop_assert!(!withdrawn.contains(&library.study(link.study).slug));
            }
        }
    }

    #[test]
    fn relations_have_two_ends(corpus in corpus()) {
        let (library, graph) = corpus.graph(false);
        let links = corpus.links();
        for (id, study) in library.listed_studies() {
            let given: BTreeSet<String> = graph
                .links
                .of(id)
                .iter()
                .map(|link| library.study(link.study).slug.clone())
                .collect();
            let expected = links.get(&study.slug).cloned().unwrap_or_default();
            prop_assert_eq!(given, expected, "{}", &study.slug);
        }
    }
}

proptest! {
    #![proptest_config(cases(6))]

    /// Enough studies that common tags are skipped on the way.
    #[test]
    fn large_libraries_are_no_different(corpus in large_corpus()) {
        let (library, graph) = corpus.graph(false);
        prop_assert_eq!(said(&library, &graph), related(&corpus));
        check_counterpoints(&corpus, &library, &graph)?;
    }
}

#[test]
fn a_small_library_by_hand() {
    let corpus = Corpus::by_hand();
    let (library, graph) = corpus.graph(false);
    // Three studies; `f0` (theme t0) is cited by all, `f1` (theme t1) by two of them in different directions.
    let r = |carriers: f64| (1000.0 * (4.0 / carriers).ln()).round() as i64;
    let expected = [
        (
            "s00",
            vec![
                ("s01", 3 * r(3.0) + r(3.0) + 2 * r(2.0) + r(2.0)),
                ("s02", 3 * r(3.0) + r(3.0)),
            ],
        ),
        (
            "s01",
            vec![
                ("s00", 3 * r(3.0) + r(3.0) + 2 * r(2.0) + r(2.0)),
                ("s02", 3 * r(3.0) + r(3.0)),
            ],
        ),
        (
            "s02",
            vec![("s00", 3 * r(3.0) + r(3.0)), ("s01", 3 * r(3.0) + r(3.0))],
        ),
    ];
    let expected: BTreeMap<String, Vec<(String, i64)>> = expected
        .into_iter()
        .map(|(slug, near)| {
            let near = near
                .into_iter()
                .map(|(slug, score)| (slug.to_owned(), score));
            (slug.to_owned(), near.collect())
        })
        .collect();
    assert_eq!(said(&library, &graph), expected);
    assert_eq!(related(&corpus), expected);
}
