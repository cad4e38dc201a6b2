//! `awsexplain run`, from outside: the command runs as if we were not there, and its errors are explained.
//!
//! What needs a terminal is in `tests/clients/test_terminal.py`.

#[path = "data/running.rs"]
#[allow(dead_code, reason = "each test file takes its part of it")]
mod running;

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    os::unix::fs::PermissionsExt,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use running::{Folder, INVALID_TOKEN, NO_SUCH_BUCKET, command, ended, text};

/// The binary that runs a script, with these options of `run`; signals reach it, whatever the tests were started by.
fn script(options: &[&str], script: &str) -> Command {
    running::let_children_heed_signals();
    let mut all = vec!["run"];
    all.extend(options);
    all.extend(["--", "sh", "-c", script]);
    let mut command = command(&all);
    command.env("PATH", std::env::var_os("PATH").expect("there is one"));
    command
}

/// Status, standard output and standard error.
fn run(options: &[&str], text_of_script: &str, input: &str) -> (i32, String, String) {
    let ended = ended(&mut script(options, text_of_script), input.as_bytes());
    let status = ended.status.code().expect("it ends by itself");
    (status, text(&ended.stdout), text(&ended.stderr))
}

/// Waits for a line on the child's standard error.
fn line(child: &mut Child) -> String {
    let mut line = String::new();
    let errors = child.stderr.as_mut().expect("a pipe");
    while !line.ends_with('\n') {
        let mut byte = [0];
        errors.read_exact(&mut byte).expect("a line comes");
        line.push(byte[0].into());
    }
    line
}

/// Makes a file one that may be executed.
fn executable(file: &str) {
    let mode = fs::Permissions::from_mode(0o755);
    fs::set_permissions(file, mode).expect("it is ours");
}

fn kill(signal: &str, process: u32) {
    let done = Command::new("sh")
        .args(["-c", &format!("kill -{signal} {process}")])
        .status();
    assert!(done.expect("there is a shell").success());
}

#[test]
fn the_status_is_the_command_s_own() {
    for status in [
        0, 1, 2, 3, 4, 42, 63, 64, 77, 100, 125, 126, 127, 128, 130, 200, 252, 253, 254, 255,
    ] {
        let ended = run(&[], &format!("exit {status}"), "");
        assert_eq!(ended, (status, String::new(), String::new()));
    }
    for signal in [1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15] {
        let ended = run(&[], &format!("kill -{signal} $$"), "");
        assert_eq!(ended.0, 128 + signal);
    }
}

#[test]
fn the_status_does_not_depend_on_what_was_found() {
    let (status, out, aside) = run(&[], "cat >&2; echo data; exit 7", INVALID_TOKEN);
    assert_eq!((status, out.as_str()), (7, "data\n"));
    assert!(aside.starts_with(INVALID_TOKEN), "{aside}");
    assert!(aside.contains("┃ InvalidToken · s3 ListBuckets"), "{aside}");
}

#[test]
fn what_cannot_be_run_is_told_as_a_shell_tells_it() {
    let folder = Folder::new("run-not");
    let plain = folder.file("plain", "no program");
    for (name, status, said) in [
        ("awsexplain-no-such", 127, "is not found"),
        (plain.as_str(), 126, "chmod +x"),
        (folder.path(), 126, "chmod +x"),
    ] {
        for off in [false, true] {
            let mut command = command(&["run", "--", name]);
            command.env("PATH", std::env::var_os("PATH").expect("there is one"));
            if off {
                command.env("AWSEXPLAIN", "off");
            }
            let ended = ended(&mut command, b"");
            let aside = text(&ended.stderr);
            assert_eq!(ended.status.code(), Some(status), "{aside}");
            let lines = aside.lines().count();
            assert!(
                aside.contains(name) && aside.contains(said) && lines == 1,
                "{aside}"
            );
        }
    }
}

#[test]
fn standard_input_and_output_are_the_very_ones() {
    let folder = Folder::new("run-streams");
    let (input, output) = (folder.file("in", "said"), folder.0.join("out"));
    for options in [&[][..], &["--check", "never"]] {
        let mut command = script(
            options,
            "readlink /proc/$$/fd/0 /proc/$$/fd/1; cat; printf '\\0\\377'",
        );
        command.stdin(fs::File::open(&input).expect("it is there"));
        command.stdout(fs::File::create(&output).expect("it can be made"));
        assert!(command.status().expect("it runs").success());
        let wrote = fs::read(&output).expect("it is there");
        let names = format!("{input}\n{}\n", output.display());
        assert_eq!(wrote, [names.as_bytes(), b"said\0\xff"].concat());
    }
}

#[test]
fn an_unfinished_line_of_standard_error_is_passed_at_once_and_can_be_answered() {
    let mut child = script(&[], "printf 'Enter MFA code: ' >&2; read code; echo $code")
        .spawn()
        .expect("it runs");
    let mut prompt = [0; 16];
    let errors = child.stderr.as_mut().expect("a pipe");
    errors.read_exact(&mut prompt).expect("the prompt comes");
    assert_eq!(&prompt, b"Enter MFA code: ");
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(b"123456\n").expect("it is read");
    let ended = child.wait_with_output().expect("it ends");
    assert_eq!(text(&ended.stdout), "123456\n");
}

#[test]
fn a_command_that_closes_its_outputs_is_waited_for() {
    for options in [&[][..], &["--both"]] {
        let began = Instant::now();
        let closing = "echo last >&2; exec >&- 2>&-; sleep 0.7; exit 9";
        assert_eq!(
            run(options, closing, ""),
            (9, String::new(), "last\n".to_owned())
        );
        assert!(began.elapsed() >= Duration::from_millis(700));
    }
}

#[test]
fn we_end_with_the_command_though_another_holds_its_pipe() {
    let folder = Folder::new("run-left");
    let numbers = folder.0.join("pid");
    let left = format!(
        "(trap '' PIPE; exec sleep 20) & echo $! > {}; head -c 60000 /dev/zero >&2; cat >&2; exit 4",
        numbers.display()
    );
    let mut child = script(&[], &left);
    let began = Instant::now();
    child.stdout(Stdio::null());
    let mut child = child.spawn().expect("it runs");
    running::feed(&mut child, INVALID_TOKEN.as_bytes());
    // Nobody reads yet: the pipe between is full when the command ends.
    thread::sleep(Duration::from_millis(300));
    let mut told = Vec::new();
    let mut errors = child.stderr.take().expect("a pipe");
    let reader = thread::spawn(move || {
        let _ = errors.read_to_end(&mut told);
        told
    });
    let status = child.wait().expect("it ends");
    assert_eq!(status.code(), Some(4));
    assert!(began.elapsed() < Duration::from_secs(10));
    kill(
        "KILL",
        fs::read_to_string(numbers)
            .expect("it is there")
            .trim()
            .parse()
            .expect("a number"),
    );
    let told = reader.join().expect("it reads");
    assert!(told[..60_000].iter().all(|byte| *byte == 0));
    let told = text(&told[60_000..]);
    assert!(
        told.starts_with(INVALID_TOKEN) && told.contains("┃ InvalidToken"),
        "{told}"
    );
}

#[test]
fn those_who_are_left_behind_are_heard_for_as_long_as_they_live() {
    const KEY: &str = "AKIAY34FZKBOKMUTVV7A";
    let leaving = format!("(sleep 2; echo later {KEY} >&2; echo data) & echo now >&2; exit 4");
    let began = Instant::now();
    let all = [
        (&[][..], KEY),
        (&["--redact"], "AKIA****************"),
        (&["--both"], KEY),
        (&["--format", "jsonl", "--notes", "/dev/null"], KEY),
    ];
    let all = all.map(|(options, later)| {
        let child = script(options, &leaving).spawn().expect("it runs");
        (options, later, child)
    });
    for (options, later, mut child) in all {
        let status = child.wait().expect("it ends");
        assert_eq!(status.code(), Some(4));
        let ended_early = began.elapsed() < Duration::from_secs(2);
        let ended = child.wait_with_output().expect("they end too");
        assert!(ended_early || options != [""; 0], "we end with the command");
        assert_eq!(text(&ended.stdout), "data\n", "{options:?}");
        let said = format!("now\nlater {later}\n");
        assert_eq!(text(&ended.stderr), said, "{options:?}");
    }
}

#[test]
fn a_signal_for_us_reaches_the_command_once() {
    for signal in ["INT", "TERM", "HUP", "QUIT", "USR1", "USR2", "TSTP"] {
        let counting = format!(
            "n=0; trap 'n=$((n+1))' {signal}; echo ready >&2; i=0; \
             while [ $i -lt 8 ]; do sleep 0.05; i=$((i+1)); done; echo $n"
        );
        let mut child = script(&[], &counting).spawn().expect("it runs");
        assert_eq!(line(&mut child), "ready\n");
        kill(signal, child.id());
        let ended = child.wait_with_output().expect("it ends");
        assert_eq!(
            (ended.status.code(), text(&ended.stdout).as_str()),
            (Some(0), "1\n"),
            "{signal}"
        );
    }
}

#[test]
fn a_signal_that_ends_the_command_ends_us_with_its_status() {
    for (signal, number) in [("INT", 2), ("TERM", 15), ("HUP", 1), ("QUIT", 3)] {
        let mut child = script(&[], "echo ready >&2; exec sleep 20")
            .spawn()
            .expect("it runs");
        assert_eq!(line(&mut child), "ready\n");
        kill(signal, child.id());
        let status = child.wait().expect("it ends");
        assert_eq!(status.code(), Some(128 + number), "{signal}");
    }
}

#[test]
fn a_stop_and_a_continuation_reach_both() {
    let state = |process: u32| {
        let stat = fs::read_to_string(format!("/proc/{process}/stat")).expect("it runs");
        stat.rsplit(") ")
            .next()
            .and_then(|rest| rest.chars().next())
            .expect("its state")
    };
    let until = |process: u32, stopped: bool| {
        let limit = Instant::now() + Duration::from_secs(5);
        while (state(process) == 'T') != stopped {
            assert!(
                Instant::now() < limit,
                "{process} is in state {}",
                state(process)
            );
            thread::sleep(Duration::from_millis(5));
        }
    };
    let mut child = script(&[], "echo $$ >&2; exec sleep 20")
        .spawn()
        .expect("it runs");
    let inner: u32 = line(&mut child).trim().parse().expect("its number");
    for _ in 0..3 {
        // What stops the command stops us, and who continues us continues it.
        kill("STOP", inner);
        until(child.id(), true);
        kill("CONT", child.id());
        until(child.id(), false);
        until(inner, false);
    }
    kill("TERM", child.id());
    assert_eq!(child.wait().expect("it ends").code(), Some(143));
}

#[test]
fn the_end_of_a_terminal_reaches_the_command_where_our_session_has_no_number() {
    // Who is put into a container from outside has a session that has no number in there.
    let container = ["--user", "--map-root-user", "--pid", "--fork"];
    let inside = |script: &str, arguments: &[&str]| {
        let mut inside = Command::new("unshare");
        inside.args(container).args(["sh", "-c", script]);
        let ended = inside.args(arguments).stderr(Stdio::piped()).output();
        ended.ok().map(|ended| text(&ended.stdout))
    };
    if inside("echo yes", &[]).as_deref() != Some("yes\n") {
        eprintln!("not tried: no container can be made here");
        return;
    }
    let folder = Folder::new("container");
    let ready = folder.0.join("ready");
    let script = r#"
        "$0" run -- sh -c 'trap "echo heard; exit" HUP; echo >"$0"; while sleep 0.05; do :; done' "$1" &
        run=$!
        while [ ! -e "$1" ]; do sleep 0.02; done
        kill -HUP $run
        (sleep 5; kill -KILL $run) >/dev/null 2>&1 &
        wait $run
    "#;
    let ready = ready.to_str().expect("it is ASCII");
    let heard = inside(script, &[env!("CARGO_BIN_EXE_awsexplain"), ready]);
    assert_eq!(heard.as_deref(), Some("heard\n"));
}

#[test]
fn the_command_starts_with_the_signals_as_we_had_them() {
    running::let_children_heed_signals();
    let masks = "grep -E 'Sig(Blk|Ign|Cgt)' /proc/self/status";
    let own = Command::new("sh")
        .args(["-c", masks])
        .output()
        .expect("there is a shell");
    let through = run(&[], masks, "");
    assert_eq!(through.1, text(&own.stdout));
    // As under nohup.
    let ignoring = format!(
        "trap '' HUP; exec '{}' run -- {masks}",
        env!("CARGO_BIN_EXE_awsexplain")
    );
    let through = Command::new("sh")
        .args(["-c", &ignoring])
        .output()
        .expect("there is a shell");
    let ignoring = format!("trap '' HUP; {masks}");
    let own = Command::new("sh")
        .args(["-c", &ignoring])
        .output()
        .expect("there is a shell");
    assert_eq!(text(&through.stdout), text(&own.stdout));
}

#[test]
fn many_bytes_pass_through_each_stream_in_bounded_memory() {
    const SIZE: u64 = 16 << 20;
    for (options, stream) in [(&[][..], 2), (&["--both"], 1), (&["--both"], 2)] {
        let writing = format!("head -c {SIZE} /dev/zero >&{stream}; read end");
        let mut child = script(options, &writing).spawn().expect("it runs");
        let mut pipe: Box<dyn Read> = if stream == 1 {
            Box::new(child.stdout.take().expect("a pipe"))
        } else {
            Box::new(child.stderr.take().expect("a pipe"))
        };
        let passed = std::io::copy(&mut pipe.by_ref().take(SIZE), &mut std::io::sink());
        assert_eq!(passed.expect("it is read"), SIZE);
        let peak = running::peak(&child);
        assert!(peak < 40 << 10, "{peak} kB for {options:?}");
        drop(child.stdin.take());
        assert!(child.wait().expect("it ends").code() < Some(2));
    }
}

#[test]
fn both_streams_are_explained_where_that_is_asked_for() {
    let telling = format!(
        "printf '%s' '{NO_SUCH_BUCKET}'; sleep 0.1; printf 'Sure? ' >&2; sleep 0.2; printf '%s' '{INVALID_TOKEN}'"
    );
    let (status, out, aside) = run(&["--both"], &telling, "");
    assert_eq!(
        (status, out),
        (0, format!("{NO_SUCH_BUCKET}{INVALID_TOKEN}"))
    );
    let notes: Vec<&str> = aside
        .lines()
        .filter(|line| !line.starts_with("  ┃  "))
        .collect();
    assert!(
        aside.contains("┃ NoSuchBucket") && aside.contains("┃ InvalidToken"),
        "{aside}"
    );
    let prompt = notes
        .iter()
        .position(|line| *line == "Sure? ")
        .expect("the prompt stands by itself");
    assert!(
        notes[prompt + 1].starts_with("  ┃ > An error occurred ("),
        "{aside}"
    );
    let (_, out, aside) = run(&[], &telling, "");
    assert_eq!(
        (out.len(), aside.as_str()),
        (NO_SUCH_BUCKET.len() + INVALID_TOKEN.len(), "Sure? ")
    );
}

#[test]
fn the_command_line_is_known() {
    let folder = Folder::new("run-line");
    let aws = folder.file(
        "aws",
        &format!("#!/bin/sh\nprintf '%s' '{INVALID_TOKEN}' >&2; exit 254\n"),
    );
    executable(&aws);
    let line = [
        "aws",
        "s3",
        "ls",
        "--profile",
        "dev",
        "--region",
        "eu-west-1",
    ];
    let options = ["run", "--shell", "bash", "--"];
    let mut command = command(&[&options[..], &line].concat());
    command.env("PATH", format!("{}:/usr/bin:/bin", folder.path()));
    let ended = ended(&mut command, b"");
    let aside = text(&ended.stderr);
    assert_eq!(ended.status.code(), Some(254), "{aside}");
    assert!(aside.contains(&line.join(" ")), "{aside}");
    assert!(!aside.contains("Run your command again"), "{aside}");
}

#[test]
fn the_same_error_in_standard_error_is_told_once() {
    let (_, _, aside) = run(&[], "cat >&2", &INVALID_TOKEN.repeat(3));
    assert_eq!(aside.matches("┃ InvalidToken").count(), 1, "{aside}");
}

#[test]
fn notes_and_documents_go_to_a_file_beside_the_command_s_own_words() {
    let folder = Folder::new("run-notes");
    let file = folder.0.join("notes");
    let name = file.to_str().expect("it is ASCII");
    let (status, _, aside) = run(&["--notes", name], "cat >&2; exit 3", INVALID_TOKEN);
    assert_eq!((status, aside.as_str()), (3, INVALID_TOKEN));
    assert!(
        fs::read_to_string(&file)
            .expect("it is there")
            .contains("┃ InvalidToken")
    );
    let (status, _, aside) = run(
        &["--format", "jsonl", "--notes", name],
        "cat >&2",
        INVALID_TOKEN,
    );
    assert_eq!((status, aside.as_str()), (0, INVALID_TOKEN));
    let object = fs::read_to_string(&file).expect("it is there");
    let object: serde_json::Value = serde_json::from_str(&object).expect("one object");
    assert_eq!(object["entry"], "credentials/InvalidToken");
    // A disk that is full costs the notes and nothing of the command's.
    let (status, _, aside) = run(
        &["--notes", "/dev/full"],
        "cat >&2; echo more >&2",
        INVALID_TOKEN,
    );
    assert_eq!(status, 125, "{aside}");
    assert!(
        aside.starts_with(&format!("{INVALID_TOKEN}more\n")) && aside.contains("/dev/full"),
        "{aside}"
    );
}

#[test]
fn bad_input_is_told_once_and_nothing_is_run() {
    let folder = Folder::new("run-bad");
    let bad = folder.file("bad.yaml", "width: 80\nwidht: 80\n");
    let entry = folder.file("own/s3/Broken.yaml", "title: [");
    let own = folder.0.join("own");
    let (mark, own) = (folder.0.join("ran"), own.to_str().expect("it is ASCII"));
    for (options, status, said) in [
        (
            &["--config", &bad][..],
            3,
            "bad.yaml:2: there is no setting `widht`",
        ),
        (
            &["--config", "/nowhere/x.yaml"],
            3,
            "/nowhere/x.yaml: cannot be read",
        ),
        (&["--knowledge", own], 3, &entry),
        (&["--knowledge", "/nowhere"], 3, "/nowhere"),
        (&["--format", "jsonl"], 2, "`--notes FILE`"),
        (&["--format", "jsno"], 2, "--format"),
        (
            &["--notes", "/nowhere/notes"],
            125,
            "cannot write to /nowhere/notes",
        ),
    ] {
        let (ended, out, aside) = run(options, &format!("touch {}", mark.display()), "");
        assert_eq!((ended, out.as_str()), (status, ""), "{options:?}: {aside}");
        assert!(aside.contains(said), "{options:?}: {aside}");
        assert_eq!(
            aside.matches("rror: ").count() + aside.matches("awsexplain: ").count(),
            1,
            "{aside}"
        );
        assert!(!mark.exists(), "{options:?} ran it");
    }
    let ended = ended(&mut command(&["run"]), b"");
    let aside = text(&ended.stderr);
    assert_eq!(ended.status.code(), Some(2), "{aside}");
    assert!(
        aside.contains("awsexplain run [OPTIONS] -- COMMAND..."),
        "{aside}"
    );
}

#[test]
fn a_setting_for_the_filter_never_stops_a_command() {
    for (name, value) in [
        ("AWSEXPLAIN_FORMAT", "jsonl"),
        ("AWSEXPLAIN_FAIL_ON", "any"),
        ("AWSEXPLAIN", "off"),
    ] {
        let ended = ended(
            script(&[], "cat >&2; exit 5").env(name, value),
            INVALID_TOKEN.as_bytes(),
        );
        assert_eq!(ended.status.code(), Some(5), "{name}");
        let aside = text(&ended.stderr);
        assert!(aside.starts_with(INVALID_TOKEN), "{aside}");
        assert_eq!(aside.contains("┃ InvalidToken"), value != "off", "{aside}");
    }
}

#[test]
fn where_nobody_reads_any_more_the_command_learns_it() {
    let mut child = script(
        &["--both"],
        "while echo data; do echo error >&2; done 2>/dev/null; exit 6",
    )
    .spawn()
    .expect("it runs");
    let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
    out.read_line(&mut String::new()).expect("a line comes");
    drop(out);
    let status = child.wait().expect("it ends").code();
    assert!(matches!(status, Some(6 | 141)), "{status:?}");
}
