//! The command line as people use it: options, publishing, messages. Every story runs the real binary.

#[path = "../support/mod.rs"]
mod support;

mod configuration;
mod messages;
mod options;
mod publishing;
