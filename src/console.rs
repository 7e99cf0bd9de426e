//! What the tool says on its two streams. The macros of Rust panic when a stream takes nothing, as on a full disk; here an answer that
//! can't be given is an error, and a note that can't be read is lost.

use std::io::{ErrorKind, Write};

use anyhow::{Context, Result};

/// Writes an answer to standard output. A reader who has seen enough and gone is no error.
///
/// # Errors
/// When the stream can't take it.
pub(crate) fn answer(text: &str) -> Result<()> {
    let mut out = anstream::stdout();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    match written {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written.context("cannot write to standard output"),
    }
}

/// Writes a note to standard error, as `eprint!` does.
macro_rules! note {
    ($($text:tt)*) => {{
        use std::io::Write as _;
        let _ = write!(anstream::stderr(), $($text)*);
    }};
}

/// Writes a note to standard error, and ends its line, as `eprintln!` does.
macro_rules! note_line {
    ($($text:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(anstream::stderr(), $($text)*);
    }};
}

pub(crate) use {note, note_line};
