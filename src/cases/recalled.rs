//! Answers on lists that were recalled: they were asked by mistake, so nothing of them is heard.

use crate::{
    history::BatchNumber,
    tables::{Answer, Tables, TextId, Texts},
};

/// Whether a batch was recalled.
pub type IsRecalled<'a> = &'a dyn Fn(&BatchNumber) -> bool;

/// Whether a row came back on a recalled list.
pub(super) fn is_recalled(texts: &Texts, row: &Answer, recalled: IsRecalled<'_>) -> bool {
    BatchNumber::parse(texts.get(row.batch)).is_some_and(|it| recalled(&it))
}

/// Takes from the rows of recalled lists what they answer; whom they name stays.
pub fn unhear(tables: &mut Tables, recalled: IsRecalled<'_>) {
    let Tables { answers, texts, .. } = tables;
    for row in answers.iter_mut().filter(|it| is_recalled(texts, it, recalled)) {
        (row.answer, row.evidence, row.remark) = (TextId::NONE, TextId::NONE, TextId::NONE);
    }
}
