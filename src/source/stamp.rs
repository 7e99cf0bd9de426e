//! Whether a file is still the one that was read, without reading it again: git's way with its index.

use std::fs::Metadata;
use std::path::Path;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

/// A file is trusted only if it had been left alone for this long before it was read. Whatever changes it later gives it
/// another time, however coarse the clock of its file system (FAT counts in steps of two seconds).
const SETTLED: Duration = Duration::from_secs(3);

/// The same where times have parts of a hundredth of a second, which no clock has that is coarser.
const SETTLED_BY_FINE_CLOCK: Duration = Duration::from_millis(100);

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
}

impl Seen {
    /// Looks at a file, which must be done before it is read.
    pub(crate) fn at(path: &Path) -> Self {
        std::fs::metadata(path).map_or(
            Self {
                stamp: None,
                settled: false,
            },
            |metadata| Self::in_(&metadata),
        )
    }

    /// The same of what the file system has just said.
    pub(crate) fn in_(metadata: &Metadata) -> Self {
        let stamp = Stamp::of(metadata);
        let age = |time: SystemTime| SystemTime::now().duration_since(time).ok();
        let age = stamp.modified.and_then(age);
        Self {
            stamp: Some(stamp),
            settled: age.is_some_and(|age| age > stamp.settles_after()),
        }
    }

    /// The stamp, if it can be trusted.
    pub(crate) fn settled(self) -> Option<Stamp> {
        self.stamp.filter(|_| self.settled)
    }

    /// Whether the file is the same that was there at an earlier look.
    pub(crate) fn is_same_as(&self, earlier: &Self) -> bool {
        earlier.settled && self.stamp == earlier.stamp
    }
}

impl Stamp {
    fn settles_after(&self) -> Duration {
        let is_fine = |(_, _, nanoseconds): (u64, i64, i64)| nanoseconds % 10_000_000 != 0;
        match self.identity.is_some_and(is_fine) {
            true => SETTLED_BY_FINE_CLOCK,
            false => SETTLED,
        }
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
