//! Names of the files of the index: a number and a hash of the content, so that a browser may keep a file for ever.

use rayon::prelude::*;
use serde::Serialize;

use crate::output::OutputFile;

/// The folder of the index and of the page.
pub(super) const FOLDER: &str = "search";

/// Letters of a hash in a name.
const HASH: usize = 8;

/// Files of one kind: file number 7 of the series `words` is `search/words-7-<hash>.bin`, where its hash is the eighth group of
/// eight letters of `hashes`.
#[derive(Debug, Serialize)]
pub(super) struct Series {
    pub(super) hashes: String,
}

impl Series {
    /// Names the files of a series.
    pub(super) fn write(
        name: &str,
        extension: &str,
        bytes: Vec<Vec<u8>>,
    ) -> (Self, Vec<OutputFile>) {
        let hashes: Vec<String> = bytes.par_iter().map(|bytes| hash(bytes)).collect();
        let files = bytes
            .into_iter()
            .zip(&hashes)
            .enumerate()
            .map(|(number, (bytes, hash))| OutputFile {
                path: format!("{FOLDER}/{name}-{number}-{hash}.{extension}"),
                bytes,
            })
            .collect();
        let hashes = hashes.concat();
        (Self { hashes }, files)
    }
}

/// A file that stands alone: its name in the folder, and the file.
pub(super) fn single(name: &str, extension: &str, bytes: Vec<u8>) -> (String, OutputFile) {
    let name = format!("{name}-{}.{extension}", hash(&bytes));
    let path = format!("{FOLDER}/{name}");
    (name, OutputFile { path, bytes })
}

fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..HASH].to_owned()
}

/// How many bytes two words have in common at their head, whole characters only.
pub(super) fn shared_prefix(one: &str, other: &str) -> usize {
    let pairs = one.chars().zip(other.chars());
    pairs
        .take_while(|(one, other)| one == other)
        .map(|(one, _)| one.len_utf8())
        .sum()
}

/// Appends a value as JSON.
pub(super) fn append(file: &mut Vec<u8>, value: &impl Serialize) {
    serde_json::to_writer(file, value)
        .expect("invariant: lists, texts and numbers are serialisable");
}

/// A value as JSON.
pub(super) fn json(value: &impl Serialize) -> Vec<u8> {
    let mut file = Vec::new();
    append(&mut file, value);
    file
}
