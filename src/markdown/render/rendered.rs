//! What is made of a body.

use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

use super::{FirstUse, Fragment};
use crate::diagnostics::Span;
use crate::markdown::Heading;

/// What a body becomes.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Rendered {
    /// Its HTML, which is in no cache ([`crate::markdown::Written`] says why).
    #[serde(skip)]
    pub(in crate::markdown) html: OnceLock<Html>,
    /// The hash of the HTML.
    pub key: [u8; 32],
    /// Headings in order.
    pub headings: Vec<Heading>,
    /// Links to other content.
    pub links: Vec<InternalLink>,
    /// Paths of the images and attachments that it shows or links to.
    pub assets: Vec<String>,
}

impl Rendered {
    /// Its HTML; `None` if it comes from a cache.
    #[cfg(feature = "fuzzing")]
    pub(crate) fn html(&self) -> Option<&Html> {
        self.html.get()
    }
}

/// The HTML of a body.
#[derive(Debug, Default)]
pub struct Html {
    /// Links are relative to the page's own folder.
    pub text: String,
    /// Where it uses abbreviations first, in its order.
    pub abbreviations: Vec<FirstUse>,
}

/// A link from one file of the library to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InternalLink {
    /// Path of the file that is linked to.
    pub target: Arc<str>,
    /// The heading that is named.
    pub fragment: Option<Fragment>,
    /// The link in the file that links.
    pub span: Span,
}
