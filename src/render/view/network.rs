//! Who is in the library: every organisation that took part in a study, by kind.

use std::collections::BTreeMap;

use tera::Value;

use super::super::value::{list, object, text};
use super::{Fields, Site};
use crate::content::Study;
use crate::id::Id;
use crate::vocabulary::suggest::compact;

/// An organisation under one of its spellings, and the studies that it took part in.
struct Member<'s> {
    name: &'s str,
    studies: Vec<Id<Study>>,
}

/// Values of `network.html`: kinds in the order of their list, organisations by name. Spellings that differ in case,
/// blanks and hyphens alone are one organisation, under the spelling that comes first.
pub(in crate::render) fn network(site: &Site<'_>) -> Fields {
    let mut kinds: BTreeMap<(usize, &str), BTreeMap<String, Member<'_>>> = BTreeMap::new();
    for (id, study) in site.library.listed_studies() {
        for partner in &study.partners {
            let kind = match &partner.kind {
                Some(kind) => (kind.rank, kind.label.as_ref()),
                None => (usize::MAX, "Other"),
            };
            let members = kinds.entry(kind).or_default();
            let member = members.entry(compact(&partner.name)).or_insert(Member {
                name: &partner.name,
                studies: Vec::new(),
            });
            if member.studies.last() != Some(&id) {
                member.studies.push(id);
            }
        }
    }
    let mut organisations = 0;
    let groups: Vec<Value> = kinds
        .into_iter()
        .map(|((_, label), members)| {
            organisations += members.len();
            let mut members: Vec<Member<'_>> = members.into_values().collect();
            members.sort_by_cached_key(|member| (member.name.to_lowercase(), member.name));
            let rows = members.into_iter().map(|member| {
                let studies = member.studies.into_iter();
                object([
                    ("name", text(member.name)),
                    ("studies", list(studies.map(|study| site.study_link(study)))),
                ])
            });
            object([("label", text(label)), ("members", list(rows))])
        })
        .collect();
    vec![
        ("groups", list(groups)),
        ("count", Value::from(organisations)),
    ]
}
