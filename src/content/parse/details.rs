//! The optional parts of a study, each a list of small closed records.

use super::{text, web_address};
use crate::content::account::{Configuration, Effort, Evidence, Outcome};
use crate::content::evidence::References;
use crate::content::shapes::{CONFIGURATION, EFFORT, EVIDENCE, OUTCOME, PARTNER, RELATED, SOURCE};
use crate::content::study::{Partner, Related, Source};
use crate::diagnostics::{Sink, Span, rules};
use crate::source::yaml::Node;
use crate::source::{Record, start_of};
use crate::vocabulary::{Category, Choice, ListField, Vocabulary};

pub(super) fn read_partners(
    record: &Record<'_, '_>,
    vocabulary: &Vocabulary,
    sink: &mut Sink,
) -> Vec<Partner> {
    let mut partners = Vec::new();
    for node in record.items("partners", sink) {
        let Some(inner) = Record::open(node, &PARTNER, start_of(node), sink) else {
            continue;
        };
        let kind = inner
            .text("kind", sink)
            .and_then(|given| vocabulary.choice(ListField::PartnerKind, &given, sink));
        if let Some(name) = text(&inner, "name", sink) {
            partners.push(Partner { name, kind });
        }
    }
    partners
}

pub(super) fn read_outcomes(
    record: &Record<'_, '_>,
    vocabulary: &Vocabulary,
    sink: &mut Sink,
) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for node in record.items("outcomes", sink) {
        let Some(inner) = Record::open(node, &OUTCOME, start_of(node), sink) else {
            continue;
        };
        let choice = |key, field, sink: &mut Sink| {
            let given = inner.text(key, sink)?;
            vocabulary.choice(field, &given, sink)
        };
        let aim = choice("aim", ListField::OutcomeAim, sink);
        let direction = choice("direction", ListField::OutcomeDirection, sink);
        let finding = inner.text("finding", sink);
        if let Some(finding) = &finding {
            rules::bare_figure::check(finding, sink);
        }
        if let (Some(finding), Some(direction), Some(node)) =
            (&finding, &direction, inner.node("direction"))
        {
            let span = node.span.clone();
            let said = &finding.value;
            rules::planned_improvement::check(said, &direction.id, span, vocabulary, sink);
        }
        let finding = finding.map(|finding| finding.value);
        if let Some(measure) = text(&inner, "measure", sink) {
            outcomes.push(Outcome {
                measure,
                aim,
                finding,
                direction,
            });
        }
    }
    outcomes
}

pub(super) fn read_configurations(record: &Record<'_, '_>, sink: &mut Sink) -> Vec<Configuration> {
    let mut configurations = Vec::new();
    for node in record.items("cmo", sink) {
        let Some(inner) = Record::open(node, &CONFIGURATION, start_of(node), sink) else {
            continue;
        };
        let parts = ["context", "mechanism", "outcome"].map(|key| text(&inner, key, sink));
        if let [Some(context), Some(mechanism), Some(outcome)] = parts {
            configurations.push(Configuration {
                context,
                mechanism,
                outcome,
            });
        }
    }
    configurations
}

pub(super) fn read_effort(record: &Record<'_, '_>, sink: &mut Sink) -> Effort {
    let Some(node) = record.node("effort") else {
        return Effort::default();
    };
    let Some(inner) = Record::open(node, &EFFORT, start_of(node), sink) else {
        return Effort::default();
    };
    let [staff, cost, time] = ["staff", "cost", "time"].map(|key| text(&inner, key, sink));
    Effort { staff, cost, time }
}

/// The design of the research, and what else is known of how the study knows.
pub(super) fn read_evidence(
    record: &Record<'_, '_>,
    fence: Span,
    vocabulary: &Vocabulary,
    sink: &mut Sink,
) -> (Option<Choice>, Evidence) {
    let Some(node) = record.node("evidence") else {
        if !record.is_lost("evidence") {
            rules::no_limitations::report(fence, sink);
        }
        return Default::default();
    };
    let Some(inner) = Record::open(node, &EVIDENCE, start_of(node), sink) else {
        return Default::default();
    };
    let limitations = text(&inner, "limitations", sink);
    if limitations.is_none() && !inner.is_lost("limitations") {
        let key = record.key_span("evidence").unwrap_or(fence);
        rules::no_limitations::report(key, sink);
    }
    let design = inner
        .text("design", sink)
        .and_then(|given| vocabulary.choice(ListField::EvidenceDesign, &given, sink));
    let note = text(&inner, "note", sink);
    (design, Evidence { note, limitations })
}

pub(super) fn read_sources(
    record: &Record<'_, '_>,
    references: &References,
    sink: &mut Sink,
) -> Vec<Source> {
    let mut sources = Vec::new();
    for node in record.items("sources", sink) {
        let Some(inner) = Record::open(node, &SOURCE, start_of(node), sink) else {
            continue;
        };
        let place = text(&inner, "where", sink);
        match (inner.text("reference", sink), inner.text("url", sink)) {
            (Some(given), None) => {
                if let Some(reference) = references.resolve(&given, &rules::UNKNOWN_REFERENCE, sink)
                {
                    sources.push(Source::Reference(reference, place));
                }
            }
            (None, Some(given)) => {
                if let Some(url) = web_address("url", &given, sink) {
                    sources.push(Source::Url(url, place));
                }
            }
            (Some(reference), Some(url)) => {
                // Each may have mistakes of its own, which are told at once.
                references.resolve(&reference, &rules::UNKNOWN_REFERENCE, sink);
                web_address("url", &url, sink);
                sink.report(
                    &rules::BAD_VALUE,
                    url.span,
                    "a source has either `reference` or `url`, not both",
                );
            }
            (None, None) => {
                let empty = matches!(&node.value, Node::Map(entries) if entries.is_empty());
                let reported = ["reference", "url"]
                    .iter()
                    .any(|key| inner.key_span(key).is_some())
                    || empty;
                if !reported {
                    sink.report(
                        &rules::MISSING_KEY,
                        start_of(node),
                        "a source needs `reference` or `url`",
                    );
                }
            }
        }
    }
    sources
}

pub(super) fn read_related(
    record: &Record<'_, '_>,
    slug: &str,
    vocabulary: &Vocabulary,
    sink: &mut Sink,
) -> Vec<Related> {
    let mut related: Vec<Related> = Vec::new();
    for node in record.items("related", sink) {
        let Some(inner) = Record::open(node, &RELATED, start_of(node), sink) else {
            continue;
        };
        let relation = inner
            .text("relation", sink)
            .and_then(|given| vocabulary.choice(ListField::Relation, &given, sink));
        let Some(study) = inner.text("study", sink) else {
            continue;
        };
        if study.value == slug {
            let diagnostic = sink
                .diagnostic(
                    &rules::SELF_RELATION,
                    study.span,
                    "a study can't be related to itself",
                )
                .help("write the file name of another study, without .md, or take this line out");
            sink.push(diagnostic);
            continue;
        }
        let Some(relation) = relation else {
            continue;
        };
        let first = related
            .iter()
            .find(|known| known.study.value == study.value && known.relation == relation);
        if let Some(first) = first {
            let diagnostic = sink
                .diagnostic(
                    &rules::REPEATED_VALUE,
                    study.span,
                    format!("`{}` is related twice in the same way", study.value),
                )
                .label(sink.path(), first.study.span.clone(), "first given here");
            sink.push(diagnostic);
            continue;
        }
        let category = category(&relation, vocabulary);
        related.push(Related {
            inverse: category
                .and_then(|category| category.inverse.clone())
                .unwrap_or_else(|| relation.label.clone()),
            side_by_side: category.is_some_and(|category| category.side_by_side),
            study,
            relation,
        });
    }
    related
}

/// What the vocabulary says of a relation, where there is a list of them. One without an inverse is the same from either
/// side.
fn category<'v>(relation: &Choice, vocabulary: &'v Vocabulary) -> Option<&'v Category> {
    let list = vocabulary.lists.framework(ListField::Relation)?;
    vocabulary
        .frameworks
        .get(list)
        .categories
        .get(relation.rank)
}
