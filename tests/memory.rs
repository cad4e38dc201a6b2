//! What the program keeps in memory is bounded, whatever errors come and however long their messages are.
#![cfg(target_os = "linux")]

#[path = "data/running.rs"]
#[allow(dead_code, reason = "each test file takes its part of it")]
mod running;

use std::{
    io::{BufRead, BufReader, Write},
    thread,
};

use awsexplain::knowledge;

use running::command;

/// The last line of each log: where it comes out, all before it was looked at.
const LAST: &str = "that was all of it";

/// An error of each entry, its message so many letters longer than it is.
fn log(more: usize) -> String {
    let more = " and some more words".repeat(more / 20);
    let errors =
        knowledge::all().filter_map(|(_, entry)| Some(entry.examples.first()?.text.clone()));
    let errors = errors.map(|text| match text.trim_end().split_once('\n') {
        Some((first, rest)) => format!("{first}{more}\n{rest}\n\n"),
        None => format!("{}{more}\n\n", text.trim_end()),
    });
    errors.collect::<String>() + LAST + "\n"
}

/// The most memory that the program had while the log went through, in KiB.
fn peak(log: String) -> u64 {
    let mut child = command(&["--check", "never"]).spawn().expect("it runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    let feeding = thread::spawn(move || {
        stdin.write_all(log.as_bytes()).expect("it reads");
        stdin
    });
    let mut out = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    assert!(out.any(|line| line.expect("it is UTF-8") == LAST));
    let peak = running::peak(&child);
    drop(feeding.join().expect("all was written"));
    thread::spawn(move || out.count());
    assert!(child.wait().expect("it ends").success());
    peak
}

#[test]
fn errors_of_all_kinds_take_no_more_memory_for_long_messages() {
    let (short, long) = (peak(log(0)), peak(log(6000)));
    assert!(long < short + 4096, "{short} KiB, and {long} for long ones");
}
