//! The order of the steps of an update.
//!
//! A visitor who is on a page that the old and the new site both have meets no dead link at any moment: what the new
//! pages link to is there before they are, and what the old pages link to goes when they are gone. Pages that are new
//! link to each other, maybe in circles, so that no order would do for them: but nobody gets there before all of them
//! are there. Only where a file becomes a folder, or the other way round, its address is dead for a moment.
//!
//! At any moment the manifest on disk lists every file of caseloom's that may be there.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;

use crate::output::paths::Paths;

use super::Taken;
use super::manifest::{MANIFEST, Manifest};
use super::step::{Phase, Step};
use super::survey::{Fate, Survey, folders};
use super::target::Target;

/// The page that is replaced last: a visit begins there.
const FRONT_PAGE: &str = "index.html";

/// The phases of an update, each to be begun when the one before has ended. What differs is in the temporary folder.
pub(super) fn plan<'a>(
    survey: &'a Survey<'a>,
    taken: &[Taken],
    listed: &Manifest,
) -> Vec<Phase<'a>> {
    let Survey {
        paths,
        manifest,
        target,
        ..
    } = survey;
    let stale = stale(paths, manifest);
    let lists = Lists::of(listed, manifest, target);
    let mut staged = Vec::new();
    let begin = place_list(lists.union, paths.len(), &mut staged);
    let end = place_list(lists.last, paths.len() + 1, &mut staged);

    let mut phases = Vec::new();
    if !staged.is_empty() {
        phases.push(vec![Step::MakeTemp]);
    }
    phases.extend([staged, begin]);
    phases.extend(make_folders(&survey.new_folders));
    phases.extend(place(paths, taken, Fate::New));
    let way_files = survey.way_files.iter();
    phases.push(way_files.map(|path| remove_file(path, None)).collect());
    phases.extend(remove_folders(
        survey.way_folders.iter().map(String::as_str),
    ));
    phases.extend(make_folders(&survey.folders_behind));
    phases.extend(place(paths, taken, Fate::Behind));
    phases.extend(place(paths, taken, Fate::Changed));
    phases.extend(removals(paths, &stale));
    phases.push(end);
    phases.push(vec![Step::DropTemp]);
    phases.retain(|phase| !phase.is_empty());
    phases
}

/// The manifests that an update writes.
struct Lists {
    /// Old and new paths, if there are new ones: after a kill everything is known as caseloom's.
    union: Option<Vec<u8>>,
    /// The new paths, if that is not what the folder's manifest, or the union, says.
    last: Option<Vec<u8>>,
}

impl Lists {
    fn of(listed: &Manifest, manifest: &Manifest, target: &Target) -> Self {
        let last = listed.json();
        let union = listed
            .paths()
            .any(|path| !manifest.lists(path))
            .then(|| manifest.union(listed).json().to_vec());
        let is_there = match &union {
            Some(union) => union == last,
            None => fs::read(target.out.join(MANIFEST)).is_ok_and(|there| there == last),
        };
        Self {
            union,
            last: (!is_there).then(|| last.to_vec()),
        }
    }
}

/// Adds a manifest to what is staged; the answer is the phase that puts it in its place.
fn place_list<'a>(list: Option<Vec<u8>>, number: usize, staged: &mut Phase<'a>) -> Phase<'a> {
    let Some(json) = list else {
        return Vec::new();
    };
    staged.push(Step::Stage {
        number,
        bytes: json,
    });
    let path = MANIFEST;
    vec![Step::Place { number, path }]
}

/// Own old paths that the new site doesn't have.
fn stale<'a>(paths: &Paths, manifest: &'a Manifest) -> Vec<&'a str> {
    manifest
        .paths()
        .filter(|path| paths.number(path).is_none())
        .collect()
}

/// Files of one fate: what pages are made of, pages, the front page.
fn place<'a>(paths: &'a Paths, taken: &[Taken], wanted: Fate) -> [Phase<'a>; 3] {
    let mut phases = [Vec::new(), Vec::new(), Vec::new()];
    for (number, (path, taken)) in paths.iter().zip(taken).enumerate() {
        if taken.fate == wanted {
            let turn = usize::from(path.ends_with(".html")) + usize::from(path == FRONT_PAGE);
            phases[turn].push(Step::Place { number, path });
        }
    }
    phases
}

fn by_depth<'a>(paths: impl Iterator<Item = &'a str>) -> BTreeMap<usize, Vec<&'a str>> {
    let mut by_depth: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for path in paths {
        by_depth
            .entry(path.matches('/').count())
            .or_default()
            .push(path);
    }
    by_depth
}

fn make_folders<'a>(paths: &[&'a str]) -> impl Iterator<Item = Phase<'a>> {
    let levels = by_depth(paths.iter().copied());
    levels.into_values().map(|paths| {
        paths
            .into_iter()
            .map(|path| Step::MakeFolder { path })
            .collect()
    })
}

fn remove_folders<'a>(paths: impl Iterator<Item = &'a str>) -> impl Iterator<Item = Phase<'a>> {
    let levels = by_depth(paths);
    levels.into_values().rev().map(|paths| {
        paths
            .into_iter()
            .map(|path| Step::RemoveFolder { path })
            .collect()
    })
}

fn remove_file<'a>(path: &'a str, twin: Option<&'a str>) -> Step<'a> {
    Step::RemoveFile { path, twin }
}

/// Stale files, then the folders in which the site has nothing any more, the deepest first.
fn removals<'a>(paths: &'a Paths, stale: &[&'a str]) -> Vec<Phase<'a>> {
    if stale.is_empty() {
        return Vec::new();
    }
    let folded: HashSet<String> = stale.iter().map(|path| path.to_lowercase()).collect();
    let twins: HashMap<String, &str> = paths
        .iter()
        .map(|path| (path.to_lowercase(), path))
        .filter(|(folded_path, _)| folded.contains(folded_path))
        .collect();
    let twin = |path: &str| twins.get(&path.to_lowercase()).copied();
    let mut phases = vec![
        stale
            .iter()
            .map(|path| remove_file(path, twin(path)))
            .collect(),
    ];
    let left = folders(stale.iter().copied()).into_iter();
    let left = left.filter(|folder| !paths.has_folder(folder));
    phases.extend(remove_folders(left));
    phases
}
