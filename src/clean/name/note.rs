//! Remarks that registers write into the cell of a name.

crate::labelled! {
    /// What else a name's cell says.
    pub enum NameNote {
        Deceased = "deceased", "已故";
        Newborn = "newborn", "新生儿未取名";
        FormerName = "former-name", "附曾用名";
        Pinyin = "pinyin", "生僻字用拼音代替";
        WildcardGlyph = "wildcard-glyph", "生僻字缺失";
        Remark = "remark", "附其他备注";
        Unusable = "unusable", "不是姓名";
    }
}

/// A name parted from the remarks around it.
pub(super) struct Parted<'a> {
    pub name: &'a str,
    pub note: Option<NameNote>,
    pub former: Option<&'a str>,
}

const DEAD: [&str; 7] = ["已故", "已死亡", "死亡", "已亡", "去世", "已去世", "亡故"];
const FORMER: [&str; 7] = ["曾用名", "曾用", "原名", "又名", "别名", "改名前", "曾名"];
const BABY: [&str; 11] = [
    "之子",
    "之女",
    "之长子",
    "之次子",
    "之长女",
    "之次女",
    "之婴",
    "男婴",
    "女婴",
    "婴儿",
    "新生儿",
];

/// Parts a folded cell. Several remarks may follow each other; the weightiest gives the note.
pub(super) fn part(text: &str) -> Parted<'_> {
    let mut parted = Parted { name: text.trim(), note: None, former: None };
    while step(&mut parted) {}
    if is_newborn(parted.name) {
        parted.add(NameNote::Newborn);
    }
    parted
}

/// Takes one remark off the end (or a mark of death off the front).
fn step<'a>(parted: &mut Parted<'a>) -> bool {
    let name = parted.name;
    if let Some((before, inside)) = bracketed(name) {
        if before.is_empty() {
            return false;
        }
        parted.name = before;
        parted.take_remark(inside);
        return true;
    }
    for word in FORMER {
        if let Some((before, after)) = name.split_once(word)
            && !before.is_empty()
        {
            parted.name = trim(before);
            parted.take_remark(&name[name.len() - after.len() - word.len()..]);
            return true;
        }
    }
    let dead = DEAD.iter().find_map(|it| name.strip_suffix(it).or_else(|| name.strip_prefix(it)));
    if let Some(rest) = dead.filter(|it| !it.is_empty()) {
        parted.name = trim(rest);
        parted.add(NameNote::Deceased);
        return true;
    }
    false
}

impl<'a> Parted<'a> {
    fn take_remark(&mut self, remark: &'a str) {
        let remark = remark.trim();
        let former = FORMER.iter().find_map(|it| remark.strip_prefix(it)).map(trim);
        if let Some(former) = former {
            self.former = Some(former).filter(|it| !it.is_empty()).or(self.former);
            self.add(NameNote::FormerName);
        } else if DEAD.contains(&remark) || remark.contains(['亡', '故']) || remark == "死" {
            self.add(NameNote::Deceased);
        } else if remark.contains("新生儿") || remark.contains("未取名") || remark.contains('婴')
        {
            self.add(NameNote::Newborn);
        } else {
            self.add(NameNote::Remark);
        }
    }

    /// Notes are declared in falling weight.
    fn add(&mut self, note: NameNote) {
        self.note = Some(self.note.map_or(note, |it| it.min(note)));
    }
}

/// A text that ends in brackets, as what stands before and within them.
fn bracketed(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_suffix([')', ']', '】', '}', '〕', '>', '》'])?;
    let open = inner.rfind(['(', '[', '【', '{', '〔', '<', '《'])?;
    let bracket = inner[open..].chars().next()?;
    Some((trim(&inner[..open]), &inner[open + bracket.len_utf8()..]))
}

fn trim(text: &str) -> &str {
    text.trim_matches([' ', ':', ';', ',', '、', '-', '/', '('])
}

/// Whether the inside of brackets is a remark that this module knows, or may begin with one.
pub(super) fn is_remark(inside: &[char]) -> bool {
    let text: String = inside.iter().collect();
    let known = ["户主", "本人", "大的", "小的", "老大", "老二", "双胞胎", "新生儿"];
    DEAD.iter().chain(&FORMER).chain(&BABY).chain(&known).any(|it| text.starts_with(it))
}

/// 李某之子, 王小丽之女婴: until a child has a name of its own.
pub fn is_newborn(name: &str) -> bool {
    let long_enough = name.chars().filter(|c| *c != ' ').count() >= 4 || name.contains('某');
    long_enough && BABY.iter().any(|it| name.ends_with(it))
}
