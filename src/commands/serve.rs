//! `caseloom serve`: the site in a browser, as new as the files.

use std::io::Write;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use super::Outcome;
use crate::console::note_line;
use crate::serve::{self, Serve};

/// Serves until it is interrupted, which is its proper end. With `open` a browser is asked to show the first page.
///
/// # Errors
/// When the tool can't do its work.
pub fn run(serve: &Serve, open: bool) -> Result<Outcome> {
    serve::run(serve, |address| {
        // The one line that other programs may read; whether anybody does is up to them.
        let mut out = std::io::stdout();
        let _ = writeln!(out, "{address}").and_then(|()| out.flush());
        if !serve.quiet {
            note_line!("The site is at this address until Ctrl-C ends the server.");
        }
        if open && let Err(error) = show(address) {
            note_line!("{error:#}: open the address by hand.");
        }
    })?;
    Ok(Outcome::Clean)
}

/// Asks the system to open an address in the user's browser.
fn show(address: &str) -> Result<()> {
    let (program, arguments): (_, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/c", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    Command::new(program)
        .args(arguments)
        .arg(address)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map(|mut opener| {
            // Whoever starts a program has to take note of its end.
            std::thread::spawn(move || opener.wait());
        })
        .with_context(|| format!("cannot start {program}"))
}
