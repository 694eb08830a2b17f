//! What opened, closed or changed a case.

crate::labelled! {
    /// What opened, closed or changed a case.
    pub enum Reason {
        Data = "data", "数据已变化";
        Answer = "answer", "乡镇反馈";
        Policy = "policy", "政策文件变化";
        Rule = "rule", "规则、配置或程序变化";
        Date = "date", "日期推移";
    }
}

crate::labelled! {
    /// Whose rows a finding rests on: what can make it come and go.
    pub enum RestsOn {
        /// Rows of the person alone.
        Own = "own", "本人数据";
        /// Rows of others too, or of a file as a whole.
        Others = "others", "涉及他人或整份数据";
        /// An answer that came back.
        Answer = "answer", "乡镇反馈";
    }
}

/// What a night judges by beside the data, compared with when the book was last kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    pub policy: bool,
    /// Configuration and program.
    pub rules: bool,
}

impl Changed {
    /// What made a case come or go. The data did, unless nothing that it rests on is other than
    /// before.
    pub fn reason(self, is_unchanged: bool, rests_on: RestsOn) -> Reason {
        match rests_on {
            _ if !is_unchanged => Reason::Data,
            RestsOn::Answer => Reason::Answer,
            _ if self.policy => Reason::Policy,
            _ if self.rules => Reason::Rule,
            RestsOn::Own => Reason::Date,
            RestsOn::Others => Reason::Data,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_come_first_and_the_day_is_what_is_left() {
        let reason = |policy, rules, is_unchanged, rests_on| {
            Changed { policy, rules }.reason(is_unchanged, rests_on)
        };
        assert_eq!(reason(true, true, false, RestsOn::Own), Reason::Data);
        assert_eq!(reason(true, true, true, RestsOn::Answer), Reason::Answer);
        assert_eq!(reason(true, true, true, RestsOn::Own), Reason::Policy);
        assert_eq!(reason(false, true, true, RestsOn::Others), Reason::Rule);
        assert_eq!(reason(false, false, true, RestsOn::Own), Reason::Date);
        assert_eq!(reason(false, false, true, RestsOn::Others), Reason::Data);
    }
}
