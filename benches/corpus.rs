//! Makes a library of any size for benchmarks: `cargo bench --bench corpus -- --studies 10000 --out DIR [--seed 1]`.
//!
//! The studies have the shape of real ones and draw on the real vocabulary; their words mean nothing. The same seed and
//! number of studies give the same bytes on every machine.

#![forbid(unsafe_code)]

#[path = "corpus/body.rs"]
mod body;
#[path = "corpus/calendar.rs"]
mod calendar;
#[path = "corpus/front_matter.rs"]
mod front_matter;
#[path = "corpus/narrative.rs"]
mod narrative;
#[path = "corpus/plan.rs"]
mod plan;
#[path = "corpus/prose.rs"]
mod prose;
#[path = "corpus/random.rs"]
mod random;
#[path = "corpus/tags.rs"]
mod tags;
#[path = "corpus/vocabulary.rs"]
mod vocabulary;
#[path = "corpus/words.rs"]
mod words;
#[path = "corpus/yaml.rs"]
mod yaml;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use plan::Plan;

const USAGE: &str = "usage: cargo bench --bench corpus -- --studies N --out DIR [--seed N]";

/// What was asked for.
struct Request {
    studies: usize,
    seed: u64,
    out: PathBuf,
}

fn main() -> ExitCode {
    let outcome = match parse(env::args().skip(1)) {
        Ok(Some(request)) => generate(&request),
        Ok(None) => {
            // `cargo bench` and `cargo test --benches` start every bench without arguments: nothing to do is no failure.
            eprintln!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Err(problem) => Err(format!("{problem}\n{USAGE}")),
    };
    match outcome {
        Ok(report) => {
            println!("{report}");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("corpus: {problem}");
            ExitCode::from(2)
        }
    }
}

/// The request, or none when there are no arguments but the `--bench` that cargo adds.
fn parse(arguments: impl Iterator<Item = String>) -> Result<Option<Request>, String> {
    let mut arguments = arguments
        .filter(|argument| argument != "--bench")
        .peekable();
    if arguments.peek().is_none() {
        return Ok(None);
    }
    let (mut studies, mut seed, mut out) = (None, 1, None);
    while let Some(option) = arguments.next() {
        let mut value = || {
            arguments
                .next()
                .ok_or_else(|| format!("{option} needs a value"))
        };
        match option.as_str() {
            "--studies" => studies = Some(whole_number(&option, &value()?)?),
            "--seed" => seed = whole_number(&option, &value()?)?,
            "--out" => out = Some(PathBuf::from(value()?)),
            _ => return Err(format!("unknown argument {option}")),
        }
    }
    let studies = studies
        .filter(|&studies| studies > 0)
        .ok_or("--studies must be given, and at least 1")?;
    let studies =
        usize::try_from(studies).map_err(|_| "--studies is too large for this machine")?;
    Ok(Some(Request {
        studies,
        seed,
        out: out.ok_or("--out must be given")?,
    }))
}

fn whole_number(option: &str, text: &str) -> Result<u64, String> {
    text.parse()
        .map_err(|_| format!("{option} needs a whole number, not {text}"))
}

/// Writes the library into an empty or new folder and says what was written.
fn generate(request: &Request) -> Result<String, String> {
    let root = &request.out;
    if fs::read_dir(root).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(format!(
            "{} is not empty: a library is only written into a new or empty folder",
            root.display()
        ));
    }
    let plan = Plan::new(request.seed, request.studies)?;
    let mut library = Library::new(root);
    library.write("site-config.toml", narrative::SITE_CONFIG)?;
    for (name, text) in vocabulary::FILES {
        library.write(&format!("content/vocabulary/{name}"), text)?;
    }
    library.write(
        "content/evidence/generated.yaml",
        &narrative::evidence(&plan),
    )?;
    library.write("content/pages/about.md", &narrative::about(&plan))?;
    for (slug, text) in narrative::reviews(&plan) {
        library.write(&format!("content/reviews/{slug}.md"), &text)?;
    }
    let mut text = String::new();
    for (index, study) in plan.studies.iter().enumerate() {
        text.clear();
        let mut random = plan.random_of(index);
        front_matter::write(&plan, index, &mut random, &mut text);
        body::write(&plan, index, &mut random, &mut text);
        library.write(
            &format!("content/studies/{}/{}.md", study.shard, study.slug),
            &text,
        )?;
    }
    let megabytes = library.bytes as f64 / 1e6;
    Ok(format!(
        "{} studies, {} files, {megabytes:.1} MB in {}",
        request.studies,
        library.files,
        root.display()
    ))
}

/// A library on disk, and a count of what was written.
struct Library<'a> {
    root: &'a Path,
    files: usize,
    bytes: usize,
}

impl<'a> Library<'a> {
    fn new(root: &'a Path) -> Self {
        Self {
            root,
            files: 0,
            bytes: 0,
        }
    }

    /// Writes one file, and the folders above it.
    fn write(&mut self, relative: &str, text: &str) -> Result<(), String> {
        let path = self.root.join(relative);
        let folder = path.parent().unwrap_or(self.root);
        fs::create_dir_all(folder)
            .map_err(|error| format!("cannot create {}: {error}", folder.display()))?;
        fs::write(&path, text)
            .map_err(|error| format!("cannot write {}: {error}", path.display()))?;
        self.files += 1;
        self.bytes += text.len();
        Ok(())
    }
}
