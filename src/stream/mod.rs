//! Bytes in, the same bytes out, and a memory of the last of them.
//!
//! [`Window`] is the buffer that is read into and written from; it keeps the last [`KEPT`] bytes that passed, so that an
//! error whose mark stands behind its head can still be read from the start. [`pump()`] moves the bytes: it writes what came
//! before it reads again, and reports a pause only where somebody waits for one. [`unpack()`] does the same for a file, which may
//! be packed. [`Decoder`] stands before whoever looks, for text in UTF-16.
//!
//! This layer knows nothing of AWS.

mod decode;
mod encoding;
mod pump;
mod twin;
mod unpack;
mod window;

pub use decode::Decoder;
pub use encoding::Encoding;
pub use pump::{Sink, Source, pump};
pub use twin::Twin;
pub use unpack::{Progress, unpack};
pub use window::{KEPT, Window};
