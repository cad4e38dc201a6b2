//! What a listener tells on one thread and a teller writes on another.

use super::{Queue, Tell};
use crate::{
    error::Result,
    render::{Place, Told},
    stream::Encoding,
};

/// One thing that was told; see [`Tell`].
#[derive(Debug)]
pub enum Relayed {
    /// The input is written like this.
    Encoded(Encoding),
    /// Bytes of it.
    Verbatim(Vec<u8>),
    /// An error, and whether the input has ended without a line break.
    Told(Box<Told>, bool),
    /// An error that was told before.
    Again(u64, Place),
}

impl Relayed {
    /// Tells it.
    pub fn to(self, teller: &mut impl Tell) -> Result<()> {
        match self {
            Self::Encoded(encoding) => teller.encoded(encoding),
            Self::Verbatim(bytes) => teller.verbatim(&bytes),
            Self::Told(told, unfinished) => teller.told(*told, unfinished),
            Self::Again(key, place) => teller.again(key, place),
        }
    }
}

impl Tell for Queue<Relayed> {
    fn encoded(&mut self, encoding: Encoding) -> Result<()> {
        self.put(Relayed::Encoded(encoding))
    }

    fn verbatim(&mut self, bytes: &[u8]) -> Result<()> {
        self.put(Relayed::Verbatim(bytes.to_vec()))
    }

    fn told(&mut self, told: Told, unfinished: bool) -> Result<()> {
        self.put(Relayed::Told(Box::new(told), unfinished))
    }

    fn again(&mut self, key: u64, place: Place) -> Result<()> {
        self.put(Relayed::Again(key, place))
    }
}
