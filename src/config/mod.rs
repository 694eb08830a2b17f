//! What an operator writes: `pipeline.toml`, `divisions.csv`, `targets.csv` → checked types.

pub mod delivery;
pub mod divisions;
pub mod pipeline;
pub mod rule_folders;
pub mod toml_file;

pub use delivery::{Delivery, Way};
pub use divisions::{Division, Divisions, Level, Resolved};
pub use pipeline::{FullList, Pipeline, SMALLEST_LIST_JUDGED, Source};
pub use rule_folders::RuleFolders;
pub use toml_file::TomlFile;
