//! A walk with what is remembered of the walks before gives what a walk without gives, whatever has changed in between.

use std::fs::File;
use std::time::{Duration, SystemTime};

use caseloom::pipeline::{self, Memory, Options, Project};
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

/// Every file of the site, or what keeps it from being made.
fn outcome(
    project: &Project,
    memory: Option<&mut search::Memory>,
) -> Result<Vec<(String, Vec<u8>)>, String> {
    if project.report.fails(false) {
        return Err("there are errors".to_owned());
    }
    let index = pipeline::index(project, memory);
    let paths = pipeline::paths(project, &index);
    let files = pipeline::make(
        project,
        &index,
        &paths,
        &mut |_| {},
        || false,
        |number, bytes| Ok((paths.get(number).to_owned(), bytes.to_vec())),
    );
    let files = files.map_err(|error| format!("{error:#}"))?;
    Ok(files.expect("nothing tells it to stop"))
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
        for (round, next) in acts.into_iter().enumerate() {
            let again = pipeline::load_again(&options, &mut memory).expect("a library");
            let anew = pipeline::load(&options, &mut |_| {}).expect("a library");
            prop_assert_eq!(&again.report, &anew.report);
            prop_assert_eq!(again.inputs(), anew.inputs());
            let (again, anew) = (outcome(&again, Some(&mut search)), outcome(&anew, None));
            prop_assert!(again == anew, "the sites differ");
            act(&library, next, round);
        }
    }
}
