//! `--redact`: secrets in what passes through are covered, letter for letter, and nothing else is changed.

#[path = "data/running.rs"]
#[allow(dead_code, reason = "each test file takes its part of it")]
mod running;

use std::{
    io::{Read, Write},
    process::Stdio,
    time::{Duration, Instant},
};

use running::{command, out};

const LOG: &str = include_str!("data/redaction/secrets.log");
const MASKED: &str = include_str!("data/redaction/secrets.masked");
const MASKED_ACCOUNTS: &str = include_str!("data/redaction/secrets.masked-accounts");

fn without_notes(text: &str) -> String {
    text.split_inclusive('\n')
        .filter(|line| !line.starts_with("  ┃"))
        .collect()
}

#[test]
fn secrets_are_covered_and_lengths_stay() {
    let plain = out(&["--check", "never"], LOG);
    assert_eq!(without_notes(&plain), LOG, "off unless asked for");
    let masked = without_notes(&out(&["--check", "never", "--redact"], LOG));
    assert_eq!(masked, MASKED);
    assert_eq!(masked.len(), LOG.len());
    let accounts = without_notes(&out(&["--check", "never", "--redact=accounts"], LOG));
    assert_eq!(accounts, MASKED_ACCOUNTS);
}

#[test]
fn notes_stand_where_they_stand_without_it() {
    let lines =
        |text: &str| -> Vec<bool> { text.lines().map(|line| line.starts_with("  ┃")).collect() };
    let plain = out(&["--check", "never"], LOG);
    let masked = out(&["--check", "never", "--redact"], LOG);
    assert!(lines(&plain).contains(&true));
    assert_eq!(lines(&plain), lines(&masked));
}

#[test]
fn a_secret_that_comes_in_two_writes_is_covered_and_a_prompt_passes_at_once() {
    let mut child = command(&["--check", "never", "--redact"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let (mut to, mut from) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    to.write_all(b"key AKIAY34FZKBO").unwrap();
    to.write_all(b"KMUTVV7A\nEnter MFA code: ").unwrap();
    let mut seen = vec![0; b"key AKIAY34FZKBOKMUTVV7A\nEnter MFA code: ".len()];
    from.read_exact(&mut seen).unwrap();
    assert_eq!(
        String::from_utf8_lossy(&seen),
        "key AKIA****************\nEnter MFA code: "
    );
    // What looks like the start of a secret waits for a pause and no longer.
    let begun = Instant::now();
    to.write_all(b"abc").unwrap();
    let mut seen = [0; 3];
    from.read_exact(&mut seen).unwrap();
    assert_eq!(&seen, b"abc");
    assert!(begun.elapsed() < Duration::from_secs(5));
    drop(to);
    assert!(child.wait().unwrap().success());
}
