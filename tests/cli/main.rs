//! The command line as people use it: options, publishing, messages. Every story runs the real binary.

#[path = "../support/mod.rs"]
mod support;

mod changed_since;
mod configuration;
mod faults;
mod fix;
mod formats;
mod init;
mod messages;
mod new;
mod options;
mod publishing;
mod repository;
mod unchanged;
