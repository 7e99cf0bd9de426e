//! Where a site may be published, and the leftovers of a killed build around it.

use std::ffi::OsString;
use std::fs::{self, Metadata, Permissions};
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::manifest::Manifest;

/// The folder inside an output folder in which files are written before they are renamed into place.
pub(super) const TEMP: &str = ".caseloom-tmp";

/// The folders of a library that hold its sources; nothing may be published into them.
const SOURCES: [&str; 2] = ["content", "themes"];

/// An output folder that has been found harmless, and the places around it.
#[derive(Debug, Clone)]
pub(super) struct Target {
    /// The output folder: absolute, without symbolic links and `..`.
    pub(super) out: PathBuf,
    /// `.<name>.caseloom-staging`, beside it: a new tree in the making.
    pub(super) staging: PathBuf,
    /// `.<name>.caseloom-old`, beside it: the old tree while a new one is put in its place.
    pub(super) aside: PathBuf,
    /// `.<name>.caseloom-lock`, beside it: a file, while somebody publishes.
    pub(super) lock: PathBuf,
    /// [`TEMP`], inside it.
    pub(super) temp: PathBuf,
}

/// What stands at an output folder.
#[derive(Debug)]
pub(super) enum Found {
    /// Nothing.
    Nothing,
    /// A folder that is empty, but for the temporary folder of a killed build.
    Empty,
    /// A folder with a manifest.
    Site(Manifest),
}

impl Target {
    /// Resolves an output folder and refuses one that would hit the library's sources.
    ///
    /// # Errors
    /// When `out` is the library or a folder above it, is or lies in one of its source folders, or can't be resolved.
    pub(super) fn find(root: &Path, out: &Path) -> Result<Self> {
        let root = fs::canonicalize(root)
            .with_context(|| format!("cannot open the library {}", root.display()))?;
        let resolved = resolve(out)?;
        if lies_in(&root, &resolved) {
            bail!(
                "cannot publish into {}: it is the library's own folder or one above it",
                out.display()
            );
        }
        for name in SOURCES {
            let source = resolve(&root.join(name))?;
            if lies_in(&resolved, &source) || lies_in(&source, &resolved) {
                bail!(
                    "cannot publish into {}: the library's sources are there ({})",
                    out.display(),
                    source.display()
                );
            }
        }
        let (Some(name), Some(parent)) = (resolved.file_name(), resolved.parent()) else {
            bail!("cannot publish into {}: it is a whole disk", out.display());
        };
        let beside = |suffix: &str| {
            let mut hidden = OsString::from(".");
            hidden.push(name);
            hidden.push(suffix);
            parent.join(hidden)
        };
        Ok(Self {
            staging: beside(".caseloom-staging"),
            aside: beside(".caseloom-old"),
            lock: beside(".caseloom-lock"),
            temp: resolved.join(TEMP),
            out: resolved,
        })
    }

    /// Looks what stands at the output folder; what was found before need not be read again if it is the same.
    ///
    /// # Errors
    /// When it is no folder, or one that caseloom did not make, or its manifest is damaged.
    pub(super) fn look(&self, before: Option<Found>) -> Result<Found> {
        let out = &self.out;
        match look_at(out)? {
            None => return Ok(Found::Nothing),
            Some(metadata) if metadata.is_dir() => {}
            Some(_) => bail!("cannot publish into {}: it is not a folder", out.display()),
        }
        let before = match before {
            Some(Found::Site(manifest)) => Some(manifest),
            _ => None,
        };
        if let Some(manifest) = Manifest::read(out, before)? {
            return Ok(Found::Site(manifest));
        }
        let mut foreign: Option<OsString> = None;
        for entry in fs::read_dir(out).with_context(|| format!("cannot read {}", out.display()))? {
            let entry = entry.with_context(|| format!("cannot read {}", out.display()))?;
            let name = entry.file_name();
            let is_temp = name == TEMP && entry.file_type().is_ok_and(|kind| kind.is_dir());
            if !is_temp && foreign.as_ref().is_none_or(|least| name < *least) {
                foreign = Some(name);
            }
        }
        match foreign {
            None => Ok(Found::Empty),
            Some(name) => bail!(
                "cannot publish into {}: caseloom did not make this folder, and there are files in it (`{}`). \
                 Choose an empty or a new one",
                out.display(),
                name.display()
            ),
        }
    }

    /// Clears what a killed build left beside the output folder. If that build was stopped between moving the old site
    /// aside and moving the new one in, the old one is put back first; then the answer is `true`.
    ///
    /// # Errors
    /// When something else has the name of a leftover, or it can't be removed or moved.
    pub(super) fn clear_leftovers(&self, found: &Found) -> Result<bool> {
        let mut put_back = false;
        if !matches!(found, Found::Site(_)) && is_leftover(&self.aside)? {
            self.move_in(&self.aside)?;
            put_back = true;
        }
        remove_leftover(&self.aside)?;
        remove_leftover(&self.staging)?;
        Ok(put_back)
    }

    /// Renames a folder to the output folder, which does not exist or is empty but for the temporary folder.
    pub(super) fn move_in(&self, folder: &Path) -> Result<()> {
        remove_leftover(&self.temp)?;
        // On Unix a folder can be renamed over an empty one, so that there is no moment without any.
        if !cfg!(unix) && look_at(&self.out)?.is_some() {
            fs::remove_dir(&self.out)
                .with_context(|| format!("cannot replace {}", self.out.display()))?;
        }
        fs::rename(folder, &self.out).with_context(|| {
            format!(
                "cannot rename {} to {}",
                folder.display(),
                self.out.display()
            )
        })
    }
}

/// What stands at a path, not following a symbolic link; `None` when there is nothing.
pub(super) fn look_at(path: &Path) -> Result<Option<Metadata>> {
    match fs::symlink_metadata(path) {
        Ok(metadata) => Ok(Some(metadata)),
        Err(error) if is_absent(&error) => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot look at {}", path.display())),
    }
}

/// Whether an error says that there is nothing at a path: also when a part of the path is a file.
fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

/// Whether a leftover of a killed build is there.
///
/// # Errors
/// When something has its name that caseloom can't have made: that is not caseloom's to remove.
pub(super) fn is_leftover(path: &Path) -> Result<bool> {
    match look_at(path)? {
        None => Ok(false),
        Some(metadata) if metadata.is_dir() => Ok(true),
        Some(_) => bail!(
            "caseloom needs the name {} for a temporary folder, but something else has it; move it away",
            path.display()
        ),
    }
}

/// Removes a leftover of a killed build, if it is there.
pub(super) fn remove_leftover(path: &Path) -> Result<()> {
    if is_leftover(path)? {
        remove_tree(path).with_context(|| format!("cannot remove {}", path.display()))?;
    }
    Ok(())
}

/// Removes a folder and what is in it, also folders that may not be written: when somebody's read-only folder has been
/// carried to the new tree, its old self would be in the way of each build to come.
pub(super) fn remove_tree(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            make_writable(folder)?;
            fs::remove_dir_all(folder)
        }
        removed => removed,
    }
}

fn make_writable(folder: &Path) -> io::Result<()> {
    fs::set_permissions(folder, writable(&fs::symlink_metadata(folder)?))?;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            make_writable(&entry.path())?;
        }
    }
    Ok(())
}

#[cfg(unix)]
fn writable(metadata: &Metadata) -> Permissions {
    use std::os::unix::fs::PermissionsExt;
    Permissions::from_mode(metadata.permissions().mode() | 0o700)
}

#[cfg(not(unix))]
#[allow(
    clippy::permissions_set_readonly_false,
    reason = "only on Unix this would let everybody write"
)]
fn writable(metadata: &Metadata) -> Permissions {
    let mut permissions = metadata.permissions();
    permissions.set_readonly(false);
    permissions
}

/// Whether two paths lead to one file or folder, symbolic links not followed. Only Unix can tell if the paths differ.
pub(super) fn same_file(a: &Path, b: &Path) -> bool {
    if a == b {
        return true;
    }
    match (fs::symlink_metadata(a), fs::symlink_metadata(b)) {
        (Ok(a), Ok(b)) => same_inode(&a, &b),
        _ => false,
    }
}

#[cfg(unix)]
fn same_inode(a: &Metadata, b: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    a.dev() == b.dev() && a.ino() == b.ino()
}

#[cfg(not(unix))]
fn same_inode(_: &Metadata, _: &Metadata) -> bool {
    false
}

/// Whether a path is a folder or lies in it, also by another spelling or through a bind mount.
fn lies_in(path: &Path, folder: &Path) -> bool {
    path.ancestors().any(|above| same_file(above, folder))
}

/// The absolute path without symbolic links and `..`; the rest of it need not exist.
fn resolve(path: &Path) -> Result<PathBuf> {
    let fail = || format!("cannot resolve the path {}", path.display());
    let absolute = std::path::absolute(path).with_context(fail)?;
    let mut resolved = PathBuf::new();
    for part in absolute.components() {
        match part {
            Component::Prefix(_) | Component::RootDir => resolved.push(part),
            Component::CurDir => {}
            // What is resolved has no symbolic links, so the folder above is the one that is written above.
            Component::ParentDir => {
                resolved.pop();
            }
            Component::Normal(name) => {
                resolved.push(name);
                match fs::symlink_metadata(&resolved) {
                    // A symbolic link that leads nowhere is an error here: writing would make its target.
                    Ok(_) => resolved = fs::canonicalize(&resolved).with_context(fail)?,
                    Err(error) if error.kind() == ErrorKind::NotFound => {}
                    Err(error) => return Err(error).with_context(fail),
                }
            }
        }
    }
    Ok(resolved)
}

#[cfg(test)]
mod tests {
    use super::super::OutputFolder;
    use super::*;

    type Test = Result<()>;

    /// A library with sources, in a temporary folder.
    fn library() -> Result<(tempfile::TempDir, PathBuf)> {
        let dir = tempfile::tempdir()?;
        let root = dir.path().join("library");
        fs::create_dir_all(root.join("content/studies"))?;
        fs::create_dir_all(root.join("themes"))?;
        Ok((dir, root))
    }

    fn refusal(root: &Path, out: &Path) -> String {
        OutputFolder::look(root, out)
            .err()
            .map_or_else(String::new, |error| format!("{error:#}"))
    }

    #[test]
    fn the_library_what_is_above_and_its_sources_are_refused() -> Test {
        let (_dir, root) = library()?;
        for (out, why) in [
            ("", "own folder or one above"),
            ("..", "own folder or one above"),
            ("content", "sources are there"),
            ("content/new", "sources are there"),
            ("content/studies/../x", "sources are there"),
            ("themes", "sources are there"),
            ("themes/a/b", "sources are there"),
            ("public/../content/x", "sources are there"),
            ("public/new/../..", "own folder or one above"),
            ("public/../../library", "own folder or one above"),
        ] {
            let message = refusal(&root, &root.join(out));
            assert!(message.contains(why), "{out}: {message}");
        }
        assert!(refusal(&root, Path::new("/")).contains("one above"));
        assert!(!root.join("public").exists(), "looking makes nothing");
        Ok(())
    }

    #[test]
    fn a_missing_source_folder_is_refused_too() -> Test {
        let dir = tempfile::tempdir()?;
        assert!(refusal(dir.path(), &dir.path().join("themes/x")).contains("sources are there"));
        Ok(())
    }

    #[test]
    fn new_and_empty_folders_are_fine() -> Test {
        let (dir, root) = library()?;
        fs::create_dir(root.join("empty"))?;
        for out in [
            "public",
            "a/b/c",
            "empty",
            "content/../public",
            "contents",
            "missing/../public",
        ] {
            OutputFolder::look(&root, &root.join(out))?;
        }
        OutputFolder::look(&root, &dir.path().join("elsewhere"))?;
        Ok(())
    }

    #[test]
    fn files_and_foreign_folders_are_refused() -> Test {
        let (_dir, root) = library()?;
        fs::write(root.join("file"), "")?;
        fs::create_dir(root.join("photos"))?;
        fs::write(root.join("photos/b.jpg"), "")?;
        fs::write(root.join("photos/a.jpg"), "")?;
        assert!(refusal(&root, &root.join("file")).contains("not a folder"));
        assert!(refusal(&root, &root.join("file/x")).contains("cannot resolve"));
        let message = refusal(&root, &root.join("photos"));
        assert!(message.contains("did not make this folder"), "{message}");
        assert!(message.contains("`a.jpg`"), "{message}");
        Ok(())
    }

    #[test]
    fn the_temporary_folder_of_a_killed_build_is_nothing_foreign() -> Test {
        let (_dir, root) = library()?;
        let out = root.join("public");
        fs::create_dir_all(out.join(TEMP))?;
        OutputFolder::look(&root, &out)?;
        fs::write(out.join("x"), "")?;
        assert!(refusal(&root, &out).contains("`x`"));
        fs::remove_file(out.join("x"))?;
        fs::remove_dir(out.join(TEMP))?;
        fs::write(out.join(TEMP), "a file")?;
        assert!(refusal(&root, &out).contains(TEMP));
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn symbolic_links_are_followed_before_anything_is_judged() -> Test {
        use std::os::unix::fs::symlink;
        let (dir, root) = library()?;
        symlink(root.join("content"), dir.path().join("innocent"))?;
        symlink(dir.path().join("nowhere"), dir.path().join("broken"))?;
        symlink(root.join("content/studies"), dir.path().join("deep"))?;
        for out in ["innocent", "innocent/new", "deep/../new"] {
            let message = refusal(&root, &dir.path().join(out));
            assert!(message.contains("sources are there"), "{out}: {message}");
        }
        assert!(refusal(&root, &dir.path().join("deep/../..")).contains("one above"));
        assert!(refusal(&root, &dir.path().join("broken")).contains("cannot resolve"));
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn sources_behind_a_link_are_protected_where_they_are() -> Test {
        let dir = tempfile::tempdir()?;
        let root = dir.path().join("library");
        let real = dir.path().join("real/content");
        fs::create_dir_all(&root)?;
        fs::create_dir_all(&real)?;
        std::os::unix::fs::symlink(&real, root.join("content"))?;
        assert!(refusal(&root, &real.join("x")).contains("sources are there"));
        assert!(refusal(&root, &dir.path().join("real")).contains("sources are there"));
        Ok(())
    }
}
