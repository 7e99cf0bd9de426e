//! Typed content: studies, reviews, pages and references. Every struct is closed and read-only.

mod account;
mod evidence;
mod item;
mod library;
mod load;
mod page;
mod parse;
pub mod reads;
mod review;
pub mod shapes;
mod study;

pub use account::{Account, Configuration, Effort, Evidence, FrontMatter, Outcome, Said};
pub use evidence::{Reference, References};
pub use item::Item;
pub use library::{Library, Unbuilt};
pub use load::{Memory, load};
pub use page::Page;
pub(crate) use page::is_reserved as is_reserved_slug;
pub use review::Review;
pub use study::{Citation, Direction, Participation, Partner, Related, Source, Status, Study};
