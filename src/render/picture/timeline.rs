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
#[derive(Debug, Clone, Hash)]
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

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    /// The years that an axis names.
    fn named(years: [i16; 2]) -> Vec<i64> {
        let axis = Axis::spanning(years).expect("an axis");
        let years = axis.drawn.split("y=\"27\">").skip(1);
        years
            .map(|year| {
                let (year, _) = year.split_once('<').expect("an end");
                year.parse().expect("a year")
            })
            .collect()
    }

    #[test]
    fn no_year_makes_no_axis() {
        assert!(Axis::spanning([]).is_none());
    }

    #[test]
    fn one_year_is_an_axis() {
        let axis = Axis::spanning([2019]).expect("an axis");
        assert_snapshot!(axis.period(date(2019, 7, 1), Some(date(2019, 9, 30))), @r#"<svg class="timeline" viewBox="0 0 256 30" text-anchor="middle" aria-hidden="true"><path d="M16 11h224M16 11v4M240 11v4"/><text x="16" y="27">2019</text><text x="240" y="27">2020</text><path class="span" d="M128 1H184v8H128z"/></svg>"#);
    }

    #[test]
    fn a_period_lies_among_the_years_of_all() {
        let axis = Axis::spanning([2013, 2004, 2023, 2013]).expect("an axis");
        assert_snapshot!(axis.period(date(2013, 1, 1), Some(date(2015, 12, 31))), @r#"<svg class="timeline" viewBox="0 0 256 30" text-anchor="middle" aria-hidden="true"><path d="M16 11h224M27 11v4M83 11v4M139 11v4M195 11v4"/><text x="27" y="27">2005</text><text x="83" y="27">2010</text><text x="139" y="27">2015</text><text x="195" y="27">2020</text><path class="span" d="M116 1H150v8H116z"/></svg>"#);
    }

    #[test]
    fn a_period_without_an_end_points_beyond_the_axis() {
        let axis = Axis::spanning([2004, 2023]).expect("an axis");
        assert_snapshot!(axis.period(date(2013, 1, 1), None), @r#"<svg class="timeline" viewBox="0 0 256 30" text-anchor="middle" aria-hidden="true"><path d="M16 11h224M27 11v4M83 11v4M139 11v4M195 11v4"/><text x="27" y="27">2005</text><text x="83" y="27">2010</text><text x="139" y="27">2015</text><text x="195" y="27">2020</text><path class="span" d="M116 1H120v3H240V0l9 5-9 5V6H120v3H116z"/></svg>"#);
    }

    #[test]
    fn round_years_are_named_and_not_too_many() {
        assert_eq!(named([2019, 2019]), [2019, 2020]);
        assert_eq!(named([2015, 2018]), [2015, 2016, 2017, 2018, 2019]);
        assert_eq!(named([1988, 2022]), [1990, 2000, 2010, 2020]);
        assert_eq!(named([1790, 2022]), [1800, 1850, 1900, 1950, 2000]);
    }

    proptest! {
        #[test]
        fn periods_lie_on_the_axis_even_those_of_other_years(
            years in prop::collection::vec(1000..=9999i16, 1..9),
            start in (1000..=9999i16, 1..=12i8),
            end in prop::option::of((1000..=9999i16, 1..=12i8)),
        ) {
            let axis = Axis::spanning(years).expect("an axis");
            let svg = axis.period(date(start.0, start.1, 1), end.map(|(year, month)| date(year, month, 28)));
            let (_, outline) = svg.split_once("class=\"span\" d=\"M").expect("a period");
            let number = |text: &str| text.split(|c: char| !c.is_ascii_digit()).next().and_then(|x| x.parse::<i64>().ok());
            let from = number(outline).expect("where it begins");
            let until = number(outline.split_once('H').expect("a side").1).expect("where it ends");
            prop_assert!(LEFT <= from && from + SHORTEST <= until && until <= LEFT + WIDTH);
            prop_assert!(axis.drawn.matches("<text").count() <= 6);
        }
    }
}
