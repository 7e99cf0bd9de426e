//! What goes wrong while many threads make files: the first file of the plan is told, whichever thread was faster, so that the
//! same mistake is the same message each time.

use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::Result;

/// Why files could not be made.
#[derive(Default)]
pub(super) struct Failures(Mutex<Option<(usize, anyhow::Error)>>);

impl Failures {
    /// Whether a file before this one could not be made.
    pub(super) fn are_before(&self, at: usize) -> bool {
        self.lock().as_ref().is_some_and(|(first, _)| *first < at)
    }

    /// Adds why a file could not be made.
    pub(super) fn add(&self, at: usize, error: anyhow::Error) {
        let mut first = self.lock();
        if first.as_ref().is_none_or(|(first, _)| at < *first) {
            *first = Some((at, error));
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<(usize, anyhow::Error)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Why the first of them could not be made, if any could not.
    pub(super) fn first(self) -> Result<()> {
        let first = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        first.map_or(Ok(()), |(_, error)| Err(error))
    }
}

#[cfg(test)]
mod tests {
    use anyhow::anyhow;

    use super::*;

    #[test]
    fn the_first_file_of_the_plan_is_told_in_whatever_order_they_fail() {
        let failures = Failures::default();
        assert!(!failures.are_before(9));
        for at in [5, 2, 7] {
            failures.add(at, anyhow!("file {at}"));
        }
        assert!(failures.are_before(3));
        assert!(!failures.are_before(2), "those before it are still made");
        let told = failures.first().map_err(|error| error.to_string());
        assert_eq!(told, Err("file 2".to_owned()));
        assert!(Failures::default().first().is_ok());
    }
}
