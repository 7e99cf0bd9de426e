//! One file per command. A command reads, acts and says what it did; `main` maps its outcome to an exit status.

pub mod build;
pub mod check;
pub mod explain;
pub mod init;
pub mod new;
pub mod schema;
pub mod serve;

/// How a command ended, apart from failures of the tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Exit status 0.
    Clean,
    /// The content has problems: exit status 1.
    Problems,
}
