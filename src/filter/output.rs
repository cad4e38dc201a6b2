//! Where bytes are written to.

use std::{
    fs::File,
    io::{self, Write},
    os::fd::AsFd,
    sync::Arc,
};

use crate::{
    error::{Error, Result},
    stream::Twin,
};

/// Something to write to, with the name that an error message calls it by.
pub struct Output {
    /// Where to.
    pub to: File,
    /// Its name.
    pub name: String,
    /// A shorter way there for what passes as it came.
    pub twin: Option<Arc<Twin>>,
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

    /// Writes bytes that passed as they came.
    pub fn pass(&mut self, bytes: &[u8]) -> Result<()> {
        let twin = self.twin.as_ref();
        let passed = twin.map_or(0, |twin| twin.pass(bytes.len()));
        self.put(&bytes[passed..])
    }

    /// A shorter way from this input; `None` where there is none.
    pub fn twin(&mut self, input: &impl AsFd) -> Option<Arc<Twin>> {
        self.twin = Twin::between(input, &self.to).map(Arc::new);
        self.twin.clone()
    }

    /// Nothing will pass as it came.
    pub fn part(&mut self) {
        if let Some(twin) = self.twin.take() {
            twin.give_up();
        }
    }

    fn failed(&self, source: io::Error) -> Error {
        Error::Write {
            to: self.name.clone(),
            source,
        }
    }
}
