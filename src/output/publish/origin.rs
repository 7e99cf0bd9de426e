//! Whether the site that stands in an output folder is the one that a build would make.

use std::fs;
use std::path::Path;

use anyhow::Result;
use rayon::prelude::*;

use crate::output::paths::is_page;

use super::target::{Found, Target, look_at};

/// A site that stands, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    /// How many studies it lists.
    pub studies: usize,
    /// How many pages it has.
    pub pages: usize,
    /// How many files it has.
    pub files: usize,
}

/// The site in `out`, if it was made from these inputs and every byte of it is still there. Nothing is believed that can be
/// looked at: each file is read and hashed.
///
/// # Errors
/// As [`super::check_target`].
pub fn made_from(root: &Path, out: &Path, inputs: &str) -> Result<Option<Made>> {
    let target = Target::find(root, out)?;
    let Found::Site(manifest) = target.look()? else {
        return Ok(None);
    };
    let Some(origin) = manifest.origin().filter(|origin| origin.inputs == inputs) else {
        return Ok(None);
    };
    for leftover in [&target.temp, &target.staging, &target.aside] {
        if look_at(leftover)?.is_some() {
            return Ok(None);
        }
    }
    let files: Vec<(&str, &str)> = manifest.hashes().collect();
    let stands = files
        .par_iter()
        .all(|(path, hash)| has_hash(&target.out.join(path), hash));
    Ok(stands.then(|| Made {
        studies: origin.studies,
        pages: files
            .iter()
            .filter(|(path, _)| is_page(path.as_bytes()))
            .count(),
        files: files.len(),
    }))
}

/// Whether a plain file with such bytes stands at a path.
fn has_hash(path: &Path, hash: &str) -> bool {
    look_at(path).is_ok_and(|there| there.is_some_and(|there| there.is_file()))
        && fs::read(path).is_ok_and(|bytes| blake3::hash(&bytes).to_hex().as_str() == hash)
}
