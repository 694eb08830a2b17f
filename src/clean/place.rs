//! (being written)
pub fn key(raw: &str) -> String {
    raw.trim_end_matches("村委会")
        .trim_end_matches("村")
        .trim_end_matches("社区")
        .trim_end_matches("镇")
        .to_string()
}
