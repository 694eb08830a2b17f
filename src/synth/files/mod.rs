//! Files as departments send them: columns, wording, dirt, and the writers of CSV and XLSX.

pub mod corruption;
pub mod csv_file;
pub mod dirt;
pub mod dirt_id;
pub mod dirt_name;
pub mod layout;
pub mod sheet;
pub mod style;
pub mod table;
pub mod xlsx_file;
