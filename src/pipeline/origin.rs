//! What a site was made from, and on which days a build of the same would have nothing to say.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Material, Project};
use crate::date::PartialDate;
use crate::diagnostics::rules;
use crate::memo::Key;
use crate::output::hash_of_file;

/// What a site was made from, so that it need not be made again from the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The hash of what went into it, but for images and attachments.
    inputs: [u8; 32],
    /// Paths of the images and attachments in it, with the hash of the bytes of each.
    assets: BTreeMap<String, [u8; 32]>,
    /// The days on which a build of the same says nothing, as nothing lies in the future and no review is overdue: from the
    /// first on, and to the last if there is one.
    silent: (Date, Option<Date>),
    /// How many studies it lists.
    pub studies: usize,
}

impl Material {
    /// Whether a site of this origin is what a build of these files, whose hash is `inputs`, would make and say nothing.
    pub fn is_of(&self, origin: &Origin, inputs: &Key, today: Date) -> bool {
        let assets = origin.assets.par_iter();
        covers(origin.silent, today)
            && origin.inputs == *inputs.as_bytes()
            && assets.all(|(path, hash)| {
                let at = self.entries.binary_search_by(|it| (*it.path).cmp(path));
                let there = at
                    .ok()
                    .and_then(|at| hash_of_file(&self.entries[at].absolute).ok());
                there.is_some_and(|there| there.as_bytes() == hash)
            })
    }
}

impl Project {
    /// What its site is made from, when a build of the same has nothing to say on some days; `inputs` is the hash of its
    /// material.
    pub fn origin(&self, inputs: &Key, today: Date) -> Option<Origin> {
        let silent = self.silent_days();
        let of_the_day = [&rules::FUTURE_DATE, &rules::REVIEW_OVERDUE];
        let mut said = self.report.diagnostics().iter();
        // What is said of today must not be said to be silence.
        if said.any(|said| covers(silent, today) || !of_the_day.contains(&said.rule)) {
            return None;
        }
        let assets = self.assets.linked().map(|(asset, _)| {
            let bytes = self.assets.bytes(&asset.path).unwrap_or_default();
            (asset.path.to_string(), *blake3::hash(bytes).as_bytes())
        });
        Some(Origin {
            inputs: *inputs.as_bytes(),
            assets: assets.collect(),
            silent,
            studies: self.library.listed_studies().count(),
        })
    }

    /// The first and the last day on which nothing lies in the future and no review is overdue.
    fn silent_days(&self) -> (Date, Option<Date>) {
        let is_off = |rule: &rules::Rule| self.config.rules.get(rule.name) == Some(&None);
        // Drafts may be planned for a day to come.
        let studies = || {
            let studies = self.library.studies().map(|(_, study)| study);
            studies.filter(|study| !study.status.is_draft())
        };
        let of_studies = studies().flat_map(|study| {
            let start = study.start.map(PartialDate::first_day);
            let days = [Some(study.published), study.updated, study.reviewed, start];
            days.into_iter().flatten()
        });
        let of_reviews = self.library.reviews().iter();
        let of_reviews = of_reviews.filter(|review| !review.status.is_draft());
        let of_reviews = of_reviews.flat_map(|review| [review.published, review.modified()]);
        let first = match is_off(&rules::FUTURE_DATE) {
            true => None,
            false => of_studies.chain(of_reviews).max(),
        };
        let due = studies()
            .filter(|study| study.is_public())
            .filter_map(|study| {
                let read = study.reviewed.unwrap_or(study.published);
                self.config.review.due(read)
            });
        let last = match is_off(&rules::REVIEW_OVERDUE) {
            true => None,
            false => due.min(),
        };
        (first.unwrap_or(Date::MIN), last)
    }
}

/// Whether a day is one of those from the first to the last.
fn covers((first, last): (Date, Option<Date>), day: Date) -> bool {
    first <= day && last.is_none_or(|last| day <= last)
}
