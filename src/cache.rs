//! What one build leaves for the next, in the cache folder of the person or the runner that builds.
//!
//! What is read from it is believed, and could claim that any page is what a build would make. So it is outside of the library
//! and of its repository, where no pull request can put anything; where the environment says otherwise, there is no cache. It may
//! be deleted at any time.
//!
//! A file begins with the hash of the program that wrote it and with a checksum of what follows; one that was written by another
//! program, or is not whole, is as good as none. A cache that can't be written costs nothing but time, so nobody is told.

use std::cell::Cell;
use std::fs::{self, File};
use std::hash::BuildHasher;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::{Duration, SystemTime};

use etcetera::BaseStrategy;
use rustc_hash::FxBuildHasher;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::memo::{Key, hash_of};
use crate::source::Seen;

/// The file that says for which output folder a cache is.
const OWNER: &str = "output";

/// The cache of an output folder that is gone is cleared when nobody has used it for so long.
const FORGOTTEN: Duration = Duration::from_secs(30 * 24 * 60 * 60);

thread_local! {
    /// Room for the bytes of a file. They take a third of the memory of a build that makes little: each thread has all of its files in
    /// one piece, since new memory is slow.
    static ROOM: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// The cache of one output folder.
#[derive(Debug, Clone)]
pub struct Cache {
    folder: PathBuf,
    out: PathBuf,
}

impl Cache {
    /// The cache of an output folder of the library at `root`, whether there is one yet or not; `None` when nobody's cache folder
    /// can be found, and when it lies where others write: in the library, in its repository, in the output folder.
    pub fn of(root: &Path, out: &Path) -> Option<Self> {
        let strategy = etcetera::base_strategy::choose_native_strategy().ok()?;
        Self::below(&strategy.cache_dir(), root, out)
    }

    #[cfg(test)]
    pub(crate) fn in_folder(folder: &Path) -> Self {
        let (folder, out) = (folder.to_owned(), folder.join("out"));
        Self { folder, out }
    }

    fn below(caches: &Path, root: &Path, out: &Path) -> Option<Self> {
        let root = fs::canonicalize(root).ok()?;
        let out = resolve(&std::path::absolute(out).ok()?)?;
        let is_repository = |folder: &&Path| folder.join(".git").exists();
        let repository = root.ancestors().find(is_repository);
        let name = blake3::hash(out.as_os_str().as_encoded_bytes()).to_hex();
        let folder = resolve(caches)?.join("caseloom").join(&name[..32]);
        let is_foreign = [Some(root.as_path()), repository, Some(&out)]
            .into_iter()
            .flatten()
            .any(|foreign| folder.starts_with(foreign));
        (!is_foreign).then_some(Self { folder, out })
    }

    /// What was left under a name, if it is whole and this program left it.
    pub fn read<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        if !is_own(&self.folder) {
            return None;
        }
        let mut bytes = ROOM.take();
        bytes.clear();
        let file = File::open(self.folder.join(name));
        let value = file
            .and_then(|mut file| file.read_to_end(&mut bytes))
            .ok()
            .and_then(|_| decode(&bytes));
        ROOM.set(bytes);
        value
    }

    /// Leaves something under a name, in the place of what was there.
    pub fn write<T: Serialize>(&self, name: &str, value: &T) {
        // The next build does without what can't be kept.
        let _ = self.try_write(name, value);
    }

    /// Forgets what was left under a name.
    pub fn forget(&self, name: &str) {
        if is_own(&self.folder) {
            let _ = fs::remove_file(self.folder.join(name));
        }
    }

    fn try_write<T: Serialize>(&self, name: &str, value: &T) -> io::Result<()> {
        if !self.folder.is_dir() {
            self.make()?;
        }
        if !is_own(&self.folder) {
            // A name in it could be a link to any file of this account.
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        let mut bytes = ROOM.take();
        bytes.clear();
        bytes.extend_from_slice(program().as_bytes());
        let at = bytes.len();
        let start = at + checksum(&[]).len();
        bytes.resize(start, 0);
        let mut bytes = postcard::to_extend(value, bytes).map_err(io::Error::other)?;
        let sum = checksum(&bytes[start..]);
        bytes[at..start].copy_from_slice(&sum);
        let put = self.put(name, &bytes);
        ROOM.set(bytes);
        put
    }

    /// Writes a file beside its place, and puts it there. Two builds at once may write into one another; what comes of that is
    /// not whole.
    fn put(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let new = self.folder.join(format!("{name}.new"));
        fs::write(&new, bytes)?;
        fs::rename(new, self.folder.join(name))
    }

    /// Makes the folder, and clears those of output folders that are gone.
    fn make(&self) -> io::Result<()> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&self.folder)?;
        self.put(OWNER, self.out.as_os_str().as_encoded_bytes())?;
        let siblings = self.folder.parent().map_or_else(Vec::new, |parent| {
            let entries = fs::read_dir(parent).into_iter().flatten().flatten();
            entries.map(|entry| entry.path()).collect()
        });
        for sibling in siblings.iter().filter(|sibling| is_forgotten(sibling)) {
            let _ = fs::remove_dir_all(sibling);
        }
        Ok(())
    }
}

/// The value that the bytes of a file hold, if they are whole and this program wrote them.
fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    let rest = bytes.strip_prefix(program().as_bytes())?;
    let (sum, content) = rest.split_first_chunk()?;
    if checksum(content) != *sum {
        return None;
    }
    postcard::from_bytes(content).ok()
}

/// The hash of the program: of its sources, which `build.rs` takes, and of what the file system says of its file, since libraries
/// are chosen when it is made.
fn program() -> &'static Key {
    static PROGRAM: OnceLock<Key> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let file = std::env::current_exe().ok();
        let stamp = file.and_then(|file| Seen::at(&file).stamp);
        hash_of(&(env!("CASELOOM_SOURCES"), format!("{stamp:?}")))
    })
}

/// By which a file that is not whole is told. Nobody else can write there, so it need not withstand anybody.
fn checksum(bytes: &[u8]) -> [u8; 8] {
    FxBuildHasher.hash_one(bytes).to_le_bytes()
}

/// A path without symbolic links, of which the last parts need not exist; `None` if it is not absolute.
fn resolve(path: &Path) -> Option<PathBuf> {
    if !path.is_absolute() {
        return None;
    }
    let there = path.ancestors().find(|part| part.exists())?;
    let rest = path.strip_prefix(there).ok()?;
    let there = fs::canonicalize(there).ok()?;
    // Part by part: an empty rest would leave a slash at the end.
    Some(rest.components().fold(there, |path, part| path.join(part)))
}

/// Whether this is a folder, and nobody else can write into it, as far as the file system tells.
fn is_own(folder: &Path) -> bool {
    fs::symlink_metadata(folder).is_ok_and(|it| it.is_dir() && is_written_by_us_alone(&it))
}

#[cfg(unix)]
fn is_written_by_us_alone(folder: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    let is_ours = folder.uid() == rustix::process::geteuid().as_raw();
    is_ours && folder.mode() & 0o022 == 0
}

#[cfg(not(unix))]
fn is_written_by_us_alone(_: &fs::Metadata) -> bool {
    true
}

/// Whether a folder is the cache of an output folder that is gone, and was not used for long.
fn is_forgotten(folder: &Path) -> bool {
    let owner = fs::read_to_string(folder.join(OWNER)).unwrap_or_default();
    let is_gone = !owner.is_empty() && matches!(Path::new(&owner).try_exists(), Ok(false));
    let used = fs::metadata(folder).and_then(|it| it.modified());
    let age = used
        .ok()
        .and_then(|used| SystemTime::now().duration_since(used).ok());
    is_gone && age.is_some_and(|age| age > FORGOTTEN)
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
    fn caches_of_folders_that_are_gone_for_long_are_cleared() -> Test {
        let dir = tempfile::tempdir()?;
        fs::create_dir(dir.path().join("there"))?;
        fs::create_dir_all(dir.path().join("cache/foreign"))?;
        for out in ["there", "gone", "new"] {
            cache(dir.path(), out).write("a", &out);
        }
        for old in ["foreign", "gone", "there"] {
            let folder = fs::File::open(dir.path().join("cache").join(old))?;
            folder.set_modified(SystemTime::now() - FORGOTTEN - Duration::from_secs(1))?;
        }
        cache(dir.path(), "newer").write("a", &1);
        let mut left: Vec<_> = fs::read_dir(dir.path().join("cache"))?
            .map(|entry| entry.map(|entry| entry.file_name()))
            .collect::<Result<_, _>>()?;
        left.sort();
        assert_eq!(left, ["foreign", "new", "newer", "there"]);
        Ok(())
    }

    #[test]
    fn where_others_write_is_no_cache() -> Test {
        let dir = tempfile::tempdir()?;
        let at = |path: &str| dir.path().join(path);
        fs::create_dir_all(at("repository/.git"))?;
        fs::create_dir_all(at("repository/library/content"))?;
        let root = at("repository/library");
        let of = |caches: &Path, out: &str| Cache::below(caches, &root, &at(out)).is_some();
        assert!(of(&at("caches"), "repository/library/public"));
        for caches in [
            "repository/.cache",
            "repository/library/.cache",
            "repository/library/public/.cache",
            "site/new/cache",
        ] {
            assert!(!of(&at(caches), "site/new"), "{caches}");
        }
        let folder = |out: &str| Cache::below(&at("caches"), &root, &at(out)).map(|it| it.folder);
        let before = folder("site/new");
        fs::create_dir_all(at("site/new"))?;
        assert_eq!(
            folder("site/new"),
            before,
            "whether the output is there or not"
        );
        assert!(!of(Path::new("cache"), "site"), "from where?");
        assert!(!of(Path::new(""), "site"));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(at("repository"), at("link"))?;
            assert!(!of(&at("link/.cache"), "site"));
        }
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn what_others_can_write_is_not_believed() -> Test {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir()?;
        let cache = cache(dir.path(), "public");
        cache.write("a", &1);
        assert_eq!(cache.read::<i32>("a"), Some(1));
        fs::set_permissions(&cache.folder, fs::Permissions::from_mode(0o777))?;
        assert_eq!(cache.read::<i32>("a"), None);
        let file = dir.path().join("file");
        fs::write(&file, "of the account")?;
        std::os::unix::fs::symlink(&file, cache.folder.join("b.new"))?;
        cache.write("b", &1);
        assert_eq!(fs::read_to_string(&file)?, "of the account");
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
