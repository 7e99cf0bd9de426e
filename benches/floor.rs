//! How fast the machine could do a build's reading and writing, without the build:
//! `cargo bench --bench floor -- LIBRARY SITE OUT [--threads 2]`.
//!
//! Reads every file of the library and writes files of the same names and sizes as those of a finished site into an empty
//! folder. The bytes to write are in memory before the clock starts. A build is then judged by its ratio to this.

#![forbid(unsafe_code)]

use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;
use std::{env, fs, thread};

const USAGE: &str = "usage: cargo bench --bench floor -- LIBRARY SITE OUT [--threads 2]";

/// Length of a clock tick in `/proc/self/stat`: Linux reports 100 a second on every common machine.
const SECONDS_PER_TICK: f64 = 0.01;

/// What was asked for.
struct Request {
    library: PathBuf,
    site: PathBuf,
    out: PathBuf,
    threads: usize,
}

fn main() -> ExitCode {
    let outcome = match parse(env::args().skip(1)) {
        Ok(Some(request)) => measure(&request),
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
            eprintln!("floor: {problem}");
            ExitCode::from(2)
        }
    }
}

/// The request, or none when there are no arguments but the `--bench` that cargo adds.
fn parse(arguments: impl Iterator<Item = String>) -> Result<Option<Request>, String> {
    let mut arguments = arguments.filter(|argument| argument != "--bench");
    let (mut folders, mut threads) = (Vec::new(), 2);
    while let Some(argument) = arguments.next() {
        if argument == "--threads" {
            let given = arguments
                .next()
                .and_then(|number| number.parse().ok())
                .filter(|&number| number > 0);
            threads = given.ok_or("--threads needs a whole number of at least 1")?;
        } else if argument.starts_with("--") {
            return Err(format!("unknown argument {argument}"));
        } else {
            folders.push(PathBuf::from(argument));
        }
    }
    match <[PathBuf; 3]>::try_from(folders) {
        Ok([library, site, out]) => Ok(Some(Request {
            library,
            site,
            out,
            threads,
        })),
        Err(folders) if folders.is_empty() => Ok(None),
        Err(_) => Err("three folders are needed".to_owned()),
    }
}

/// Runs the floor and gives its line: `wall_s cpu_s read_files read_bytes files bytes`, each as `key=value`.
fn measure(request: &Request) -> Result<String, String> {
    let content = request.library.join("content");
    let library = if content.is_dir() {
        content
    } else {
        request.library.clone()
    };
    let site = Site::read(&request.site)?;
    create_folder(&request.out)?;
    if fs::read_dir(&request.out).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(format!("{} is not empty", request.out.display()));
    }

    let cpu_before = cpu_seconds();
    let start = Instant::now();
    let inputs = files_below(&library)?;
    let read_bytes = in_parallel(request.threads, inputs.len(), |index, buffer| {
        read_into(&inputs[index], buffer)
    })?;
    for folders in &site.folders_by_depth {
        in_parallel(request.threads, folders.len(), |index, _| {
            create_folder(&request.out.join(&folders[index])).map(|()| 0)
        })?;
    }
    let bytes = in_parallel(request.threads, site.files.len(), |index, _| {
        let (name, bytes) = &site.files[index];
        let path = request.out.join(name);
        fs::write(&path, bytes)
            .map_err(|error| format!("cannot write {}: {error}", path.display()))?;
        Ok(bytes.len())
    })?;
    let wall = start.elapsed().as_secs_f64();
    let cpu = cpu_before
        .zip(cpu_seconds())
        .map_or("unknown".to_owned(), |(before, after)| {
            format!("{:.2}", after - before)
        });

    Ok(format!(
        "wall_s={wall:.4} cpu_s={cpu} read_files={} read_bytes={read_bytes} files={} bytes={bytes}",
        inputs.len(),
        site.files.len()
    ))
}

/// A finished site in memory.
struct Site {
    /// Paths relative to its root, and contents.
    files: Vec<(PathBuf, Vec<u8>)>,
    /// The folders of those files, the outermost first: those of one depth do not wait for each other.
    folders_by_depth: Vec<Vec<PathBuf>>,
}

impl Site {
    fn read(root: &Path) -> Result<Self, String> {
        let mut files = Vec::new();
        let mut folders = BTreeSet::new();
        for path in files_below(root)? {
            let bytes = fs::read(&path)
                .map_err(|error| format!("cannot read {}: {error}", path.display()))?;
            let name = path.strip_prefix(root).unwrap_or(&path).to_owned();
            folders.extend(
                name.ancestors()
                    .skip(1)
                    .filter(|folder| *folder != Path::new(""))
                    .map(Path::to_owned),
            );
            files.push((name, bytes));
        }
        if files.is_empty() {
            return Err(format!("no site in {}", root.display()));
        }
        let mut folders_by_depth: Vec<Vec<PathBuf>> = Vec::new();
        for folder in folders {
            let depth = folder.components().count() - 1;
            if folders_by_depth.len() <= depth {
                folders_by_depth.resize_with(depth + 1, Vec::new);
            }
            folders_by_depth[depth].push(folder);
        }
        Ok(Self {
            files,
            folders_by_depth,
        })
    }
}

/// All regular files below a folder, in the order of the file system. Links are not followed.
fn files_below(root: &Path) -> Result<Vec<PathBuf>, String> {
    let mut files = Vec::new();
    let mut waiting = vec![root.to_owned()];
    while let Some(folder) = waiting.pop() {
        let problem = |error| format!("cannot list {}: {error}", folder.display());
        for entry in fs::read_dir(&folder).map_err(problem)? {
            let entry = entry.map_err(problem)?;
            let kind = entry.file_type().map_err(problem)?;
            if kind.is_dir() {
                waiting.push(entry.path());
            } else if kind.is_file() {
                files.push(entry.path());
            }
        }
    }
    Ok(files)
}

/// Reads a whole file into `buffer`, in place of what was there, and gives its length.
fn read_into(path: &Path, buffer: &mut Vec<u8>) -> Result<usize, String> {
    buffer.clear();
    let read = fs::File::open(path).and_then(|mut file| file.read_to_end(buffer));
    read.map_err(|error| format!("cannot read {}: {error}", path.display()))
}

fn create_folder(path: &Path) -> Result<(), String> {
    fs::create_dir_all(path).map_err(|error| format!("cannot create {}: {error}", path.display()))
}

/// Does `jobs` pieces of work on `threads` threads, each with a buffer of its own, and adds up what they give.
fn in_parallel(
    threads: usize,
    jobs: usize,
    work: impl Fn(usize, &mut Vec<u8>) -> Result<usize, String> + Sync,
) -> Result<usize, String> {
    let next = AtomicUsize::new(0);
    let take_until_done = || {
        let mut buffer = Vec::new();
        let mut sum = 0;
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= jobs {
                return Ok(sum);
            }
            sum += work(index, &mut buffer)?;
        }
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(take_until_done)).collect();
        workers
            .into_iter()
            .map(|worker| {
                worker
                    .join()
                    .expect("a worker returns its problems, it does not panic")
            })
            .sum()
    })
}

/// User and system time of this process so far, its ended threads included, where `/proc` tells it.
fn cpu_seconds() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The second field, the name of the program, may hold blanks; it ends at the last bracket. After it, user and system
    // time are the fields 14 and 15 of proc_pid_stat(5).
    let (_, after_name) = stat.rsplit_once(')')?;
    let mut times = after_name
        .split_whitespace()
        .skip(11)
        .map(|ticks| ticks.parse::<u64>().ok());
    let ticks = times.next()?? + times.next()??;
    Some(ticks as f64 * SECONDS_PER_TICK)
}
