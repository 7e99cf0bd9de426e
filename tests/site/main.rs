//! The finished site of the fixture library: addresses, links, data, feeds, and what is never in it.
//!
//! Pages are judged by addresses, text and roles. Layout and class names are the skin's own affair.

#[path = "../support/mod.rs"]
mod support;

mod addresses;
mod compare;
mod data;
mod determinism;
mod escape;
mod feeds;
mod graph_pages;
mod links;
mod lists;
mod markdown;
mod matrix;
mod pictures;
mod redirects;
mod status;
mod study_page;
mod unsafe_links;
