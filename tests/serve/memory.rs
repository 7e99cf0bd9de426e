//! A walk with what is remembered of the walks before gives what a walk without gives, whatever has changed in between; and so
//! does a build that keeps the files of the build before.

use std::collections::BTreeMap;
use std::fs::File;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use anyhow::Result;
use caseloom::output::{Known, Paths};
use caseloom::pipeline::{self, Destination, Files, Memory, Options, Project, Record};
use caseloom::search;
use proptest::prelude::*;
use walkdir::WalkDir;

use crate::support::{FULL, Library, SHORT, cases, study_with_body, study_with_keys};

/// Something that people do between two saves.
#[derive(Debug, Clone, Copy)]
enum Act {
    Text,
    Title,
    Mistake,
    Draft,
    Withdraw,
    Alias,
    Rename,
    Remove,
    NewStudy,
    LinkToNewStudy,
    Factor,
    Term,
    Reference,
    Image,
    NoImage,
    SmallerImages,
    Limit,
    Rule,
    Template,
    Stylesheet,
    /// Time goes by, so that files are trusted that were read before.
    Pause,
}

const ACTS: [Act; 21] = [
    Act::Text,
    Act::Title,
    Act::Mistake,
    Act::Draft,
    Act::Withdraw,
    Act::Alias,
    Act::Rename,
    Act::Remove,
    Act::NewStudy,
    Act::LinkToNewStudy,
    Act::Factor,
    Act::Term,
    Act::Reference,
    Act::Image,
    Act::NoImage,
    Act::SmallerImages,
    Act::Limit,
    Act::Rule,
    Act::Template,
    Act::Stylesheet,
    Act::Pause,
];

const NEW: &str = "content/studies/hill/new.md";
const RENAMED: &str = "content/studies/renamed.md";
const CONFIG: &str = "site-config.toml";
const IMAGE: &str = "content/studies/valley/room.png";

fn act(library: &Library, act: Act, round: usize) {
    let there = |path: &str| library.path(path).exists();
    let change = |path: &str, from: &str, to: &str| {
        if there(path) {
            let text = library.read(path).replacen(from, to, 1);
            library.write(path, &text);
        }
    };
    let key = |line: &str| {
        library.write(SHORT, &study_with_keys(line));
    };
    match act {
        Act::Text => change(FULL, "\n---\n", &format!("\n---\nRound {round}.\n\n")),
        Act::Title => change(FULL, "title: ", &format!("title: Round {round} of ")),
        Act::Mistake => change(SHORT, "shared-office", "sharde-office"),
        Act::Draft => key("status: draft\n"),
        Act::Withdraw => key("status: withdrawn\nwithdrawn_reason: It was wrong.\n"),
        Act::Alias => key(&format!("aliases: [old-{round}]\n")),
        Act::Rename if there(SHORT) => drop(library.rename(SHORT, RENAMED)),
        Act::Rename | Act::NewStudy => drop(library.write(NEW, &study_with_body("Text.\n"))),
        Act::Remove if there(NEW) => drop(library.remove(NEW)),
        Act::Remove if there(SHORT) => drop(library.remove(SHORT)),
        Act::Remove => {}
        Act::LinkToNewStudy => change(FULL, "\n---\n", "\n---\nSee [new](../hill/new.md#text).\n\n"),
        Act::Factor => change("content/vocabulary/factors.yaml", "label: ", &format!("label: Round {round} ")),
        Act::Term => change("content/vocabulary/themes.yaml", "definition: ", &format!("definition: Round {round} ")),
        Act::Reference => change("content/evidence/papers.yaml", "title: ", &format!("title: Round {round} ")),
        Act::Image => drop(library.write_bytes(IMAGE, format!("image of round {round}").as_bytes())),
        Act::NoImage if there(IMAGE) => drop(library.remove(IMAGE)),
        Act::NoImage => {}
        Act::SmallerImages => change(CONFIG, "asset_bytes = 5000000", "asset_bytes = 5"),
        Act::Limit => change(CONFIG, "summary_characters = 300", "summary_characters = 12"),
        Act::Rule => change(CONFIG, "no-limitations = \"off\"", "no-limitations = \"warning\""),
        Act::Template => drop(library.write(
            "themes/default/templates/page.html",
            &format!("{{% extends \"base.html\" %}}{{% block main %}}{round}{{{{ body }}}}{{% endblock main %}}"),
        )),
        Act::Stylesheet => drop(library.write("themes/default/assets/style.css", &format!("p {{ margin: {round}px }}"))),
        Act::Pause => make_old(library),
    }
}

fn make_old(library: &Library) {
    let long_ago = SystemTime::now() - Duration::from_secs(60);
    for entry in WalkDir::new(library.root()) {
        let entry = entry.expect("the library can be read");
        if entry.file_type().is_file() {
            let file = File::options().write(true).open(entry.path());
            file.and_then(|file| file.set_modified(long_ago))
                .expect("the time can be set");
        }
    }
}

/// Every file of a site, by its path.
type Site = BTreeMap<String, Vec<u8>>;

/// The site of the build before, what its files were made from, and how many of them were kept.
#[derive(Default)]
struct Last {
    site: Site,
    record: Option<Record>,
    kept: usize,
}

/// Holds the files of a site in memory, beside those of the last one.
struct Shelf<'s> {
    paths: &'s Paths,
    last: &'s Site,
    kept: AtomicUsize,
}

impl Destination for Shelf<'_> {
    type Taken = Vec<u8>;

    fn take(&self, _: usize, bytes: &[u8]) -> Result<Vec<u8>> {
        Ok(bytes.to_vec())
    }

    fn keep(&self, number: usize, known: &Known) -> Result<Option<Vec<u8>>> {
        let there = self.last.get(self.paths.get(number));
        let there = there.filter(|there| blake3::hash(there) == known.hash);
        self.kept.fetch_add(there.iter().len(), Ordering::Relaxed);
        Ok(there.cloned())
    }
}

/// Every file of the site, or what keeps it from being made.
fn outcome(
    project: &Project,
    memory: Option<&mut search::Memory>,
    last: &mut Last,
) -> Result<Site, String> {
    if project.report.fails(false) {
        return Err("there are errors".to_owned());
    }
    let index = pipeline::index(project, memory);
    let paths = pipeline::paths(project, &index);
    let shelf = Shelf {
        paths: &paths,
        last: &last.site,
        kept: AtomicUsize::new(0),
    };
    let files = pipeline::make(
        project,
        &index,
        &paths,
        last.record.as_ref(),
        &mut |_| {},
        || false,
        &shelf,
    );
    let files = files.map_err(|error| format!("{error:#}"))?;
    let files: Files<Vec<u8>> = files.expect("nothing tells it to stop");
    let kept = shelf.kept.into_inner();
    let all = paths.iter().map(str::to_owned);
    let site: Site = all.zip(files.taken.iter().cloned()).collect();
    let record = Record::of(project, &paths, &files.taken, files.traces, |bytes| Known {
        hash: blake3::hash(bytes),
        stamp: None,
    });
    *last = Last {
        site: site.clone(),
        record: Some(record),
        kept,
    };
    Ok(site)
}

proptest! {
    #![proptest_config(cases(24))]
    #[test]
    fn what_is_remembered_changes_nothing(
        acts in proptest::collection::vec(proptest::sample::select(&ACTS), 1..10),
    ) {
        let library = Library::fixture();
        make_old(&library);
        let options = Options {
            root: library.root(),
            base_url: None,
            drafts: false,
            search: true,
            today: pipeline::today(),
        };
        let mut memory = Memory::default();
        let mut search = search::Memory::default();
        let mut last = Last::default();
        for (round, next) in acts.into_iter().enumerate() {
            let again = pipeline::load_again(&options, &mut memory).expect("a library");
            let anew = pipeline::load(&options, &mut |_| {}).expect("a library");
            prop_assert_eq!(&again.report, &anew.report);
            prop_assert_eq!(again.inputs(), anew.inputs());
            let with_memory = outcome(&again, Some(&mut search), &mut Last::default());
            let site = outcome(&anew, None, &mut Last::default());
            prop_assert!(with_memory == site, "the sites differ");
            let with_last = outcome(&anew, None, &mut last);
            prop_assert!(with_last == site, "the sites differ");
            act(&library, next, round);
        }
    }
}

/// A library and the walk that builds it, without its search.
fn built() -> (Library, Options, Last) {
    let library = Library::fixture();
    let options = Options {
        root: library.root(),
        base_url: None,
        drafts: false,
        search: false,
        today: pipeline::today(),
    };
    let mut last = Last::default();
    let project = pipeline::load(&options, &mut |_| {}).expect("a library");
    outcome(&project, None, &mut last).expect("a site");
    (library, options, last)
}

#[test]
fn every_line_of_a_study_counts_wherever_it_is_shown() {
    let (library, options, mut last) = built();
    let text = library.read(FULL);
    let lines: Vec<&str> = text.lines().collect();
    let mut tried = 0;
    for (at, line) in lines.iter().enumerate() {
        let Some((key, value)) = line.split_once(": ") else {
            continue;
        };
        // Other words where words are free, the last place where a list is.
        let other = match value.strip_suffix(']').zip(value.strip_prefix('[')) {
            Some((all, _)) if value.contains(", ") => {
                let end = all.rfind(", ").unwrap_or_default();
                format!("{key}: {}]", &all[..end])
            }
            _ => format!("{key}: {}", value.replacen(' ', " other ", 1)),
        };
        let changed = [&lines[..at], &[&other], &lines[at + 1..]].concat();
        library.write(FULL, &changed.join("\n"));
        let project = pipeline::load(&options, &mut |_| {}).expect("a library");
        if let Ok(site) = outcome(&project, None, &mut Last::default()) {
            let kept = outcome(&project, None, &mut last).expect("a site");
            let differ = site
                .iter()
                .filter(|(path, bytes)| kept.get(*path) != Some(*bytes));
            let differ: Vec<&String> = differ.map(|(path, _)| path).collect();
            assert!(differ.is_empty(), "{other}: {differ:?}");
            tried += usize::from(last.kept > 0);
        }
    }
    assert!(
        tried > 20,
        "{tried} lines were tried with files that were kept"
    );
}

#[test]
fn a_sentence_makes_few_files_anew() {
    let (library, options, mut last) = built();
    library.append(SHORT, "\nOne sentence more.\n");
    let project = pipeline::load(&options, &mut |_| {}).expect("a library");
    outcome(&project, None, &mut last).expect("a site");
    let anew = last.site.len() - last.kept;
    assert!(anew * 3 < last.site.len(), "{anew} of {}", last.site.len());
}
