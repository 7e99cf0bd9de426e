//! caseloom turns a git folder of Markdown case studies into a searchable, cross-linked static site.
//!
//! The folders of this crate stand in the order in which the data travels. Every stage is a function from immutable
//! values to an immutable value:
//!
//! ```text
//! config::load -> source::discover -> vocabulary::load -> content::load -> markdown::render -> graph::build
//!              -> render::plan + search::index -> each file: render::run -> output::links -> output::publish
//! ```
//!
//! [`serve`] walks the road again and again, up to the plan, and renders what a browser asks for.
//!
//! Problems of content are [`diagnostics::Diagnostic`]s: all of them are collected, in every file, before anybody is
//! told. Failures of the tool itself are [`anyhow::Error`]s with the path and the act.

pub mod cache;
pub mod cli;
pub mod commands;
pub mod config;
mod console;
pub mod content;
pub mod date;
pub mod diagnostics;
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub mod fuzz;
pub mod graph;
pub mod id;
pub mod markdown;
pub mod memo;
pub mod output;
mod percent;
pub mod pipeline;
pub mod render;
mod rooms;
pub mod schema;
pub mod search;
pub mod serve;
pub mod slug;
pub mod source;
pub mod vocabulary;
