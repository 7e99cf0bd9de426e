//! The first page.

use tera::Value;

use super::super::value::{list, optional};
use super::map::map_of_today;
use super::review::review_card;
use super::theme::theme_rows;
use super::{Fields, Site};

/// How many studies and contested factors the first page shows.
const LATEST: usize = 6;
const CONTESTED: usize = 8;

/// Values of `home.html`.
pub(in crate::render) fn home(site: &Site<'_>) -> Fields {
    let mut latest: Vec<_> = site.library.listed_studies().collect();
    let count = latest.len();
    latest.sort_by_key(|(id, study)| (std::cmp::Reverse(study.published), *id));
    let mut contested: Vec<_> = site
        .library
        .vocabulary
        .factors
        .ids()
        .map(|id| (id, site.counts(id)))
        .filter(|(_, counts)| counts.contested() > 0)
        .collect();
    let contested_count = contested.len();
    contested
        .sort_by_key(|(id, counts)| (std::cmp::Reverse((counts.contested(), counts.total())), *id));
    let reviews = site.library.reviews().iter();
    vec![
        ("description", optional(site.config.description.as_deref())),
        ("study_count", Value::from(count)),
        ("themes", theme_rows(site)),
        (
            "contested",
            site.factor_rows(&contested[..contested_count.min(CONTESTED)]),
        ),
        ("contested_count", Value::from(contested_count)),
        ("map", map_of_today("", site)),
        (
            "latest",
            site.cards
                .studies(latest.iter().take(LATEST).map(|(id, _)| *id)),
        ),
        (
            "reviews",
            list(reviews.filter(|review| review.is_listed()).map(review_card)),
        ),
    ]
}
