//! Tells the program what it was made from: `CASELOOM_SOURCES` is a hash of its own sources, of the default skin, of the lock
//! file and of the compiler. What another program left in the cache is as good as nothing.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

/// What the program is made from, relative to the root of the repository.
const SOURCES: [&str; 4] = ["Cargo.lock", "Cargo.toml", "src", "themes/default"];

fn main() -> io::Result<()> {
    let mut files = Vec::new();
    for source in SOURCES {
        println!("cargo:rerun-if-changed={source}");
        list(Path::new(source), &mut files)?;
    }
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        file.hash(&mut hasher);
        fs::read(&file)?.hash(&mut hasher);
    }
    let compiler = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    Command::new(compiler)
        .arg("-V")
        .output()?
        .stdout
        .hash(&mut hasher);
    println!("cargo:rustc-env=CASELOOM_SOURCES={:016x}", hasher.finish());
    Ok(())
}

fn list(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !path.is_dir() {
        // A package may come without a lock file.
        files.extend(path.exists().then(|| path.to_owned()));
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        list(&entry?.path(), files)?;
    }
    Ok(())
}
