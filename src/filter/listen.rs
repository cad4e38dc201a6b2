//! Between the filter and whoever tells: what is news is explained, what is not is only counted.

use std::sync::Arc;

use super::{Explainer, Heard, Pieces, Quiet};
use crate::{
    diagnose::Extent,
    error::Result,
    knowledge::Knowledge,
    recognise::{AwsError, Recognised},
    render::{Place, Told},
    secrets::{Also, Mask},
    stream::Encoding,
};

/// How often the same error is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// Once.
    Once,
    /// Once in full, then in one line.
    Brief,
    /// Every time in full.
    Full,
}

/// What the one who tells wants to hear.
#[derive(Debug, Clone, Copy)]
pub struct Wishes {
    /// The input's bytes.
    pub verbatim: bool,
    /// The numbers of lines.
    pub lines: bool,
    /// Every occurrence, whatever `repeat` says.
    pub all: bool,
    /// How much of the causes.
    pub extent: Extent,
    /// The same error again.
    pub repeat: Repeat,
    /// Secrets masked in the input's bytes, and what else is.
    pub redact: Option<Also>,
}

/// Takes what was heard, in the order of the input.
pub trait Tell {
    /// The input that began is written like this, and so is what stands among it.
    fn encoded(&mut self, encoding: Encoding) -> Result<()>;
    /// Bytes of the input, or its text where it was decoded.
    fn verbatim(&mut self, bytes: &[u8]) -> Result<()>;
    /// An error to tell; `unfinished` as in [`Pieces::recognised`].
    fn told(&mut self, told: Told, unfinished: bool) -> Result<()>;
    /// An error that was told before and is not told again.
    fn again(&mut self, key: u64, place: Place) -> Result<()>;
}

/// Listens to the filter over one input.
#[derive(Debug)]
pub struct Listener<'l, 'h, T> {
    explainer: &'l Explainer<'h>,
    wishes: Wishes,
    file: Option<Arc<str>>,
    quiet: Quiet,
    /// Masks what passes, where that is wanted.
    mask: Option<Mask>,
    to: &'l mut T,
}

impl<'l, 'h, T: Tell> Listener<'l, 'h, T> {
    /// A listener to an input; `file` where it is one.
    pub fn new(
        explainer: &'l Explainer<'h>,
        wishes: Wishes,
        file: Option<&str>,
        to: &'l mut T,
    ) -> Self {
        Self {
            explainer,
            wishes,
            file: file.map(Arc::from),
            quiet: Quiet::default(),
            mask: wishes.redact.map(Mask::new),
            to,
        }
    }
}

impl<T> Listener<'_, '_, T> {
    /// Whether nothing but a count is told of an error that comes again, whichever it is.
    fn is_silent(&self) -> bool {
        self.wishes.repeat == Repeat::Once && !self.wishes.all && self.explainer.ignores_none()
    }
}

impl<T: Tell> Pieces for Listener<'_, '_, T> {
    fn verbatim(&mut self, bytes: &[u8]) -> Result<()> {
        if !self.wishes.verbatim {
            return Ok(());
        }
        let Some(mask) = &mut self.mask else {
            return self.to.verbatim(bytes);
        };
        let mut masked = Vec::with_capacity(bytes.len());
        mask.put(bytes, &mut masked);
        self.to.verbatim(&masked)
    }

    fn encoded(&mut self, encoding: Encoding) -> Result<()> {
        self.to.encoded(encoding)
    }

    fn holds(&self) -> bool {
        self.mask.as_ref().is_some_and(Mask::holds)
    }

    fn release(&mut self) -> Result<()> {
        let Some(mask) = &mut self.mask else {
            return Ok(());
        };
        let mut masked = Vec::new();
        mask.pause(&mut masked);
        if masked.is_empty() {
            return Ok(());
        }
        self.to.verbatim(&masked)
    }

    fn noticed(&mut self) {
        self.explainer.look();
    }

    fn counts_lines(&self) -> bool {
        self.wishes.lines
    }

    fn knowledge(&self) -> Option<&Knowledge> {
        Some(self.explainer.knowledge())
    }

    fn hears(&mut self, key: u64, error: Option<&AwsError>) -> bool {
        self.is_silent()
            && match error {
                None => self.quiet.knows(key),
                Some(error) => self.quiet.hear(key, error, 0) != Heard::First,
            }
    }

    fn again(&mut self, key: u64, start: u64, lines: Option<(u64, u64)>) -> Result<()> {
        let place = Place {
            file: self.file.clone(),
            lines,
            offset: start,
        };
        self.to.again(key, place)
    }

    fn recognised(
        &mut self,
        recognised: &Recognised,
        lines: Option<(u64, u64)>,
        unfinished: bool,
    ) -> Result<()> {
        let error = &recognised.error;
        if self.explainer.ignores(error) {
            return Ok(());
        }
        let key = error.key();
        let heard = if self.is_silent() {
            Heard::First
        } else {
            self.quiet
                .hear(key, error, lines.map_or(0, |(first, _)| first))
        };
        let place = Place {
            file: self.file.clone(),
            lines,
            offset: recognised.place.start,
        };
        let repeat_of = match heard {
            Heard::First => None,
            Heard::Again(line) => Some(line),
        };
        let repeats = repeat_of.is_some() && !self.wishes.all;
        if repeats && self.wishes.repeat == Repeat::Once {
            return self.to.again(key, place);
        }
        let told = Told {
            error: error.clone(),
            line: recognised.line.clone(),
            place,
            explanation: self.explainer.explain(error, self.wishes.extent),
            repeat_of,
            brief: repeats && self.wishes.repeat == Repeat::Brief,
            key,
        };
        // A note among the input stands behind all that came before it.
        self.release()?;
        self.to.told(told, unfinished)
    }
}
