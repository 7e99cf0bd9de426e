//! When something took place, on an axis of years that all pictures of a library share.

use std::fmt::Write;

use jiff::civil::Date;

/// The axis runs from `LEFT` to `LEFT + WIDTH`; the years at its ends need the room beside it.
const LEFT: i64 = 16;
const WIDTH: i64 = 224;
/// A period is drawn at least this long.
const SHORTEST: i64 = 4;
/// At most so many years are named, besides the first.
const MARKS: i64 = 4;
/// How many years may lie between two that are named.
const STEPS: [i64; 10] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

/// An axis of whole years.
#[derive(Debug, Clone)]
pub(in crate::render) struct Axis {
    /// The first year.
    from: i64,
    years: i64,
    /// The line with its years: the same for all periods.
    drawn: String,
}

impl Axis {
    /// An axis on which all these years fit; none of no year.
    pub(in crate::render) fn spanning(years: impl IntoIterator<Item = i16>) -> Option<Self> {
        let mut span: Option<(i64, i64)> = None;
        for year in years.into_iter().map(i64::from) {
            let (from, last) = span.unwrap_or((year, year));
            span = Some((from.min(year), last.max(year)));
        }
        let (from, last) = span?;
        let mut axis = Self {
            from,
            years: last - from + 1,
            drawn: String::new(),
        };
        axis.draw();
        Some(axis)
    }

    fn draw(&mut self) {
        let step = STEPS.into_iter().find(|step| self.years / step <= MARKS);
        let step = step.unwrap_or(self.years);
        let first = (self.from + step - 1).div_euclid(step) * step;
        let marks = (0..)
            .map(|mark| first + mark * step)
            .take_while(|year| *year <= self.from + self.years);
        let mut ticks = String::new();
        let mut labels = String::new();
        for year in marks {
            let x = self.x(year, 0);
            let _ = write!(ticks, "M{x} 11v4");
            let _ = write!(labels, "<text x=\"{x}\" y=\"27\">{year}</text>");
        }
        self.drawn = format!("<path d=\"M{LEFT} 11h{WIDTH}{ticks}\"/>{labels}");
    }

    /// Where a month begins, counted from 0; dates off the axis stand at its ends.
    fn x(&self, year: i64, month: i64) -> i64 {
        let months = (year - self.from) * 12 + month;
        LEFT + (months * WIDTH / (self.years * 12)).clamp(0, WIDTH)
    }

    /// A period on the axis. One without an end is an arrow that points beyond the axis: nobody says how far it goes.
    pub(in crate::render) fn period(&self, start: Date, end: Option<Date>) -> String {
        let month = |date: Date| i64::from(date.month());
        let right = LEFT + WIDTH;
        let from = self.x(i64::from(start.year()), month(start) - 1);
        let from = from.min(right - SHORTEST);
        let outline = match end {
            Some(end) => {
                let until = self.x(i64::from(end.year()), month(end));
                let until = until.max(from + SHORTEST);
                format!("M{from} 1H{until}v8H{from}z")
            }
            None => {
                let shaft = from + SHORTEST;
                format!("M{from} 1H{shaft}v3H{right}V0l9 5-9 5V6H{shaft}v3H{from}z")
            }
        };
        format!(
            "<svg class=\"timeline\" viewBox=\"0 0 256 30\" text-anchor=\"middle\" aria-hidden=\"true\">\
             {}<path class=\"span\" d=\"{outline}\"/></svg>",
            self.drawn
        )
    }
}
