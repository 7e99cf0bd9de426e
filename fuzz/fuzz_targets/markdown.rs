//! Any Markdown becomes HTML that can do no harm, and what is said of it has a place.
#![no_main]

use caseloom_fuzz::{LIBRARY, places, published};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|markdown: &str| {
    let (html, diagnostics) = LIBRARY.body(markdown);
    published::is_harmless(&html);
    for diagnostic in &diagnostics {
        places::is_located(diagnostic, |_| markdown);
    }
});
