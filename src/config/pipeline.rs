//! `pipeline.toml`: the area, the insurance year, and the sources of one nightly job.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use serde::Deserialize;
use toml::Spanned;

use super::{Delivery, Divisions, RuleFolders, TomlFile, delivery::DeliveryToml};
use crate::{
    diagnostic::Message,
    error::Result,
    tables::{DivisionId, ExemptionReason, Scheme, SourceKind},
};

/// A checked pipeline: everything a run needs to know before it opens a source.
#[derive(Debug)]
pub struct Pipeline {
    /// The folder of `pipeline.toml`; relative paths start here.
    pub folder: PathBuf,
    pub name: String,
    pub title: String,
    /// The city, county, township or village the run answers for.
    pub area: DivisionId,
    /// The insurance (coverage) year.
    pub insurance_year: u16,
    /// This folder, then those whose rules it extends.
    pub rules: RuleFolders,
    pub divisions: Divisions,
    pub sources: Vec<Source>,
    /// The key of person keys and tokens; never published.
    pub person_key: Vec<u8>,
    pub identity: Identity,
    pub privacy: Privacy,
    pub publication: Publication,
    /// How lists go out; nothing is delivered where there is none.
    pub delivery: Option<Delivery>,
    /// `pipeline.toml` as read, for hashes and for messages that show its lines.
    pub file: TomlFile,
}

crate::labelled! {
    /// How often a category list is handed in as it stands, whole: who is missing was removed.
    pub enum FullList {
        Monthly = "monthly", "每月全量";
    }
}

/// By how many per cent a month's list may be shorter than the last, where a source names no
/// `tolerated_change_percent`: more at once is a broken file until somebody says otherwise.
pub const TOLERATED_CHANGE_PERCENT: u32 = 20;

/// A list is judged by itself from so many people on: of fewer, any share may leave.
pub const SMALLEST_LIST_JUDGED: usize = 20;

/// What a public notice does not show of a group is fewer than this, where a pipeline says nothing.
const SMALLEST_PUBLIC_COUNT: u32 = 5;

/// One `[[source]]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Unique within the pipeline.
    pub name: String,
    pub kind: SourceKind,
    /// The department as messages and evidence name it.
    pub supplier: String,
    /// A file or glob, relative to the pipeline folder.
    pub path: String,
    /// Whether a run without this source must not go on.
    #[serde(default)]
    pub required: bool,
    /// The insurance year of rows that do not state one.
    pub year: Option<u16>,
    /// The scheme of rows that do not state one.
    pub scheme: Option<Scheme>,
    /// The category of a list that has no category column.
    pub category: Option<String>,
    /// How often a category list comes whole; absent for one whose rows have dates of their own.
    pub full_list: Option<FullList>,
    /// The reason of an exempting list that has no reason column.
    pub reason: Option<ExemptionReason>,
    /// The text encoding, where detection is to be overruled (`gb18030`, `utf-8`, `utf-16le` …).
    pub encoding: Option<String>,
    /// A glob on sheet names; other sheets are not read.
    pub sheet: Option<String>,
    /// Headers as printed → field name, or `-` for a column to leave alone.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
    /// How old the newest row may be, in days.
    pub max_age_days: Option<u32>,
    /// How many rows are expected, and by how many per cent that may be missed.
    pub expected_rows: Option<u64>,
    pub tolerated_change_percent: Option<u32>,
    /// Above this share of rejected rows the run stops rather than work with half a file.
    #[serde(default = "Source::default_max_rejected_percent")]
    pub max_rejected_percent: u32,
}

impl Source {
    fn default_max_rejected_percent() -> u32 {
        20
    }

    /// Whether every file is the whole list of a month.
    pub fn is_monthly(&self) -> bool {
        self.full_list == Some(FullList::Monthly)
    }

    /// The fewest rows that a list may have after one of so many.
    pub fn least_rows(&self, before: u64) -> u64 {
        let tolerated = self.tolerated_change_percent.unwrap_or(TOLERATED_CHANGE_PERCENT);
        before * u64::from(100_u32.saturating_sub(tolerated)) / 100
    }
}

/// `[identity]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Identity {
    /// The model file, relative to the pipeline folder; the built-in model if not given.
    pub model: Option<String>,
    /// From which probability on rows are one person's.
    pub link: f64,
    /// From which probability on a human is asked.
    pub review: f64,
}

impl Default for Identity {
    fn default() -> Self {
        Identity { model: None, link: 0.99, review: 0.5 }
    }
}

/// `[privacy]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Privacy {
    /// Whether ids leave the bureau as 6 + 4 characters only.
    pub mask_ids: bool,
}

impl Default for Privacy {
    fn default() -> Self {
        Privacy { mask_ids: true }
    }
}

/// `[publication]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Publication {
    /// Whether a breached control keeps a run from being published.
    pub hold_on_breach: bool,
    /// By how many per cent the subsidy list may shrink from one publication to the next before
    /// nobody is taken off it.
    pub tolerated_list_change_percent: u32,
    /// The smallest figure of a group of people that a public notice shows.
    pub smallest_public_count: u32,
}

impl Default for Publication {
    fn default() -> Self {
        Publication {
            hold_on_breach: false,
            tolerated_list_change_percent: TOLERATED_CHANGE_PERCENT,
            smallest_public_count: SMALLEST_PUBLIC_COUNT,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PipelineToml {
    name: Spanned<String>,
    title: String,
    area: Spanned<String>,
    insurance_year: u16,
    /// Read by [`RuleFolders`].
    #[expect(dead_code, reason = "named here so that the key is known")]
    rules: Option<String>,
    #[expect(dead_code, reason = "named here so that the key is known")]
    targets: Option<String>,
    person_key: Spanned<String>,
    identity: Option<Spanned<Identity>>,
    #[serde(default)]
    privacy: Privacy,
    #[serde(default)]
    publication: Publication,
    delivery: Option<DeliveryToml>,
    #[serde(default)]
    source: Vec<Spanned<Source>>,
}

impl Pipeline {
    /// Loads and checks a pipeline folder.
    pub fn open(folder: &Path) -> Result<Pipeline> {
        let file = TomlFile::open(&folder.join("pipeline.toml"))?;
        let toml: PipelineToml = file.parse()?;
        let rules = RuleFolders::open(folder)?;
        let divisions = Divisions::open(&rules.need("divisions.csv")?)?;
        let area = divisions.by_code(toml.area.get_ref()).ok_or_else(|| {
            file.refuse(
                toml.area.span(),
                Message::new("区划表里没有这个代码", "the division table has no such code"),
                Message::new(
                    "填 4、6、9 或 12 位区划代码，并确认 divisions.csv 包含它",
                    "give a code of 4, 6, 9 or 12 digits that divisions.csv contains",
                ),
            )
        })?;
        check_name(&file, &toml.name)?;
        let sources = check_sources(&file, toml.source)?;
        let person_key = read_key(folder, &file, &toml.person_key)?;
        Ok(Pipeline {
            folder: folder.into(),
            name: toml.name.into_inner(),
            title: toml.title,
            area,
            insurance_year: toml.insurance_year,
            rules,
            divisions,
            sources,
            person_key,
            identity: check_identity(&file, toml.identity)?,
            privacy: toml.privacy,
            publication: toml.publication,
            delivery: toml.delivery.map(|it| it.check(&file)).transpose()?,
            file,
        })
    }
}

/// The name becomes a folder name, so it must be one.
fn check_name(file: &TomlFile, name: &Spanned<String>) -> Result<()> {
    let text = name.get_ref();
    let is_plain = text.chars().all(|it| it.is_alphanumeric() || it == '-' || it == '_');
    if !text.is_empty() && is_plain {
        return Ok(());
    }
    Err(file.refuse(
        name.span(),
        Message::new("name 只能用字母、数字、- 和 _", "name takes letters, digits, - and _ only"),
        Message::new("它会成为输出文件夹的名字", "it becomes the name of the output folder"),
    ))
}

fn check_identity(file: &TomlFile, identity: Option<Spanned<Identity>>) -> Result<Identity> {
    let Some(identity) = identity else { return Ok(Identity::default()) };
    let it = identity.get_ref();
    if 0.0 < it.review && it.review <= it.link && it.link < 1.0 {
        return Ok(identity.into_inner());
    }
    Err(file.refuse(
        identity.span(),
        Message::new(
            "应有 0 < review ≤ link < 1",
            "0 < review ≤ link < 1 must hold",
        ),
        Message::new(
            "link 以上直接归并，review 与 link 之间交人工核实；不写则用默认值",
            "above link rows are joined, between review and link a human is asked; leave both out for the defaults",
        ),
    ))
}

fn check_sources(file: &TomlFile, sources: Vec<Spanned<Source>>) -> Result<Vec<Source>> {
    if sources.is_empty() {
        return Err(file.refuse(
            0..0,
            Message::new("没有任何 [[source]]", "there is no [[source]]"),
            Message::new("至少写一个来源", "name at least one source"),
        ));
    }
    let mut checked: Vec<Source> = Vec::new();
    for source in sources {
        let span = source.span();
        let source = source.into_inner();
        if checked.iter().any(|it| it.name == source.name) {
            return Err(file.refuse(
                span,
                Message::new(
                    format!("来源名 {} 用了两次", source.name),
                    format!("two sources are named {}", source.name),
                ),
                Message::new("每个来源的 name 必须不同", "give each source a name of its own"),
            ));
        }
        if source.full_list.is_some() && source.kind != SourceKind::Category {
            return Err(file.refuse(
                span,
                Message::new(
                    "full_list 只用于困难人员名单（kind = \"category\"）",
                    "full_list is for lists of categories (kind = \"category\")",
                ),
                Message::new("删去 full_list，或改 kind", "remove full_list, or change the kind"),
            ));
        }
        for field in source.columns.values().filter(|it| *it != "-") {
            if crate::ingest::Field::from_code(field).is_none() {
                let known: Vec<&str> =
                    crate::ingest::Field::ALL.iter().map(|it| it.code()).collect();
                return Err(file.refuse(
                    span,
                    Message::new(format!("没有字段 {field}"), format!("there is no field {field}")),
                    Message::new(
                        format!("可用字段：{}", known.join("、")),
                        format!("fields: {}", known.join(", ")),
                    ),
                ));
            }
        }
        checked.push(source);
    }
    Ok(checked)
}

fn read_key(folder: &Path, file: &TomlFile, name: &Spanned<String>) -> Result<Vec<u8>> {
    let path = folder.join(name.get_ref());
    let key = std::fs::read_to_string(&path).unwrap_or_default().trim().as_bytes().to_vec();
    if key.len() >= 32 {
        return Ok(key);
    }
    let shown = path.display();
    Err(file.refuse(
        name.span(),
        Message::new(
            format!("密钥文件 {shown} 不存在或不足 32 个字符"),
            format!("the key file {shown} is missing or shorter than 32 characters"),
        ),
        Message::new(
            format!("生成一个：(umask 077; head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \\n' > {shown})"),
            format!("make one: (umask 077; head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \\n' > {shown})"),
        ),
    ))
}
