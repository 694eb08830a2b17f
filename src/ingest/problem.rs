//! What can be wrong with a source, a file or a sheet as a whole, in words.

use chrono::{Datelike, NaiveDate};

use super::{account::StatedTotal, field::Field, header::Columns, open::Refusal};
use crate::{
    config::Source,
    diagnostic::{Diagnostic, Message, Place, Severity},
};

fn diagnostic(
    code: &'static str,
    severity: Severity,
    place: &Place,
    what: (String, String),
    help: (&str, &str),
) -> Diagnostic {
    Diagnostic {
        code,
        severity,
        place: place.clone(),
        what: Message::new(what.0, what.1),
        value: String::new(),
        help: Message::new(help.0, help.1),
    }
}

/// No file is where the source should be.
pub fn no_file(source: &Source, folder: &str) -> Diagnostic {
    let severity = if source.required { Severity::Error } else { Severity::Warning };
    let place = Place { source: source.name.clone(), ..Place::default() };
    let what = (
        format!("{folder} 下没有与 {} 相符的文件（{}）", source.path, source.supplier),
        format!("no file in {folder} matches {} (from {})", source.path, source.supplier),
    );
    let help = (
        "把文件放到该处，或改 pipeline.toml 中该来源的 path",
        "put the file there, or change the source's `path` in pipeline.toml",
    );
    diagnostic("D101", severity, &place, what, help)
}

/// A file that cannot be read at all.
pub fn refused(place: &Place, refusal: Refusal) -> Diagnostic {
    let Refusal { what, help } = refusal;
    let (place, value) = (place.clone(), String::new());
    Diagnostic { code: "D102", severity: Severity::Error, place, what, value, help }
}

/// Whether a diagnostic says that a header is missing or lacks something.
pub fn is_about_header(diagnostic: &Diagnostic) -> bool {
    matches!(diagnostic.code, "D103" | "D104")
}

/// A sheet in which no header was found.
pub fn no_header(place: &Place, seen: &str, needed: &[&[Field]]) -> Diagnostic {
    let (zh, en) = names(needed);
    let what = (
        format!("没有找到能识别的表头，整表未读取；需要的列：{zh}；看到的内容：{seen}"),
        format!("no header was recognised, nothing was read; needed: {en}; it starts with: {seen}"),
    );
    let help = (
        "说明页可不理会；若是数据，请在 [source.columns] 写明各列，例如 \"持证人\" = \"name\"",
        "ignore this for a page of notes; for data, name its columns in [source.columns], such as \
         \"持证人\" = \"name\"",
    );
    diagnostic("D103", Severity::Note, place, what, help)
}

/// A list of people in which no column tells who they are.
pub fn no_people(place: &Place, seen: &str) -> Diagnostic {
    let what = (
        format!("没有找到证件号码或姓名列，无从核对；看到的内容：{seen}"),
        format!("there is no column of certificate numbers or names; it starts with: {seen}"),
    );
    let help = (
        "表头请写“证件号码”（或“身份证号”）、“姓名”；没有证件号码的，另需“出生日期”或“村”",
        "call the columns 证件号码 (or 身份证号) and 姓名; without numbers also 出生日期 or 村",
    );
    diagnostic("D134", Severity::Error, place, what, help)
}

/// Groups of fields in Chinese and in English: one of each group is needed.
fn names(groups: &[&[Field]]) -> (String, String) {
    let list = |name: &dyn Fn(&Field) -> String, or: &str, and: &str| {
        let group = |it: &&[Field]| it.iter().map(name).collect::<Vec<_>>().join(or);
        groups.iter().map(group).collect::<Vec<_>>().join(and)
    };
    let zh = list(&|it| format!("{}（{}）", it.zh(), it.code()), " 或 ", "；");
    (zh, list(&|it| it.code().to_string(), " or ", "; "))
}

/// A header that lacks what this kind of source needs.
pub fn missing_fields(place: &Place, columns: &Columns, missing: &[&[Field]]) -> Diagnostic {
    let (zh, en) = names(missing);
    let found = columns.headers.iter().filter(|it| !it.is_empty());
    let found = found.cloned().collect::<Vec<_>>().join("、");
    let what = (
        format!("缺少必要的列：{zh}；表头为：{found}"),
        format!("needed columns are missing: {en}; the headers are: {found}"),
    );
    let help = (
        "在该来源下写 [source.columns]，例如 \"表头原文\" = \"name\"；类别、年度也可写在来源上",
        "add [source.columns] to the source, such as \"the header\" = \"name\"; a category or year \
         may also be given for the whole source",
    );
    diagnostic("D104", Severity::Warning, place, what, help)
}

/// Columns full of certificate numbers under a header that nobody knows.
pub fn unnamed_ids(place: &Place, header: &str, taken: bool) -> Diagnostic {
    let place = Place { column: header.into(), ..place.clone() };
    let what = match taken {
        true => (
            "表头没有写明，但该列几乎全是身份证号，已当作证件号码读取",
            "the header does not say so, but nearly all its values are ids: read as the id column",
        ),
        false => (
            "该列几乎全是身份证号，但不能确定是谁的，没有使用",
            "nearly all its values are ids, but whose they are is not certain: not used",
        ),
    };
    let help = (
        "在 [source.columns] 写明：该表头 = \"id_number\"，不用则写 \"-\"",
        "say so in [source.columns]: the header = \"id_number\", or \"-\" to leave it alone",
    );
    diagnostic("D105", Severity::Warning, &place, (what.0.into(), what.1.into()), help)
}

/// Columns that mean the same as another.
pub fn doubled(place: &Place, columns: &Columns) -> Vec<Diagnostic> {
    let one = |(kept, lost): &(usize, usize)| {
        let field = columns.fields[*kept]?;
        let place = Place { column: columns.headers[*lost].clone(), ..place.clone() };
        let kept = &columns.headers[*kept];
        let what = (
            format!("与“{kept}”同为{}，只用后者", field.zh()),
            format!("means {} as \"{kept}\" does; only the latter is used", field.code()),
        );
        let help = (
            "若应使用本列，请在 [source.columns] 写明",
            "if this is the one to use, say so in [source.columns]",
        );
        Some(diagnostic("D106", Severity::Note, &place, what, help))
    };
    columns.doubled.iter().filter_map(one).collect()
}

/// A sheet that the supplier hid.
pub fn hidden_sheet(place: &Place, rows: usize) -> Diagnostic {
    let what = (
        format!("隐藏的工作表没有读取（{rows} 行）"),
        format!("a hidden sheet was not read ({rows} rows)"),
    );
    let help = (
        "如需读取，请取消隐藏，或在来源中用 sheet 指明",
        "to read it, have it shown, or name it with the source's `sheet`",
    );
    diagnostic("D107", Severity::Warning, place, what, help)
}

/// A sheet that the pipeline leaves out.
pub fn other_sheet(place: &Place, pattern: &str) -> Diagnostic {
    let what = (
        format!("工作表名与 sheet = \"{pattern}\" 不符，没有读取"),
        format!("the sheet's name does not match sheet = \"{pattern}\": not read"),
    );
    let help = ("如需读取，请改 sheet", "to read it, change `sheet`");
    diagnostic("D108", Severity::Note, place, what, help)
}

/// A total that is not what the rows add up to.
pub fn total(place: &Place, total: &StatedTotal, is_money: bool) -> Diagnostic {
    let StatedTotal { row, column, stated, counted, .. } = total;
    let place = Place { row: *row, column: column.clone(), ..place.clone() };
    let show = |it: i64| match is_money {
        true => format!("{}.{:02}", it / 100, it.unsigned_abs() % 100),
        false => it.to_string(),
    };
    let (stated, counted) = (show(*stated), show(*counted));
    let what = (
        format!("合计行写的是 {stated}，逐行相加是 {counted}"),
        format!("the total row says {stated}, the rows add up to {counted}"),
    );
    let help = (
        "请供数单位核对是否漏行或合计未更新",
        "have the supplier check for missing rows or a total not brought up to date",
    );
    diagnostic("D109", Severity::Warning, &place, what, help)
}

/// Too many rows that could not be used.
pub fn too_many_rejected(source: &Source, rejected: u64, rows: u64) -> Diagnostic {
    let place = Place { source: source.name.clone(), ..Place::default() };
    let percent = source.max_rejected_percent;
    let what = (
        format!("{rows} 行数据中有 {rejected} 行无法使用，超过上限 {percent}%"),
        format!("{rejected} of {rows} rows cannot be used, above the limit of {percent} %"),
    );
    let help = (
        "用 bulou check 看列是否识别正确；确属如此的，调高 max_rejected_percent",
        "see with `bulou check` how its columns were understood; if it is so, raise \
         max_rejected_percent",
    );
    diagnostic("D114", Severity::Error, &place, what, help)
}

/// A file in which no sheet could be used.
pub fn nothing_usable(place: &Place) -> Diagnostic {
    let what =
        ("文件中没有一张表能够读取".to_string(), "no sheet of the file could be read".to_string());
    let help = (
        "见该文件的其他提示；表头不认识的，在 [source.columns] 写明",
        "see what else is said of the file; name unknown headers in [source.columns]",
    );
    diagnostic("D115", Severity::Error, place, what, help)
}

/// A header named in `[source.columns]` that no sheet has.
pub fn unused_column(source: &Source, header: &str) -> Diagnostic {
    let place = Place { source: source.name.clone(), column: header.into(), ..Place::default() };
    let what = (
        "[source.columns] 里的这个表头在任何文件中都没有出现".to_string(),
        "no file has this header of [source.columns]".to_string(),
    );
    let help = (
        "按文件中的原文改正（空格、括号不影响）",
        "write it as the files have it (blanks and brackets do not matter)",
    );
    diagnostic("D116", Severity::Warning, &place, what, help)
}

/// A monthly list whose month cannot be told.
pub fn no_month(place: &Place) -> Diagnostic {
    let what = (
        "看不出这是哪个月的名单：名单上的人照常计入，但不参与逐月比对，不据以新增或取消"
            .to_string(),
        "which month's list this is cannot be told: who is on it counts, but nobody is taken as \
         added or removed by it"
            .to_string(),
    );
    let help = (
        "在文件名中写明年月，例如“低保对象花名册2023年10月.xlsx”，一个文件只写一个月",
        "put year and month into the file's name, such as 低保对象花名册2023年10月.xlsx, one month \
         a file",
    );
    diagnostic("D131", Severity::Warning, place, what, help)
}

/// Two files of one month that are not the same.
pub fn second_list(place: &Place, first: &str, month: NaiveDate) -> Diagnostic {
    let (year, number) = (month.year(), month.month());
    let what = (
        format!(
            "{year}年{number}月的名单有两份不同的文件，另一份是 {first}：两份上的人都计入，本月不据以取消"
        ),
        format!(
            "{year}-{number:02} has two different files, the other is {first}: who is on either \
             counts, and nobody is removed by this month's list"
        ),
    );
    let help = (
        "只留一份；分乡镇报送的，每个乡镇写一个来源，或合并成一个文件的几张工作表",
        "keep one; lists sent by township need a source each, or are sheets of one file",
    );
    diagnostic("D132", Severity::Warning, place, what, help)
}
