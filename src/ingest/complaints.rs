//! Everything that `ingest` complains of cell by cell; a code once used keeps its meaning.

use super::notes::Complaint;
use crate::diagnostic::Severity::{Note, Warning};

pub const MALFORMED_TEXT: Complaint = Complaint {
    code: "D110",
    severity: Warning,
    what: (
        "有字符在原文件里已损坏或无法按所用编码识别",
        "a character was already lost in the file, or is none in its encoding",
    ),
    help: (
        "请供数单位按 UTF-8 或 GB18030 重新导出；编码识别有误时在来源中写 encoding",
        "ask the supplier to export in UTF-8 or GB18030; set `encoding` if it was guessed wrong",
    ),
};

pub const STRAY_QUOTE: Complaint = Complaint {
    code: "D111",
    severity: Warning,
    what: ("引号没有配对，按普通字符读取", "a quote that is never closed was read as a character"),
    help: ("请检查该行各列是否错位", "check that the columns of this row are in place"),
};

pub const TOO_WIDE: Complaint = Complaint {
    code: "D112",
    severity: Warning,
    what: (
        "该行的列数多于表头，多出的内容没有读取",
        "the row has more cells than the header; what is beyond was not read",
    ),
    help: (
        "多半是某列内容里含有分隔符；请供数单位给该列加引号",
        "some cell probably contains the delimiter; have the supplier quote it",
    ),
};

pub const NUL_BYTE: Complaint = Complaint {
    code: "D113",
    severity: Warning,
    what: ("单元格里有空字节，已去掉", "NUL bytes in the cell were dropped"),
    help: ("请供数单位检查导出程序", "have the supplier check the exporting program"),
};

pub const CUT: Complaint = Complaint {
    code: "D117",
    severity: Warning,
    what: (
        "单元格长得不合情理，只读了开头",
        "a cell too long to be one; only its beginning was read",
    ),
    help: (
        "多半是换行或分隔符丢失；请供数单位重新导出",
        "line ends or delimiters were probably lost; have it exported again",
    ),
};

pub const BAD_DATE: Complaint = Complaint {
    code: "D120",
    severity: Warning,
    what: ("不是能识别的日期，按空值处理", "not a date; taken as missing"),
    help: ("写成 2024-05-01 这样的形式", "write it like 2024-05-01"),
};

pub const BAD_MONEY: Complaint = Complaint {
    code: "D121",
    severity: Warning,
    what: ("不是能识别的金额，按空值处理", "not an amount; taken as missing"),
    help: ("写成数字，单位元", "write a number, in yuan"),
};

pub const BAD_YEAR: Complaint = Complaint {
    code: "D122",
    severity: Warning,
    what: ("不是能识别的年度", "not a year"),
    help: ("写成四位年份", "write four digits"),
};

pub const UNKNOWN_STATUS: Complaint = Complaint {
    code: "D123",
    severity: Warning,
    what: ("不认识的状态，原样保留，不算有效", "an unknown status, kept as found and not active"),
    help: (
        "核对供数单位的代码表；不认识的状态一律不算参保",
        "compare with the supplier's code table; an unknown status never counts as cover",
    ),
};

pub const UNKNOWN_SCHEME: Complaint = Complaint {
    code: "D124",
    severity: Warning,
    what: ("不认识的险种", "an unknown scheme"),
    help: (
        "核对险种代码（居民 390、职工 310），或在来源中写 scheme",
        "compare the scheme code (resident 390, employee 310), or set `scheme` for the source",
    ),
};

pub const UNKNOWN_VILLAGE: Complaint = Complaint {
    code: "D125",
    severity: Note,
    what: ("区划表里找不到这个村（社区）", "no village of that name in the division table"),
    help: (
        "在 divisions.csv 的 aliases 列补上这个叫法",
        "add the name to the column `aliases` of divisions.csv",
    ),
};

pub const SEVERAL_VILLAGES: Complaint = Complaint {
    code: "D126",
    severity: Note,
    what: ("几个村（社区）同名，没有猜测", "several villages bear that name; none was guessed"),
    help: (
        "请供数单位补乡镇一列，或给出区划代码",
        "ask the supplier for the township, or for the village's code",
    ),
};

pub const UNKNOWN_PAYMENT_KIND: Complaint = Complaint {
    code: "D127",
    severity: Warning,
    what: (
        "不认识的缴费状态，按金额正负处理",
        "an unknown payment state; the sign of the amount decided",
    ),
    help: ("核对税务的状态代码表", "compare with the tax bureau's code table"),
};

pub const UNKNOWN_REASON: Complaint = Complaint {
    code: "D128",
    severity: Note,
    what: ("不认识的原因，归入“其他”", "an unknown reason, taken as \"other\""),
    help: ("必要时在来源中写 reason", "set `reason` for the source where it is one and the same"),
};

pub const UNDATED_END: Complaint = Complaint {
    code: "D129",
    severity: Warning,
    what: (
        "标明已取消或风险已消除，却没有日期：从起始日起按不享受处理",
        "ended, says the row, and gives no day: taken as never in force",
    ),
    help: ("请供数单位补取消日期", "ask the supplier for the day it ended"),
};

pub const ODD_MARK: Complaint = Complaint {
    code: "D130",
    severity: Warning,
    what: (
        "人员类别列里的标记无法识别，按不属于处理",
        "an unknown mark in a column of a category; taken as \"not in it\"",
    ),
    help: ("填日期、√ 或 是/否", "write a date, √, or 是/否"),
};
