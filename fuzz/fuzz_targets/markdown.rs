#![no_main]
#![allow(missing_docs)]

libfuzzer_sys::fuzz_target!(|markdown: &str| caseloom_fuzz::targets::markdown(markdown));
