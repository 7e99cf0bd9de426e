//! The finished site: its paths, its links verified, and published.

mod links;
mod paths;
mod publish;

pub use links::{BrokenLink, Links, Page, Reason, Scratch};
pub use paths::Paths;
pub use publish::{
    Known, Mode, OutputFolder, Publication, Published, Standing, Taken, hash_of_file,
};

/// One file of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// Path relative to the output folder, with `/`; plain names only, never `.` or `..`.
    pub path: String,
    /// The content.
    pub bytes: Vec<u8>,
}
