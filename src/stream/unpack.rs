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
    BlockDecodingStrategy::UptoBlocks,
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
        return pump(&Source::new(descriptor, name), sink);
    }
    let mut head = [0; 4];
    let count = rustix::io::pread(file, &mut head, 0).map_err(|errno| failed(errno.into()))?;
    let counted = Counted { file, progress };
    let mut packed = BufReader::with_capacity(64 << 10, counted.take(before.len()));
    let read = match &head[..count] {
        [0x1f, 0x8b, 8, ..] => {
            drain(&mut MultiGzDecoder::new(packed), sink).map_err(|failed| failed.of("gzip"))
        }
        [0x28, 0xb5, 0x2f, 0xfd] | [0x50..=0x5f, 0x2a, 0x4d, 0x18] => {
            frames(&mut packed, sink).map_err(|failed| failed.of("zstd"))
        }
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

/// A last block without content, and room for a checksum.
const END_OF_FRAME: &[u8] = &[1, 0, 0, 0, 0, 0, 0];

/// Why a file was not read to its end.
enum Failed {
    /// It could not be read or unpacked.
    Reading(io::Error),
    /// What was read could not be passed on.
    Passing(Error),
}

impl Failed {
    /// The same in plain words where the fault is that of packed data, and in the system's where a read failed.
    fn of(self, packing: &str) -> Self {
        let Self::Reading(fault) = self else {
            return self;
        };
        let mut cut = false;
        let mut within: Option<&(dyn std::error::Error + 'static)> = Some(&fault);
        while let Some(cause) = within {
            let Some(reading) = cause.downcast_ref::<io::Error>() else {
                within = cause.source();
                continue;
            };
            if let Some(code) = reading.raw_os_error() {
                return Self::Reading(io::Error::from_raw_os_error(code));
            }
            cut |= reading.kind() == io::ErrorKind::UnexpectedEof;
            within = reading.get_ref().map(|cause| cause as _);
        }
        let what = if cut { "breaks off" } else { "is damaged" };
        Self::Reading(io::Error::other(format!(
            "its {packing} data {what}; what stands before that place is passed on"
        )))
    }
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
                let read = drain(&mut frame, sink);
                let decoder = &mut frame.decoder;
                if matches!(read, Err(Failed::Reading(_)))
                    && decoder.decode_blocks(END_OF_FRAME, UptoBlocks(1)).is_ok()
                {
                    // What was kept since later blocks could have referred to it.
                    drain(decoder, sink)?;
                }
                read?;
                let wanted = decoder.get_checksum_from_data();
                if wanted.is_some() && wanted != decoder.get_calculated_checksum() {
                    return Err(Failed::Reading(io::ErrorKind::InvalidData.into()));
                }
            }
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                length,
                ..
            })) => {
                io::copy(&mut packed.take(length.into()), &mut io::sink())
                    .map_err(Failed::Reading)?;
            }
            Err(fault) => return Err(Failed::Reading(io::Error::other(fault))),
        }
    }
    Ok(())
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
