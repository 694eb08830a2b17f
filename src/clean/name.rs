//! stub
crate::labelled! { pub enum NameAgreement { Same="same","";Variant="variant","";Shortened="shortened","";Wildcard="wildcard","";SameSound="same-sound","";OneCharacter="one-character","";Permuted="permuted","";Unrelated="unrelated",""; } }
pub fn agreement(a: &str, b: &str) -> NameAgreement {
    if a == b { NameAgreement::Same } else { NameAgreement::Unrelated }
}
