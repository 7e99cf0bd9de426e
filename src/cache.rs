//! What one build leaves for the next, in the cache folder of the person or the runner that builds.
//!
//! It is outside of the library, so that no pull request can put anything there: what is read from it is believed, and could
//! claim that any page is what a build would make. It may be deleted at any time.
//!
//! A file begins with the hash of the program that wrote it and with the hash of what follows; one that was written by another
//! program, or is not whole, is as good as none. A cache that can't be written costs nothing but time, so nobody is told.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The hash of what the program is made from, which `build.rs` takes: another program makes another site from the same files.
pub(crate) const PROGRAM: &str = env!("CASELOOM_SOURCES");

/// The file that says for which output folder a cache is.
const OWNER: &str = "output";

/// The cache of one output folder.
#[derive(Debug, Clone)]
pub struct Cache {
    folder: PathBuf,
    out: PathBuf,
}

impl Cache {
    /// The cache of an output folder, whether there is one yet or not; `None` when nobody's cache folder can be found.
    pub fn of(out: &Path) -> Option<Self> {
        let strategy = etcetera::base_strategy::choose_native_strategy().ok()?;
        let out = std::path::absolute(out).ok()?;
        let name = blake3::hash(out.as_os_str().as_encoded_bytes()).to_hex();
        let folder = strategy.cache_dir().join("caseloom").join(&name[..32]);
        Some(Self { folder, out })
    }

    /// What was left under a name, if it is whole and this program left it.
    pub fn read<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        let bytes = fs::read(self.folder.join(name)).ok()?;
        let rest = bytes.strip_prefix(PROGRAM.as_bytes())?;
        let (hash, content) = rest.split_first_chunk()?;
        if blake3::hash(content).as_bytes() != hash {
            return None;
        }
        postcard::from_bytes(content).ok()
    }

    /// Leaves something under a name, in the place of what was there.
    pub fn write<T: Serialize>(&self, name: &str, value: &T) {
        // The next build does without what can't be kept.
        let _ = self.try_write(name, value);
    }

    /// Forgets what was left under a name.
    pub fn forget(&self, name: &str) {
        let _ = fs::remove_file(self.folder.join(name));
    }

    fn try_write<T: Serialize>(&self, name: &str, value: &T) -> io::Result<()> {
        if !self.folder.is_dir() {
            self.make()?;
        }
        let content = postcard::to_stdvec(value).map_err(io::Error::other)?;
        // In its place at once: another build may be reading.
        let mut file = tempfile::NamedTempFile::new_in(&self.folder)?;
        file.write_all(PROGRAM.as_bytes())?;
        file.write_all(blake3::hash(&content).as_bytes())?;
        file.write_all(&content)?;
        file.persist(self.folder.join(name))?;
        Ok(())
    }

    /// Makes the folder, and clears those of output folders that are gone.
    fn make(&self) -> io::Result<()> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        // Whoever could write here could say what a site is made of.
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&self.folder)?;
        fs::write(
            self.folder.join(OWNER),
            self.out.as_os_str().as_encoded_bytes(),
        )?;
        let siblings = self.folder.parent().map_or_else(Vec::new, |parent| {
            let entries = fs::read_dir(parent).into_iter().flatten().flatten();
            entries.map(|entry| entry.path()).collect()
        });
        for sibling in siblings
            .iter()
            .filter(|sibling| **sibling != self.folder && is_orphan(sibling))
        {
            let _ = fs::remove_dir_all(sibling);
        }
        Ok(())
    }
}

/// Whether a folder is the cache of an output folder that is gone, as far as that can be told.
fn is_orphan(folder: &Path) -> bool {
    let owner = fs::read_to_string(folder.join(OWNER));
    owner.is_ok_and(|owner| matches!(Path::new(&owner).try_exists(), Ok(false)))
}

#[cfg(test)]
mod tests {
    use super::*;

    type Test = io::Result<()>;

    fn cache(dir: &Path, out: &str) -> Cache {
        Cache {
            folder: dir.join("cache").join(out),
            out: dir.join(out),
        }
    }

    #[test]
    fn what_is_left_is_found() -> Test {
        let dir = tempfile::tempdir()?;
        let cache = cache(dir.path(), "public");
        assert_eq!(cache.read::<String>("a"), None);
        for text in ["one", "another"] {
            cache.write("a", &text);
            assert_eq!(cache.read::<String>("a").as_deref(), Some(text));
        }
        assert_eq!(cache.read::<String>("b"), None);
        cache.forget("a");
        assert_eq!(cache.read::<String>("a"), None);
        Ok(())
    }

    #[test]
    fn what_another_program_left_or_is_not_whole_is_passed_over() -> Test {
        let dir = tempfile::tempdir()?;
        let cache = cache(dir.path(), "public");
        cache.write("a", &"some text");
        let path = cache.folder.join("a");
        let whole = fs::read(&path)?;
        for at in 0..whole.len() {
            let mut broken = whole.clone();
            broken[at] ^= 1;
            fs::write(&path, &broken)?;
            assert_eq!(cache.read::<String>("a"), None, "byte {at}");
            fs::write(&path, &whole[..at])?;
            assert_eq!(cache.read::<String>("a"), None, "cut at {at}");
        }
        fs::write(&path, &whole)?;
        assert!(cache.read::<String>("a").is_some());
        Ok(())
    }

    #[test]
    fn what_can_not_be_kept_is_no_error() -> Test {
        let dir = tempfile::tempdir()?;
        fs::write(dir.path().join("cache"), "a file")?;
        let cache = cache(dir.path(), "public");
        cache.write("a", &"text");
        assert_eq!(cache.read::<String>("a"), None);
        Ok(())
    }

    #[test]
    fn caches_of_folders_that_are_gone_are_cleared() -> Test {
        let dir = tempfile::tempdir()?;
        fs::create_dir(dir.path().join("there"))?;
        for out in ["there", "gone", "new"] {
            cache(dir.path(), out).write("a", &out);
        }
        fs::create_dir(dir.path().join("cache/foreign"))?;
        cache(dir.path(), "newer").write("a", &1);
        let mut left: Vec<_> = fs::read_dir(dir.path().join("cache"))?
            .map(|entry| entry.map(|entry| entry.file_name()))
            .collect::<Result<_, _>>()?;
        left.sort();
        assert_eq!(left, ["foreign", "newer", "there"]);
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_can_look_into_it() -> Test {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir()?;
        let cache = cache(dir.path(), "public");
        cache.write("a", &1);
        let mode = fs::metadata(&cache.folder)?.permissions().mode();
        assert_eq!(mode & 0o077, 0);
        Ok(())
    }
}
