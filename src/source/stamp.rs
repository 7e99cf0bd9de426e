//! Whether a file is still the one that was read, without reading it again: git's way with its index.

use std::fs::Metadata;
use std::path::Path;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

/// A file is trusted only if it had been left alone for this long before it was read. Whatever changes it later gives it
/// another time, however coarse the clock of its file system (FAT counts in steps of two seconds).
const SETTLED: Duration = Duration::from_secs(3);

/// What the file system says of a file. Nothing that writes to a file leaves all of this as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    /// Where there is such a thing, the number of the file and the time of the last change of anything about it: a copy that
    /// keeps its time, or another file put in the place of the first, differs in these.
    identity: Option<(u64, i64, i64)>,
}

/// A stamp, and whether it can be trusted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen {
    pub(crate) stamp: Option<Stamp>,
    settled: bool,
    /// Whether it can be trusted as much as the bytes of the file, see [`Stamp::is_proof`].
    is_proof: bool,
}

impl Seen {
    /// Looks at a file, which must be done before it is read.
    pub(crate) fn at(path: &Path) -> Self {
        let nothing = Self {
            stamp: None,
            settled: false,
            is_proof: false,
        };
        std::fs::metadata(path).map_or(nothing, |metadata| Self::of(&metadata))
    }

    /// The same of what the file system has just said.
    pub(crate) fn of(metadata: &Metadata) -> Self {
        let (stamp, now) = (Stamp::of(metadata), SystemTime::now());
        let age = stamp
            .modified
            .and_then(|time| now.duration_since(time).ok());
        Self {
            stamp: Some(stamp),
            settled: age.is_some_and(|age| age > SETTLED),
            is_proof: stamp.is_proof(now),
        }
    }

    /// The stamp, if a file that has it later is the same, whatever was done to it.
    pub(crate) fn proof(self) -> Option<Stamp> {
        self.stamp.filter(|_| self.is_proof)
    }

    /// Whether the file is the same that was there at an earlier look.
    pub(crate) fn is_same_as(&self, earlier: &Self) -> bool {
        earlier.settled && self.stamp == earlier.stamp
    }
}

impl Stamp {
    /// Whether no later change can leave the stamp as it is. That takes the time of the last change of anything, which nobody can
    /// set, and some distance from it: a tenth of a second, or more where times have no parts of a hundredth.
    fn is_proof(&self, now: SystemTime) -> bool {
        let last_change = self.identity.and_then(|(_, seconds, nanoseconds)| {
            let since = Duration::new(seconds.try_into().ok()?, nanoseconds.try_into().ok()?);
            let is_fine = nanoseconds % 10_000_000 != 0;
            let distance = if is_fine {
                Duration::from_millis(100)
            } else {
                SETTLED
            };
            Some((SystemTime::UNIX_EPOCH.checked_add(since)?, distance))
        });
        last_change.is_some_and(|(time, distance)| {
            let age = now.duration_since(time);
            age.is_ok_and(|age| age > distance)
        })
    }

    #[cfg(unix)]
    fn of(metadata: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self {
            length: metadata.len(),
            modified: metadata.modified().ok(),
            identity: Some((metadata.ino(), metadata.ctime(), metadata.ctime_nsec())),
        }
    }

    #[cfg(not(unix))]
    fn of(metadata: &Metadata) -> Self {
        Self {
            length: metadata.len(),
            modified: metadata.modified().ok(),
            identity: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::{self, File};

    fn make_old(path: &Path) {
        let long_ago = SystemTime::now() - Duration::from_secs(60);
        let file = File::options().write(true).open(path).expect("opened");
        file.set_modified(long_ago).expect("the time can be set");
    }

    #[test]
    fn a_file_that_was_just_written_is_not_trusted() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("a.md");
        fs::write(&path, "a").expect("written");
        let young = Seen::at(&path);
        assert!(!Seen::at(&path).is_same_as(&young));
        make_old(&path);
        let old = Seen::at(&path);
        assert!(Seen::at(&path).is_same_as(&old));
    }

    #[cfg(unix)]
    #[test]
    fn another_file_of_the_same_length_and_time_is_another() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (path, other) = (folder.path().join("a.md"), folder.path().join("b.md"));
        for (path, text) in [(&path, "a"), (&other, "b")] {
            fs::write(path, text).expect("written");
            make_old(path);
        }
        let modified = fs::metadata(&path).and_then(|metadata| metadata.modified());
        File::options()
            .write(true)
            .open(&other)
            .and_then(|file| file.set_modified(modified.expect("a time")))
            .expect("the time can be set");
        let before = Seen::at(&path);
        fs::rename(&other, &path).expect("renamed");
        assert!(!Seen::at(&path).is_same_as(&before));
    }

    #[test]
    fn a_file_that_is_gone_is_not_the_same() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let nothing = Seen::at(&folder.path().join("a.md"));
        assert!(!nothing.is_same_as(&nothing));
    }
}
