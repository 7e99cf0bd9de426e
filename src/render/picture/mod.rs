//! Pictures made at build time: functions from plain values to inline SVG.
//!
//! They know nothing of the library. Sizes and places are attributes, colours are classes of the skin, text is escaped,
//! and a picture of nothing is no picture.

mod bars;
mod tile_map;
mod timeline;

pub(super) use bars::{Bars, Split};
pub(super) use tile_map::{Locator, MapTile, tile_map};
pub(super) use timeline::Axis;
