//! Names: the same, a variant, the same sound, a character apart.

use crate::{
    clean::name::{NameAgreement, agreement},
    identity::{
        names::{NameId, Names},
        nodes::Node,
    },
};

crate::labelled! {
    /// Two names.
    pub enum NameLevel {
        Missing = "missing", "无可比";
        Same = "same", "一致";
        Variant = "variant", "异体或繁简";
        Former = "former", "与曾用名一致";
        Shortened = "shortened", "少数民族姓名简写";
        Wildcard = "wildcard", "生僻字缺失";
        SameSound = "same-sound", "同音";
        OneCharacter = "one-character", "一字之差";
        Permuted = "permuted", "字序颠倒";
        Unrelated = "unrelated", "不一致";
    }
}

pub(super) fn compare(names: &Names<'_>, a: &Node, b: &Node) -> NameLevel {
    let now = level(names, a.name, b.name);
    let is_former = |name: NameId, former: NameId| name.is_some() && name == former;
    if now > NameLevel::Former && (is_former(a.name, b.former) || is_former(b.name, a.former)) {
        return NameLevel::Former;
    }
    now
}

fn level(names: &Names<'_>, a: NameId, b: NameId) -> NameLevel {
    if !a.is_some() || !b.is_some() {
        return NameLevel::Missing;
    }
    match agreement(names.text(a), names.text(b)) {
        NameAgreement::Same => NameLevel::Same,
        NameAgreement::Variant => NameLevel::Variant,
        NameAgreement::Shortened => NameLevel::Shortened,
        NameAgreement::Wildcard => NameLevel::Wildcard,
        NameAgreement::SameSound => NameLevel::SameSound,
        NameAgreement::OneCharacter => NameLevel::OneCharacter,
        NameAgreement::Permuted => NameLevel::Permuted,
        NameAgreement::Unrelated => NameLevel::Unrelated,
    }
}
