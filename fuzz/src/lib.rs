//! What the fuzz targets hold their findings against.

pub mod places;
pub mod published;

use std::path::Path;
use std::sync::LazyLock;

use caseloom::fuzz::Library;

/// A small library with a vocabulary of every kind: the one of the tests.
pub static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/library");
    Library::open(&root).expect("the library of the tests can be read")
});
