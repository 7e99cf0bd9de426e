#![no_main]
#![allow(missing_docs)]

libfuzzer_sys::fuzz_target!(|text: &str| caseloom_fuzz::targets::front_matter(text));
