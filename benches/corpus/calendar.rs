//! Months as numbers, so that a period can be drawn inside the life of a system.

use std::fmt;

/// A month: years times twelve, plus 0 to 11.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Month(pub(crate) usize);

impl Month {
    /// The first month in which a study may begin.
    pub(crate) const EARLIEST: Self = Self::of(2012, 1);
    /// The last month in which anything happens; fixed, for a library must not depend on the day of its making.
    pub(crate) const LATEST: Self = Self::of(2026, 10);

    /// The month `month` (1 to 12) of `year`.
    pub(crate) const fn of(year: usize, month: usize) -> Self {
        Self(year * 12 + month - 1)
    }

    /// The first month that lies wholly on or after a date `YYYY-MM-DD`.
    pub(crate) fn first_whole_after(date: &str) -> Option<Self> {
        let (month, day) = split(date)?;
        Some(if day == 1 { month } else { month.later(1) })
    }

    /// The last month that lies wholly on or before a date `YYYY-MM-DD`, with every day from the 28th taken for the last.
    pub(crate) fn last_whole_before(date: &str) -> Option<Self> {
        let (month, day) = split(date)?;
        Some(if day >= 28 { month } else { Self(month.0 - 1) })
    }

    /// So many months later.
    pub(crate) fn later(self, months: usize) -> Self {
        Self(self.0 + months)
    }

    /// The year.
    pub(crate) fn year(self) -> usize {
        self.0 / 12
    }

    /// A day of this month, `YYYY-MM-DD`; `day` from 1 to 28.
    pub(crate) fn day(self, day: usize) -> String {
        format!("{self}-{day:02}")
    }
}

impl fmt::Display for Month {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}-{:02}", self.year(), self.0 % 12 + 1)
    }
}

fn split(date: &str) -> Option<(Month, usize)> {
    let mut parts = date
        .trim()
        .split('-')
        .map(|part| part.parse::<usize>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    (1..=12)
        .contains(&month)
        .then(|| (Month::of(year, month), day))
}
