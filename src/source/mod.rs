//! Bytes and places: which files a library has, their text, and where in it each value stands.

mod data_file;
mod discover;
mod file;
mod front_matter;
mod record;
mod revision;
mod shape;
mod shelf;
mod stamp;
mod wrong_shape;
pub mod yaml;

pub(crate) use data_file::{entries, report_bad_id, start_of, values};
pub use discover::discover;
pub(crate) use discover::is_passed_over;
pub(crate) use file::file_size;
pub use file::{Entry, Kind, SourceFile, Sources};
pub use front_matter::{Document, split};
pub use record::Record;
pub use revision::Changes;
pub use shape::{Key, Shape, Value, optional, required};
pub use shelf::Shelf;
pub(crate) use stamp::Seen;
pub use stamp::Stamp;
