//! Dates as people give them: a year, a month or a day.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A date of which only the year, or the year and the month, may be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PartialDate {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl PartialDate {
    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; `None` for anything else and for days that don't exist.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year = number(parts.next()?, 4)?;
        let month = parts.next().map(|part| number(part, 2));
        let day = parts.next().map(|part| number(part, 2));
        if parts.next().is_some() || year < 1000 {
            return None;
        }
        let (month, day) = match (month, day) {
            (None, _) => (None, None),
            (Some(month), None) => (Some(i8::try_from(month?).ok()?), None),
            (Some(month), Some(day)) => (
                Some(i8::try_from(month?).ok()?),
                Some(i8::try_from(day?).ok()?),
            ),
        };
        Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
        Some(Self { year, month, day })
    }

    /// Why what has the form `YYYY-MM` or `YYYY-MM-DD` is no date all the same; `None` for what is one, or has another form.
    pub fn impossible(text: &str) -> Option<String> {
        let mut parts = text.split('-');
        let year = number(parts.next()?, 4)?;
        let month = i8::try_from(number(parts.next()?, 2)?).ok()?;
        let day = match parts.next() {
            Some(day) => i8::try_from(number(day, 2)?).ok()?,
            None => 1,
        };
        if parts.next().is_some() {
            return None;
        }
        let Ok(first) = Date::new(year, month, 1) else {
            return Some(format!("there is no month {month:02}"));
        };
        let days = first.days_in_month();
        (!(1..=days).contains(&day))
            .then(|| format!("{} {year} has {days} days", month_name(month)))
    }

    /// A full date.
    pub fn full(date: Date) -> Self {
        Self {
            year: date.year(),
            month: Some(date.month()),
            day: Some(date.day()),
        }
    }

    /// The day, when it is known.
    pub fn day(self) -> Option<Date> {
        Date::new(self.year, self.month?, self.day?).ok()
    }

    /// The first day that it may mean.
    pub fn first_day(self) -> Date {
        Date::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
            .expect("invariant: a partial date was checked when it was read")
    }

    /// The last day that it may mean.
    pub fn last_day(self) -> Date {
        let first = self.first_day();
        match (self.month, self.day) {
            (None, _) => Date::new(self.year, 12, 31).unwrap_or(first),
            (Some(_), None) => first.last_of_month(),
            (Some(_), Some(_)) => first,
        }
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.year
    }

    /// When it was, in a sentence: in 2019, in January 2019 or on 31 January 2019.
    pub fn when_in_words(self) -> String {
        let preposition = if self.day.is_some() { "on" } else { "in" };
        format!("{preposition} {}", self.in_words())
    }

    /// As people read it: 2019, January 2019 or 31 January 2019.
    pub fn in_words(self) -> String {
        match (self.month, self.day) {
            (Some(month), Some(day)) => format!("{day} {} {}", month_name(month), self.year),
            (Some(month), None) => format!("{} {}", month_name(month), self.year),
            (None, _) => self.year.to_string(),
        }
    }
}

impl fmt::Display for PartialDate {
    /// ISO 8601, as precise as the date is.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

/// A full date as people read it: 31 January 2019.
pub fn in_words(date: Date) -> String {
    PartialDate::full(date).in_words()
}

/// What a person may have meant by another way of writing a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    /// `YYYY-MM-DD` or `YYYY-MM`.
    pub text: String,
    /// Whether it can have meant nothing else. `03/04/2019` may be American, `2011/12` a financial year.
    pub certain: bool,
}

/// Reads a date that is written as `31/01/2019`, `31.1.2019`, `2019-1-31`, `31 January 2019` or `June 2017`. Day
/// before month, as in England, unless there is no such month.
pub fn guess(text: &str) -> Option<Guess> {
    let parts: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect();
    let is_year = |part: &str| part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit());
    let (year, month, day) = match parts.as_slice() {
        [year, month, day] if is_year(year) => (*year, *month, Some(*day)),
        [month, day, year] if is_year(year) && named_month(month).is_some() => {
            (*year, *month, Some(*day))
        }
        [day, month, year] if is_year(year) => (*year, *month, Some(*day)),
        [year, month] if is_year(year) => (*year, *month, None),
        [month, year] if is_year(year) => (*year, *month, None),
        _ => return None,
    };
    let year_first = parts.first() == Some(&year);
    let (month, named): (i8, bool) = match month.parse() {
        Ok(month) => (month, false),
        Err(_) => (named_month(month)?, true),
    };
    let day: Option<i8> = match day {
        Some(day) => {
            let digits = day.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            Some(digits.parse().ok()?)
        }
        None => None,
    };
    let american = !year_first && !named && month > 12;
    let (month, day) = match day {
        Some(day) if american => (day, Some(month)),
        _ => (month, day),
    };
    let date = match day {
        Some(day) => format!("{year}-{month:02}-{day:02}"),
        None => format!("{year}-{month:02}"),
    };
    let year = PartialDate::parse(&date)?.year;
    let clear = match day {
        _ if named => true,
        // What was written so may be a slip as well.
        _ if american => false,
        Some(day) => year_first || day > 12 || day == month,
        None => !year_first || i16::from(month) != (year + 1) % 100,
    };
    // A question mark or a bracket says that more was meant.
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '/' | '.' | ',');
    Some(Guess {
        text: date,
        certain: clear && text.chars().all(plain),
    })
}

fn named_month(name: &str) -> Option<i8> {
    let name = name.to_ascii_lowercase();
    let at = MONTHS
        .iter()
        .position(|month| name.len() >= 3 && month.to_ascii_lowercase().starts_with(&name))?;
    i8::try_from(at + 1).ok()
}

fn month_name(month: i8) -> &'static str {
    usize::try_from(month - 1)
        .ok()
        .and_then(|index| MONTHS.get(index))
        .copied()
        .unwrap_or("")
}

fn number(text: &str, digits: usize) -> Option<i16> {
    (text.len() == digits && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_years_months_and_days_that_exist() {
        for good in ["2017", "2017-06", "2017-06-30", "2020-02-29"] {
            assert_eq!(
                PartialDate::parse(good).map(|date| date.to_string()),
                Some(good.to_owned())
            );
        }
        for bad in [
            "",
            "17",
            "2017-6",
            "2017-13",
            "2019-02-29",
            "2017-06-30-1",
            "0001",
            "2017/06",
            "２０１７",
        ] {
            assert_eq!(PartialDate::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn what_looks_like_a_date_and_is_none_is_explained() {
        for (text, why) in [
            ("2024-13-01", Some("there is no month 13")),
            ("2024-00", Some("there is no month 00")),
            ("2016-02-30", Some("February 2016 has 29 days")),
            ("2019-04-00", Some("April 2019 has 30 days")),
            ("2016-02-29", None),
            ("30-02-2016", None),
            ("2016-2-30", None),
            ("2016", None),
            ("2016-02-30-01", None),
        ] {
            assert_eq!(PartialDate::impossible(text).as_deref(), why, "{text}");
        }
    }

    #[test]
    fn says_dates_in_words() {
        let words = |text| PartialDate::parse(text).map(PartialDate::in_words);
        assert_eq!(words("2019-01-31").as_deref(), Some("31 January 2019"));
        assert_eq!(words("2019-01").as_deref(), Some("January 2019"));
        assert_eq!(words("2019").as_deref(), Some("2019"));
    }

    #[test]
    fn spans_what_it_may_mean() {
        let date = PartialDate::parse("2020-02").expect("a month");
        assert_eq!(date.first_day().to_string(), "2020-02-01");
        assert_eq!(date.last_day().to_string(), "2020-02-29");
    }

    fn guessed(text: &str) -> Option<(String, bool)> {
        guess(text).map(|guess| (guess.text, guess.certain))
    }

    #[test]
    fn guesses_what_people_write() {
        for text in [
            "31/01/2019",
            "31.1.2019",
            "2019-1-31",
            "2019/01/31",
            "31 January 2019",
            "31st Jan 2019",
            "31-Jan-2019",
        ] {
            assert_eq!(
                guessed(text),
                Some(("2019-01-31".to_owned(), true)),
                "{text}"
            );
        }
        for text in ["June 2017", "06/2017", "2017/6", "2017 June"] {
            assert_eq!(guessed(text), Some(("2017-06".to_owned(), true)), "{text}");
        }
        assert_eq!(guessed("05.05.2019"), Some(("2019-05-05".to_owned(), true)));
        let american = guessed("01/31/2019");
        assert_eq!(american, Some(("2019-01-31".to_owned(), false)));
        let named = guessed("January 31, 2019");
        assert_eq!(named, Some(("2019-01-31".to_owned(), true)));
        for none in [
            "31/31/2019",
            "13/13/2019",
            "2019/20",
            "2019-2020",
            "Q2 2019",
            "soon",
        ] {
            assert_eq!(guess(none), None, "{none}");
        }
    }

    #[test]
    fn knows_when_a_guess_is_no_more_than_one() {
        for (text, date) in [
            ("03/04/2019", "2019-04-03"),
            ("3.4.2019", "2019-04-03"),
            ("2011/12", "2011-12"),
            ("May 2019?", "2019-05"),
            ("[2019] 1 31", "2019-01-31"),
        ] {
            assert_eq!(guessed(text), Some((date.to_owned(), false)), "{text}");
        }
    }
}
