//! The last bytes that passed, in one piece of memory.

/// How many bytes that have passed stay readable.
pub const KEPT: usize = 64 << 10;
/// How many bytes one read may bring.
const READ: usize = 128 << 10;
/// The kept bytes move to the front before each full read. That half of what is read moves once within the processor's
/// second cache costs too little to be measured, and so the buffer is small.
const SIZE: usize = KEPT + READ;

/// What the system copies to a page's start it copies at twice the speed of what it copies elsewhere, on some processors.
const PAGE: usize = 4 << 10;

/// A buffer over the end of a stream; all positions are byte offsets in the stream, from 0.
#[derive(Debug)]
pub struct Window {
    buffer: Vec<u8>,
    /// The place in the buffer where a page starts; what is before it is not used.
    start: usize,
    filled: usize,
    /// The stream's offset of `buffer[0]`.
    base: u64,
}

impl Default for Window {
    fn default() -> Self {
        let buffer = vec![0; SIZE + PAGE];
        Self {
            start: buffer.as_ptr().align_offset(PAGE).min(PAGE),
            buffer,
            filled: 0,
            base: 0,
        }
    }
}

impl Window {
    /// Room for the next read; never empty. What is older than [`KEPT`] bytes may be forgotten by this.
    pub fn room(&mut self) -> &mut [u8] {
        if SIZE - self.filled < READ {
            let forgotten = self.filled - KEPT.min(self.filled);
            let kept = self.start + forgotten..self.start + self.filled;
            self.buffer.copy_within(kept, self.start);
            self.base += forgotten as u64;
            self.filled -= forgotten;
        }
        &mut self.buffer[self.start + self.filled..][..READ]
    }

    /// Takes the first `count` bytes of the room as arrived.
    pub fn arrived(&mut self, count: usize) {
        self.filled += count;
        debug_assert!(
            self.filled <= SIZE,
            "a read brings no more than the room holds"
        );
    }

    /// The offset of the oldest byte that is still here.
    #[must_use]
    pub fn oldest(&self) -> u64 {
        self.base
    }

    /// The offset behind the newest byte.
    #[must_use]
    pub fn end(&self) -> u64 {
        self.base + self.filled as u64
    }

    /// The bytes from one offset to another, as far as they are still here.
    #[must_use]
    pub fn bytes(&self, from: u64, to: u64) -> &[u8] {
        let place =
            |offset: u64| (offset.max(self.base) - self.base).min(self.filled as u64) as usize;
        let (from, to) = (place(from), place(to));
        &self.buffer[self.start..][from..to.max(from)]
    }

    /// The offset behind the next line break at or after `from`; `None` where none has arrived.
    #[must_use]
    pub fn line_end(&self, from: u64) -> Option<u64> {
        let from = from.max(self.base);
        memchr::memchr(b'\n', self.bytes(from, self.end())).map(|at| from + at as u64 + 1)
    }

    /// The offset of the start of the line that `at` stands in, looking back no further than `limit`.
    #[must_use]
    pub fn line_start(&self, at: u64, limit: u64) -> u64 {
        self.lines_start(at, 0, limit)
    }

    /// The offset where at most `count` lines before the one that starts at `at` begin, looking back no further than
    /// `limit`.
    #[must_use]
    pub fn lines_start(&self, at: u64, count: usize, limit: u64) -> u64 {
        let limit = limit.max(self.base);
        memchr::memrchr_iter(b'\n', self.bytes(limit, at))
            .nth(count)
            .map_or(limit, |place| limit + place as u64 + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn push(window: &mut Window, bytes: &[u8]) {
        for piece in bytes.chunks(READ) {
            window.room()[..piece.len()].copy_from_slice(piece);
            window.arrived(piece.len());
        }
    }

    #[test]
    fn the_last_bytes_stay_readable_whatever_has_passed() {
        let mut window = Window::default();
        let text: Vec<u8> = (0..3_000_000_u32).flat_map(u32::to_le_bytes).collect();
        push(&mut window, &text);
        assert_eq!(window.end(), text.len() as u64);
        assert_eq!(
            window.bytes(window.end() - KEPT as u64, window.end()),
            &text[text.len() - KEPT..]
        );
    }

    #[test]
    fn lines_are_found_by_offset() {
        let mut window = Window::default();
        push(&mut window, b"one\ntwo\nthree");
        assert_eq!(window.line_end(4), Some(8));
        assert_eq!(window.line_end(8), None);
        assert_eq!(window.line_start(6, 0), 4);
        assert_eq!(window.line_start(6, 5), 5);
        assert_eq!(window.lines_start(8, 1, 0), 4);
        assert_eq!(window.lines_start(8, 2, 0), 0);
        assert_eq!(window.lines_start(8, 2, 1), 1);
        assert_eq!(window.lines_start(0, 2, 0), 0);
    }
}
