//! One build at a time.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::target::{Target, look_at};

/// The right to publish into a folder: a lock of the operating system, which ends with the process that has it, on a
/// file beside the folder, which is removed when it is given back.
///
/// Where no such file can be made or locked (a folder above that may not be written, a file system without locks) there
/// is no guard, rather than no site.
#[derive(Debug)]
pub(super) struct Lock {
    held: Option<(File, PathBuf)>,
}

impl Lock {
    /// Waits until nobody else publishes into the folder; calls `on_wait` if that is not at once.
    ///
    /// # Errors
    /// When the lock file is something that caseloom can't have made, or the disk fails.
    pub(super) fn take(target: &Target, on_wait: impl FnOnce()) -> Result<Self> {
        let path = &target.lock;
        let mut on_wait = Some(on_wait);
        loop {
            if look_at(path)?.is_some_and(|there| !there.is_file()) {
                anyhow::bail!(
                    "caseloom needs the name {} for a file, but something else has it; move it away",
                    path.display()
                );
            }
            let Some(file) = open(path)? else {
                return Ok(Self { held: None });
            };
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    if let Some(tell) = on_wait.take() {
                        tell();
                    }
                    file.lock()
                        .with_context(|| format!("cannot lock {}", path.display()))?;
                }
                Err(TryLockError::Error(_)) => {
                    drop(file);
                    let _ = fs::remove_file(path);
                    return Ok(Self { held: None });
                }
            }
            // Whoever had it has removed the file, so the lock of this one keeps nobody out.
            if is_at(&file, path) {
                return Ok(Self {
                    held: Some((file, path.clone())),
                });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if let Some((file, path)) = self.held.take() {
            // Before the lock ends: whoever waits for it sees that the file is gone, and makes one anew.
            let _ = fs::remove_file(path);
            drop(file);
        }
    }
}

fn open(path: &PathBuf) -> Result<Option<File>> {
    let parent = path.parent().map_or(Ok(()), fs::create_dir_all);
    let options = || {
        let mut options = File::options();
        options.create(true).truncate(false).write(true);
        options
    };
    match parent.and_then(|()| options().open(path)) {
        Ok(file) => Ok(Some(file)),
        Err(error) if is_refusal(&error) => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot make {}", path.display())),
    }
}

fn is_refusal(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem
    )
}

#[cfg(unix)]
fn is_at(file: &File, path: &PathBuf) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(held), Ok(there)) => (held.dev(), held.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

/// Elsewhere a file that is open can't be removed.
#[cfg(not(unix))]
fn is_at(_: &File, path: &PathBuf) -> bool {
    path.exists()
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::thread;

    use super::super::fixture::Place;
    use super::*;

    type Test = Result<()>;

    #[test]
    fn the_second_waits_and_says_so() -> Test {
        let place = Place::new()?;
        let target = place.target()?;
        let first = Lock::take(&target, || unreachable!("nobody else is there"))?;
        let (tell, told) = mpsc::channel();
        let second = thread::spawn({
            let target = target.clone();
            move || Lock::take(&target, || tell.send(()).expect("somebody listens"))
        });
        told.recv()?;
        assert!(!second.is_finished());
        drop(first);
        let second = second.join().expect("no panic")?;
        assert_eq!(place.beside()?, [".public.caseloom-lock", "content"]);
        drop(second);
        assert_eq!(place.beside()?, ["content"]);
        Ok(())
    }

    #[test]
    fn what_a_killed_build_left_locks_nobody_out() -> Test {
        let place = Place::new()?;
        let target = place.target()?;
        fs::write(&target.lock, "")?;
        drop(Lock::take(&target, || {
            unreachable!("nobody holds the lock")
        })?);
        assert_eq!(place.beside()?, ["content"]);
        Ok(())
    }

    #[test]
    fn what_only_has_the_name_of_the_lock_is_left_alone() -> Test {
        let place = Place::new()?;
        let target = place.target()?;
        fs::create_dir(&target.lock)?;
        let error = Lock::take(&target, || {}).err().map(|it| it.to_string());
        assert!(error.is_some_and(|error| error.contains("something else has it")));
        assert!(target.lock.is_dir());
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_above_that_may_not_be_written_is_no_obstacle() -> Test {
        use std::os::unix::fs::PermissionsExt;
        let place = Place::new()?;
        fs::set_permissions(&place.root, fs::Permissions::from_mode(0o500))?;
        let lock = Lock::take(&place.target()?, || {});
        fs::set_permissions(&place.root, fs::Permissions::from_mode(0o700))?;
        lock.map(|_| ())
    }
}
