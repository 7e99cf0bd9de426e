//! What goes wrong while a site is made: kills, disks that fail, files that change, two builds at once.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Child;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use caseloom::output::{Links, Paths, Scratch};

use crate::publishing::names;
use crate::support::{Library, Tree, differences, tree_of};

const SHORT: &str = "content/studies/five-minute-study.md";
const EXTRA: &str = "content/studies/extra.md";
const MANIFEST: &str = ".caseloom-manifest.json";

/// Two states of one library: the second has another title, one study more, and one less.
const STATES: [bool; 2] = [false, true];

fn change(library: &Library, second: bool) {
    let text = library.read(SHORT);
    let gone = "content/studies/closed-clinic.md";
    let aside = "closed-clinic.txt";
    if second {
        library.write(SHORT, &text.replace("Five minutes", "Six minutes"));
        library.write(EXTRA, &text.replace("Five minutes", "One more"));
        library.rename(gone, aside);
    } else {
        library.write(SHORT, &text.replace("Six minutes", "Five minutes"));
        library.remove(EXTRA);
        library.rename(aside, gone);
    }
}

/// The site of each state.
fn sites() -> [Tree; 2] {
    STATES.map(|second| {
        let library = Library::fixture();
        if second {
            change(&library, true);
        }
        library.build().succeeds().tree()
    })
}

/// Numbers that look like chance and are the same in every run.
struct Chance(u64);

impl Chance {
    /// A part of a time.
    fn part(&mut self, of: Duration) -> Duration {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        of.mul_f64((self.0 >> 33) as f64 / f64::from(1_u32 << 31))
    }
}

/// The pages and files of an output folder, without what a build keeps for itself.
fn published(folder: &Path) -> Tree {
    let mut tree = tree_of(folder);
    tree.retain(|path, _| path != MANIFEST && !path.starts_with(".caseloom-tmp/"));
    tree
}

/// Every file is whole, that of the old or of the new site, and no link is dead on a page that both have.
fn assert_whole(there: &Tree, [old, new]: [&Tree; 2], when: &str) {
    for (path, bytes) in there {
        let known = [old, new].map(|site| site.get(path));
        assert!(known.contains(&Some(bytes)), "{when}: {path} is not whole");
    }
    let paths = Paths::new(there.keys().cloned().collect());
    let links = Links::new(&paths, "/library/");
    let mut scratch = Scratch::default();
    let read = there.values().enumerate();
    let pages: Vec<_> = read
        .map(|(number, bytes)| links.read(number, bytes, &mut scratch))
        .collect();
    for link in links.broken(&pages) {
        let is_visited = old.contains_key(&link.page) && new.contains_key(&link.page);
        let is_file = link.reason == caseloom::output::Reason::Missing;
        assert!(!(is_visited && is_file), "{when}: {link}");
    }
}

fn kill(mut child: Child, after: Duration) {
    // The moment of a kill is no event that could be waited for.
    thread::sleep(after);
    let _ = child.kill();
    child.wait().expect("it has ended");
}

/// Kills builds at so many moments; after each the site is whole, and the next build that is let live finishes.
fn killed(times: usize, arguments: &[&str], first: bool) {
    let [old, new] = sites();
    let library = Library::fixture();
    let start = Instant::now();
    library.build().succeeds();
    let took = start.elapsed();
    let mut chance = Chance(7);
    let mut second = false;
    for time in 0..times {
        let when = format!("{arguments:?}, first: {first}, kill {time}");
        if first {
            let _ = fs::remove_dir_all(library.path("public"));
        } else {
            second = !second;
            change(&library, second);
        }
        let mut all = vec!["build"];
        all.extend_from_slice(arguments);
        kill(library.starts(&all), chance.part(took));
        let there = published(&library.path("public"));
        if first {
            assert!(there.is_empty() || there == but_manifest(&old), "{when}");
        } else {
            assert_whole(&there, [&old, &new], &when);
        }
        // Now and then one is let live.
        if time % 4 == 3 {
            let site = library.build_with(arguments).succeeds().tree();
            let wanted = if second { &new } else { &old };
            assert_eq!(differences(&site, wanted), Vec::<String>::new(), "{when}");
            let left = names(&library).into_iter();
            let left: Vec<String> = left.filter(|name| name.contains("caseloom")).collect();
            assert_eq!(left, Vec::<String>::new(), "{when}");
        }
    }
}

fn but_manifest(tree: &Tree) -> Tree {
    let files = tree.iter().filter(|(path, _)| *path != MANIFEST);
    files
        .map(|(path, bytes)| (path.clone(), bytes.clone()))
        .collect::<BTreeMap<_, _>>()
}

#[test]
fn a_kill_leaves_every_page_whole_and_the_next_build_finishes() {
    for arguments in [&[][..], &["--swap"]] {
        killed(8, arguments, false);
        killed(4, arguments, true);
    }
}

/// `cargo test --test cli faults -- --ignored`
#[test]
#[ignore = "takes minutes"]
fn two_hundred_kills_of_each_kind_leave_every_page_whole() {
    for arguments in [&[][..], &["--swap"]] {
        killed(200, arguments, false);
        killed(200, arguments, true);
    }
}

/// A build that fails leaves the site, and what is beside it, as it was.
#[track_caller]
fn fails_and_touches_nothing(library: &Library, before: &str, arguments: &str, says: &str) {
    let site = library.tree();
    library
        .run_after(before, arguments)
        .fails_with(2)
        .says(says)
        .keeps_quiet_about("panicked");
    assert_eq!(differences(&site, &library.tree()), Vec::<String>::new());
    assert!(!library.path(".public.caseloom-staging").exists());
    assert!(!library.path(".public.caseloom-lock").exists());
}

#[test]
fn a_disk_that_takes_no_more_leaves_the_site_as_it_was() {
    // A file may have so many blocks of 512 or 1,024 bytes; beyond that writing fails as it does on a full disk.
    let full = "trap '' XFSZ; ulimit -f 8";
    for arguments in ["build", "build --swap"] {
        let library = Library::fixture();
        library.build().succeeds();
        change(&library, true);
        fails_and_touches_nothing(&library, full, arguments, "cannot write");
        library.remove("public");
        fails_and_touches_nothing(&library, full, arguments, "cannot write");
        assert!(!library.path("public").exists());
        library.build().succeeds();
    }
}

#[test]
fn too_few_file_handles_are_told_and_leave_the_site_as_it_was() {
    for handles in [8, 10, 12] {
        let library = Library::fixture();
        library.build().succeeds();
        change(&library, true);
        let site = library.tree();
        let outcome = library.run_after(&format!("ulimit -n {handles}"), "build");
        match outcome.code {
            Some(0) => {}
            Some(1 | 2) => {
                assert!(
                    outcome.stderr.contains("Too many open files"),
                    "{}",
                    outcome.stderr
                );
                assert_eq!(differences(&site, &library.tree()), Vec::<String>::new());
            }
            code => panic!("{code:?}: {}", outcome.stderr),
        }
        assert!(!outcome.stderr.contains("panicked"), "{}", outcome.stderr);
    }
}

#[test]
fn two_builds_at_once_give_one_whole_site() {
    let [_, new] = sites();
    for arguments in [&["build"][..], &["build", "--swap"]] {
        let library = Library::fixture();
        library.build().succeeds();
        change(&library, true);
        let builds: Vec<Child> = (0..4).map(|_| library.starts(arguments)).collect();
        for build in builds {
            let output = build.wait_with_output().expect("it has ended");
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(output.status.success(), "{said}");
        }
        assert_eq!(differences(&library.tree(), &new), Vec::<String>::new());
        assert!(!library.path(".public.caseloom-lock").exists());
    }
}

#[test]
fn files_that_change_and_vanish_during_a_build_do_no_harm() {
    let library = Library::fixture();
    library.build().succeeds();
    let study = library.path(EXTRA);
    let other = library.path("content/studies/hill/other.md");
    let text = library.read(SHORT);
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut turn = 0_usize;
            while !done.load(Ordering::Relaxed) {
                turn += 1;
                let cut = turn * 37 % text.len();
                let _ = fs::write(&study, text.get(..cut).unwrap_or(&text));
                let _ = fs::write(&other, text.replace("Five", "Another"));
                let _ = fs::remove_file(&study);
                let _ = fs::rename(&other, &study);
            }
        });
        for round in 0..12 {
            let outcome = library.build_with(if round % 2 == 0 { &[] } else { &["--swap"] });
            assert!(
                matches!(outcome.code, Some(0..=2)) && !outcome.stderr.contains("panicked"),
                "{:?}: {}",
                outcome.code,
                outcome.stderr
            );
            let there = published(&library.path("public"));
            assert_whole(&there, [&there, &there], &format!("round {round}"));
        }
        done.store(true, Ordering::Relaxed);
    });
    for path in [study, other] {
        let _ = fs::remove_file(path);
    }
    let site = library.build().succeeds().tree();
    let fresh = Library::fixture().build().succeeds().tree();
    assert_eq!(differences(&site, &fresh), Vec::<String>::new());
}

/// A disk may be full where the output of a command goes.
#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_cannot_be_written_is_a_failure_and_a_lost_note_is_none() {
    let library = Library::fixture();
    let full = || {
        std::fs::File::options()
            .write(true)
            .open("/dev/full")
            .expect("Linux has it")
    };
    let run = |arguments: &[&str], stdout: bool| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_caseloom"));
        command.args(arguments).current_dir(library.root());
        match stdout {
            true => command.stdout(full()),
            false => command.stderr(full()),
        };
        let output = command.output().expect("the binary runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.code(), said)
    };
    for arguments in [
        &["check"][..],
        &["explain"],
        &["explain", "dead-link"],
        &["schema"],
        &["new", "study", "One more"],
        &["init", "another"],
    ] {
        let (code, said) = run(arguments, true);
        assert_eq!(code, Some(2), "{arguments:?}: {said}");
        assert!(said.contains("cannot write to standard output"), "{said}");
        assert!(!said.contains("panicked"), "{said}");
    }
    fs::remove_file(library.path("content/studies/one-more.md")).expect("it was written");
    let (code, _) = run(&["build"], false);
    assert_eq!(code, Some(0), "the site is there");
    assert!(library.path("public/index.html").exists());
}
