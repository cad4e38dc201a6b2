//! A log file as it is read: plain or packed, told by its first bytes and not by its name.
//!
//! A regular file is read as far as it reached when it was opened, so that a log that is still written (perhaps by us)
//! comes to an end; that it grew or shrank meanwhile is a failure of that file, told when its bytes have passed. What is no
//! regular file (a named pipe) is read as it comes, and is never unpacked.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read, Take},
    sync::atomic::{AtomicU64, Ordering},
};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::{
    StreamingDecoder,
    errors::{FrameDecoderError, ReadFrameHeaderError},
};

use super::{Sink, Source, pump};
use crate::error::{Error, Result};

/// How far reading has come, in bytes of the files as they lie on the disk; shared by all who read.
pub type Progress = AtomicU64;

/// The packed bytes of a file, up to the length that it had.
type Packed<'f> = BufReader<Take<Counted<'f>>>;

/// Moves all of a file into the sink.
pub fn unpack(file: &File, name: &str, progress: &Progress, sink: &mut impl Sink) -> Result<()> {
    let failed = |source: io::Error| Error::Read {
        from: name.to_owned(),
        source,
    };
    let before = file.metadata().map_err(failed)?;
    if before.is_dir() {
        return Err(failed(io::Error::other(
            "it is a folder; add --recursive to read what is in it",
        )));
    }
    if !before.is_file() || before.len() == 0 {
        // A file of the system may say that it is empty, and is not.
        let descriptor = file;
        return pump(&Source { descriptor, name }, sink);
    }
    let mut head = [0; 4];
    let count = rustix::io::pread(file, &mut head, 0).map_err(|errno| failed(errno.into()))?;
    let counted = Counted { file, progress };
    let mut packed = BufReader::with_capacity(64 << 10, counted.take(before.len()));
    let read = match &head[..count] {
        [0x1f, 0x8b, 8, ..] => drain(&mut MultiGzDecoder::new(packed), sink),
        [0x28, 0xb5, 0x2f, 0xfd] | [0x50..=0x5f, 0x2a, 0x4d, 0x18] => frames(&mut packed, sink),
        _ => drain(packed.get_mut(), sink),
    };
    sink.finish()?;
    match read {
        Err(Failed::Reading(source)) => return Err(failed(source)),
        Err(Failed::Passing(fault)) => return Err(fault),
        Ok(()) => {}
    }
    let after = file.metadata().map_err(failed)?.len();
    let changed = |what: &str| Err(failed(io::Error::other(what.to_owned())));
    match after.cmp(&before.len()) {
        std::cmp::Ordering::Greater => {
            changed("it grew while it was read; what came behind was left out")
        }
        std::cmp::Ordering::Less => changed("it was cut while it was read"),
        std::cmp::Ordering::Equal => Ok(()),
    }
}

/// Why a file was not read to its end.
enum Failed {
    /// It could not be read or unpacked.
    Reading(io::Error),
    /// What was read could not be passed on.
    Passing(Error),
}

/// All that the reader gives, into the sink.
fn drain(from: &mut impl Read, sink: &mut impl Sink) -> Result<(), Failed> {
    loop {
        match from.read(sink.room()) {
            Ok(0) => return Ok(()),
            Ok(count) => sink.arrived(count).map_err(Failed::Passing)?,
            Err(fault) if fault.kind() == io::ErrorKind::Interrupted => {}
            Err(fault) => return Err(Failed::Reading(fault)),
        }
    }
}

/// The frames of a zstd file one after the other; frames that are to be skipped are.
fn frames(packed: &mut Packed<'_>, sink: &mut impl Sink) -> Result<(), Failed> {
    while !packed.fill_buf().map_err(Failed::Reading)?.is_empty() {
        match StreamingDecoder::new(&mut *packed) {
            Ok(mut frame) => {
                drain(&mut frame, sink)?;
                let decoder = &frame.decoder;
                let wanted = decoder.get_checksum_from_data();
                if wanted.is_some() && wanted != decoder.get_calculated_checksum() {
                    return Err(broken("the checksum is not that of what was unpacked"));
                }
            }
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                length,
                ..
            })) => {
                io::copy(&mut packed.take(length.into()), &mut io::sink())
                    .map_err(Failed::Reading)?;
            }
            Err(fault) => return Err(broken(&fault.to_string())),
        }
    }
    Ok(())
}

fn broken(what: &str) -> Failed {
    Failed::Reading(io::Error::new(io::ErrorKind::InvalidData, what.to_owned()))
}

/// A file whose reads are counted.
struct Counted<'f> {
    file: &'f File,
    progress: &'f Progress,
}

impl Read for Counted<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(into)?;
        self.progress.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}
