//! Everything that is due goes out, each list once, with a receipt.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    time::Duration,
};

use chrono::{Days, NaiveDate};

use super::{
    Sent,
    keep::keep,
    lists::FOLDER,
    log::{self, Event, Failure, Reason, Receipt, SentFile, Via},
    outbox::{self, Refused},
    parcel::{self, Parcel},
};
use crate::{
    config::{Delivery, Way},
    disk,
    error::{Error, Result},
    program::{self, Fault},
};

/// What a delivery needs to be told.
pub struct Order<'a> {
    /// The pipeline's folder with its runs.
    pub home: &'a Path,
    pub delivery: &'a Delivery,
    /// The day on which lists go out: answers are due so many days after it.
    pub on: NaiveDate,
    /// This moment, RFC 3339.
    pub now: &'a dyn Fn() -> String,
}

/// Delivers what is due and was not delivered yet. `tell` hears of each as it happens.
pub fn deliver(order: &Order<'_>, tell: &mut dyn FnMut(&Event)) -> Result<()> {
    let home = order.home;
    let parcels = parcel::due(home, order.delivery)?;
    if parcels.is_empty() {
        return Ok(());
    }
    let _lock = lock(home)?;
    for parcel in &parcels {
        // Somebody may have recalled it meanwhile.
        let sent = Sent::read(home)?;
        if sent.receipt(&parcel.batch).is_some() || sent.recall(&parcel.batch).is_some() {
            continue;
        }
        keep(home, parcel.batch.run)?;
        let event = match hand_over(parcel, order.delivery.timeout) {
            Ok(()) => Event::Sent(receipt(parcel, order)),
            Err(refused) => Event::Failed(failure(parcel, refused, order)),
        };
        log::add(home, &event)?;
        tell(&event);
    }
    Ok(())
}

/// One delivery of a pipeline at a time; the lock ends with the process.
fn lock(home: &Path) -> Result<File> {
    disk::create(&home.join(FOLDER))?;
    let path = home.join(FOLDER).join(".lock");
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true).mode(disk::FILE_MODE);
    let file = options.open(&path).map_err(Error::io("open the lock", &path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::Locked(path)),
        Err(TryLockError::Error(source)) => Err(Error::Io { doing: "take the lock", path, source }),
    }
}

fn hand_over(parcel: &Parcel, timeout: Duration) -> std::result::Result<(), Refused> {
    let contents = parcel.files.iter().map(|it| as_published(parcel, &it.path, &it.sha256));
    let contents = contents.collect::<std::result::Result<Vec<_>, _>>()?;
    match &parcel.way {
        Way::Outbox(outbox) => {
            let folder = outbox::folder(outbox, &parcel.folder())?;
            let mut files = parcel.files.iter().zip(&contents);
            files.try_for_each(|(file, content)| outbox::put(&folder, &file.name, content))
        }
        Way::Command(command) => call(parcel, command, timeout),
    }
}

/// A file's content, if it is what was published.
fn as_published(
    parcel: &Parcel,
    path: &str,
    sha256: &str,
) -> std::result::Result<Vec<u8>, Refused> {
    let place = parcel.run.join(path);
    let content = fs::read(&place)
        .map_err(|error| (Reason::Unreadable, format!("{}: {error}", place.display())))?;
    match disk::sha256(&content) == sha256 {
        true => Ok(content),
        false => Err((Reason::Changed, place.display().to_string())),
    }
}

fn call(
    parcel: &Parcel,
    command: &[String],
    timeout: Duration,
) -> std::result::Result<(), Refused> {
    let run = parcel.run.canonicalize().unwrap_or_else(|_| parcel.run.clone());
    let place = |path: &str| run.join(path).display().to_string();
    let files: Vec<String> = parcel.files.iter().map(|it| place(&it.path)).collect();
    let told = [
        ("BULOU_BATCH", parcel.batch.to_string()),
        ("BULOU_RECIPIENT", parcel.batch.recipient.clone()),
        ("BULOU_RECIPIENT_NAME", parcel.name.clone()),
        ("BULOU_FILES", files.join("\n")),
        ("BULOU_RUN", run.display().to_string()),
    ];
    program::call(command, &told, timeout).map_err(|fault| {
        let reason = match fault {
            Fault::TimedOut(_) => Reason::CommandTimedOut,
            Fault::NotStarted(_) | Fault::Failed(_) => Reason::CommandFailed,
        };
        (reason, format!("{}: {fault}", command.first().map_or("", String::as_str)))
    })
}

/// The kind of way, and the folder or program at its end.
fn way(parcel: &Parcel) -> (Via, String) {
    match &parcel.way {
        Way::Outbox(outbox) => {
            let folder: PathBuf = outbox.join(parcel.folder());
            (Via::Outbox, folder.display().to_string())
        }
        Way::Command(command) => (Via::Command, command.first().cloned().unwrap_or_default()),
    }
}

fn receipt(parcel: &Parcel, order: &Order<'_>) -> Receipt {
    let (via, to) = way(parcel);
    let days = Days::new(order.delivery.days_to_answer.into());
    let file = |it: &parcel::ParcelFile| SentFile {
        path: it.path.clone(),
        name: it.name.clone(),
        sha256: it.sha256.clone(),
    };
    Receipt {
        batch: parcel.batch.clone(),
        recipient: parcel.batch.recipient.clone(),
        name: parcel.name.clone(),
        kind: parcel.kind,
        at: (order.now)(),
        via,
        to,
        files: parcel.files.iter().map(file).collect(),
        lines: parcel.lines,
        due: order.on.checked_add_days(days).unwrap_or(NaiveDate::MAX),
    }
}

fn failure(parcel: &Parcel, (reason, detail): Refused, order: &Order<'_>) -> Failure {
    let (via, to) = way(parcel);
    Failure {
        batch: parcel.batch.clone(),
        recipient: parcel.batch.recipient.clone(),
        name: parcel.name.clone(),
        kind: parcel.kind,
        at: (order.now)(),
        via,
        to,
        reason,
        detail,
    }
}
