//! Pages that got another address while the server ran, so that whoever has the old one open is led to the new one.

use std::collections::BTreeSet;

use super::live::Moved;
use super::snapshot::Snapshot;
use crate::content::Study;
use crate::source;

/// The moves so far and those between two sites: a study that is gone, and a new one of the same title or the same text.
pub(super) fn moved(old: &Snapshot, new: &Snapshot, so_far: &Moved) -> Moved {
    let (before, after) = (slugs(old), slugs(new));
    let mut moved = so_far.clone();
    let come: Vec<&Study> = after
        .difference(&before)
        .filter_map(|slug| study(new, slug))
        .collect();
    for gone in before
        .difference(&after)
        .filter_map(|slug| study(old, slug))
    {
        let same = |new_study: &&&Study| {
            new_study.title == gone.title
                || body(old, gone).is_some_and(|text| body(new, new_study) == Some(text))
        };
        if let Some(now) = come.iter().find(same) {
            // Who has an address from before that move is led to the last one.
            for to in moved.values_mut().filter(|to| **to == address(gone)) {
                *to = address(now);
            }
            moved.insert(address(gone), address(now));
        }
    }
    // What is there again has not moved.
    moved.retain(|from, _| !new.has(from));
    moved
}

fn slugs(site: &Snapshot) -> BTreeSet<&str> {
    let studies = site.project.library.studies();
    studies.map(|(_, study)| study.slug.as_str()).collect()
}

fn study<'s>(site: &'s Snapshot, slug: &str) -> Option<&'s Study> {
    let library = &site.project.library;
    Some(library.study(library.find_study(slug)?))
}

/// The text of a study below its front matter; `None` of one that has none.
fn body<'s>(site: &'s Snapshot, study: &Study) -> Option<&'s str> {
    let text = site.project.sources.text(&study.path)?;
    Some(text[source::split(text).body].trim()).filter(|text| !text.is_empty())
}

fn address(study: &Study) -> String {
    study
        .output_path()
        .trim_end_matches("index.html")
        .to_owned()
}
