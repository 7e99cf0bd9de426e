//! From a value of a controlled list to the studies that carry it. Withdrawn studies are in none of these lists.

use std::collections::BTreeMap;

use crate::content::{Account, Library, Study};
use crate::id::Id;
use crate::vocabulary::{Choice, ListField};

/// For every field that is bound to a list, the studies of each value of the list, sorted by slug and without doubles.
#[derive(Debug, Hash)]
pub struct ChoiceIndex {
    fields: BTreeMap<ListField, Vec<Vec<Id<Study>>>>,
}

impl ChoiceIndex {
    /// Indexes all listed studies.
    pub fn new(library: &Library) -> Self {
        let vocabulary = &library.vocabulary;
        let mut fields: BTreeMap<_, _> = ListField::ALL
            .into_iter()
            .filter_map(|field| {
                let list = vocabulary
                    .frameworks
                    .get(vocabulary.lists.framework(field)?);
                Some((field, vec![Vec::new(); list.categories.len()]))
            })
            .collect();
        for (id, study) in library.listed_studies() {
            for (field, values) in &mut fields {
                each_value(study, library.account(id), *field, |rank| {
                    let studies = &mut values[rank];
                    // Studies arrive in order, so a double can only be the last one.
                    if studies.last() != Some(&id) {
                        studies.push(id);
                    }
                });
            }
        }
        Self { fields }
    }

    /// The values of a field in the order of its list, each with its studies; none if no list is bound to the field.
    pub fn values(&self, field: ListField) -> &[Vec<Id<Study>>] {
        self.fields.get(&field).map_or(&[], Vec::as_slice)
    }
}

/// Calls `found` with the place in the list of each value that a study carries, in no order and perhaps more than once.
/// A range of a scale carries every step from its lowest to its highest.
fn each_value(study: &Study, account: &Account, field: ListField, mut found: impl FnMut(usize)) {
    let mut all = |choices: &[Choice]| choices.iter().for_each(|choice| found(choice.rank));
    match field {
        ListField::Level => all(&study.levels),
        ListField::OrganisationalLevel => {
            all(&study.organisational_levels);
            for citation in &study.citations {
                all(&citation.organisational_levels);
            }
        }
        ListField::PartnerKind => {
            for partner in &study.partners {
                all(partner.kind.as_slice());
            }
        }
        ListField::Programme => all(study.programme.as_slice()),
        ListField::ParticipationLevel => {
            let Some(participation) = &study.participation else {
                return;
            };
            match (&participation.from, &participation.to) {
                (Some(from), Some(to)) => (from.rank..=to.rank).for_each(found),
                (from, to) => {
                    all(from.as_slice());
                    all(to.as_slice());
                }
            }
        }
        ListField::ParticipationSphere => {
            if let Some(participation) = &study.participation {
                all(participation.sphere.as_slice());
            }
        }
        ListField::OutcomeAim => {
            for outcome in &account.outcomes {
                all(outcome.aim.as_slice());
            }
        }
        ListField::OutcomeDirection => {
            for outcome in &account.outcomes {
                all(outcome.direction.as_slice());
            }
        }
        ListField::EvidenceDesign => all(study.design.as_slice()),
        ListField::Relation => {
            for related in &study.related {
                all(std::slice::from_ref(&related.relation));
            }
        }
    }
}
