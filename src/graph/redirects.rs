//! Old addresses: each alias of a study, a review or a page leads to the new one.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::content::{Item, Library};
use crate::diagnostics::{Diagnostic, Spanned, rules};
use crate::vocabulary::Place;

/// An old address, relative to the site, and who had it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Redirect {
    /// The file of the old address.
    pub from: String,
    /// Who has the new address.
    pub to: Item,
    /// Path of the file whose alias it is.
    pub source: Arc<str>,
}

/// Content with old addresses: its section of the site, and its slug.
struct Claim<'l> {
    section: &'static str,
    slug: &'l str,
    path: &'l Arc<str>,
    aliases: &'l [Spanned<String>],
    item: Item,
}

const OLD_NAMES: &str =
    "take it out; `aliases` are names that this page had before and that no page has now";

/// All redirects, sorted by old address. An alias that is a live slug, its own page's, or another's alias is an error.
pub fn redirects(library: &Library) -> (Vec<Redirect>, Vec<Diagnostic>) {
    let studies = library.studies().map(|(id, study)| Claim {
        section: "studies/",
        slug: &study.slug,
        path: &study.path,
        aliases: &study.aliases,
        item: Item::Study(id),
    });
    let reviews = library.reviews().iter().enumerate();
    let reviews = reviews.map(|(index, review)| Claim {
        section: "reviews/",
        slug: &review.slug,
        path: &review.path,
        aliases: &review.aliases,
        item: Item::Review(index),
    });
    let pages = library.pages().iter().enumerate();
    let pages = pages.map(|(index, page)| Claim {
        section: "",
        slug: &page.slug,
        path: &page.path,
        aliases: &page.aliases,
        item: Item::Page(index),
    });
    let claims: Vec<Claim<'_>> = studies.chain(reviews).chain(pages).collect();
    let live: BTreeMap<(&str, &str), &Arc<str>> = claims
        .iter()
        .map(|claim| ((claim.section, claim.slug), claim.path))
        .collect();
    let mut taken: BTreeMap<(&str, &str), Place> = BTreeMap::new();
    let mut redirects = Vec::new();
    let mut diagnostics = Vec::new();
    for claim in &claims {
        for alias in claim.aliases {
            let key = (claim.section, alias.value.as_str());
            let problem = |message: String, help: &str| {
                Diagnostic::new(&rules::ALIAS_TAKEN, claim.path, alias.span.clone(), message)
                    .help(help)
            };
            let name = &alias.value;
            let reserved = claim.section.is_empty() && crate::content::is_reserved_slug(name);
            if *name == claim.slug {
                diagnostics.push(problem(
                    format!("`{name}` is this page's own name"),
                    "take it out; `aliases` are for names that this page had before",
                ));
            } else if reserved {
                diagnostics.push(problem(
                    format!("`{name}` is a section of the site"),
                    OLD_NAMES,
                ));
            } else if let Some(other) = live.get(&key) {
                diagnostics.push(
                    problem(format!("`{name}` is the name of another page"), OLD_NAMES).label(
                        other,
                        0..0,
                        "this page has that name",
                    ),
                );
            } else if let Some(place) = taken.get(&key) {
                diagnostics.push(
                    problem(
                        format!("`{name}` is an alias of another page already"),
                        "only one page can have had this name: take it out of one of the two",
                    )
                    .label(&place.path, place.span.clone(), "the other page"),
                );
            } else {
                taken.insert(
                    key,
                    Place {
                        path: claim.path.clone(),
                        span: alias.span.clone(),
                    },
                );
                redirects.push(Redirect {
                    from: format!("{}{}/index.html", claim.section, alias.value),
                    to: claim.item,
                    source: claim.path.clone(),
                });
            }
        }
    }
    redirects.sort_by(|a, b| a.from.cmp(&b.from));
    (redirects, diagnostics)
}
