//! The drop-down list of answers.

use rust_xlsxwriter::DataValidation;

use super::paper::Made;
use crate::tables::{ANSWERS, AnswerCode};

/// The drop-down list of answers. A cell may also hold a bare code, so other text only warns.
pub(super) fn drop_down() -> Made<DataValidation> {
    let shown: Vec<String> = ANSWERS.iter().map(AnswerCode::shown).collect();
    DataValidation::new()
        .allow_list_strings(&shown)?
        .set_input_title("核查结果")?
        .set_input_message("从下拉列表中选一项；每项要什么材料见“填写说明”。")?
        .set_error_title("不是列表中的结果")?
        .set_error_message("请从下拉列表中选择；也可以只填代码，如 E1、D1、R1。")
        .map(|it| it.set_error_style(rust_xlsxwriter::DataValidationErrorStyle::Warning))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_fits_into_a_cell_of_the_format() {
        let shown: Vec<String> = ANSWERS.iter().map(AnswerCode::shown).collect();
        assert!(shown.join(",").chars().count() <= 255, "Excel takes 255 characters");
        assert!(shown.iter().all(|it| !it.contains(',')));
        assert!(drop_down().is_ok());
    }
}
