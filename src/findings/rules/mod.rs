//! Every rule: a `mod` line and a line in [`RULES`], one above the other.

use super::Rule;

mod evidence;

mod collected_not_paid_in;
mod collection_disagrees;
mod cover_lapsed;
mod enrolled_twice;
mod entitled_paid_in_full;
mod fully_subsidised_unenrolled;
mod id_contradicts;
mod id_damaged;
mod id_invalid;
mod id_shared;
mod name_unusable;
mod paid_outside_window;
mod paid_too_little;
mod paid_too_much;
mod paid_twice;
mod paid_unregistered;
mod payer_unknown;
mod payment_missed;
mod probably_covered;
mod refund_without_payment;
mod registered_unpaid;
mod row_repeated;
mod subsidised_after_exit;
mod subsidised_at_wrong_standard;
mod subsidised_unentitled;
mod subsidised_while_employee;
mod total_disagrees;
mod two_households;
mod two_ids;
mod two_places;
mod two_schemes;
mod uninsured;
mod unproven_answer;
mod village_unknown;
mod voucher_repeated;

/// Every rule, by family and number. A test keeps this table honest.
pub static RULES: &[&Rule] = &[
    &uninsured::RULE,                    // E01
    &registered_unpaid::RULE,            // E02
    &paid_unregistered::RULE,            // E03
    &cover_lapsed::RULE,                 // E04
    &probably_covered::RULE,             // E05
    &unproven_answer::RULE,              // E06
    &two_ids::RULE,                      // D01
    &id_shared::RULE,                    // D02
    &enrolled_twice::RULE,               // D03
    &two_schemes::RULE,                  // D04
    &two_places::RULE,                   // D05
    &two_households::RULE,               // D06
    &paid_twice::RULE,                   // D07
    &voucher_repeated::RULE,             // D08
    &entitled_paid_in_full::RULE,        // S01
    &subsidised_unentitled::RULE,        // S02
    &subsidised_at_wrong_standard::RULE, // S03
    &subsidised_after_exit::RULE,        // S04
    &subsidised_while_employee::RULE,    // S05
    &fully_subsidised_unenrolled::RULE,  // S06
    &paid_too_little::RULE,              // S07
    &paid_too_much::RULE,                // S08
    &refund_without_payment::RULE,       // P01
    &paid_outside_window::RULE,          // P02
    &payer_unknown::RULE,                // P03
    &total_disagrees::RULE,              // P04
    &collected_not_paid_in::RULE,        // P05
    &collection_disagrees::RULE,         // P06
    &payment_missed::RULE,               // P07
    &id_invalid::RULE,                   // Q01
    &id_contradicts::RULE,               // Q02
    &id_damaged::RULE,                   // Q03
    &name_unusable::RULE,                // Q04
    &village_unknown::RULE,              // Q05
    &row_repeated::RULE,                 // Q06
];

#[cfg(test)]
mod tests {
    use super::RULES;

    const HEADINGS: [&str; 6] = [
        "## 说明",
        "## What it finds",
        "## Why it matters",
        "## Example",
        "## What to do",
        "## Limits",
    ];

    #[test]
    fn every_rule_is_registered_and_documented() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/findings/rules");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|it| it.unwrap().file_name().into_string().unwrap().replace(".rs", ""))
            .filter(|it| it != "mod" && it != "evidence")
            .collect();
        files.sort();
        let mut names: Vec<&str> = RULES.iter().map(|it| it.name).collect();
        names.sort();
        assert_eq!(files, names, "each file of the folder is a rule in the table");
        for rule in RULES {
            let manual = rule.manual();
            assert!(manual.starts_with(&format!("# {} {}", rule.code, rule.name)), "{rule:?}");
            for heading in HEADINGS {
                assert!(manual.contains(heading), "{rule:?} has no {heading}");
            }
        }
    }

    #[test]
    fn codes_rise_within_their_family_and_are_never_reused() {
        let families = "EDSPQ";
        let order: Vec<(usize, &str)> =
            RULES.iter().map(|it| (families.find(&it.code[..1]).unwrap(), it.code)).collect();
        assert!(order.windows(2).all(|pair| pair[0] < pair[1]), "{order:?}");
    }
}
