//! What a file is, by its first bytes and not by its name.

use super::Refusal;

/// The forms of file that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// XLSX and its relatives.
    Zip,
    /// XLS, or an encrypted XLSX.
    Compound,
    Parquet,
    Text,
}

/// The form of a file, or why it is none.
pub fn sniff(bytes: &[u8]) -> Result<Form, Refusal> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") {
        return Ok(Form::Zip);
    }
    if starts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Ok(Form::Compound);
    }
    if starts(b"PAR1") {
        return Ok(Form::Parquet);
    }
    let archive = starts(b"Rar!") || starts(b"7z\xbc\xaf") || starts(b"\x1f\x8b");
    if archive {
        return Err(Refusal::new(
            ("这是压缩包，不是数据文件", "this is an archive, not a file of data"),
            ("解压后放入来源文件夹", "unpack it into the source's folder"),
        ));
    }
    let picture = starts(b"\x89PNG") || starts(b"\xff\xd8\xff") || starts(b"%PDF");
    if picture {
        return Err(Refusal::new(
            ("这是 PDF 或图片，不是数据文件", "this is a PDF or a picture, not a file of data"),
            ("请供数单位提供电子表格或文本", "ask the supplier for a spreadsheet or text"),
        ));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Refusal::new(
            ("文件是空的", "the file is empty"),
            ("请供数单位重新导出", "have the supplier export it again"),
        ));
    }
    Ok(Form::Text)
}
