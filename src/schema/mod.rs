//! What other programs are told of the front matter: a JSON Schema for editors, forms for editors in a browser.
//!
//! Both are made from the table of keys ([`crate::content::shapes`]) and the words of a vocabulary, so they can't say
//! anything else than the checks do.

mod pages_cms;
mod study;
mod words;

pub use pages_cms::pages_cms;
pub use study::study;
pub(crate) use words::{Word, list, terms};
