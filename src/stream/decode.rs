//! Before whoever looks at a stream: one in UTF-16 is decoded for them, any other goes through untouched.
//!
//! PowerShell writes UTF-16 where output is redirected (`aws … > log 2>&1`). It is known by the byte order mark in the
//! first two bytes; beyond those nothing is looked at. Of a stream in UTF-16 half a letter waits for its other half, so at
//! most three bytes; the sink is told how to write back what it gets ([`Sink::encoded`]).

use super::{Encoding, Sink};
use crate::error::Result;

/// How much UTF-16 is read at once: 32 KiB, of which at most 48 KiB of text are made.
const ROOM: usize = 32 << 10;

/// Stands before a sink.
#[derive(Debug)]
pub struct Decoder<'s, S> {
    sink: &'s mut S,
    state: State,
}

#[derive(Debug)]
enum State {
    /// So much of the byte order mark lies in the sink's room: no byte, or the first.
    Start(usize),
    /// Nothing is done.
    Untouched,
    Decoding(Box<Buffer>),
}

#[derive(Debug)]
struct Buffer {
    from: Encoding,
    bytes: Vec<u8>,
    /// How many bytes of a letter that is not whole stand at the front.
    kept: usize,
    text: Vec<u8>,
}

impl<'s, S: Sink> Decoder<'s, S> {
    /// A decoder before this sink.
    pub fn new(sink: &'s mut S) -> Self {
        let state = State::Start(0);
        Self { sink, state }
    }

    /// The first bytes have come, or all there are where `whole`.
    fn start(&mut self, count: usize, whole: bool) -> Result<()> {
        let head = &self.sink.room()[..count];
        if !whole && matches!(head, [0xfe | 0xff]) {
            self.state = State::Start(count);
            return Ok(());
        }
        let from = Encoding::of(head);
        if from == Encoding::Bytes {
            self.state = State::Untouched;
            return self.sink.arrived(count);
        }
        let head = head.to_vec();
        self.state = State::Decoding(Box::new(Buffer {
            from,
            bytes: vec![0; ROOM],
            kept: 0,
            text: Vec::new(),
        }));
        self.sink.encoded(from)?;
        self.push(&head)
    }
}

impl<S: Sink> Sink for Decoder<'_, S> {
    fn room(&mut self) -> &mut [u8] {
        match &mut self.state {
            State::Start(come) => &mut self.sink.room()[*come..],
            State::Untouched => self.sink.room(),
            State::Decoding(buffer) => &mut buffer.bytes[buffer.kept..],
        }
    }

    fn arrived(&mut self, count: usize) -> Result<()> {
        match &mut self.state {
            State::Start(come) => {
                let come = *come + count;
                self.start(come, false)
            }
            State::Untouched => self.sink.arrived(count),
            State::Decoding(buffer) => buffer.pass(count, false, self.sink),
        }
    }

    fn idle(&mut self) -> Result<()> {
        if let State::Start(come @ 1..) = self.state {
            self.start(come, true)?;
        }
        self.sink.idle()
    }

    fn waits(&self) -> bool {
        matches!(self.state, State::Start(1..)) || self.sink.waits()
    }

    fn finish(&mut self) -> Result<()> {
        match &mut self.state {
            State::Start(come @ 1..) => {
                let come = *come;
                self.start(come, true)?;
            }
            State::Decoding(buffer) => buffer.pass(0, true, self.sink)?,
            _ => {}
        }
        self.sink.finish()
    }
}

impl Buffer {
    /// Decodes what has come and passes it on.
    fn pass(&mut self, count: usize, ended: bool, sink: &mut impl Sink) -> Result<()> {
        let come = self.kept + count;
        self.text.clear();
        let taken = self.from.decode(&self.bytes[..come], ended, &mut self.text);
        self.bytes.copy_within(taken..come, 0);
        self.kept = come - taken;
        sink.push(&self.text)
    }
}
