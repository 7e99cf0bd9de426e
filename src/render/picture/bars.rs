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
