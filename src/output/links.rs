//! Output verification: every `href`, `src` and `#fragment` of every page resolves.
//!
//! The check reads the finished pages and trusts nothing that made them, so a mistake of a template, of a view or of a
//! study's text is found alike. Each page is scanned once, when it has just been made, and need not be kept: its links
//! are looked up at once among the paths of the site. Only the hashes of its ids, and its links with a fragment, wait
//! until all pages are read, because a fragment can name a place in any of them.

mod address;
mod attribute;
mod page;
mod scan;
mod value;

use std::fmt;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

pub use self::page::{Links, Page, Scratch};

/// A link of a page that does not work, or an id that can't be linked to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenLink {
    /// Path of the page relative to the output folder.
    pub page: String,
    /// The attribute that holds the link: `href`, `xlink:href`, `src`, `srcset`, `imagesrcset`, `poster`, `action`,
    /// `formaction`, `data`, or `id` for an id that is not unique.
    pub attribute: &'static str,
    /// The link, entities decoded; of a `srcset` the one candidate; or the id.
    pub target: String,
    /// What is wrong with it.
    pub reason: Reason,
}

impl fmt::Display for BrokenLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            page,
            attribute,
            target,
            reason,
        } = self;
        write!(f, "{page}: {attribute}=\"{target}\": {reason}")
    }
}

/// Why a link is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// The site has no such file.
    Missing,
    /// The page is there, but no element of it has this id.
    MissingFragment,
    /// A link inside the site that is not relative: it begins with a slash.
    Absolute,
    /// A relative link in `404.html`, which is shown at any depth.
    Relative,
    /// The link leads above the site's root.
    OutsideSite,
    /// Something of another origin is loaded into the page, or the scheme is not one of those that a link may have.
    External,
    /// This many elements of the page have the same id; told once an id, at its second place.
    DuplicateId(usize),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "the site has no such file",
            Self::MissingFragment => "no element of that page has this id",
            Self::Absolute => {
                "begins with a slash; links inside the site are relative, so that it works under any path"
            }
            Self::Relative => {
                "is relative; 404.html is shown at any depth, so its links begin with the path of the site"
            }
            Self::OutsideSite => "leads out of the site",
            Self::External => {
                "is of another origin or has a scheme that is not allowed; pages load only files of the site, and \
                 link only by http, https, mailto and tel"
            }
            Self::DuplicateId(times) => {
                return write!(
                    f,
                    "{times} elements have this id; an id is unique on its page"
                );
            }
        })
    }
}

impl Links<'_> {
    /// What is broken in the pages, given in the order of their numbers (`None` for what is no page): sorted by page and
    /// then by position in it.
    pub fn broken(&self, pages: &[Option<Page>]) -> Vec<BrokenLink> {
        let numbered = pages.par_iter().enumerate();
        let found = numbered.flat_map_iter(|(number, page)| {
            let findings = page.iter().flat_map(|page| &page.findings);
            findings.filter_map(move |finding| {
                Some(BrokenLink {
                    page: self.paths.get(number).to_owned(),
                    attribute: finding.attribute.as_str(),
                    reason: finding.reason(pages)?,
                    target: String::from_utf8_lossy(&finding.target).into_owned(),
                })
            })
        });
        found.collect()
    }
}

#[cfg(test)]
mod tests;
