//! Thematic reviews and the library's own pages.

use tera::Value;

use super::super::value::{list, object, optional, text};
use super::explained::Explained;
use super::{Fields, Site, toc};
use crate::content::{Page, Review, Status};
use crate::date;

/// Values of `review.html`.
pub(in crate::render) fn review(review: &Review, site: &Site<'_>) -> Fields {
    let body = site.body(&review.path);
    let mut first = Explained::new(&site.library.vocabulary, "../../");
    let themes = review.themes.iter().map(|theme| site.theme_link(*theme));
    let references = review
        .references
        .iter()
        .map(|reference| site.cards.reference(*reference));
    vec![
        (
            "review",
            object([
                ("title", text(&review.title)),
                ("summary", text(&review.summary)),
                ("status", text(review.status.as_str())),
                ("withdrawn", Value::from(review.status == Status::Withdrawn)),
                ("authors", list(review.authors.iter().map(text))),
                ("themes", list(themes)),
                ("published", text(review.published.to_string())),
                ("published_words", text(date::in_words(review.published))),
                (
                    "updated_words",
                    optional(review.updated.map(date::in_words)),
                ),
            ]),
        ),
        ("toc", toc(body.map_or(&[], |body| body.headings))),
        ("body", first.body(body)),
        ("studies", cited(review, site)),
        ("references", list(references)),
        ("edit_url", optional(site.edit_url(&review.path))),
    ]
}

/// The studies that the text of a review links to, in the order of their first mention.
fn cited(review: &Review, site: &Site<'_>) -> Value {
    let mut studies = Vec::new();
    for link in site
        .body(&review.path)
        .into_iter()
        .flat_map(|body| body.links)
    {
        let slug = link.target.rsplit('/').next().unwrap_or("");
        let study = slug
            .strip_suffix(".md")
            .and_then(|slug| site.library.find_study(slug))
            .filter(|id| site.library.study(*id).path == link.target);
        if let Some(study) = study
            && site.library.study(study).is_listed()
            && !studies.contains(&study)
        {
            studies.push(study);
        }
    }
    site.cards.list(&studies)
}

/// Values of `reviews.html`.
pub(in crate::render) fn reviews(site: &Site<'_>) -> Fields {
    let reviews = site.library.reviews().iter();
    let listed = reviews.filter(|review| review.is_listed());
    vec![("reviews", list(listed.map(review_card)))]
}

/// The short form of a review.
pub(super) fn review_card(review: &Review) -> Value {
    object([
        ("title", text(&review.title)),
        ("path", text(review.output_path())),
        ("summary", text(&review.summary)),
        ("status", text(review.status.as_str())),
        ("published_words", text(date::in_words(review.published))),
    ])
}

/// Values of `page.html`.
pub(in crate::render) fn page(page: &Page, site: &Site<'_>) -> Fields {
    let body = site.body(&page.path);
    let mut first = Explained::new(&site.library.vocabulary, "../");
    vec![
        ("toc", toc(body.map_or(&[], |body| body.headings))),
        ("body", first.body(body)),
        ("edit_url", optional(site.edit_url(&page.path))),
    ]
}
