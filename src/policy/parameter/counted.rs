//! What targets, rewards and reported tables count.

crate::labelled! {
    /// An insurance as progress is counted by. Flexible employment is part of the employees'.
    pub enum Insurance {
        All = "all", "基本医疗保险";
        Employee = "employee", "职工医保";
        Flexible = "flexible", "其中灵活就业";
        Resident = "resident", "居民医保";
        Maternity = "maternity", "生育保险";
    }
}

crate::labelled! {
    /// Whom completion counts against the target.
    pub enum Counted {
        Paid = "paid", "缴费人数";
        Insured = "insured", "参保人数";
    }
}
