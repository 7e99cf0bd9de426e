//! `caseloom serve` from end to end: the real binary, real files, raw requests. Nothing waits by sleeping: each story waits
//! for the line or the event that it needs. What a browser makes of it is in `tests/browser/serve.test.mjs`.

#[path = "../support/mod.rs"]
mod support;

mod answers;
mod changes;
mod memory;
mod mistakes;
mod options;
mod server;
