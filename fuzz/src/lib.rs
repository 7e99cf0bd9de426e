//! What the fuzz targets hold their findings against.

pub mod changes;
pub mod places;
pub mod published;
pub mod targets;

#[cfg(test)]
mod short;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use caseloom::fuzz::Library;

/// A small library with a vocabulary of every kind: the one of the tests.
pub static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
    Library::open(&root().join("tests/fixtures/library"))
        .expect("the library of the tests can be read")
});

/// The root of the repository. These files belong to two packages: to `fuzz/`, and as a test to the program's.
pub fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    match env!("CARGO_PKG_NAME") {
        "caseloom-fuzz" => package.join(".."),
        _ => package.to_owned(),
    }
}
