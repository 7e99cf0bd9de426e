//! A few thousand inputs for each target, without a fuzzer: the same ones until seeds or tests change, so that what fails once
//! fails again. `content/` is not among them, so that no study makes another input fail. They find less than the fuzzer, which
//! sees where an input gets, but need nothing that other tests don't.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{fs, io};

use crate::changes::{Chance, changed, dictionary};
use crate::root;
use crate::targets::{FRONT_MATTER, MARKDOWN, SEARCH_TOKENS, STUDY, Target};

/// Inputs for each target.
const INPUTS: usize = 2_000;

/// No input may take longer.
const LONGEST: Duration = Duration::from_secs(10);

#[test]
fn markdown() -> io::Result<()> {
    holds(MARKDOWN)
}

#[test]
fn study() -> io::Result<()> {
    holds(STUDY)
}

#[test]
fn front_matter() -> io::Result<()> {
    holds(FRONT_MATTER)
}

#[test]
fn search_tokens() -> io::Result<()> {
    holds(SEARCH_TOKENS)
}

/// Tries the seeds of a target as they are, then changes of them and of the libraries.
fn holds(target: Target) -> io::Result<()> {
    let fuzz = root().join("fuzz");
    let seeds = inputs(target, &[fuzz.join("seeds").join(target.name)])?;
    let mut all = seeds.clone();
    all.extend(inputs(target, &libraries(target))?);
    let pieces = match target.dictionary {
        None => Vec::new(),
        Some(name) => dictionary(&fs::read_to_string(fuzz.join(name))?),
    };
    let mut chance = Chance::new(1);
    let changes = std::iter::from_fn(|| Some(changed(&all, &pieces, target.longest, &mut chance)));
    for input in seeds.iter().cloned().chain(changes).take(INPUTS) {
        let start = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| (target.run)(&input)));
        let took = start.elapsed();
        let shown = String::from_utf8_lossy(&input);
        if let Err(panic) = outcome {
            eprintln!("{}: {shown:?}", target.name);
            resume_unwind(panic);
        }
        assert!(took < LONGEST, "{took:?} for {shown:?}");
    }
    Ok(())
}

fn libraries(target: Target) -> Vec<PathBuf> {
    let of_tests = ["tests/fixtures/library/content", "tests/rules"];
    let of_tests = of_tests.iter().filter(|_| target.reads_libraries);
    of_tests.map(|folder| root().join(folder)).collect()
}

/// The files of some folders, in order, each at most as long as an input may be.
fn inputs(target: Target, folders: &[PathBuf]) -> io::Result<Vec<Vec<u8>>> {
    let mut files = Vec::new();
    for folder in folders {
        list(folder, &mut files)?;
    }
    files.sort();
    let read = |file: PathBuf| {
        let mut bytes = fs::read(file)?;
        bytes.truncate(target.longest);
        Ok(bytes)
    };
    files.into_iter().map(read).collect()
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        // Symbolic links are left out: some of the tests' lead nowhere.
        let kind = entry.file_type()?;
        if kind.is_dir() {
            list(&entry.path(), files)?;
        } else if kind.is_file() {
            files.push(entry.path());
        }
    }
    Ok(())
}
