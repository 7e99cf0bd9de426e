//! The finished site: in memory, verified, and published.

mod file_set;
mod links;
mod publish;

pub use file_set::{FileSet, OutputFile};
pub use links::{BrokenLink, Reason, verify};
pub use publish::{Mode, Published, check_target, publish};
