//! A list into the recipient's folder of an outbox, whole and once.
//!
//! The outbox is somebody else's: a share with its own rights. Files are written beside their place and
//! moved there by one rename; a file that is there already is never written over. Whoever may read
//! the outbox, but for all the world, may read what is put there.

use std::{
    fs::{self, DirBuilder, OpenOptions, Permissions},
    io::{ErrorKind, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

use super::log::Reason;
use crate::disk;

/// Why something could not be put into an outbox, and what the system said.
pub type Refused = (Reason, String);

/// A recipient's folder in an outbox, made where it is missing. The outbox itself is not: a share that
/// is not mounted must not become a folder of this machine.
pub fn folder(outbox: &Path, name: &str) -> Result<PathBuf, Refused> {
    if !outbox.is_dir() {
        return Err((Reason::OutboxMissing, outbox.display().to_string()));
    }
    let folder = outbox.join(name);
    let failed = |error: std::io::Error| (Reason::Unwritable, said(&folder, &error));
    let mode = mode(outbox).map_err(failed)? & 0o2770;
    match DirBuilder::new().mode(mode & 0o770).create(&folder) {
        Ok(()) => {
            let set = |mode| fs::set_permissions(&folder, Permissions::from_mode(mode));
            // A service may be forbidden to hand on a group; and where the file system has modes of
            // its own, they hold.
            let _ = set(mode).or_else(|_| set(mode & 0o770));
            Ok(folder)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists && folder.is_dir() => Ok(folder),
        Err(error) => Err(failed(error)),
    }
}

/// Puts a file into a folder. One of that name and with the same content is left as it is.
pub fn put(folder: &Path, name: &str, content: &[u8]) -> Result<(), Refused> {
    let place = folder.join(name);
    let failed = |error: std::io::Error| (Reason::Unwritable, said(&place, &error));
    match fs::read(&place) {
        Ok(there) if disk::sha256(&there) == disk::sha256(content) => return Ok(()),
        Ok(_) => return Err((Reason::Differs, place.display().to_string())),
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(failed(error)),
    }
    let aside = folder.join(format!(".{name}.part"));
    write(&aside, content, mode(folder).map_err(failed)? & 0o660).map_err(failed)?;
    fs::rename(&aside, &place).map_err(failed)?;
    // Some shares know no such thing.
    let _ = disk::sync(folder);
    Ok(())
}

fn write(path: &Path, content: &[u8], mode: u32) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(true).write(true).mode(mode);
    let mut file = options.open(path)?;
    let _ = fs::set_permissions(path, Permissions::from_mode(mode));
    file.write_all(content)?;
    file.sync_all()
}

fn mode(path: &Path) -> std::io::Result<u32> {
    Ok(fs::metadata(path)?.permissions().mode())
}

fn said(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode_of(path: &Path) -> u32 {
        mode(path).unwrap() & 0o7777
    }

    #[test]
    fn what_is_put_there_may_be_read_by_whom_the_outbox_lets_in_but_not_by_all_the_world() {
        for (of_outbox, of_folder, of_file) in
            [(0o700, 0o700, 0o600), (0o2775, 0o2770, 0o660), (0o2757, 0o2750, 0o640)]
        {
            let outbox = tempfile::tempdir().unwrap();
            fs::set_permissions(outbox.path(), Permissions::from_mode(of_outbox)).unwrap();
            let folder = folder(outbox.path(), "1-镇").unwrap();
            put(&folder, "a.xlsx", b"list").unwrap();
            let modes = [mode_of(&folder), mode_of(&folder.join("a.xlsx"))];
            assert_eq!(modes, [of_folder, of_file], "{of_outbox:o}");
        }
    }

    #[test]
    fn a_file_is_put_once_and_never_written_over() {
        let outbox = tempfile::tempdir().unwrap();
        let folder = folder(outbox.path(), "1-镇").unwrap();
        // What a killed process left.
        fs::write(folder.join(".a.xlsx.part"), "ha").unwrap();
        put(&folder, "a.xlsx", b"list").unwrap();
        put(&folder, "a.xlsx", b"list").unwrap();
        assert_eq!(disk::names(&folder).unwrap(), ["a.xlsx"]);
        let (reason, place) = put(&folder, "a.xlsx", b"another").unwrap_err();
        assert_eq!((reason, place.ends_with("1-镇/a.xlsx")), (Reason::Differs, true));
        assert_eq!(fs::read(folder.join("a.xlsx")).unwrap(), b"list");
    }

    #[test]
    fn an_outbox_that_is_not_there_is_not_made() {
        let home = tempfile::tempdir().unwrap();
        let outbox = home.path().join("share/outbox");
        assert_eq!(folder(&outbox, "1-镇").unwrap_err().0, Reason::OutboxMissing);
        assert!(!home.path().join("share").exists());
        fs::write(home.path().join("share"), "a file").unwrap();
        assert_eq!(folder(&home.path().join("share"), "1").unwrap_err().0, Reason::OutboxMissing);
    }
}
