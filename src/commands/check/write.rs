//! Puts a mended text in the place of a file, all of it or nothing.

use std::fs;
use std::io::Write;
use std::path::Path;

/// Replaces a file of the library that holds `old`. A temporary file beside it takes its place in one moment, with the
/// same permissions.
///
/// # Errors
/// The reason, in words, for which the file was left alone: it changed meanwhile, may not be written, or is not what it
/// seems to be.
pub(super) fn replace(root: &Path, path: &str, old: &str, new: &str) -> Result<(), String> {
    let place = root.join(path);
    let because = |error: std::io::Error| format!("it could not be written ({error})");
    let metadata = fs::symlink_metadata(&place).map_err(because)?;
    if metadata.is_symlink() {
        return Err("it is a symbolic link".to_owned());
    }
    let folder = place.parent().unwrap_or(root);
    let inside = folder.canonicalize().map_err(because)?.starts_with(root);
    if !inside {
        return Err("its folder is outside the library".to_owned());
    }
    if metadata.permissions().readonly() {
        return Err("it is read-only".to_owned());
    }
    // Discovery passes over such names, should one be left behind.
    let mut file = tempfile::Builder::new()
        .prefix(".caseloom-")
        .suffix(".tmp")
        .tempfile_in(folder)
        .map_err(because)?;
    file.write_all(new.as_bytes()).map_err(because)?;
    fs::set_permissions(file.path(), metadata.permissions()).map_err(because)?;
    file.as_file().sync_all().map_err(because)?;
    if fs::read(&place).map_err(because)? != old.as_bytes() {
        return Err("it was changed by somebody else meanwhile".to_owned());
    }
    file.persist(&place).map_err(|error| because(error.error))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn library() -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path().canonicalize().expect("it is there");
        fs::write(root.join("a.md"), "old").expect("a file");
        (folder, root)
    }

    fn names(root: &Path) -> usize {
        fs::read_dir(root).expect("a folder").count()
    }

    #[test]
    fn a_file_that_changed_since_it_was_read_is_left_alone() {
        let (_folder, root) = library();
        let result = replace(&root, "a.md", "older", "new");
        assert!(result.expect_err("refused").contains("meanwhile"));
        assert_eq!(fs::read_to_string(root.join("a.md")).expect("text"), "old");
        assert_eq!(names(&root), 1, "nothing is left behind");
        replace(&root, "a.md", "old", "new").expect("replaced");
        assert_eq!(fs::read_to_string(root.join("a.md")).expect("text"), "new");
        assert_eq!(names(&root), 1);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed_and_permissions_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let (_folder, root) = library();
        let beside = tempfile::tempdir().expect("a temporary folder");
        fs::write(beside.path().join("b.md"), "old").expect("a file");
        symlink(beside.path().join("b.md"), root.join("b.md")).expect("a link");
        symlink(beside.path(), root.join("out")).expect("a link");
        for (path, reason) in [("b.md", "symbolic link"), ("out/b.md", "outside")] {
            let result = replace(&root, path, "old", "new");
            assert!(result.expect_err("refused").contains(reason), "{path}");
        }
        let text = fs::read_to_string(beside.path().join("b.md")).expect("text");
        assert_eq!(text, "old");
        let place = root.join("a.md");
        fs::set_permissions(&place, fs::Permissions::from_mode(0o640)).expect("a mode");
        replace(&root, "a.md", "old", "new").expect("replaced");
        let mode = fs::metadata(&place).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
    }
}
