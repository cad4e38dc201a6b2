//! Where bytes are written to.

use std::io::{self, Write};

use crate::error::{Error, Result};

/// Something to write to, with the name that an error message calls it by.
pub struct Output {
    /// Where to.
    pub to: Box<dyn Write + Send>,
    /// Its name.
    pub name: String,
}

impl std::fmt::Debug for Output {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.name)
    }
}

impl Output {
    /// Writes all of it, waiting where the other side of a non-blocking pipe is full.
    pub fn put(&mut self, mut bytes: &[u8]) -> Result<()> {
        while !bytes.is_empty() {
            match self.to.write(bytes) {
                Ok(0) => return Err(self.failed(io::ErrorKind::WriteZero.into())),
                Ok(count) => bytes = &bytes[count..],
                Err(fault) if fault.kind() == io::ErrorKind::Interrupted => {}
                Err(fault) if fault.kind() == io::ErrorKind::WouldBlock => {
                    std::thread::sleep(std::time::Duration::from_millis(1));
                }
                Err(fault) => return Err(self.failed(fault)),
            }
        }
        Ok(())
    }

    fn failed(&self, source: io::Error) -> Error {
        Error::Write {
            to: self.name.clone(),
            source,
        }
    }
}
