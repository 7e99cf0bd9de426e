//! The list of caseloom's own files in an output folder.
//!
//! A file in the list may be replaced and removed; anything else in the folder is foreign and is left alone. The list
//! lies in a folder that others can write to, so what is read from it is checked before it is used.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::OnceLock;

use anyhow::{Context, Result, bail};
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::output::paths::{Paths, is_plain};

use super::Taken;
use super::target::{TEMP, same_file};

/// The name of the list in the output folder.
pub(super) const MANIFEST: &str = ".caseloom-manifest.json";

/// The format that this caseloom writes and reads.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Document<F> {
    version: u32,
    files: F,
}

/// What is read of the files: all at once, which takes half as long as one after the other.
struct Listed(BTreeMap<String, String>);

impl<'de> Deserialize<'de> for Listed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        deserializer.deserialize_map(ListedVisitor)
    }
}

struct ListedVisitor;

impl<'de> Visitor<'de> for ListedVisitor {
    type Value = Listed;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("paths with hashes")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Listed, A::Error> {
        let mut files = Vec::new();
        while let Some(file) = map.next_entry()? {
            files.push(file);
        }
        Ok(Listed(files.into_iter().collect()))
    }
}

/// Paths of caseloom's files, relative to the output folder, each with the BLAKE3 hash of its bytes as 64 hex digits.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    files: BTreeMap<String, String>,
    /// Lower-case path to path, made when it is first asked for: only file systems that ignore case need it.
    folded: OnceLock<HashMap<String, String>>,
    /// The bytes of the list's file, made when they are first asked for.
    json: OnceLock<Vec<u8>>,
    /// The hash of the file that it was read from.
    read_from: Option<blake3::Hash>,
}

impl Manifest {
    /// The list of a finished site.
    pub(super) fn of(paths: &Paths, taken: &[Taken]) -> Self {
        let hashed = paths.iter().zip(taken);
        let hashed =
            hashed.map(|(path, taken)| (path.to_owned(), taken.known.hash.to_hex().to_string()));
        Self::from_files(hashed.collect())
    }

    /// The hash of the bytes of the list's file.
    pub(super) fn hash(&self) -> blake3::Hash {
        blake3::hash(self.json())
    }

    /// The paths, sorted, each with the hash of its bytes as hex digits.
    pub(super) fn hashes(&self) -> impl Iterator<Item = (&str, &str)> {
        let files = self.files.iter();
        files.map(|(path, hash)| (path.as_str(), hash.as_str()))
    }

    /// Whether it was read from a file whose bytes have this hash.
    pub(super) fn was_read_from(&self, hash: &blake3::Hash) -> bool {
        self.read_from.as_ref() == Some(hash)
    }

    /// Reads the list of an output folder; `None` when there is none. Paths that are not plain are passed over. If the file has
    /// still the bytes that an earlier list was read from, it is that list.
    ///
    /// # Errors
    /// When the list can't be read, or is not one.
    pub(super) fn read(out: &Path, earlier: Option<Self>) -> Result<Option<Self>> {
        let path = out.join(MANIFEST);
        match fs::symlink_metadata(&path) {
            Ok(metadata) if metadata.is_file() => {}
            Ok(_) => bail!(damaged(&path, "it is not a plain file")),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => {
                return Err(error).with_context(|| format!("cannot read {}", path.display()));
            }
        }
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let hash = blake3::hash(&bytes);
        if let Some(earlier) = earlier.filter(|earlier| earlier.was_read_from(&hash)) {
            return Ok(Some(earlier));
        }
        let list = Self::parse(&bytes, &path)?;
        Ok(Some(Self {
            read_from: Some(hash),
            ..list
        }))
    }

    fn parse(bytes: &[u8], path: &Path) -> Result<Self> {
        let document: Document<Listed> = match serde_json::from_slice(bytes) {
            Ok(document) => document,
            Err(error) => bail!(damaged(path, &error.to_string())),
        };
        if document.version != VERSION {
            bail!(
                "{} was written by another version of caseloom (its format is {}, this caseloom knows {VERSION}). \
                 Move the folder away, or build into another one",
                path.display(),
                document.version
            );
        }
        let mut files = document.files.0;
        files.retain(|path, _| is_plain(path) && !is_reserved(path));
        Ok(Self::from_files(files))
    }

    fn from_files(files: BTreeMap<String, String>) -> Self {
        Self {
            files,
            ..Self::default()
        }
    }

    /// Everything in this list or in the newer one, with the newer one's hashes.
    pub(super) fn union(&self, newer: &Self) -> Self {
        let mut files = self.files.clone();
        files.extend(newer.files.clone());
        Self::from_files(files)
    }

    /// The bytes of the list's file: one line of JSON, keys sorted.
    pub(super) fn json(&self) -> &[u8] {
        self.json.get_or_init(|| {
            let document = Document {
                version: VERSION,
                files: &self.files,
            };
            serde_json::to_vec(&document)
                .expect("invariant: a map of strings can be written as JSON")
        })
    }

    /// The paths, sorted.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Whether a path is in the list, letter by letter.
    pub(super) fn lists(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// Whether the file that stands at a path is caseloom's. Where the file system ignores case, the list may have it
    /// under another spelling: then both spellings lead to one file.
    pub(super) fn owns(&self, out: &Path, path: &str) -> bool {
        self.lists(path)
            || self
                .folded()
                .get(&path.to_lowercase())
                .is_some_and(|listed| same_file(&out.join(listed), &out.join(path)))
    }

    fn folded(&self) -> &HashMap<String, String> {
        self.folded.get_or_init(|| {
            self.paths()
                .map(|path| (path.to_lowercase(), path.to_owned()))
                .collect()
        })
    }

    /// Whether a listed file lies below this folder.
    pub(super) fn has_folder(&self, folder: &str) -> bool {
        let below = format!("{folder}/");
        self.files
            .range(below.clone()..)
            .next()
            .is_some_and(|(path, _)| path.starts_with(&below))
    }
}

/// Whether a path is caseloom's own book-keeping, which no file of a site may take.
pub(super) fn is_reserved(path: &str) -> bool {
    let first = path.split('/').next().unwrap_or(path);
    first.eq_ignore_ascii_case(MANIFEST) || first.eq_ignore_ascii_case(TEMP)
}

fn damaged(path: &Path, why: &str) -> String {
    format!(
        "the manifest {} is damaged ({why}), so caseloom can't tell its own files from yours. \
         Move the folder away and build again",
        path.display()
    )
}

#[cfg(test)]
mod tests {
    use super::super::fixture::site;
    use super::*;

    type Test = Result<()>;

    fn parse(json: &str) -> Result<Manifest> {
        Manifest::parse(json.as_bytes(), Path::new("out/.caseloom-manifest.json"))
    }

    #[test]
    fn the_list_is_one_line_with_sorted_keys() {
        let manifest = site(&[("b.css", "x"), ("a/index.html", "y")]).manifest();
        let json = String::from_utf8_lossy(manifest.json()).into_owned();
        let (x, y) = (blake3::hash(b"x").to_hex(), blake3::hash(b"y").to_hex());
        assert_eq!(
            json,
            format!(r#"{{"version":1,"files":{{"a/index.html":"{y}","b.css":"{x}"}}}}"#)
        );
    }

    #[test]
    fn what_is_written_is_read_back() -> Test {
        let manifest = site(&[("a", "1"), ("b/c", "2")]).manifest();
        let again = Manifest::parse(manifest.json(), Path::new("m"))?;
        assert_eq!(again.files, manifest.files);
        Ok(())
    }

    #[test]
    fn paths_that_lead_out_or_to_the_bookkeeping_are_passed_over() -> Test {
        let manifest = parse(
            r#"{"version":1,"files":{"../evil":"0","/etc/passwd":"0","a/../../b":"0","c:/x":"0",
                ".caseloom-manifest.json":"0",".caseloom-tmp/1":"0","good":"0"}}"#,
        )?;
        assert_eq!(manifest.paths().collect::<Vec<_>>(), ["good"]);
        Ok(())
    }

    #[test]
    fn a_damaged_list_is_told_from_one_of_another_version() -> Test {
        for bad in [
            "",
            "{",
            "[]",
            r#"{"version":1}"#,
            r#"{"version":1,"files":[]}"#,
        ] {
            let error = parse(bad).err().map(|error| error.to_string());
            let error = error.unwrap_or_default();
            assert!(error.contains("is damaged"), "{bad}: {error}");
            assert!(error.contains("Move the folder away"), "{bad}: {error}");
        }
        let other = parse(r#"{"version":2,"files":{}}"#).err();
        let other = other.map(|error| error.to_string()).unwrap_or_default();
        assert!(other.contains("another version of caseloom"), "{other}");
        Ok(())
    }

    #[test]
    fn a_folder_is_listed_by_what_lies_below_it() {
        let manifest = site(&[("a-b/c", ""), ("a/b/c", "")]).manifest();
        for folder in ["a", "a/b", "a-b"] {
            assert!(manifest.has_folder(folder), "{folder}");
        }
        for folder in ["a/b/c", "b", "a-", "a/b/"] {
            assert!(!manifest.has_folder(folder), "{folder}");
        }
    }
}
