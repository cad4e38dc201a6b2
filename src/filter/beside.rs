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

/// The way of one stream to a teller that others share.
#[derive(Debug)]
pub struct Beside<'t> {
    teller: &'t Mutex<Teller>,
    /// Where its bytes go, where that is not the teller's output.
    out: Option<Output>,
    /// How its bytes are written there.
    encoding: Encoding,
    fault: Option<Error>,
}

impl<'t> Beside<'t> {
    /// The stream that notes stand in, or with an output of its own another one.
    #[must_use]
    pub fn new(teller: &'t Mutex<Teller>, out: Option<Output>) -> Self {
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

    /// The teller; what it wrote before a panic elsewhere stays written.
    fn teller(&self) -> MutexGuard<'t, Teller> {
        self.teller.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Tell for Beside<'_> {
    fn encoded(&mut self, encoding: Encoding) -> Result<()> {
        if self.out.is_none() {
            return self.teller().encoded(encoding);
        }
        self.encoding = encoding;
        Ok(())
    }

    fn verbatim(&mut self, bytes: &[u8]) -> Result<()> {
        match &mut self.out {
            Some(out) => out.put(&self.encoding.encode(bytes)),
            None => self.teller().verbatim(bytes),
        }
    }

    fn told(&mut self, told: Told, unfinished: bool) -> Result<()> {
        let done = if self.out.is_some() {
            self.teller().aside(&told)
        } else {
            self.teller().told(told, unfinished)
        };
        if let Err(fault) = done {
            self.fault.get_or_insert(fault);
        }
        Ok(())
    }

    fn again(&mut self, key: u64, place: Place) -> Result<()> {
        self.teller().again(key, place)
    }
}
