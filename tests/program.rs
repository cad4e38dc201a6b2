//! The program from outside: a real binary, real pipes, real files.
//!
//! `promises.rs` holds the filter to its promises for any bytes; this file holds the binary around it to what a user and
//! a script see: what has come is passed on at once, a reader that goes away is no trouble, each kind of failure has an
//! exit status of its own, and each form of the output is what the design says.

#[path = "data/running.rs"]
#[allow(dead_code, reason = "each test file takes its part of it")]
mod running;

use std::{
    fs,
    io::{Read, Write},
    path::PathBuf,
    sync::mpsc,
    thread,
    time::Duration,
};

use proptest::{collection::vec, prelude::*, sample::select};
use running::{INVALID_TOKEN, NO_SUCH_BUCKET, command, ended, feed, out, text};
use serde_json::Value;

/// Far above what any machine needs, far below what a test that hangs would take.
const DEADLINE: Duration = Duration::from_secs(20);

/// The fields of `--format jsonl`, in the order of `docs/architecture.md`.
const FIELDS: &[&str] = &[
    "schema",
    "file",
    "line",
    "end_line",
    "offset",
    "producer",
    "code",
    "message",
    "service",
    "operation",
    "http_status",
    "request_id",
    "retries",
    "match",
    "entry",
    "title",
    "summary",
    "links",
    "causes",
    "repeat_of",
    "remark",
];

/// A file of this run's own, gone with it.
struct Temporary(PathBuf);

impl Temporary {
    fn new(name: &str, content: &str) -> Self {
        let path = std::env::temp_dir().join(format!("awsexplain-{}-{name}", std::process::id()));
        fs::write(&path, content).expect("the folder can be written to");
        Self(path)
    }

    fn name(&self) -> &str {
        self.0.to_str().expect("it is ASCII")
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// Writes `input`, leaves the pipe open, and reads until `enough` has come or the deadline is over.
fn while_open(input: &[u8], enough: impl Fn(&[u8]) -> bool) -> Vec<u8> {
    let mut child = command(&[]).spawn().expect("the binary is built");
    let (mut stdin, mut stdout) = (
        child.stdin.take().expect("a pipe"),
        child.stdout.take().expect("a pipe"),
    );
    stdin.write_all(input).expect("it reads");
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut buffer = [0; 4096];
        while let Ok(count @ 1..) = stdout.read(&mut buffer) {
            if sender.send(buffer[..count].to_vec()).is_err() {
                break;
            }
        }
    });
    let mut come = Vec::new();
    while !enough(&come) {
        let Ok(bytes) = receiver.recv_timeout(DEADLINE) else {
            break;
        };
        come.extend(bytes);
    }
    drop(stdin);
    assert!(child.wait().expect("it ends").success());
    come
}

#[test]
fn a_prompt_is_forwarded_before_its_line_ends() {
    let prompt = b"Enter MFA code: ";
    assert_eq!(
        text(&while_open(prompt, |come| come.len() >= prompt.len())),
        text(prompt)
    );
}

#[test]
fn a_note_comes_with_the_pause_behind_its_error() {
    let come = while_open(INVALID_TOKEN.as_bytes(), |come| {
        come.windows(3).any(|bytes| bytes == "┃".as_bytes())
    });
    assert!(text(&come).contains("  ┃ InvalidToken"), "{}", text(&come));
}

#[test]
fn a_closed_output_ends_it_quietly() {
    let mut child = command(&[]).spawn().expect("the binary is built");
    drop(child.stdout.take());
    feed(&mut child, &b"a line of text\n".repeat(100_000));
    let ended = child.wait_with_output().expect("it ends");
    assert_eq!(
        (ended.status.code(), text(&ended.stderr).as_str()),
        (Some(0), "")
    );
}

#[test]
#[cfg(target_os = "linux")]
fn an_output_that_fails_is_told() {
    let full = fs::File::options()
        .write(true)
        .open("/dev/full")
        .expect("it is there");
    let ended = ended(command(&[]).stdout(full), b"text\n");
    assert_eq!(ended.status.code(), Some(4));
    assert!(text(&ended.stderr).contains("cannot write to standard output"));
}

#[test]
fn a_file_that_is_missing_does_not_stop_the_next() {
    let log = Temporary::new("next", INVALID_TOKEN);
    let ended = ended(&mut command(&["/nowhere/a.log", log.name()]), b"");
    assert_eq!(ended.status.code(), Some(4));
    assert!(text(&ended.stderr).contains("/nowhere/a.log"));
    assert!(text(&ended.stdout).starts_with(INVALID_TOKEN) && text(&ended.stdout).contains('┃'));
}

#[test]
fn a_wrong_command_line_is_a_fault_of_usage() {
    for arguments in [
        &["--no-such-flag"][..],
        &["--format", "yaml"],
        &["--width", "wide"],
    ] {
        let ended = ended(&mut command(arguments), b"");
        assert_eq!(
            (ended.status.code(), ended.stdout.len()),
            (Some(2), 0),
            "{arguments:?}"
        );
        assert!(text(&ended.stderr).contains(arguments[0]), "{arguments:?}");
    }
}

#[test]
fn jsonl_has_the_fields_of_the_design() {
    let input = format!("one\n{INVALID_TOKEN}two\n{NO_SUCH_BUCKET}three\n{INVALID_TOKEN}");
    let output = out(&["--format", "jsonl"], &input);
    let objects: Vec<Value> = output
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line is an object"))
        .collect();
    let keys = |value: &Value| {
        value
            .as_object()
            .expect("an object")
            .keys()
            .cloned()
            .collect::<Vec<_>>()
    };
    let told: Vec<_> = objects
        .iter()
        .map(|object| {
            (
                object["code"].as_str(),
                object["line"].as_u64(),
                object["repeat_of"].as_u64(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (Some("InvalidToken"), Some(2), None),
            (Some("NoSuchBucket"), Some(4), None),
            (Some("InvalidToken"), Some(6), Some(2))
        ]
    );
    for object in &objects {
        assert_eq!(object["schema"], 1);
        assert_eq!(object["match"], "entry");
        let offset = object["offset"].as_u64().expect("a number") as usize;
        assert!(input[offset..].starts_with("An error occurred"), "{offset}");
        for cause in object["causes"].as_array().expect("a list") {
            assert_eq!(
                keys(cause),
                ["id", "title", "why", "status", "because", "fix", "again"]
            );
            for step in cause["fix"].as_array().expect("a list") {
                assert_eq!(keys(step), ["say", "command", "effect"]);
            }
        }
        assert_eq!(keys(object), FIELDS);
    }
}

#[test]
fn notes_go_where_they_are_asked_to() {
    let input = format!("{INVALID_TOKEN}text\n");
    let aside = ended(&mut command(&["--notes", "stderr"]), input.as_bytes());
    assert_eq!(text(&aside.stdout), input);
    assert!(text(&aside.stderr).contains("  ┃ InvalidToken"));

    let file = Temporary::new("notes", "");
    assert_eq!(out(&["--notes", file.name()], &input), input);
    assert!(
        fs::read_to_string(&file.0)
            .expect("it was written")
            .contains("  ┃ InvalidToken")
    );
}

#[test]
fn a_repeat_is_told_once() {
    let input = format!("{INVALID_TOKEN}text\n").repeat(3);
    let count = |arguments: &[&str]| out(arguments, &input).matches("  ┃ InvalidToken").count();
    assert_eq!(count(&[]), 1);
    assert_eq!(count(&["--repeat", "brief"]), 3);
    assert_eq!(count(&["--repeat", "full"]), 3);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn without_its_notes_the_output_is_the_input(parts in vec(prop_oneof![
        select(vec![INVALID_TOKEN, NO_SUCH_BUCKET, "\r\n", " 5%\r", "text", "\n\n"]).prop_map(|part| part.as_bytes().to_vec()),
        vec(any::<u8>(), 0..60),
    ], 0..10), cut in 0_usize..2) {
        let mut input = parts.concat();
        input.truncate(input.len().saturating_sub(cut));
        let output = ended(&mut command(&[]), &input).stdout;
        let lines = output.split_inclusive(|byte| *byte == b'\n');
        let mut without: Vec<u8> = lines.filter(|line| !line.starts_with("  ┃".as_bytes())).flatten().copied().collect();
        // A last line without a line break gets one, as part of the note behind it, which then ends without one.
        if !input.ends_with(b"\n") && without.len() > input.len() && !output.ends_with(b"\n") {
            without.pop();
        }
        prop_assert!(without == input, "{:?}\n{:?}", String::from_utf8_lossy(&input), String::from_utf8_lossy(&output));
    }
}
