//! Images and attachments that stand beside Markdown files.

use std::fs::File;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::source::{Entry, Kind, Seen, Stamp, file_size};

/// Types that may be published. SVG is not among them: opened by itself it can run scripts in the site's name.
pub(super) const IMAGES: [&str; 6] = ["avif", "gif", "jpeg", "jpg", "png", "webp"];
const ATTACHMENTS: [&str; 9] = [
    "csv", "docx", "ods", "odt", "pdf", "pptx", "txt", "xlsx", "zip",
];

/// The files of a library that something may link to.
#[derive(Debug, Default)]
pub struct Assets {
    files: Vec<Asset>,
    by_path: FxHashMap<Arc<str>, usize>,
    max_bytes: u64,
    /// Whether one was seen to be another than the one that was hashed.
    changed: AtomicBool,
}

/// One image or attachment, read when it is first linked.
#[derive(Debug)]
pub struct Asset {
    /// Path relative to the root of the library.
    pub path: Arc<str>,
    absolute: PathBuf,
    seen: OnceLock<Seen>,
    content: OnceLock<Result<Arc<Content>, String>>,
    /// The hash of its bytes, or of what keeps it from being published.
    hash: OnceLock<blake3::Hash>,
}

#[derive(Debug)]
struct Content {
    output: String,
    hash: blake3::Hash,
    bytes: Vec<u8>,
}

impl Assets {
    /// Takes the files that discovery found to be no text content.
    pub fn new(entries: &[Entry], max_bytes: u64) -> Self {
        let files: Vec<Asset> = entries
            .iter()
            .filter(|entry| entry.kind == Kind::Asset)
            .map(|entry| Asset {
                path: entry.path.clone(),
                absolute: entry.absolute.clone(),
                seen: OnceLock::new(),
                content: OnceLock::new(),
                hash: OnceLock::new(),
            })
            .collect();
        let by_path = files
            .iter()
            .enumerate()
            .map(|(index, asset)| (asset.path.clone(), index))
            .collect();
        Self {
            files,
            by_path,
            max_bytes,
            changed: AtomicBool::new(false),
        }
    }

    /// Takes over what was read before of the files that are still the same.
    pub fn take_over(&self, earlier: &Self) {
        if self.max_bytes != earlier.max_bytes {
            return;
        }
        for asset in &self.files {
            let known = earlier.by_path.get(&asset.path);
            let known = known.map(|at| &earlier.files[*at]);
            let Some(known) = known.filter(|known| asset.seen().is_same_as(&known.seen())) else {
                continue;
            };
            if let Some(hash) = known.hash.get() {
                let _ = asset.hash.set(*hash);
            }
            if let Some(Ok(content)) = known.content.get() {
                let _ = asset.content.set(Ok(Arc::clone(content)));
            }
        }
    }

    /// Every file with the hash of its bytes, or of what keeps it from being published, in the order of the paths.
    pub(crate) fn hashes(&self) -> Vec<(&Arc<str>, blake3::Hash)> {
        let files = self.files.par_iter();
        let hash = |asset: &Asset| asset.hash(self.max_bytes);
        files.map(|asset| (&asset.path, hash(asset))).collect()
    }

    /// Whether a file was another when it was read than when it was hashed: what was made of the one must not be known by the
    /// other.
    pub(crate) fn have_changed(&self) -> bool {
        let is_other = |asset: &Asset| {
            let (hash, content) = (asset.hash.get()?, asset.content.get()?);
            let read = match content {
                Ok(content) => content.hash,
                Err(_) => asset.hash_now(self.max_bytes),
            };
            Some(*hash != read)
        };
        self.changed.load(Relaxed) || self.files.iter().any(|it| is_other(it) == Some(true))
    }

    /// Notes that a file has changed.
    pub(super) fn note_change(&self) {
        self.changed.store(true, Relaxed);
    }

    /// Every file with its stamp, in the order of the paths.
    pub(crate) fn stamps(&self) -> impl Iterator<Item = (&Arc<str>, Option<Stamp>)> {
        self.files
            .iter()
            .map(|asset| (&asset.path, asset.seen().stamp))
    }

    /// Whether there is a file at a path.
    pub(super) fn contains(&self, path: &str) -> bool {
        self.by_path.contains_key(path)
    }

    /// The paths of all files, in order.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|asset| asset.path.as_ref())
    }

    /// The address of the file at a path, relative to the site: its name with a hash of its content.
    ///
    /// # Errors
    /// A sentence for the author, when the file is not there, too large or unreadable.
    pub(super) fn address(&self, path: &str) -> Result<&str, String> {
        let index = self.by_path.get(path).ok_or("there is no such file")?;
        let asset = &self.files[*index];
        match asset
            .content
            .get_or_init(|| asset.read(self.max_bytes).map(Arc::new))
        {
            Ok(content) => Ok(&content.output),
            Err(error) => Err(error.clone()),
        }
    }

    /// Reads the files that these paths name, if that was not done, and forgets all others: what only drafts link to is no
    /// part of the site.
    pub fn keep(&mut self, used: &FxHashSet<&str>) {
        for path in used {
            // What can't be read is not linked, and was reported.
            let _ = self.address(path);
        }
        for file in &mut self.files {
            if !used.contains(file.path.as_ref()) {
                file.content = OnceLock::new();
            }
        }
    }

    /// The files that are linked, with their addresses, in the order of their paths.
    pub fn linked(&self) -> impl Iterator<Item = (&Asset, &str)> {
        self.files
            .iter()
            .filter_map(|asset| Some((asset, asset.published()?.output.as_str())))
    }

    /// The content of a file that is linked.
    pub fn bytes(&self, path: &str) -> Option<&[u8]> {
        let asset = &self.files[*self.by_path.get(path)?];
        Some(&asset.published()?.bytes)
    }
}

impl Asset {
    fn published(&self) -> Option<&Content> {
        self.content.get()?.as_deref().ok()
    }

    /// What the file system said of the file before its content was read.
    fn seen(&self) -> Seen {
        *self.seen.get_or_init(|| Seen::at(&self.absolute))
    }

    fn hash(&self, max_bytes: u64) -> blake3::Hash {
        *self.hash.get_or_init(|| self.hash_now(max_bytes))
    }

    fn hash_now(&self, max_bytes: u64) -> blake3::Hash {
        let hash = || {
            self.seen();
            let file = File::open(&self.absolute)?;
            let size = file.metadata()?.len();
            if size > max_bytes {
                return Ok(blake3::hash(format!("{size} bytes").as_bytes()));
            }
            let mut hasher = blake3::Hasher::new();
            Ok(hasher.update_reader(file)?.finalize())
        };
        let hash: std::io::Result<_> = hash();
        hash.unwrap_or_else(|error| blake3::hash(error.kind().to_string().as_bytes()))
    }

    fn read(&self, max_bytes: u64) -> Result<Content, String> {
        self.seen();
        let unreadable = |error: std::io::Error| format!("it could not be read: {}", error.kind());
        let size = std::fs::metadata(&self.absolute).map_err(unreadable)?.len();
        if size > max_bytes {
            let (size, most) = (file_size(size), file_size(max_bytes));
            let advice = match is_image(&self.path) {
                true => ", and a picture 1,600 pixels wide is plenty",
                false => "",
            };
            return Err(format!("it has {size}; the limit is {most}{advice}"));
        }
        let bytes = std::fs::read(&self.absolute).map_err(unreadable)?;
        let hash = blake3::hash(&bytes);
        let digits = hash.to_hex();
        let name = self.path.rsplit('/').next().unwrap_or("");
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let stem = crate::slug::slugify(stem);
        let stem = if stem.is_empty() { "file" } else { &stem };
        let extension = extension.to_ascii_lowercase();
        Ok(Content {
            output: format!("assets/{stem}-{}.{extension}", &digits[..12]),
            hash,
            bytes,
        })
    }
}

/// Whether the extension of a path is that of an image that may be published.
pub(super) fn is_image(path: &str) -> bool {
    has_extension(path, &IMAGES)
}

/// Whether the extension of a path is one that may be published.
pub(crate) fn is_allowed(path: &str) -> bool {
    is_image(path) || has_extension(path, &ATTACHMENTS)
}

/// The types that may be published, for messages.
pub(super) fn allowed() -> String {
    let mut all: Vec<_> = IMAGES.iter().chain(&ATTACHMENTS).copied().collect();
    all.sort_unstable();
    all.join(", ")
}

fn has_extension(path: &str, extensions: &[&str]) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| {
        extensions
            .iter()
            .any(|known| extension.eq_ignore_ascii_case(known))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    type Test = std::io::Result<()>;

    const MOST: u64 = 100;

    fn assets(folder: &std::path::Path) -> Assets {
        let entry = Entry {
            path: "content/plan.png".into(),
            absolute: folder.join("plan.png"),
            kind: Kind::Asset,
        };
        Assets::new(&[entry], MOST)
    }

    #[test]
    fn a_file_that_changes_between_two_looks_is_noticed() -> Test {
        let dir = tempfile::tempdir()?;
        let file = dir.path().join("plan.png");
        std::fs::write(&file, "one")?;
        let assets = assets(dir.path());
        let _ = assets.hashes();
        assert!(assets.address("content/plan.png").is_ok());
        assert!(!assets.have_changed());
        let assets = self::assets(dir.path());
        let _ = assets.hashes();
        std::fs::write(&file, "two")?;
        assert!(assets.address("content/plan.png").is_ok());
        assert!(assets.have_changed());
        Ok(())
    }

    #[test]
    fn a_file_that_is_gone_at_the_second_look_is_noticed() -> Test {
        let dir = tempfile::tempdir()?;
        let file = dir.path().join("plan.png");
        for is_there in [true, false] {
            if is_there {
                std::fs::write(&file, "one")?;
            }
            let assets = assets(dir.path());
            let _ = assets.hashes();
            let _ = std::fs::remove_file(&file);
            assert!(assets.address("content/plan.png").is_err());
            assert_eq!(assets.have_changed(), is_there);
        }
        Ok(())
    }

    #[test]
    fn what_is_too_large_to_be_published_is_not_read() -> Test {
        let dir = tempfile::tempdir()?;
        let hash = |bytes: &[u8]| {
            std::fs::write(dir.path().join("plan.png"), bytes)?;
            std::io::Result::Ok(assets(dir.path()).hashes()[0].1)
        };
        let large = [1; 101];
        assert_eq!(hash(&large)?, hash(&[2; 101])?);
        assert_ne!(hash(&large)?, hash(&[2; 102])?);
        assert_ne!(hash(&[1; 100])?, hash(&[2; 100])?);
        std::fs::remove_file(dir.path().join("plan.png"))?;
        assert_ne!(assets(dir.path()).hashes()[0].1, hash(&large)?);
        Ok(())
    }
}
