//! From the graph to the files of the site: a plan of all of them, values for templates, and the files themselves.

mod bibliography;
mod data;
#[cfg(test)]
mod documented;
mod failures;
mod feed;
mod globals;
mod head;
mod lists;
mod modules;
mod page;
mod picture;
mod plan;
mod run;
mod sitemap;
mod slim;
mod templates;
mod value;
mod view;
mod xml;

pub use globals::set_globals;
pub use lists::Lists;
pub use plan::{Plan, plan};
pub use run::Renderer;
pub use templates::{Skin, load as load_skin};
pub use view::Shared;
#[cfg(feature = "fuzzing")]
pub(crate) use view::body_html;
pub(crate) use xml::escape;
