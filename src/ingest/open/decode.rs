//! Bytes → text: which encoding a department's file is in, and what of it could not be read.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use crate::diagnostic::Message;

/// How much text is looked at to tell encodings apart, counted from the first byte that is not
/// ASCII: headers are often ASCII while the rows are not.
const SAMPLE_BYTES: usize = 1 << 20;

/// Words that stand in nearly every list, to tell Big5 from GB18030 in a short file, where both
/// read without an error.
const COMMON: &str = "姓名身份证證号號码碼日期性别別男女村镇鎮乡鄉街道社区區户戶人员員序金额額缴繳费費年月地址参參保";

/// A file as text.
#[derive(Debug)]
pub struct Decoded {
    pub text: String,
    pub encoding: &'static str,
}

/// Reads bytes as text, in the encoding named or else in the one the bytes show.
pub fn decode(bytes: Vec<u8>, named: Option<&str>) -> Result<Decoded, Message> {
    let (encoding, bom) = match (named, Encoding::for_bom(&bytes)) {
        (Some(name), bom) => {
            let encoding = by_name(name)?;
            (encoding, bom.filter(|(it, _)| *it == encoding).map_or(0, |(_, length)| length))
        }
        (None, Some((encoding, length))) => (encoding, length),
        (None, None) => (detect(&bytes).ok_or_else(undetectable)?, 0),
    };
    let text = match encoding == UTF_8 {
        true => match String::from_utf8(bytes) {
            Ok(mut text) => {
                text.drain(..bom);
                text
            }
            Err(error) => encoding.decode_without_bom_handling(&error.as_bytes()[bom..]).0.into(),
        },
        false => encoding.decode_without_bom_handling(&bytes[bom..]).0.into_owned(),
    };
    match is_garbage(&text) {
        true => Err(undetectable()),
        false => Ok(Decoded { text, encoding: encoding.name() }),
    }
}

fn by_name(name: &str) -> Result<&'static Encoding, Message> {
    let label = match name.trim().to_ascii_lowercase().as_str() {
        "utf8" => "utf-8".to_string(),
        "utf16" | "utf-16" | "utf16le" => "utf-16le".to_string(),
        "utf16be" => "utf-16be".to_string(),
        "gb2312" | "gbk" | "cp936" | "ansi" => "gb18030".to_string(),
        other => other.to_string(),
    };
    Encoding::for_label(label.as_bytes()).ok_or_else(|| {
        Message::new(
            format!("没有名为 {name} 的编码；可用 utf-8、gb18030、utf-16le、utf-16be、big5"),
            format!("no encoding is named {name}; use utf-8, gb18030, utf-16le, utf-16be or big5"),
        )
    })
}

fn undetectable() -> Message {
    Message::new(
        "无法识别文件的编码，或它根本不是文本文件",
        "the encoding cannot be told, or the file is no text at all",
    )
}

fn detect(bytes: &[u8]) -> Option<&'static Encoding> {
    if let Some(encoding) = utf_16(bytes) {
        return Some(encoding);
    }
    let Err(error) = std::str::from_utf8(bytes) else { return Some(UTF_8) };
    let first = bytes.iter().position(|it| !it.is_ascii())?;
    let sample = &bytes[first..bytes.len().min(first + SAMPLE_BYTES)];
    if error.valid_up_to() > first && is_damaged_utf_8(sample) {
        return Some(UTF_8);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, false);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let (gb, gb_errors) = familiarity(sample, GB18030);
    let (big5, big5_errors) = familiarity(sample, BIG5);
    let one_in = |errors: usize, share: usize| errors * share <= sample.len();
    if big5 > gb && big5_errors <= gb_errors.max(1) && one_in(big5_errors, 200) {
        return Some(BIG5);
    }
    let is_gb = guess.name() == "GBK" || guess == GB18030;
    // Damaged bytes make the detector give GB up for good; a hundredth of them does not.
    ((is_gb || gb_errors == 0 || gb > sample.len() / 100) && one_in(gb_errors, 100))
        .then_some(GB18030)
}

/// UTF-16 without a mark: every second byte of ASCII (digits, delimiters, line ends) is zero.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(1 << 16)];
    let zeros =
        |parity: usize| sample.iter().skip(parity).step_by(2).filter(|it| **it == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let enough = sample.len() / 16;
    if odd > enough && odd > even * 20 {
        return Some(UTF_16LE);
    }
    (even > enough && even > odd * 20).then_some(UTF_16BE)
}

/// Whether nearly all that is not ASCII reads as UTF-8.
fn is_damaged_utf_8(sample: &[u8]) -> bool {
    let (text, _) = UTF_8.decode_without_bom_handling(sample);
    let foreign = text.chars().filter(|it| !it.is_ascii()).count();
    let broken = text.chars().filter(|it| *it == char::REPLACEMENT_CHARACTER).count();
    broken * 20 < foreign
}

/// How many familiar characters a sample has in an encoding, and how many errors.
fn familiarity(sample: &[u8], encoding: &'static Encoding) -> (usize, usize) {
    let text = encoding.decode_without_bom_handling(&sample[..sample.len().min(1 << 17)]).0;
    text.chars().fold((0, 0), |(known, errors), it| match it {
        char::REPLACEMENT_CHARACTER => (known, errors + 1),
        _ if !it.is_ascii() && COMMON.contains(it) => (known + 1, errors),
        _ => (known, errors),
    })
}

/// Whether the text is what comes of reading a picture, an archive or the wrong encoding.
fn is_garbage(text: &str) -> bool {
    let (mut all, mut foreign, mut broken, mut control, mut latin) = (0, 0, 0, 0, 0);
    for it in text.chars().take(1 << 18) {
        all += 1;
        match it {
            '\t' | '\n' | '\r' => {}
            '\0'..='\u{1f}' | '\u{7f}' => control += 1,
            ' '..='~' => {}
            '\u{80}'..='\u{24f}' => latin += 1,
            char::REPLACEMENT_CHARACTER => broken += 1,
            _ => foreign += 1,
        }
    }
    let is_binary = (control > 5 && control * 50 > all) || broken * 10 > all.max(20);
    is_binary || (latin > 20 && latin > 2 * foreign) || text.contains("锟斤拷锟斤拷")
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str =
        "姓名,身份证号码,村\n张三,430923198001011234,南华村\n李四,430923198001011235,文昌村\n";

    fn check(bytes: Vec<u8>, named: Option<&str>) -> Result<(String, &'static str), String> {
        decode(bytes, named).map(|it| (it.text, it.encoding)).map_err(|it| it.en)
    }

    fn utf_16_bytes(text: &str, swap: bool) -> Vec<u8> {
        let order = |it: u16| if swap { it.to_be_bytes() } else { it.to_le_bytes() };
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn every_usual_encoding_comes_back_as_it_was() {
        let encoded = |encoding: &'static Encoding| encoding.encode(LIST).0.into_owned();
        let marked = |mark: &[u8], rest: Vec<u8>| [mark.to_vec(), rest].concat();
        for (bytes, name) in [
            (encoded(UTF_8), "UTF-8"),
            (marked(b"\xef\xbb\xbf", encoded(UTF_8)), "UTF-8"),
            (encoded(GB18030), "gb18030"),
            (utf_16_bytes(LIST, false), "UTF-16LE"),
            (utf_16_bytes(LIST, true), "UTF-16BE"),
            (marked(b"\xff\xfe", utf_16_bytes(LIST, false)), "UTF-16LE"),
            (marked(b"\xfe\xff", utf_16_bytes(LIST, true)), "UTF-16BE"),
        ] {
            assert_eq!(check(bytes, None), Ok((LIST.to_string(), name)), "{name}");
        }
        let big5 = "姓名,身分證號碼,村\n張三,430923198001011234,南華村\n";
        assert_eq!(check(BIG5.encode(big5).0.into(), None), Ok((big5.to_string(), "Big5")));
    }

    #[test]
    fn an_ascii_header_before_a_megabyte_of_ascii_does_not_decide() {
        let text = format!("name,id,village\n{}张三,1,南华村\n", "abc,123,x\n".repeat(120_000));
        let (read, encoding) = check(GB18030.encode(&text).0.into(), None).unwrap();
        assert_eq!((read == text, encoding), (true, "gb18030"));
    }

    #[test]
    fn a_few_damaged_bytes_do_not_change_the_encoding() {
        let mut bytes = LIST.repeat(50).into_bytes();
        bytes[300] = 0xff;
        assert_eq!(check(bytes, None).unwrap().1, "UTF-8");
        let mut bytes = GB18030.encode(&LIST.repeat(50)).0.into_owned();
        bytes[301] = 0xff;
        assert_eq!(check(bytes, None).unwrap().1, "gb18030");
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let noise: Vec<u8> =
            (0..5000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(check(noise, None).is_err());
        assert!(check(LIST.as_bytes().to_vec(), Some("latin-9999")).is_err());
        // GB18030 read as if it were Western European.
        assert!(check(GB18030.encode(&LIST.repeat(9)).0.into(), Some("windows-1252")).is_err());
    }
}
