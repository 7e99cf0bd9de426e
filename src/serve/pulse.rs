//! Word that files have changed, for work in the background that should give way to the next rebuild.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Counts the changes of files.
#[derive(Debug, Default)]
pub(super) struct Pulse {
    beats: Mutex<u64>,
    beaten: Condvar,
}

impl Pulse {
    /// Something has changed.
    pub(super) fn beat(&self) {
        *self.locked() += 1;
        self.beaten.notify_all();
    }

    /// How often something has changed.
    pub(super) fn beats(&self) -> u64 {
        *self.locked()
    }

    /// Waits until something has changed since there were so many beats, though no longer than this; whether it has.
    pub(super) fn changes_within(&self, longest: Duration, since: u64) -> bool {
        let waited = self
            .beaten
            .wait_timeout_while(self.locked(), longest, |beats| *beats == since);
        let (beats, _) = waited.unwrap_or_else(PoisonError::into_inner);
        *beats != since
    }

    fn locked(&self) -> MutexGuard<'_, u64> {
        // Nobody panics while counting.
        self.beats.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_ends_the_waiting_and_quiet_does_too() {
        let pulse = Pulse::default();
        let since = pulse.beats();
        assert!(!pulse.changes_within(Duration::ZERO, since));
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| pulse.changes_within(Duration::from_secs(60), since));
            pulse.beat();
            assert!(waiting.join().expect("no panic"));
        });
        assert!(pulse.changes_within(Duration::ZERO, since));
    }
}
