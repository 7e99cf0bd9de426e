//! Which files changed, told once they have been quiet for a moment.
//!
//! The system's events say only *that* something is going on: each of them leads to a rebuild, which looks at all files. So
//! they are neither paired nor told apart (no debouncer by file), but collected until none has come for [`QUIET`], across
//! all files: a save of an editor is one rebuild, a checkout of a branch is one. Neither waits longer than it must: the files
//! are read while the rest of the quiet goes by, which is mostly in vain only when many change.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use notify::{EventKind, RecursiveMode, Watcher as _};

use super::poll;
use super::pulse::Pulse;
use crate::config::FILE_NAME;
use crate::source::is_passed_over;

/// How long files must have been quiet.
const QUIET: Duration = Duration::from_millis(60);
/// How long before they are read for the first time: a save is several events, hardly apart.
const SETTLED: Duration = Duration::from_millis(5);
/// Files that never come to rest are looked at after this time all the same.
const LONGEST: Duration = Duration::from_secs(2);

/// The folders of a library in which something may change, besides its configuration.
pub(super) const FOLDERS: [&str; 2] = ["content", "themes"];

/// How changes are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Means {
    /// The system tells.
    Events,
    /// All files are looked at again and again.
    Polling,
}

/// Changes that belong together.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Changes {
    /// Paths from the root of the library, with `/`: of files, or of folders in which something happened.
    pub(super) paths: BTreeSet<String>,
    /// The system has told of none of them; they were found by looking.
    pub(super) untold: bool,
}

/// Word from whatever watches.
pub(super) enum Word {
    /// Something at these places.
    Changed(Vec<PathBuf>),
    /// Something changed at these places, of which the system has said nothing.
    Untold(Vec<PathBuf>),
}

/// Watches a library.
pub(super) struct Watch {
    root: PathBuf,
    words: Receiver<Word>,
    watcher: Option<notify::RecommendedWatcher>,
}

impl Watch {
    /// Starts watching the library at `root`, which must be canonical. Each change is a beat of `pulse`.
    ///
    /// # Errors
    /// When the system can't watch, or not as many folders.
    pub(super) fn start(root: &Path, means: Means, pulse: &Arc<Pulse>) -> Result<Self> {
        let (sender, words) = mpsc::channel();
        let mut watch = Self {
            root: root.to_owned(),
            words,
            watcher: None,
        };
        match means {
            Means::Polling => poll::start(root, sender, Arc::clone(pulse)),
            Means::Events => {
                let told = events(root, sender.clone(), Arc::clone(pulse))?;
                watch.watcher = Some(told);
                watch.follow_root()?;
                for folder in FOLDERS {
                    watch.follow(folder)?;
                }
                poll::start_doubting(root, sender, Arc::clone(pulse));
            }
        }
        Ok(watch)
    }

    fn follow_root(&mut self) -> Result<()> {
        let Some(watcher) = &mut self.watcher else {
            return Ok(());
        };
        // Not what is below it: there may be the output, a clone's history, or the packages of other tools.
        watcher
            .watch(&self.root, RecursiveMode::NonRecursive)
            .with_context(|| format!("cannot watch {}", self.root.display()))
    }

    /// Watches a folder of the root anew: the one of that name may be another than before.
    fn follow(&mut self, folder: &str) -> Result<()> {
        let path = self.root.join(folder);
        let Some(watcher) = &mut self.watcher else {
            return Ok(());
        };
        // A folder that is gone is no longer watched.
        let _ = watcher.unwatch(&path);
        match path.is_dir() {
            true => watcher
                .watch(&path, RecursiveMode::Recursive)
                .with_context(|| format!("cannot watch {}", path.display())),
            false => Ok(()),
        }
    }

    /// Waits for changes, and for the quiet after them; returns them with what `read` made of the files as they then were. It may
    /// be called twice. `None` when nothing watches any more.
    pub(super) fn next<T>(&mut self, mut read: impl FnMut() -> T) -> Option<(Changes, T)> {
        let mut changes = Changes {
            untold: true,
            ..Changes::default()
        };
        let word = self.words.recv().ok()?;
        let start = Instant::now();
        self.take(word, &mut changes);
        self.collect(&mut changes, SETTLED, start)?;
        let settled = Instant::now();
        let early = read();
        let rest = QUIET.saturating_sub(SETTLED + settled.elapsed());
        match self.words.recv_timeout(rest) {
            Err(RecvTimeoutError::Timeout) => return Some((changes, early)),
            Err(RecvTimeoutError::Disconnected) => return None,
            Ok(word) => self.take(word, &mut changes),
        }
        self.collect(&mut changes, QUIET, start)?;
        Some((changes, read()))
    }

    /// Adds what comes until nothing has come for so long, and watches folders anew that have changed themselves.
    fn collect(&mut self, changes: &mut Changes, quiet: Duration, start: Instant) -> Option<()> {
        while start.elapsed() <= LONGEST {
            match self.words.recv_timeout(quiet) {
                Ok(word) => self.take(word, changes),
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
        for folder in FOLDERS {
            if changes.paths.contains(folder) {
                // When it can't be watched, looking finds what changes in it.
                let _ = self.follow(folder);
            }
        }
        Some(())
    }

    fn take(&self, word: Word, changes: &mut Changes) {
        let (told, paths) = match word {
            Word::Changed(paths) => (true, paths),
            Word::Untold(paths) => (false, paths),
        };
        changes.untold &= !told;
        changes
            .paths
            .extend(paths.iter().map(|path| relative(&self.root, path)));
    }
}

/// Has the system tell of every change that may matter.
fn events(
    root: &Path,
    sender: Sender<Word>,
    pulse: Arc<Pulse>,
) -> Result<notify::RecommendedWatcher> {
    let root = root.to_owned();
    let told = move |event: notify::Result<notify::Event>| {
        let paths = match event {
            Ok(event) if matches!(event.kind, EventKind::Access(_)) => return,
            // The system lost some: anything may have changed.
            Ok(event) if event.need_rescan() => vec![root.clone()],
            Ok(event) => event.paths,
            Err(error) => error.paths,
        };
        let paths: Vec<PathBuf> = paths
            .into_iter()
            .filter(|path| matters(&root, path))
            .collect();
        if !paths.is_empty() {
            pulse.beat();
            // Nobody listens when the server ends.
            let _ = sender.send(Word::Changed(paths));
        }
    };
    notify::recommended_watcher(told).context("cannot watch files")
}

/// Whether something at a path can change the site: content, a look or the configuration, but no leftover of an editor.
fn matters(root: &Path, path: &Path) -> bool {
    let Ok(inside) = path.strip_prefix(root) else {
        return false;
    };
    let mut names = inside.components().map(|part| match part {
        Component::Normal(name) => name.to_string_lossy(),
        _ => "..".into(),
    });
    match names.next().as_deref() {
        None => true,
        Some(FILE_NAME) => true,
        Some(folder) => FOLDERS.contains(&folder) && !names.any(|name| is_passed_over(&name)),
    }
}

fn relative(root: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(root).unwrap_or(path);
    let names: Vec<_> = inside.iter().map(|name| name.to_string_lossy()).collect();
    names.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_site_is_made_of_matters() {
        let root = Path::new("/library");
        for path in [
            "site-config.toml",
            "content",
            "content/studies/a/b.md",
            "themes/x/assets/a.css",
            "",
        ] {
            assert!(matters(root, &root.join(path)), "{path}");
        }
        for path in [
            "public/index.html",
            ".git/index",
            "README.md",
            "content/studies/.b.md.swp",
            "content/studies/b.md~",
            "content/.git/x.md",
            "themes/x/#a.css#",
        ] {
            assert!(!matters(root, &root.join(path)), "{path}");
        }
        assert!(!matters(root, Path::new("/elsewhere/content/a.md")));
    }

    fn words(list: Vec<Word>) -> Watch {
        let (sender, words) = mpsc::channel();
        for word in list {
            sender.send(word).expect("somebody listens");
        }
        // A sender that stays, as with a watcher.
        std::mem::forget(sender);
        Watch {
            root: "/library".into(),
            words,
            watcher: None,
        }
    }

    #[test]
    fn what_comes_without_a_pause_is_one_change() {
        let changed = |name: &str| Word::Changed(vec![Path::new("/library/content").join(name)]);
        let mut watch = words(vec![changed("a.md"), changed("b.md"), changed("a.md")]);
        let (changes, ()) = watch.next(|| ()).expect("changes");
        assert_eq!(
            changes.paths,
            BTreeSet::from(["content/a.md".to_owned(), "content/b.md".to_owned()])
        );
        assert!(!changes.untold);
    }

    #[test]
    fn what_changes_while_it_is_read_is_read_again() {
        let changed = |name: &str| Word::Changed(vec![Path::new("/library/content").join(name)]);
        let (sender, received) = mpsc::channel();
        let mut watch = words(vec![]);
        watch.words = received;
        sender.send(changed("a.md")).expect("a listener");
        let mut read = 0;
        let (changes, last) = watch
            .next(|| {
                read += 1;
                if read == 1 {
                    sender.send(changed("b.md")).expect("a listener");
                }
                read
            })
            .expect("changes");
        assert_eq!((changes.paths.len(), last), (2, 2));
        sender.send(changed("c.md")).expect("a listener");
        let (changes, once) = watch.next(|| "once").expect("changes");
        assert_eq!((changes.paths.len(), once), (1, "once"));
    }

    #[test]
    fn what_the_system_tells_of_later_was_not_untold() {
        let path = || vec![PathBuf::from("/library/content/a.md")];
        assert!(
            words(vec![Word::Untold(path())])
                .next(|| ())
                .expect("changes")
                .0
                .untold
        );
        let mut both = words(vec![Word::Untold(path()), Word::Changed(path())]);
        assert!(!both.next(|| ()).expect("changes").0.untold);
    }
}
