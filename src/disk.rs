//! Files and folders for their owner's eyes only, whatever the umask, and safe when the power fails.

use std::{
    fs::{self, DirBuilder, File, OpenOptions, Permissions},
    io::{ErrorKind, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::Path,
};

use sha2::{Digest, Sha256};

use crate::error::{Error, Result};

/// Files are for their owner only.
pub const FILE_MODE: u32 = 0o600;
/// And so are folders.
pub const FOLDER_MODE: u32 = 0o700;

/// The hash of some bytes, as everybody prints it.
pub fn sha256(content: &[u8]) -> String {
    Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Creates a folder and those above it, each for its owner only, whatever the umask.
pub fn create(folder: &Path) -> Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    if let Some(parent) = folder.parent().filter(|it| !it.as_os_str().is_empty()) {
        create(parent)?;
    }
    match DirBuilder::new().mode(FOLDER_MODE).create(folder) {
        Ok(()) => set_mode(folder, FOLDER_MODE),
        // Another thread was faster.
        Err(error) if error.kind() == ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
        Err(source) => Err(Error::Io { doing: "create a folder", path: folder.into(), source }),
    }
}

/// Sets the mode, which creation leaves to the umask.
pub fn set_mode(path: &Path, mode: u32) -> Result<()> {
    fs::set_permissions(path, Permissions::from_mode(mode))
        .map_err(Error::io("set the permissions", path))
}

/// Writes a file that must not be there yet, and waits until the disk has it.
pub fn write_new(path: &Path, content: &[u8]) -> Result<()> {
    let mut file = OpenOptions::new()
        .create_new(true)
        .write(true)
        .mode(FILE_MODE)
        .open(path)
        .map_err(Error::io("create a file", path))?;
    set_mode(path, FILE_MODE)?;
    file.write_all(content).map_err(Error::io("write", path))?;
    file.sync_all().map_err(Error::io("flush", path))
}

/// The names in a folder, in order.
pub fn names(folder: &Path) -> Result<Vec<String>> {
    let read = |source| Error::Io { doing: "read a folder", path: folder.into(), source };
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(read)? {
        names.push(entry.map_err(read)?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

/// Waits until the disk knows the entries of a folder.
pub fn sync(folder: &Path) -> Result<()> {
    let opened = File::open(folder).and_then(|it| it.sync_all());
    opened.map_err(Error::io("flush a folder", folder))
}
