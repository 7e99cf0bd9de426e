//! Markdown to HTML: one parse, many products. Content may come from a stranger, so nothing in it becomes markup but
//! what the renderer writes itself.

mod assets;
mod cost;
mod footnotes;
mod headings;
mod highlight;
mod links;
mod raw_html;
mod render;
mod written;

pub(crate) use assets::is_allowed as may_be_published;
pub use assets::{Asset, Assets};
pub use headings::Heading;
pub(crate) use links::is_page_fragment;
pub use links::{LinkMap, Places, Target};
pub(crate) use render::SUGGESTED;
pub use render::{Code, FirstUse, Fragment, Html, InternalLink, Rendered, render};
pub use written::{Body, Written, render_file};

use std::sync::Arc;

use rustc_hash::FxHashMap;

/// The rendered bodies of files, by path.
pub type Bodies = FxHashMap<Arc<str>, Arc<Rendered>>;
