//! One teller for streams that are read at the same time, of a command that must not suffer from us.
//!
//! The stream that the notes stand in passes through the teller. Another one passes to an output of its own, and only its
//! errors are told there. Where a note cannot be written, the bytes pass on all the same.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{Output, Tell, Teller};
use crate::{
    error::{Error, Result},
    render::{Place, Told},
    stream::Encoding,
};

/// A teller that several streams share.
#[derive(Debug)]
pub struct Shared(Mutex<Teller>);

impl Shared {
    /// Shares it.
    #[must_use]
    pub fn new(teller: Teller) -> Self {
        Self(Mutex::new(teller))
    }

    /// The teller, for one stream at a time; what it wrote before a panic elsewhere stays written.
    pub fn lock(&self) -> MutexGuard<'_, Teller> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The way of one stream to a teller that others share.
#[derive(Debug)]
pub struct Beside<'t> {
    teller: &'t Shared,
    /// Where its bytes go, where that is not the teller's output.
    out: Option<Output>,
    /// How its bytes are written there.
    encoding: Encoding,
    fault: Option<Error>,
}

impl<'t> Beside<'t> {
    /// The stream that notes stand in, or with an output of its own another one.
    #[must_use]
    pub fn new(teller: &'t Shared, out: Option<Output>) -> Self {
        Self {
            teller,
            out,
            encoding: Encoding::default(),
            fault: None,
        }
    }

    /// Why the first of the notes that could not be written was not.
    #[must_use]
    pub fn fault(self) -> Option<Error> {
        self.fault
    }
}

impl Tell for Beside<'_> {
    fn encoded(&mut self, encoding: Encoding) -> Result<()> {
        if self.out.is_none() {
            return self.teller.lock().encoded(encoding);
        }
        self.encoding = encoding;
        Ok(())
    }

    fn verbatim(&mut self, bytes: &[u8]) -> Result<()> {
        match &mut self.out {
            Some(out) => out.put(&self.encoding.encode(bytes)),
            None => self.teller.lock().verbatim(bytes),
        }
    }

    fn told(&mut self, told: Told, unfinished: bool) -> Result<()> {
        let done = if self.out.is_some() {
            self.teller.lock().aside(&told)
        } else {
            self.teller.lock().told(told, unfinished)
        };
        if let Err(fault) = done {
            self.fault.get_or_insert(fault);
        }
        Ok(())
    }

    fn again(&mut self, key: u64, place: Place) -> Result<()> {
        self.teller.lock().again(key, place)
    }
}
