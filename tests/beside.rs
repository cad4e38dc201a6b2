//! The command next door, in real pipes: real shells and processes, with an `aws` that says its error and lives on for a
//! while, as the real one does.
//!
//! On Linux alone: the programs of these tests are scripts, and macOS keeps back the variables of its own shells.
#![cfg(target_os = "linux")]

#[path = "data/running.rs"]
#[allow(dead_code, reason = "each test file takes its part of it")]
mod running;

use std::{
    os::unix::fs::PermissionsExt,
    process::{Command, Stdio},
};

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use running::{Folder, text};

/// A secret that no output may hold.
const SECRET: &str = "Zq7Kx9Wv2Lm4Yt5Rb8Nd3Hs6Jp1Cf0Gu+Ae/Xi8T";
const SHELL_SEES: &str = "Judged as this shell sees it";
const NEAREST: &str = "AWS_PROFILE=prod";

/// A machine with a profile `prod`, programs that stand for others, and an error in a saved log.
fn machine(name: &str) -> Folder {
    let folder = Folder::new(name);
    let said = "echo 'The config profile (prd) could not be found' >&2\n";
    folder.file(".aws/config", "[profile prod]\nregion = eu-west-1\n");
    folder.file("saved.log", "The config profile (prd) could not be found\n");
    // Alive until the note is there, however slow the machine; `exec -a` gives the name that a real `ssh` has.
    let waits = "for turn in $(seq 60); do grep -q -e see -e schema $HOME/printed.log && break; sleep 0.05; done\n";
    for (program, body) in [
        ("aws", format!("#!/bin/sh\n{said}{waits}")),
        ("gone", format!("#!/bin/sh\n{said}")),
        (
            "ssh",
            format!(
                "#!/bin/bash\nexec -a ssh sh -c \"{}\" $*\n",
                format!("{said}{waits}").replace('$', "\\$")
            ),
        ),
        (
            "deploy",
            "#!/bin/sh\nexport AWS_PROFILE=prd\naws s3 ls\n".to_owned(),
        ),
        ("tool", format!("#!/bin/sh\n{said}{waits}")),
    ] {
        let path = folder.file(&format!("bin/{program}"), &body);
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).expect("it is ours");
    }
    folder
}

/// What a line of bash prints on this machine; `awsexplain` in it is the program under test.
fn out(machine: &Folder, line: &str) -> String {
    let bin = env!("CARGO_BIN_EXE_awsexplain");
    let folder = bin.rsplit_once('/').expect("a path").0;
    let path = format!("{}/bin:{folder}:/usr/bin:/bin", machine.path());
    let mut bash = Command::new("bash");
    bash.args(["-c", line])
        .env_clear()
        .current_dir(machine.path());
    for (name, value) in [
        ("PATH", path.as_str()),
        ("HOME", machine.path()),
        ("LANG", "C.UTF-8"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
        ("AWS_SECRET_ACCESS_KEY", SECRET),
    ] {
        bash.env(name, value);
    }
    let log = machine.file("printed.log", "");
    let file = std::fs::File::create(&log).expect("it is ours");
    let done = bash
        .stdin(Stdio::null())
        .stdout(file)
        .output()
        .expect("bash is there");
    let printed = std::fs::read_to_string(log).expect("it is text");
    assert_eq!(text(&done.stderr), "", "{line}");
    for form in [SECRET.to_owned(), STANDARD_NO_PAD.encode(SECRET)] {
        for window in form.as_bytes().windows(8) {
            let window = text(window);
            assert!(
                !printed.contains(&window),
                "{line} prints {window}:\n{printed}"
            );
        }
    }
    printed
}

#[test]
fn variables_and_options_of_the_command_count() {
    let machine = machine("beside-own");
    for line in [
        "AWS_PROFILE=prd aws s3 ls 2>&1 | awsexplain",
        "AWS_PROFILE=prd aws s3 ls 2>&1 >/dev/null | awsexplain",
        "AWS_PROFILE=prd aws s3 ls |& tee copy.log | awsexplain",
        "AWS_PROFILE=prd aws s3 ls 2>&1 | grep --line-buffered -v nothing | cat - | awsexplain",
        "(cd / && AWS_PROFILE=prd aws s3 ls) 2>&1 | awsexplain",
        "AWS_PROFILE=prd aws s3 ls 2>&1 | (awsexplain; true)",
        "AWS_PROFILE=prd tool 2>&1 | awsexplain",
        "AWS_PROFILE=other deploy 2>&1 | awsexplain",
        "timeout 5 env AWS_PROFILE=prd aws s3 ls 2>&1 | awsexplain",
        "awsexplain < <(AWS_PROFILE=prd aws s3 ls 2>&1)",
    ] {
        let printed = out(&machine, line);
        assert!(
            printed.contains("Profile \"prd\" (from AWS_PROFILE) is in neither file"),
            "{line}:\n{printed}"
        );
        assert!(!printed.contains(SHELL_SEES), "{line}:\n{printed}");
    }
    let printed = out(&machine, "aws --profile prd s3 ls 2>&1 | awsexplain");
    assert!(
        printed.contains("Profile \"prd\" (from --profile) is in neither file"),
        "{printed}"
    );
    // The line to type, mended: with the variable, the option.
    assert!(
        printed.contains("\n  ┃ then          aws s3 ls --profile prod\n"),
        "{printed}"
    );
    let printed = out(&machine, "AWS_PROFILE=prd aws s3 ls 2>&1 | awsexplain");
    assert!(
        printed.contains("\n  ┃ then          AWS_PROFILE=prod aws s3 ls\n"),
        "{printed}"
    );
    // What the shell exported is the command's as well.
    let printed = out(
        &machine,
        "export AWS_PROFILE=prd; aws s3 ls 2>&1 | awsexplain",
    );
    assert!(printed.contains(NEAREST), "{printed}");
}

#[test]
fn a_saved_log_beside_us_says_nothing_of_this_machine() {
    let machine = machine("beside-saved");
    // It is still there when the error is read, since it has more to say than a pipe holds.
    machine.file(
        "long.log",
        &format!(
            "The config profile (prd) could not be found\n{}",
            "x\n".repeat(400_000)
        ),
    );
    for line in [
        "cat long.log | awsexplain",
        "tail -n +1 long.log | awsexplain",
        "cat long.log | tee copy.log | awsexplain",
    ] {
        let printed = out(&machine, line);
        assert!(
            printed.contains("┃") && !printed.contains("neither file"),
            "{line}"
        );
        assert!(!printed.contains(SHELL_SEES), "{line}");
    }
    for line in ["awsexplain saved.log", "awsexplain < saved.log"] {
        let printed = out(&machine, line);
        assert!(
            printed.contains("┃") && !printed.contains("neither file"),
            "{line}"
        );
    }
    for line in [
        "awsexplain --check always saved.log",
        "awsexplain --check always < saved.log",
        "awsexplain explain --check always < saved.log",
    ] {
        let printed = out(&machine, line).replace("\n  ┃               ", " ");
        assert!(
            printed.contains(
                "The check describes this machine as it is now, not where and when the log was written."
            ),
            "{printed}"
        );
    }
    let printed = out(&machine, "cat long.log | awsexplain --check always");
    assert!(
        printed.contains("neither file") && printed.contains("as it is now"),
        "it is asked for"
    );
}

#[test]
fn a_command_elsewhere_is_told_in_one_line() {
    let machine = machine("beside-elsewhere");
    let printed = out(
        &machine,
        "export AWS_PROFILE=prd; ssh host aws s3 ls 2>&1 | awsexplain",
    );
    assert!(
        printed.contains("The command runs elsewhere (ssh). This machine was not looked at."),
        "{printed}"
    );
    assert!(!printed.contains("neither file"), "{printed}");
}

#[test]
fn where_the_command_is_gone_it_is_said_what_was_assumed() {
    let machine = machine("beside-gone");
    let printed = out(
        &machine,
        "export AWS_PROFILE=prd; gone 2>&1 | (sleep 0.3; awsexplain)",
    );
    assert!(printed.contains("neither file"), "{printed}");
    let joined = printed.replace("\n  ┃               ", " ");
    assert!(joined.contains(SHELL_SEES), "{printed}");
    // Nothing is assumed where nothing was used.
    let printed = out(
        &machine,
        "echo 'An error occurred (NoSuchBucket) when calling the GetObject operation: no' | (sleep 0.3; awsexplain)",
    );
    assert!(
        printed.contains("┃") && !printed.contains(SHELL_SEES),
        "{printed}"
    );
}

#[test]
fn no_secret_of_the_command_is_printed() {
    let machine = machine("beside-secret");
    let keys = format!("AWS_ACCESS_KEY_ID={SECRET} AWS_SESSION_TOKEN={SECRET}");
    let names = format!("AWS_PROFILE={SECRET} AWS_REGION={SECRET}");
    let urls =
        format!("AWS_ENDPOINT_URL=http://u:{SECRET}@127.0.0.1:9 HTTPS_PROXY=http://{SECRET}@x");
    let password = format!(
        "rds modify-db-instance --db-instance-identifier x --master-user-password {SECRET}"
    );
    let options =
        format!("s3 ls --profile {SECRET} --region {SECRET} --endpoint-url http://{SECRET}@x");
    let configure = format!("configure set aws_secret_access_key {SECRET}");
    let copy = format!("s3 cp {SECRET} s3://b --metadata k={SECRET}");
    let filter = |form: &str, variables: &str, words: &str| {
        let line = format!("{variables} aws {words} 2>&1 | awsexplain --format {form}");
        assert!(!out(&machine, &line).is_empty(), "{line}");
    };
    for form in ["annotate", "jsonl"] {
        for variables in [&keys, &names, &urls] {
            filter(form, variables, "s3 ls");
        }
        for words in [&password, &options, &configure, &copy] {
            filter(form, "", words);
        }
    }
    // These are written when all has ended.
    for form in ["sarif", "junit", "markdown"] {
        filter(form, &format!("{keys} {names} {urls}"), &options);
    }
}
