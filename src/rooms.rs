//! Memory that goes from one piece of parallel work to the next.

use std::sync::{Mutex, PoisonError};

/// Rooms to work in, as many as threads have worked at one time. One that is made for every piece of the work, as rayon's `map_init`
/// does, would grow anew with each.
#[derive(Debug)]
pub(crate) struct Rooms<T>(Mutex<Vec<T>>);

impl<T> Default for Rooms<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> Rooms<T> {
    /// Works in a room that is free, or in a new one, and leaves it for the next.
    pub(crate) fn work<R>(&self, make: impl FnOnce() -> T, work: impl FnOnce(&mut T) -> R) -> R {
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let free = lock().pop();
        let mut room = free.unwrap_or_else(make);
        let result = work(&mut room);
        lock().push(room);
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_room_is_left_for_the_next_and_two_at_a_time_have_two() {
        let rooms = Rooms::default();
        let count = |made: &mut Vec<u32>| {
            made.push(0);
            made.len()
        };
        assert_eq!(rooms.work(Vec::new, count), 1);
        let inner = rooms.work(Vec::new, |outer| {
            (rooms.work(Vec::new, count), count(outer))
        });
        assert_eq!(inner, (1, 2));
    }
}
