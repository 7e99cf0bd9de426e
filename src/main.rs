//! The `caseloom` binary: parses the command line, runs the command, maps its outcome to an exit status.

use std::process::ExitCode;

use caseloom::cli::{self, Cli};
use caseloom::commands::Outcome;
use caseloom::diagnostics::format::human;
use clap::Parser;

/// 0 clean, 1 problems in content, 2 the tool could not do its work.
fn main() -> ExitCode {
    match cli::run(Cli::parse()) {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Problems) => ExitCode::from(1),
        Err(error) => {
            let message = human::printable_lines(&format!("{error:#}"));
            anstream::eprintln!("error: {message}");
            ExitCode::from(2)
        }
    }
}
