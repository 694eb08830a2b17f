//! The files of a source, found and read.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::{
    Progress,
    header::Matcher,
    open, problem,
    sheet::{self, SheetRead},
};
use crate::{
    config::{Pipeline, Source},
    diagnostic::{Diagnostic, Message, Place, Severity},
};

/// A file to be read.
pub struct Task {
    pub source: usize,
    pub path: PathBuf,
    /// The path as the pipeline names it.
    pub shown: String,
}

/// What a file became: its sheets, each with its place.
pub struct FileRead {
    pub source: usize,
    pub sheets: Vec<(Place, SheetRead)>,
    pub diagnostics: Vec<Diagnostic>,
}

/// The files of a source, sorted by path.
pub fn files(pipeline: &Pipeline, source: usize) -> Vec<Task> {
    let pattern = pipeline.folder.join(&pipeline.sources[source].path);
    // A plain path may hold brackets, which a glob would take for a class of characters.
    let mut paths: Vec<PathBuf> = match pattern.is_file() {
        true => vec![pattern],
        false => {
            let folder = glob::Pattern::escape(&pipeline.folder.to_string_lossy());
            let pattern = Path::new(&folder).join(&pipeline.sources[source].path);
            let found = glob::glob(&pattern.to_string_lossy());
            found.map(|it| it.filter_map(Result::ok).collect()).unwrap_or_default()
        }
    };
    paths.retain(|it| it.is_file() && !is_lock(it));
    paths.sort();
    let shown = |path: &Path| {
        let inner = path.strip_prefix(&pipeline.folder).unwrap_or(path);
        inner.to_string_lossy().replace('\\', "/")
    };
    paths.into_iter().map(|path| Task { source, shown: shown(&path), path }).collect()
}

/// `~$名单.xlsx` and `.~lock.名单.xlsx#`: left behind by an office program, no data.
fn is_lock(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with("~$") || name.starts_with('.')
}

/// Reads one file.
pub fn read(
    task: &Task,
    pipeline: &Pipeline,
    matcher: &Matcher,
    progress: &dyn Progress,
) -> FileRead {
    let source = &pipeline.sources[task.source];
    let place = Place { source: source.name.clone(), file: task.shown.clone(), ..Place::default() };
    let mut file = FileRead { source: task.source, sheets: Vec::new(), diagnostics: Vec::new() };
    let bytes = match std::fs::read(&task.path) {
        Ok(bytes) => bytes,
        Err(error) => {
            progress.file_started(&source.name, &task.shown, 0);
            let refusal = open::Refusal {
                what: Message::new(format!("文件打不开：{error}"), format!("cannot open: {error}")),
                help: Message::new("检查权限和磁盘", "check permissions and the disk"),
            };
            return refuse(file, source, place, refusal);
        }
    };
    progress.file_started(&source.name, &task.shown, bytes.len() as u64);
    let length = bytes.len() as u64;
    let sha256: String = Sha256::digest(&bytes).iter().map(|it| format!("{it:02x}")).collect();
    match open::open(&task.path, bytes, source.encoding.as_deref()) {
        Ok(opened) => add_sheets(&mut file, opened, pipeline, (source, matcher), &place),
        Err(refusal) => file = refuse(file, source, place, refusal),
    }
    for (_, sheet) in &mut file.sheets {
        sheet.account.sha256.clone_from(&sha256);
        sheet.account.bytes = length;
    }
    let rows = file.sheets.iter().map(|it| it.1.account.rows_read).sum();
    progress.file_done(&source.name, &task.shown, rows);
    file
}

fn add_sheets(
    file: &mut FileRead,
    opened: open::Opened,
    pipeline: &Pipeline,
    (source, matcher): (&Source, &Matcher),
    place: &Place,
) {
    let pattern = source.sheet.as_deref();
    let glob = pattern.map(|it| {
        glob::Pattern::new(it).or_else(|_| glob::Pattern::new(&glob::Pattern::escape(it)))
    });
    for sheet in opened.sheets {
        let place = Place { sheet: sheet.name.clone(), ..place.clone() };
        if let Some(Ok(glob)) = &glob
            && !glob.matches(&sheet.name)
        {
            file.diagnostics.push(problem::other_sheet(&place, pattern.unwrap_or("")));
            continue;
        }
        if sheet.grid.len() == 0 {
            continue;
        }
        let mut read = sheet::read(sheet, pipeline, (source, matcher), &place);
        read.account.encoding.clone_from(&opened.format);
        file.sheets.push((place, read));
    }
    let is_usable = file.sheets.iter().any(|it| it.1.is_usable);
    let said = file.sheets.iter_mut().flat_map(|it| &mut it.1.diagnostics);
    let headless = said.filter(|it| problem::is_about_header(it));
    // Beside a sheet of data, one without is a page of notes; alone, it is a file not understood.
    let mut is_explained = false;
    for diagnostic in headless.filter(|_| !is_usable) {
        diagnostic.severity = Severity::Error;
        is_explained = true;
    }
    if !is_usable && !is_explained {
        file.diagnostics.push(problem::nothing_usable(place));
    }
}

fn refuse(mut file: FileRead, source: &Source, place: Place, refusal: open::Refusal) -> FileRead {
    let mut account = sheet::empty_account(source, 0);
    account.encoding = "unreadable".into();
    file.diagnostics.push(problem::refused(&place, refusal));
    file.sheets.push((place, SheetRead::nothing(account, Vec::new())));
    file
}
