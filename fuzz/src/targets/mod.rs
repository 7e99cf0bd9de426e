//! What is tried, and what must hold for every input: one function for each target. A broken promise is a panic.

mod front_matter;
mod markdown;
mod search_tokens;
mod study;

pub use front_matter::front_matter;
pub use markdown::markdown;
pub use search_tokens::search_tokens;
pub use study::study;

/// A target as the short run knows it; the fuzzer is told the same by `fuzz/run`.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Its name.
    pub name: &'static str,
    /// Tries an input.
    pub run: fn(&[u8]),
    /// The most bytes of an input.
    pub longest: usize,
    /// The file of its pieces.
    pub dictionary: Option<&'static str>,
    /// Whether the libraries of the tests are among its first inputs.
    pub reads_libraries: bool,
}

/// Markdown, as the body of a study.
pub const MARKDOWN: Target = Target {
    name: "markdown",
    run: |bytes| as_text(bytes, markdown),
    longest: 4096,
    dictionary: Some("markdown.dict"),
    reads_libraries: true,
};

/// The file of a study.
pub const STUDY: Target = Target {
    name: "study",
    run: study,
    longest: 8192,
    dictionary: Some("yaml.dict"),
    reads_libraries: true,
};

/// Front matter.
pub const FRONT_MATTER: Target = Target {
    name: "front_matter",
    run: |bytes| as_text(bytes, front_matter),
    longest: 8192,
    dictionary: Some("yaml.dict"),
    reads_libraries: true,
};

/// Words of search.
pub const SEARCH_TOKENS: Target = Target {
    name: "search_tokens",
    run: |bytes| as_text(bytes, search_tokens),
    longest: 1024,
    dictionary: None,
    reads_libraries: false,
};

/// Bytes that are no text are cut where they cease to be.
fn as_text(bytes: &[u8], run: fn(&str)) {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(),
    };
    run(text);
}
