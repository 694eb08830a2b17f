//! stub
crate::labelled! { pub enum Field { Name = "name", "姓名"; IdNumber="id_number","证件号码"; } }
