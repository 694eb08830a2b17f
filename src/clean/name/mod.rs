//! Names: what a register means by a cell, how it sounds, and how well two of them agree.

mod agreement;
mod glyph;
mod note;
mod read;
mod sound;
mod variant;

pub use agreement::{NameAgreement, agreement};
pub use glyph::WILDCARD;
pub use note::{NameNote, is_newborn as is_newborns};
pub use read::{NameRead, read};
pub use sound::sound;
