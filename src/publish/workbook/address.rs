//! An address as a cadre walks: by village group, then street, then house number.

/// The order of walking; what an address does not say comes last.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Walk {
    group: u32,
    street: String,
    house: u32,
    annex: u32,
    whole: String,
}

/// Reads 3组, 三组, 第3村民小组, 文昌路12号, 12号附3号, 12-3号.
pub fn walk(address: &str) -> Walk {
    let text: Vec<char> = address.chars().map(narrow).filter(|it| !it.is_whitespace()).collect();
    let (mut group, mut street_from) = (u32::MAX, 0);
    for at in 0..text.len() {
        if is_group(&text, at)
            && let Some((number, _)) = number_before(&text, end_of_number(&text, at))
        {
            (group, street_from) = (number, at + 1);
            break;
        }
    }
    let mut walk = Walk {
        group,
        // Behind every street.
        street: char::MAX.to_string(),
        house: u32::MAX,
        annex: 0,
        whole: text.iter().collect(),
    };
    let houses = (street_from..text.len()).filter(|at| matches!(text[*at], '号' | '號'));
    let mut houses = houses.filter_map(|at| number_before(&text, at));
    let Some((number, start)) = houses.next() else { return walk };
    let main = start.checked_sub(1).filter(|it| matches!(text[*it], '-' | '之' | '—'));
    (walk.house, walk.annex) = match main.and_then(|at| number_before(&text, at)) {
        Some((main, main_start)) => {
            walk.street = text[street_from..main_start].iter().collect();
            (main, number)
        }
        None => {
            walk.street = text[street_from..start].iter().collect();
            (number, houses.next().map_or(0, |(annex, _)| annex))
        }
    };
    walk
}

/// The address without what the list says anyway: everything up to the last of these names.
pub fn local<'a>(address: &'a str, names: &[&str]) -> &'a str {
    let after = |name: &&str| {
        let at = address.find(*name).filter(|_| !name.is_empty())?;
        Some(&address[at + name.len()..])
    };
    let rest = names.iter().filter_map(after).min_by_key(|it| it.len());
    rest.map(str::trim).filter(|it| !it.is_empty()).unwrap_or(address)
}

fn narrow(it: char) -> char {
    match it {
        '０'..='９' => char::from(b'0' + (it as u32 - '０' as u32) as u8),
        '－' | '–' => '-',
        other => other,
    }
}

/// Whether a village group ends here: 组, 队, or 社 that is no 社区.
fn is_group(text: &[char], at: usize) -> bool {
    match text[at] {
        '组' | '組' | '队' => true,
        '社' => text.get(at + 1) != Some(&'区'),
        _ => false,
    }
}

/// Steps back over 村民, 居民, 小 and 生产, which stand between number and 组.
fn end_of_number(text: &[char], at: usize) -> usize {
    let between = ['村', '居', '民', '小', '生', '产'];
    (0..at).rev().find(|it| !between.contains(&text[*it])).map_or(0, |it| it + 1)
}

/// The number that ends just before `end`, and where it starts.
fn number_before(text: &[char], end: usize) -> Option<(u32, usize)> {
    let run = |is_part: fn(char) -> bool| {
        let start = (0..end).rev().find(|it| !is_part(text[*it])).map_or(0, |it| it + 1);
        (start < end).then_some(start)
    };
    if let Some(start) = run(|it| it.is_ascii_digit()) {
        let digits: String = text[start..end].iter().collect();
        return Some((digits.parse().ok()?, start));
    }
    let start = run(|it| chinese(it).is_some())?;
    let (mut sum, mut digit) = (0, 0);
    for it in &text[start..end] {
        match chinese(*it)? {
            unit @ (10 | 100) => {
                sum += if digit == 0 { unit } else { digit * unit };
                digit = 0;
            }
            value => digit = value,
        }
    }
    Some((sum + digit, start))
}

fn chinese(it: char) -> Option<u32> {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    match it {
        '十' => Some(10),
        '百' => Some(100),
        '〇' => Some(0),
        '两' => Some(2),
        _ => DIGITS.iter().position(|digit| *digit == it).map(|at| at as u32),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_come_in_the_order_of_walking() {
        let in_order = [
            "冷市镇南华村2组3号",
            "冷市镇南华村第2村民小组11号",
            "冷市镇南华村２组１２号",
            "冷市镇南华村三组1号",
            "南华村10组2号",
            "南华村10组2号附1号",
            "南华村10组2-2号",
            "南华村十一组1号",
            "南华村二十三组",
            "南华社区文昌路2号",
            "南华社区文昌路12号",
            "南华村",
        ];
        let mut shuffled = in_order;
        shuffled.reverse();
        shuffled.sort_by_key(|it| walk(it));
        assert_eq!(shuffled, in_order);
    }

    #[test]
    fn an_address_loses_what_the_list_says_anyway() {
        let names = ["冷市镇", "南华村"];
        assert_eq!(local("湖南省安化县冷市镇南华村3组12号", &names), "3组12号");
        assert_eq!(local("冷市镇3组", &names), "3组");
        assert_eq!(local("3组12号", &names), "3组12号");
        assert_eq!(local("冷市镇南华村", &names), "冷市镇南华村");
        assert_eq!(local("", &names), "");
    }
}
