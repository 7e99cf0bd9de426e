//! The `caseloom` binary: parses the command line, runs the command, maps its outcome to an exit status.

use std::io::Write;
use std::process::ExitCode;

use caseloom::cli::{self, Cli};
use caseloom::commands::Outcome;
use caseloom::diagnostics::format::human;
use clap::Parser;
use mimalloc::MiMalloc;

/// Templates and parsers make and drop millions of small values; with the system's allocator that is a seventh of all
/// instructions of a build.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// 0 clean, 1 problems in content, 2 the tool could not do its work.
fn main() -> ExitCode {
    match cli::run(Cli::parse()) {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Problems) => ExitCode::from(1),
        Err(error) => {
            let message = human::printable_lines(&format!("{error:#}"));
            // Nobody else can be told when nobody listens.
            let _ = writeln!(anstream::stderr(), "error: {message}");
            ExitCode::from(2)
        }
    }
}
