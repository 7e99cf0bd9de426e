//! Any Markdown becomes HTML that can do no harm, and what is said of it has a place.

use crate::{LIBRARY, places, published};

/// Tries an input.
///
/// # Panics
/// When a promise is broken.
pub fn markdown(markdown: &str) {
    let (html, diagnostics) = LIBRARY.body(markdown);
    published::is_harmless(&html);
    for diagnostic in &diagnostics {
        places::is_located(diagnostic, |_| markdown);
    }
}
