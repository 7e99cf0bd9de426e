//! The optional parts of a study, each a list of small closed records.

use std::sync::Arc;

use super::{text, web_address};
use crate::content::evidence::References;
use crate::content::study::{
    Configuration, Evidence, Outcome, Participation, Partner, Related, Source,
};
use crate::diagnostics::{Sink, Spanned, rules};
use crate::source::{Record, Shape, start_of};
use crate::vocabulary::{Choice, ListField, Vocabulary};

const PARTNER: Shape = Shape {
    what: "a partner",
    required: &["name"],
    optional: &["kind"],
};
const PARTICIPATION: Shape = Shape {
    what: "participation",
    required: &[],
    optional: &["level", "sphere"],
};
const OUTCOME: Shape = Shape {
    what: "an outcome",
    required: &["measure"],
    optional: &["aim", "finding", "direction"],
};
const CONFIGURATION: Shape = Shape {
    what: "a context-mechanism-outcome chain",
    required: &["context", "mechanism", "outcome"],
    optional: &[],
};
const EFFORT: Shape = Shape {
    what: "effort",
    required: &[],
    optional: &["staff", "cost", "time"],
};
const EVIDENCE: Shape = Shape {
    what: "evidence",
    required: &[],
    optional: &["design", "note", "limitations"],
};
const SOURCE: Shape = Shape {
    what: "a source",
    required: &[],
    optional: &["reference", "url", "where"],
};
const RELATED: Shape = Shape {
    what: "a related study",
    required: &["study", "relation"],
    optional: &[],
};

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

pub(super) fn read_participation(
    record: &Record<'_, '_>,
    vocabulary: &Vocabulary,
    sink: &mut Sink,
) -> Option<Participation> {
    let node = record.node("participation")?;
    let inner = Record::open(node, &PARTICIPATION, start_of(node), sink)?;
    let sphere = inner
        .text("sphere", sink)
        .and_then(|given| vocabulary.choice(ListField::ParticipationSphere, &given, sink));
    let (mut from, mut to) = (None, None);
    if let Some(level) = inner.text("level", sink) {
        let field = ListField::ParticipationLevel;
        match level.value.split_once("..") {
            None => from = vocabulary.choice(field, &level, sink),
            Some((low, high)) => {
                let part = |text: &str| Spanned::new(text.trim().to_owned(), level.span.clone());
                from = vocabulary.choice(field, &part(low), sink);
                to = vocabulary.choice(field, &part(high), sink);
                let ordered = vocabulary.lists.framework(field).is_some();
                if let (Some(low), Some(high)) = (&from, &to)
                    && ordered
                    && low.rank > high.rank
                {
                    let turned = format!("{}..{}", high.id, low.id);
                    let diagnostic = sink
                        .diagnostic(
                            &rules::REVERSED_RANGE,
                            level.span.clone(),
                            format!("`{}` stands above `{}` on its scale", low.id, high.id),
                        )
                        .suggest_at(
                            level.span.clone(),
                            &turned,
                            format!("write `{turned}`"),
                            true,
                        );
                    sink.push(diagnostic);
                }
            }
        }
    }
    Some(Participation { from, to, sphere })
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
        let finding = text(&inner, "finding", sink);
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

pub(super) fn read_effort(record: &Record<'_, '_>, sink: &mut Sink) -> Vec<(&'static str, String)> {
    let Some(node) = record.node("effort") else {
        return Vec::new();
    };
    let Some(inner) = Record::open(node, &EFFORT, start_of(node), sink) else {
        return Vec::new();
    };
    ["staff", "cost", "time"]
        .into_iter()
        .filter_map(|key| Some((key, text(&inner, key, sink)?)))
        .collect()
}

pub(super) fn read_evidence(
    record: &Record<'_, '_>,
    vocabulary: &Vocabulary,
    sink: &mut Sink,
) -> Evidence {
    let Some(node) = record.node("evidence") else {
        return Evidence::default();
    };
    let Some(inner) = Record::open(node, &EVIDENCE, start_of(node), sink) else {
        return Evidence::default();
    };
    Evidence {
        design: inner
            .text("design", sink)
            .and_then(|given| vocabulary.choice(ListField::EvidenceDesign, &given, sink)),
        note: text(&inner, "note", sink),
        limitations: text(&inner, "limitations", sink),
    }
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
                if let Some(reference) = references.resolve(&given, sink) {
                    sources.push(Source::Reference(reference, place));
                }
            }
            (None, Some(given)) => {
                if let Some(url) = web_address("url", &given, sink) {
                    sources.push(Source::Url(url, place));
                }
            }
            (Some(_), Some(url)) => sink.report(
                &rules::BAD_VALUE,
                url.span,
                "a source has either `reference` or `url`, not both",
            ),
            (None, None) => {
                let reported = ["reference", "url"]
                    .iter()
                    .any(|key| inner.key_span(key).is_some());
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
            sink.report(
                &rules::SELF_RELATION,
                study.span,
                "a study can't be related to itself",
            );
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
        let inverse = inverse(&relation, vocabulary);
        related.push(Related {
            study,
            relation,
            inverse,
        });
    }
    related
}

/// The name of a relation read from the other side: its inverse, or the same where it is symmetric.
fn inverse(relation: &Choice, vocabulary: &Vocabulary) -> Arc<str> {
    vocabulary
        .lists
        .framework(ListField::Relation)
        .and_then(|list| {
            let categories = &vocabulary.frameworks.get(list).categories;
            categories.get(relation.rank)?.inverse.clone()
        })
        .unwrap_or_else(|| relation.label.clone())
}
