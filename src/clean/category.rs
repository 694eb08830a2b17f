//! (being written)
pub fn key(raw: &str) -> String {
    raw.to_string()
}
