//! Whether the site that stands in an output folder is the one that a build would make.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use anyhow::Result;
use rayon::prelude::*;

use crate::output::paths::is_page;

use super::OutputFolder;
use super::manifest::MANIFEST;
use super::survey::folders;
use super::target::{Found, look_at};

/// A site that stands, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// How many pages it has.
    pub pages: usize,
    /// How many files it has.
    pub files: usize,
}

impl OutputFolder {
    /// The site in it, if the list of its files has this hash and every byte of them is there. Nothing is believed that can be
    /// looked at: each file is read and hashed. While another build publishes, no site stands.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn standing(&self, list: &blake3::Hash) -> Result<Option<Standing>> {
        let target = &self.target;
        let Found::Site(manifest) = &self.found else {
            return Ok(None);
        };
        for at_work in [&target.lock, &target.temp, &target.staging, &target.aside] {
            if look_at(at_work)?.is_some() {
                return Ok(None);
            }
        }
        if !manifest.was_read_from(list) {
            return Ok(None);
        }
        let is_folder = |path: &&str| {
            look_at(&target.out.join(path)).is_ok_and(|there| there.is_some_and(|it| it.is_dir()))
        };
        let folders = folders(manifest.paths());
        let files: Vec<(&str, &str)> = manifest.hashes().collect();
        let stands = hash_of_file(&target.out.join(MANIFEST)).is_ok_and(|hash| hash == *list)
            && folders.par_iter().all(is_folder)
            && files
                .par_iter()
                .map_init(room, |room, (path, hash)| {
                    has_hash(&target.out.join(path), hash, room)
                })
                .all(|has| has);
        let pages = files.iter().filter(|(path, _)| is_page(path.as_bytes()));
        Ok(stands.then(|| Standing {
            pages: pages.count(),
            files: files.len(),
        }))
    }
}

/// Whether a plain file with such bytes stands at a path.
fn has_hash(path: &Path, hash: &str, room: &mut [u8]) -> bool {
    look_at(path).is_ok_and(|there| there.is_some_and(|it| it.is_file()))
        && hash_in(path, room).is_ok_and(|there| there.to_hex().as_str() == hash)
}

/// Room that holds most files whole; a thread needs it once for all of its files.
fn room() -> Vec<u8> {
    vec![0; 256 * 1024]
}

/// The hash of a file, which may be larger than the memory.
///
/// # Errors
/// When it can't be read.
pub fn hash_of_file(path: &Path) -> io::Result<blake3::Hash> {
    hash_in(path, &mut room())
}

fn hash_in(path: &Path, room: &mut [u8]) -> io::Result<blake3::Hash> {
    let mut file = File::open(path)?;
    let mut hasher = blake3::Hasher::new();
    loop {
        match file.read(room) {
            Ok(0) => return Ok(hasher.finalize()),
            Ok(length) => hasher.update(&room[..length]),
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
    }
}
