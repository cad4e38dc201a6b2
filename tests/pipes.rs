//! Between two pipes a saturated stream takes a shorter way (`stream::Twin`). What comes out is what comes out of a file,
//! byte for byte and note for note, whoever is slow and wherever the way ends. Only where a read happened to end right behind
//! an error may its note stand a line further down.
#![cfg(target_os = "linux")]

#[path = "data/running.rs"]
#[allow(dead_code, reason = "each test file takes its part of it")]
mod running;

use std::{
    fs::File,
    io::{PipeReader, Read, Write},
    os::fd::AsFd,
    process::{Child, Stdio},
    thread,
    time::Duration,
};

use running::{Folder, INVALID_TOKEN, NO_SUCH_BUCKET, command};
use rustix::{
    io::{FdFlags, ioctl_fionbio},
    pipe::fcntl_getpipe_size,
};

/// How much a pipe holds where nobody has changed it: 64 KiB.
const USUAL: usize = 64 << 10;

/// Some megabytes of a log with errors in it, the last of them without a line break.
fn log() -> Vec<u8> {
    let mut log = Vec::new();
    for number in 0..60_000 {
        writeln!(
            log,
            "{number} a line of an ordinary log, with é and \u{1b}[32mcolour\u{1b}[0m"
        )
        .unwrap();
        match number % 9_000 {
            4_000 => log.extend_from_slice(INVALID_TOKEN.as_bytes()),
            8_000 => log.extend_from_slice(NO_SUCH_BUCKET.as_bytes()),
            _ => {}
        }
    }
    log.extend_from_slice(
        b"An error occurred (AccessDenied) when calling the GetObject operation: Access Denied",
    );
    log
}

/// What comes out where neither side is a pipe.
fn through_files(arguments: &[&str], log: &[u8]) -> Vec<u8> {
    let folder = Folder::new("through-files");
    let (input, output) = (folder.0.join("in"), folder.0.join("out"));
    std::fs::write(&input, log).unwrap();
    let mut command = command(arguments);
    command.stdin(File::open(&input).unwrap());
    command.stdout(File::create(&output).unwrap());
    assert!(command.status().unwrap().success());
    std::fs::read(output).unwrap()
}

/// The program between two pipes of this test's own, fed with the log.
fn between_pipes(arguments: &[&str], log: &[u8], blocking: bool) -> (Child, PipeReader) {
    let (input, mut feeder) = std::io::pipe().unwrap();
    let (reader, output) = std::io::pipe().unwrap();
    assert!(
        rustix::io::fcntl_getfd(&reader)
            .unwrap()
            .contains(FdFlags::CLOEXEC)
    );
    if !blocking {
        ioctl_fionbio(&input, true).unwrap();
        ioctl_fionbio(&output, true).unwrap();
    }
    let mut command = command(arguments);
    command
        .stdin(Stdio::from(input))
        .stdout(Stdio::from(output));
    let child = command.spawn().unwrap();
    drop(command);
    let log = log.to_vec();
    thread::spawn(move || {
        let _ = feeder.write_all(&log);
    });
    (child, reader)
}

fn from_utf16(bytes: &[u8]) -> String {
    let units = bytes
        .chunks(2)
        .map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    String::from_utf16(&units.collect::<Vec<_>>()).unwrap()
}

/// The lines that passed, and apart from them those of notes.
fn parted(output: &[u8]) -> (Vec<&[u8]>, Vec<&[u8]>) {
    let lines = output.split_inclusive(|byte| *byte == b'\n');
    lines.partition(|line| !line.starts_with("  \u{2503}".as_bytes()))
}

fn width(pipe: impl AsFd) -> usize {
    fcntl_getpipe_size(pipe).unwrap()
}

/// All that comes, with a pause now and then.
fn read_slowly(mut reader: impl Read) -> Vec<u8> {
    let (mut all, mut part) = (Vec::new(), vec![0; 100_000]);
    while let Ok(count @ 1..) = reader.read(&mut part) {
        all.extend_from_slice(&part[..count]);
        if all.len() % 7 == 0 {
            thread::sleep(Duration::from_millis(5));
        }
    }
    all
}

#[test]
fn what_comes_out_is_what_comes_out_of_a_file() {
    let log = log();
    for arguments in [
        &["--check", "never"][..],
        &["--check", "never", "--repeat", "full"],
        &["--check", "never", "--redact"],
        &["--check", "never", "--notes", "/dev/null"],
        &["--format", "jsonl", "--check", "never"],
    ] {
        let (mut child, reader) = between_pipes(arguments, &log, true);
        let output = read_slowly(&reader);
        assert!(child.wait().unwrap().success());
        let wanted = through_files(arguments, &log);
        assert!(parted(&output) == parted(&wanted), "{arguments:?}");
        // Where it passes as it comes it has taken the shorter way, for which the pipes are made wider.
        let as_it_comes = !arguments.contains(&"--redact") && !arguments.contains(&"jsonl");
        assert_eq!(width(&reader) > USUAL, as_it_comes, "{arguments:?}");
    }
}

#[test]
fn a_log_in_utf_16_takes_the_usual_way() {
    let text = String::from_utf8(log()).unwrap();
    let log: Vec<u8> = std::iter::once(0xfeff)
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let (mut child, reader) = between_pipes(&["--check", "never"], &log, true);
    let output = read_slowly(&reader);
    assert!(child.wait().unwrap().success());
    let (output, wanted) = (
        from_utf16(&output),
        from_utf16(&through_files(&["--check", "never"], &log)),
    );
    assert!(parted(output.as_bytes()) == parted(wanted.as_bytes()));
    assert_eq!(width(&reader), USUAL);
}

#[test]
fn where_the_way_ends_the_rest_is_written() {
    let log = log();
    let (mut child, reader) = between_pipes(&["--check", "never"], &log, false);
    // The output is full, and does not block.
    thread::sleep(Duration::from_millis(300));
    let output = read_slowly(&reader);
    assert!(child.wait().unwrap().success());
    assert!(parted(&output) == parted(&through_files(&["--check", "never"], &log)));
    assert!(width(&reader) > USUAL);
}

#[test]
fn a_reader_that_goes_away_ends_it_quietly() {
    let (mut child, mut reader) = between_pipes(&["--check", "never"], &log(), true);
    let mut head = vec![0; 300_000];
    reader.read_exact(&mut head).unwrap();
    drop(reader);
    let status = child.wait().unwrap();
    let mut said = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut said)
        .unwrap();
    assert_eq!((status.code(), said.as_str()), (Some(0), ""), "{status}");
}

#[test]
fn a_few_lines_leave_the_pipes_as_they_are() {
    let (mut child, reader) = between_pipes(&["--check", "never"], INVALID_TOKEN.as_bytes(), true);
    let output = read_slowly(&reader);
    assert!(child.wait().unwrap().success());
    assert!(output.starts_with(INVALID_TOKEN.as_bytes()));
    assert_eq!(width(&reader), USUAL);
}
