//! The stable name of a finding: same case, same id, every night.

use sha2::{Digest, Sha256};

use crate::identity::PersonKey;

/// `F` and 16 hex digits of a hash over the rule's code, the person's key and the case.
///
/// The person's key is a keyed hash already, so nothing about a person can be read from the id.
pub fn finding_id(code: &str, person: Option<PersonKey>, case: &str) -> String {
    let person = person.map(|it| it.to_string()).unwrap_or_default();
    let hash = Sha256::digest(format!("{code}|{person}|{case}"));
    let hex: String = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("F{hex}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_depends_on_rule_person_and_case_and_never_changes() {
        let id = finding_id("E01", Some(PersonKey(1)), "");
        assert_eq!(id, "F989fab4600211134", "published ids must keep their meaning");
        assert_ne!(id, finding_id("E02", Some(PersonKey(1)), ""));
        assert_ne!(id, finding_id("E01", Some(PersonKey(2)), ""));
        assert_ne!(id, finding_id("E01", Some(PersonKey(1)), "x"));
    }
}
