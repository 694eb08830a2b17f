//! One run of a pipeline at a time: a lock that dies with its process.

use std::{
    fs::{File, OpenOptions, TryLockError},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use super::folder;
use crate::error::{Error, Result};

/// The right to publish runs of a pipeline. Hold it for the whole run; it ends with the value,
/// or with the process, however that ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of a pipeline, or says that another run holds it.
    pub fn take(out: &Path, pipeline: &str) -> Result<Lock> {
        let home = out.join(pipeline);
        folder::create(&home)?;
        let path = home.join(".lock");
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .mode(folder::FILE_MODE)
            .open(&path)
            .map_err(Error::io("open the lock", &path))?;
        folder::set_mode(&path, folder::FILE_MODE)?;
        match file.try_lock() {
            Ok(()) => Ok(Lock { _file: file }),
            Err(TryLockError::WouldBlock) => Err(Error::Locked(path)),
            Err(TryLockError::Error(source)) => {
                Err(Error::Io { doing: "take the lock", path, source })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_run_is_refused_until_the_first_has_ended() {
        let out = tempfile::tempdir().unwrap();
        let first = Lock::take(out.path(), "lengshi").unwrap();
        let refused = Lock::take(out.path(), "lengshi").unwrap_err();
        assert_eq!(refused.exit_code(), 4, "{refused}");
        assert!(Lock::take(out.path(), "another").is_ok());
        drop(first);
        assert!(Lock::take(out.path(), "lengshi").is_ok());
    }
}
