//! What is said at the end of a run: `--summary` in every form, and the status that `--fail-on` gives.

#[path = "data/running.rs"]
#[allow(dead_code, reason = "each test file takes its part of it")]
mod running;

use std::{path::Path, process::Output};

use running::{INVALID_TOKEN, NO_SUCH_BUCKET, command, ended, expected, text};

/// Over logs of tests/logs, without notes.
fn run(arguments: &[&str]) -> Output {
    let mut command = command(arguments);
    command.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/logs"));
    ended(&mut command, b"")
}

/// The lines from the summary's first to the output's last.
fn summary(output: &str) -> &str {
    output.find("  ┃ Summary").map_or("", |at| &output[at..])
}

#[test]
fn a_summary_stands_at_the_end() {
    let logs = [
        "several-errors.log",
        "repeats.log",
        "clean.log",
        "cli-access-denied.log",
        "several-errors.log",
    ];
    let made = |more: &[&str]| text(&run(&[&["--summary", "always"], more, &logs].concat()).stdout);
    expected("summary/several.txt", summary(&made(&[])));
    expected("summary/several-60.txt", summary(&made(&["--width", "60"])));
    for more in [
        &["--repeat", "brief"][..],
        &["--repeat", "full"],
        &["--format", "brief"],
        &["--format", "github"],
        &["--format", "teamcity"],
    ] {
        assert_eq!(summary(&made(more)), summary(&made(&[])), "{more:?}");
    }
    let one = run(&["--summary", "always", "unfinished-last-line.log"]);
    expected("summary/one.txt", summary(&text(&one.stdout)));
    let masked = run(&["--summary", "always", "--format", "jsonl", "repeats.log"]);
    expected("summary/beside-a-document.txt", &text(&masked.stderr));
    assert_eq!(summary(&text(&masked.stdout)), "");
}

#[test]
fn there_is_none_where_nothing_was_found_or_nobody_asked() {
    for arguments in [
        &["--summary", "always", "clean.log"][..],
        &["--summary", "never", "several-errors.log"],
        // Only a terminal gets one unasked.
        &["--summary", "auto", "several-errors.log"],
        &["several-errors.log"],
        &[
            "--summary",
            "always",
            "--ignore",
            "RequestLimitExceeded",
            "repeats.log",
        ],
    ] {
        let done = run(arguments);
        assert!(
            !(text(&done.stdout) + &text(&done.stderr)).contains("Summary"),
            "{arguments:?}"
        );
    }
}

#[test]
fn the_status_is_that_of_the_errors_that_were_named() {
    let log = [INVALID_TOKEN, NO_SUCH_BUCKET, INVALID_TOKEN].concat();
    for (fail_on, status) in [
        ("never", 0),
        ("any", 1),
        ("InvalidToken", 1),
        ("NoSuchBucket", 1),
        ("AccessDenied", 0),
        ("AccessDenied,NoSuchBucket", 1),
        ("AccessDenied, ExpiredToken", 0),
        ("s3/NoSuchBucket", 1),
        ("iam/NoSuchBucket", 0),
        ("nosuchbucket", 0),
    ] {
        for form in [
            "annotate", "brief", "github", "jsonl", "sarif", "junit", "markdown",
        ] {
            let arguments = ["--fail-on", fail_on, "--format", form];
            let done = ended(&mut command(&arguments), log.as_bytes());
            assert_eq!(done.status.code(), Some(status), "{arguments:?}");
        }
    }
    let quiet = ended(&mut command(&["--fail-on", "any"]), b"all is well\n");
    assert_eq!(quiet.status.code(), Some(0));
    let variable = ended(
        command(&[]).env("AWSEXPLAIN_FAIL_ON", "any"),
        log.as_bytes(),
    );
    assert_eq!(variable.status.code(), Some(1));
    let ignored = ["--fail-on", "any", "--ignore", "InvalidToken,NoSuchBucket"];
    assert_eq!(
        ended(&mut command(&ignored), log.as_bytes()).status.code(),
        Some(0)
    );
}

#[test]
fn what_could_not_be_read_weighs_more() {
    let done = run(&["--fail-on", "any", "several-errors.log", "missing.log"]);
    assert_eq!(done.status.code(), Some(4));
}

#[test]
fn what_is_no_code_is_refused() {
    for wrong in [
        "",
        "a b",
        "any,AccessDenied",
        "never,AccessDenied",
        "AccessDenied,",
        "$(x)",
    ] {
        let done = ended(&mut command(&["--fail-on", wrong]), b"");
        assert_eq!(done.status.code(), Some(2), "{wrong}");
        assert!(text(&done.stderr).contains("--fail-on"), "{wrong}");
    }
}
