//! Who writes into our pipe: pipelines of all kinds, made up, and looked at as Linux and as macOS show them.

use super::*;
use crate::environment::{
    Beside, FakeProcess,
    Stream::{File, Other, Pipe},
    beside,
};

/// A terminal's shell (number 1) with a pipeline: the words of each part, the last of which is we (number 100). Parts are
/// numbered from 10 on, and pipe 10 is the output of part 10.
fn pipeline(parts: &[&str]) -> FakeHost {
    let host = shell("bash");
    let mut host = host;
    let last = parts.len() - 1;
    for (at, line) in (0..).zip(parts) {
        let reads = if at == 0 { Other } else { Pipe(9 + at) };
        let is_last = at == u64::try_from(last).expect("few");
        let out = if is_last { Other } else { Pipe(10 + at) };
        let id = if is_last {
            100
        } else {
            10 + u32::try_from(at).expect("few")
        };
        host = host.with_process(
            id,
            FakeProcess::new(1, line).with_streams([reads, out, out]),
        );
    }
    host
}

fn shell(line: &str) -> FakeHost {
    FakeHost::new().with_process(1, FakeProcess::new(0, line).with_streams([Other; 3]))
}

/// We, reading pipe 10.
fn we(host: FakeHost, parent: u32) -> FakeHost {
    host.with_process(
        100,
        FakeProcess::new(parent, "awsexplain").with_streams([Pipe(10), Other, Other]),
    )
}

fn of(parent: u32, line: &str) -> FakeProcess {
    FakeProcess::new(parent, line).with_streams([Other, Pipe(10), Pipe(10)])
}

/// What is found on a machine, which both systems have to show.
fn found(host: &FakeHost) -> Beside {
    let (linux, macos) = (beside(host), beside(&host.clone().on_macos()));
    assert_eq!(linux, macos);
    linux
}

/// The profile that is found, by option or variable.
fn profile(host: &FakeHost) -> Option<String> {
    let Beside::Command(found) = beside(host) else {
        return None;
    };
    let by_variable = || {
        let named = found
            .variables
            .iter()
            .find(|(name, _)| name == "AWS_PROFILE");
        named.map(|(_, value)| value.clone())
    };
    found
        .command
        .and_then(|command| command.profile)
        .or_else(by_variable)
}

#[test]
fn the_command_is_found_through_what_only_hands_on() {
    for line in [
        "aws s3 ls --profile x | awsexplain",
        "aws s3 ls --profile x | tee log | awsexplain",
        "aws s3 ls --profile x | grep -v y | sed s/a/b/ | ts | cat - | awsexplain",
        "python3 /usr/bin/aws s3 ls --profile x | awsexplain | awsexplain",
    ] {
        let parts: Vec<&str> = line.split(" | ").collect();
        let host = pipeline(&parts);
        assert_eq!(profile(&host).as_deref(), Some("x"), "{line}");
        let host = host.on_macos();
        assert_eq!(profile(&host).as_deref(), Some("x"), "{line}");
    }
}

#[test]
fn saved_and_foreign_logs_are_known_for_such() {
    for (line, wanted) in [
        ("cat /log | awsexplain", Beside::Saved),
        ("tail -f /log | awsexplain", Beside::Saved),
        ("zcat /log | awsexplain", Beside::Saved),
        ("zcat /log | grep x | awsexplain", Beside::Saved),
        ("grep -r InvalidToken | awsexplain", Beside::Saved),
        ("gh run view --log | awsexplain", Beside::Saved),
        ("kubectl logs pod | awsexplain", Beside::Saved),
        ("docker logs x | tee /copy | awsexplain", Beside::Saved),
        ("journalctl -u x | awsexplain", Beside::Saved),
        (
            "ssh host aws s3 ls | awsexplain",
            Beside::Elsewhere("ssh".to_owned()),
        ),
        (
            "docker run x aws s3 ls | tee log | awsexplain",
            Beside::Elsewhere("docker".to_owned()),
        ),
        (
            "kubectl exec pod -- aws s3 ls | awsexplain",
            Beside::Elsewhere("kubectl".to_owned()),
        ),
    ] {
        let parts: Vec<&str> = line.split(" | ").collect();
        let host = pipeline(&parts)
            .with_file("/log", "x")
            .with_file("/copy", "x");
        assert_eq!(found(&host), wanted, "{line}");
    }
    // The proxy that it started writes its errors into the same pipe.
    let proxied = we(shell("bash"), 1)
        .with_process(10, of(1, "ssh host"))
        .with_process(11, of(10, "sh -c connect"));
    assert_eq!(found(&proxied), Beside::Elsewhere("ssh".to_owned()));
    // Its streams are not shown to us, since it runs as root; its words (on macOS its name) and its group are.
    let sudo = we(shell("bash"), 1).with_process(10, FakeProcess::new(1, "sudo aws s3 ls"));
    assert_eq!(found(&sudo), Beside::Elsewhere("sudo".to_owned()));
}

#[test]
fn a_script_lends_the_variables_of_what_it_runs() {
    let script = |shell_words: &str| {
        we(shell("bash"), 1)
            .with_process(10, of(1, shell_words).with_variable("AWS_PROFILE", "outer"))
    };
    // A script whose command has ended, one whose command still is, and make.
    assert_eq!(profile(&script("bash deploy.sh")).as_deref(), Some("outer"));
    assert_eq!(profile(&script("make deploy")).as_deref(), Some("outer"));
    assert_eq!(
        profile(&script("make deploy").on_macos()).as_deref(),
        Some("outer")
    );
    let inner = of(10, "aws s3 ls").with_variable("AWS_PROFILE", "inner");
    let running = script("bash deploy.sh").with_process(11, inner);
    assert_eq!(profile(&running).as_deref(), Some("inner"));
    // macOS keeps back the variables of its own shells: what is not known is not guessed.
    assert_eq!(
        beside(&script("bash deploy.sh").on_macos()),
        Beside::Unknown
    );
    assert_eq!(profile(&running.on_macos()).as_deref(), Some("inner"));
    // What it reads on its way is no log that we read; what a part of the shell shows is.
    let looks = script("bash deploy.sh")
        .with_file("/log", "x")
        .with_process(11, of(10, "cat /log"));
    assert_eq!(profile(&looks).as_deref(), Some("outer"));
    let shows = script("bash")
        .with_file("/log", "x")
        .with_process(11, of(10, "cat /log"));
    assert_eq!(found(&shows), Beside::Saved);
    // The script is in the middle of a `$( … )`, which has the script's own words.
    let part = FakeProcess::new(10, "bash deploy.sh").with_streams([Other, Pipe(77), Pipe(10)]);
    let middle = script("bash deploy.sh").with_process(11, part);
    assert_eq!(profile(&middle).as_deref(), Some("outer"));
    // A part of the shell itself knows nothing of what was exported since the shell began.
    assert_eq!(beside(&script("bash")), Beside::Unknown);
    // The shell became us, so that what it started are our children.
    let became = we(FakeHost::new(), 1).with_process(10, of(100, "aws s3 ls --profile x"));
    assert_eq!(profile(&became).as_deref(), Some("x"));
    // We may be in such a part ourselves.
    let inside = shell("bash")
        .with_process(10, of(1, "aws s3 ls --profile x"))
        .with_process(
            20,
            FakeProcess::new(1, "bash").with_streams([Pipe(10), Other, Other]),
        );
    assert_eq!(profile(&we(inside, 20)).as_deref(), Some("x"));
}

#[test]
fn a_command_whose_options_are_doubtful_is_one_all_the_same() {
    // On macOS an empty word among the others hides which they are; the program is told, and that it is the AWS CLI.
    let told = of(1, "aws").with_variable("AWS_PROFILE", "x");
    let host = we(shell("bash"), 1).with_process(10, told);
    assert_eq!(profile(&host).as_deref(), Some("x"));
    let Beside::Command(found) = beside(&host) else {
        panic!("there is a command")
    };
    assert_eq!(found.command.and_then(|command| command.shown()), None);
}

#[test]
fn what_is_not_seen_is_unknown() {
    assert_eq!(beside(&FakeHost::new()), Beside::Unknown);
    assert_eq!(beside(&we(shell("bash"), 1)), Beside::Unknown);
    // Another pipe's command, a file, a terminal, and a command of somebody else's.
    let other = FakeProcess::new(1, "aws s3 ls").with_streams([Other, Pipe(11), Other]);
    assert_eq!(
        beside(&we(shell("bash"), 1).with_process(10, other)),
        Beside::Unknown
    );
    for stream in [File, Other] {
        let we = FakeProcess::new(1, "awsexplain").with_streams([stream, Other, Other]);
        assert_eq!(
            beside(&shell("bash").with_process(100, we)),
            Beside::Unknown
        );
    }
    let theirs = FakeProcess::new(1, "aws s3 ls");
    assert_eq!(
        beside(&we(shell("bash"), 1).with_process(10, theirs)),
        Beside::Unknown
    );
    // Pipes that lead round in a circle, and a parent that is its own child.
    let circle = FakeProcess::new(1, "cat").with_streams([Pipe(10), Pipe(10), Other]);
    let circle = we(shell("bash"), 1).with_process(10, circle);
    assert_eq!(found(&circle), Beside::Unknown);
    let own_parent =
        FakeHost::new().with_process(7, FakeProcess::new(7, "bash").with_streams([Pipe(10); 3]));
    assert_eq!(beside(&we(own_parent, 7)), Beside::Unknown);
}

#[test]
fn the_findings_say_who_it_is_and_no_value() {
    let secret = "Zq7Kx9Wv2Lm4Yt5Rb8Nd3Hs6Jp1Cf0Gu";
    let line = format!(
        "aws s3 ls --profile dev --region {secret} --endpoint-url http://{secret}@x {secret}"
    );
    let own = of(1, &line).with_variable("AWS_SECRET_ACCESS_KEY", secret);
    let found = beside(&we(shell("bash"), 1).with_process(10, own));
    let finding = found.finding().expect("there is a command");
    assert_eq!(finding.id, "sibling-command");
    assert!(
        finding.seen.contains("--profile \"dev\""),
        "{}",
        finding.seen
    );
    assert!(
        !format!("{finding:?}").contains(&secret[..8]),
        "{finding:?}"
    );
    let finding = beside(&pipeline(&["ssh host", "awsexplain"])).finding();
    let finding = finding.expect("it runs elsewhere");
    assert_eq!(
        (finding.id, &finding.seen[..]),
        ("remote-command", "The command runs elsewhere (ssh).")
    );
}
