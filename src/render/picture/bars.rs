//! Bars that part in the middle: what hindered goes to the left, what helped to the right.

use std::fmt::Write;

/// How many units the longest bar of a picture has on its side.
const LONGEST: usize = 500;
/// A bar that stands for something is at least this long, so that it can be seen.
const SHORTEST: usize = 8;

/// How often something helped, hindered, and did both or was not said which.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::render) struct Split {
    pub(in crate::render) helped: usize,
    pub(in crate::render) hindered: usize,
    pub(in crate::render) mixed: usize,
}

/// The scale that the bars of one picture share, so that they can be compared.
#[derive(Debug, Clone, Copy)]
pub(in crate::render) struct Bars {
    most: usize,
}

impl Bars {
    /// The scale of these bars.
    pub(in crate::render) fn of(splits: impl IntoIterator<Item = Split>) -> Self {
        let longest = |split: Split| {
            split
                .helped
                .max(split.hindered)
                .max(split.mixed.div_ceil(2))
        };
        Self {
            most: splits.into_iter().map(longest).max().unwrap_or(0),
        }
    }

    /// One bar. What is mixed lies below, half on either side: it belongs to neither. Nothing of nothing.
    pub(in crate::render) fn bar(self, split: Split) -> Option<String> {
        if split == Split::default() {
            return None;
        }
        // The numbers stand beside it in words.
        let mut svg = String::from(
            "<svg class=\"bar\" viewBox=\"-500 0 1000 12\" preserveAspectRatio=\"none\" aria-hidden=\"true\">",
        );
        let mut rect = |class: &str, x: usize, y: usize, width: usize, height: usize| {
            if width > 0 {
                let sign = if x > 0 { "-" } else { "" };
                let _ = write!(
                    svg,
                    "<rect class=\"{class}\" x=\"{sign}{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>"
                );
            }
        };
        let (hindered, helped) = (self.units(split.hindered), self.units(split.helped));
        let mixed = self.units(split.mixed);
        rect("barrier", hindered, 0, hindered, 8);
        rect("enabler", 0, 0, helped, 8);
        rect("mixed", mixed / 2, 9, mixed, 3);
        svg.push_str("</svg>");
        Some(svg)
    }

    fn units(self, count: usize) -> usize {
        match count * LONGEST / self.most.max(1) {
            _ if count == 0 => 0,
            units => units.max(SHORTEST),
        }
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use proptest::prelude::*;

    use super::*;

    fn split(hindered: usize, helped: usize, mixed: usize) -> Split {
        Split {
            helped,
            hindered,
            mixed,
        }
    }

    #[test]
    fn nothing_has_no_bar() {
        assert_eq!(Bars::of([]).bar(Split::default()), None);
        assert_eq!(Bars::of([split(1, 2, 3)]).bar(Split::default()), None);
    }

    #[test]
    fn what_hindered_goes_to_the_left_what_helped_to_the_right_and_what_did_both_lies_below() {
        let all = split(5, 10, 4);
        assert_snapshot!(Bars::of([all]).bar(all).expect("a bar"), @r#"<svg class="bar" viewBox="-500 0 1000 12" preserveAspectRatio="none" aria-hidden="true"><rect class="barrier" x="-250" y="0" width="250" height="8"/><rect class="enabler" x="0" y="0" width="500" height="8"/><rect class="mixed" x="-100" y="9" width="200" height="3"/></svg>"#);
    }

    #[test]
    fn a_side_without_studies_has_no_part() {
        let helped = split(0, 3, 0);
        assert_snapshot!(Bars::of([helped]).bar(helped).expect("a bar"), @r#"<svg class="bar" viewBox="-500 0 1000 12" preserveAspectRatio="none" aria-hidden="true"><rect class="enabler" x="0" y="0" width="500" height="8"/></svg>"#);
        let mixed = split(0, 0, 1);
        assert_snapshot!(Bars::of([mixed]).bar(mixed).expect("a bar"), @r#"<svg class="bar" viewBox="-500 0 1000 12" preserveAspectRatio="none" aria-hidden="true"><rect class="mixed" x="-250" y="9" width="500" height="3"/></svg>"#);
    }

    #[test]
    fn bars_of_a_picture_have_one_scale_and_the_least_can_be_seen() {
        let many = [split(1000, 10, 0), split(1, 500, 0)];
        assert_snapshot!(Bars::of(many).bar(many[1]).expect("a bar"), @r#"<svg class="bar" viewBox="-500 0 1000 12" preserveAspectRatio="none" aria-hidden="true"><rect class="barrier" x="-8" y="0" width="8" height="8"/><rect class="enabler" x="0" y="0" width="250" height="8"/></svg>"#);
    }

    proptest! {
        #[test]
        fn every_part_lies_in_the_box(
            splits in prop::collection::vec((0..5000usize, 0..5000usize, 0..5000usize), 1..20),
        ) {
            let splits = splits.into_iter().map(|(hindered, helped, mixed)| split(hindered, helped, mixed));
            let bars = Bars::of(splits.clone());
            for bar in splits.filter_map(|split| bars.bar(split)) {
                for part in bar.split("<rect ").skip(1) {
                    let number = |name: &str| {
                        let (_, value) = part.split_once(&format!(" {name}=\"")).expect("an attribute");
                        let (value, _) = value.split_once('"').expect("its end");
                        value.parse::<i64>().expect("a whole number")
                    };
                    prop_assert!(number("x") >= -500 && number("x") + number("width") <= 500);
                    prop_assert!(number("width") > 0 && number("y") + number("height") <= 12);
                }
            }
        }
    }
}
