//! The factors of a study, and the themes that they bring.

use super::{choices, text};
use crate::content::account::Said;
use crate::content::shapes::CITATION;
use crate::content::study::{Citation, Direction};
use crate::diagnostics::rules::repeated_evidence::Sentences;
use crate::diagnostics::{Sink, Span, Spanned, rules};
use crate::id::Id;
use crate::source::yaml::Node;
use crate::source::{Record, start_of};
use crate::vocabulary::{Factor, ListField, Theme, Vocabulary};

/// The factors of a study, and what it says of each.
pub(super) fn read_citations(
    record: &Record<'_, '_>,
    fence: Span,
    vocabulary: &Vocabulary,
    sink: &mut Sink,
) -> (Vec<Citation>, Vec<Said>) {
    let (mut citations, mut said) = (Vec::new(), Vec::new());
    let mut places: Vec<(Id<Factor>, Direction, Span)> = Vec::new();
    let mut sentences = Sentences::default();
    let mut given = 0;
    for direction in Direction::ALL {
        for node in record.items(direction.key(), sink) {
            given += 1;
            let Some((citation, told, span)) =
                read_citation(node, direction, vocabulary, &mut sentences, sink)
            else {
                continue;
            };
            let factor = &vocabulary.factors.get(citation.factor).id;
            let first = places
                .iter()
                .find(|(other, _, _)| *other == citation.factor)
                .map(|(_, direction, span)| (*direction, span.clone()));
            if let Some((other, first)) = first {
                let diagnostic = if other == direction {
                    sink.diagnostic(
                        &rules::REPEATED_VALUE,
                        span.clone(),
                        format!("`{factor}` stands twice in `{}`", direction.key()),
                    )
                    .help("put both sentences into one")
                } else {
                    sink.diagnostic(
                        &rules::FACTOR_IN_TWO_DIRECTIONS,
                        span.clone(),
                        format!(
                            "`{factor}` stands in `{}` and in `{}`",
                            other.key(),
                            direction.key()
                        ),
                    )
                    .help("if it worked both ways, put it once under `mixed` and say how; else keep one of the two")
                };
                let diagnostic = diagnostic.label(sink.path(), first, "first given here");
                sink.push(diagnostic);
            }
            places.push((citation.factor, direction, span));
            citations.push(citation);
            said.push(told);
        }
    }
    let named = Direction::ALL
        .iter()
        .any(|direction| record.key_span(direction.key()).is_some());
    if given == 0 && !(named && Direction::ALL.iter().any(|d| unusable(record, d.key()))) {
        let diagnostic = sink
            .diagnostic(
                &rules::NO_FACTORS,
                fence,
                "this study names no factor: it needs `enablers`, `barriers` or `mixed`",
            )
            .help("name at least one thing that helped or got in the way; the choices are in content/vocabulary/factors.yaml");
        sink.push(diagnostic);
    }
    (citations, said)
}

/// Whether a key has a value of the wrong shape, which was reported already.
fn unusable(record: &Record<'_, '_>, key: &str) -> bool {
    record.key_span(key).is_some()
        && !matches!(
            record.node(key),
            Some(Spanned {
                value: Node::Seq(_),
                ..
            })
        )
}

fn read_citation(
    node: &Spanned<Node<'_>>,
    direction: Direction,
    vocabulary: &Vocabulary,
    sentences: &mut Sentences,
    sink: &mut Sink,
) -> Option<(Citation, Said, Span)> {
    let mut citation = Citation {
        factor: Id::new(0),
        direction,
        organisational_levels: Vec::new(),
    };
    let mut said = Said::default();
    let mut silent = false;
    let given = match &node.value {
        Node::Scalar { text, .. } if !node.value.is_null() => {
            Spanned::new(text.trim().to_owned(), node.span.clone())
        }
        _ => {
            let record = Record::open(node, &CITATION, start_of(node), sink)?;
            let evidence = record.text("evidence", sink);
            if let Some(evidence) = &evidence {
                sentences.check(evidence, sink);
            }
            silent = record.is_lost("evidence");
            said.evidence = evidence.map(|evidence| evidence.value);
            said.condition = text(&record, "condition", sink);
            said.response = text(&record, "response", sink);
            citation.organisational_levels = choices(
                &record,
                "organisational_level",
                ListField::OrganisationalLevel,
                vocabulary,
                sink,
            );
            record.text("factor", sink)?
        }
    };
    citation.factor = vocabulary
        .factors
        .resolve(&given, &rules::UNKNOWN_FACTOR, sink)?;
    if said.evidence.is_none() && !silent {
        let factor = &vocabulary.factors.get(citation.factor).id;
        rules::evidence_missing::report(factor, given.span.clone(), sink);
    }
    Some((citation, said, given.span))
}

/// The themes that a study names, and the primary and further themes of each of its factors.
pub(super) fn all_themes(
    mut themes: Vec<Id<Theme>>,
    citations: &[Citation],
    vocabulary: &Vocabulary,
) -> Vec<Id<Theme>> {
    for citation in citations {
        let factor = vocabulary.factors.get(citation.factor);
        themes.push(factor.theme);
        themes.extend(&factor.also);
    }
    themes.sort_unstable();
    themes.dedup();
    themes
}
