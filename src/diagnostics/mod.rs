//! Problems of content: one type, one sink, one small renderer per output format.

mod diagnostic;
pub mod fix;
pub mod format;
pub mod rules;
mod sink;
mod span;

pub use diagnostic::{Diagnostic, Label, Severity, Suggestion};
pub use sink::{Report, Sink};
pub use span::{BOM, LineIndex, Position, Span, Spanned, floor_char_boundary};
