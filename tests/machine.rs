//! What the machine says is asked for each error, and of nothing but an error.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
};

use awsexplain::{
    diagnose::{CauseTold, Explanation, Extent, Shell},
    environment::{
        Command, FakeHost, FakeProcess, Host, Metadata, Processes,
        Stream::{self, Other, Pipe},
    },
    error::Result,
    filter::{Explainer, Filter, Listener, Origin, Repeat, Tell, Wishes, errors},
    knowledge::Knowledge,
    recognise::AwsError,
    render::{Place, Told},
    sieve::Sieve,
    stream::{Encoding, Sink},
};

const TOKEN: &str = "An error occurred (InvalidToken) when calling the ListBuckets operation: The provided token is malformed or otherwise invalid.\n";
/// An hour ahead of a made-up machine's clock.
const CLOCK: &str = "An error occurred (SignatureDoesNotMatch) when calling the GetCallerIdentity operation: Signature expired: 20260101T000000Z is now earlier than 20260101T004500Z (20260101T010000Z - 15 min.)\n";
const CLOSED: &str = "Could not connect to the endpoint URL: \"http://localhost:4566/\"\n";
const PROFILE: &str = "The config profile (prod) could not be found\n";
const EXPIRED: &str = "An error occurred (ExpiredToken) when calling the ListBuckets operation: The provided token has expired.\n";

fn error(text: &str) -> AwsError {
    errors(text, &Knowledge::default())
        .expect("it is read")
        .remove(0)
}

/// Whether a sentence of any cause holds this.
fn says(told: &Explanation, text: &str) -> bool {
    let mut because = told.causes.iter().flat_map(|cause| &cause.because);
    because.any(|seen| seen.contains(text))
}

#[test]
fn each_error_gets_the_findings_of_its_own_words() {
    let host = FakeHost::new()
        .with_variable("AWS_ENDPOINT_URL", "http://localhost:4566")
        .with_file(
            "/home/dev/.aws/config",
            "[profile prd]\nregion = eu-west-1\n",
        );
    let expected = [
        (CLOCK, "This clock is 60 min behind the server's"),
        (
            CLOSED,
            "port 4566 of this machine, and nothing listens there",
        ),
        (
            PROFILE,
            "The profile that the error names is in neither file",
        ),
    ];
    // In every order: what an earlier error said stays with it.
    for first in [TOKEN, CLOCK, CLOSED, PROFILE] {
        let explainer = Explainer::new(Some(&host), Shell::Posix);
        let _ = explainer.explain(&error(first), Extent::Whole);
        for (text, seen) in expected {
            let told = explainer.explain(&error(text), Extent::Whole);
            assert!(
                says(&told, seen),
                "{text} behind {first}: {:#?}",
                told.causes
            );
            for (_, other) in expected.iter().filter(|(other, _)| *other != text) {
                assert!(!says(&told, other), "{text} behind {first} says {other}");
            }
        }
    }
}

#[test]
fn a_known_command_tells_profile_service_and_how_to_run_it_again() {
    let host = FakeHost::new();
    let words = [
        "aws",
        "--profile",
        "prd",
        "rds",
        "describe-db-instances",
        "--region",
        "eu-west-1",
    ];
    let explainer =
        Explainer::new(Some(&host), Shell::Posix).of(Origin::Ours(Command::parse(&words)));
    let refused = "An error occurred (AccessDenied) when calling the DescribeDBInstances operation: not authorized\n";
    let told = explainer.explain(&error(refused), Extent::Whole);
    assert_eq!(told.services, ["rds"]);
    let again = "aws --profile prd rds describe-db-instances --region eu-west-1";
    assert_eq!(told.causes[0].again.as_deref(), Some(again));
    let told = explainer.explain(&error("Unable to locate credentials. You can configure credentials by running \"aws configure\".\n"), Extent::Whole);
    let fixes = told.causes.iter().flat_map(|cause| &cause.fix);
    let commands: Vec<&String> = fixes.filter_map(|step| step.command.as_ref()).collect();
    assert!(
        commands.iter().any(|line| line.contains("AWS_PROFILE=prd")),
        "{commands:?}"
    );
    // An error of another service, met on the way, stays what it is.
    let assumed =
        "An error occurred (AccessDenied) when calling the AssumeRole operation: not authorized\n";
    assert_eq!(
        explainer.explain(&error(assumed), Extent::Whole).services,
        ["sts"]
    );
}

/// The nearest profile's machine, and an `aws` beside us with these words and variables.
fn beside(line: &str, variables: &[(&str, &str)]) -> FakeHost {
    let streams: [Stream; 3] = [Other, Pipe(5), Pipe(5)];
    let aws = FakeProcess::new(1, line).with_streams(streams);
    let aws = variables
        .iter()
        .fold(aws, |aws, (name, value)| aws.with_variable(name, value));
    let we = FakeProcess::new(1, "awsexplain").with_streams([Pipe(5), Other, Other]);
    FakeHost::new()
        .with_file(
            "/home/dev/.aws/config",
            "[profile prd]\nregion = eu-west-1\n",
        )
        .with_process(1, FakeProcess::new(0, "fish").with_streams([Other; 3]))
        .with_process(10, aws)
        .with_process(100, we)
}

/// The first cause of an error that came through the pipe.
fn first(host: &FakeHost, shell: Shell, text: &str) -> CauseTold {
    let explainer = Explainer::new(Some(host), shell).of(Origin::Pipe { asked: false });
    explainer
        .explain(&error(text), Extent::Whole)
        .causes
        .remove(0)
}

fn steps(cause: &CauseTold) -> Vec<&str> {
    let steps = cause.fix.iter();
    steps
        .filter_map(|step| step.command.as_deref().or(step.say.as_deref()))
        .collect()
}

#[test]
fn what_is_set_for_the_command_alone_is_mended_there() {
    let host = beside("aws s3 ls", &[("AWS_PROFILE", "prod")]);
    for shell in [Shell::Posix, Shell::Fish] {
        let cause = first(&host, shell, PROFILE);
        assert_eq!(
            steps(&cause)[0],
            "AWS_PROFILE is set for this command alone, not in the shell; set it to prd there"
        );
        assert_eq!(cause.again.as_deref(), Some("AWS_PROFILE=prd aws s3 ls"));
    }
    // A shell that cannot set a variable for one command.
    assert_eq!(first(&host, Shell::PowerShell, PROFILE).again, None);
    // What the shell itself has is mended in the shell.
    let both = host.with_variable("AWS_PROFILE", "prod");
    let cause = first(&both, Shell::Posix, PROFILE);
    assert_eq!(steps(&cause)[0], "export AWS_PROFILE=prd");
    assert_eq!(cause.again.as_deref(), Some("aws s3 ls"));
    let option = beside("aws s3 ls --profile prod", &[]);
    let cause = first(&option, Shell::Posix, PROFILE);
    assert_eq!(steps(&cause)[0], "Name profile \"prd\" instead");
    assert_eq!(cause.again.as_deref(), Some("aws s3 ls --profile prd"));
}

#[test]
fn keys_of_the_command_alone_are_left_out_or_not_shown() {
    let keys = [
        ("AWS_ACCESS_KEY_ID", "ASIAY34FZKBOKMUTVV7A"),
        (
            "AWS_SECRET_ACCESS_KEY",
            "abcdefghijklmnopqrstuvwxyz0123456789/+AB",
        ),
        ("AWS_SESSION_TOKEN", "abcdefghijklmnop"),
    ];
    let host = beside("aws s3 ls", &keys).with_file(
        "/home/dev/.aws/credentials",
        "[default]\naws_access_key_id = AKIAY34FZKBOKMUTVV7A\naws_secret_access_key = x\n",
    );
    let cause = first(&host, Shell::Posix, EXPIRED);
    let steps = steps(&cause).join("\n");
    assert!(
        steps.contains("AWS_SESSION_TOKEN are set for this command alone"),
        "{steps}"
    );
    assert!(!steps.contains("unset AWS"), "{steps}");
    assert_eq!(cause.again.as_deref(), Some("aws s3 ls"));
    // Another error, which has nothing to do with them: the line would have to hold them.
    let refused = "An error occurred (NoSuchBucket) when calling the ListObjectsV2 operation: The specified bucket does not exist\n";
    assert_eq!(first(&host, Shell::Posix, refused).again, None);
}

/// A machine that counts how often it is asked for anything, and for files.
struct Counting {
    host: FakeHost,
    all: AtomicUsize,
    files: AtomicUsize,
}

impl Counting {
    fn asked(&self) -> &FakeHost {
        self.all.fetch_add(1, Ordering::Relaxed);
        &self.host
    }
}

impl Host for Counting {
    fn variable(&self, name: &str) -> Option<String> {
        self.asked().variable(name)
    }
    fn variable_names(&self) -> Vec<String> {
        self.asked().variable_names()
    }
    fn file(&self, path: &Path) -> Option<Vec<u8>> {
        self.files.fetch_add(1, Ordering::Relaxed);
        self.asked().file(path)
    }
    fn now(&self) -> u64 {
        self.asked().now()
    }
    fn home(&self) -> Option<PathBuf> {
        self.asked().home()
    }
    fn metadata(&self, path: &Path) -> Option<Metadata> {
        self.asked().metadata(path)
    }
    fn names_in(&self, folder: &Path) -> Vec<String> {
        self.asked().names_in(folder)
    }
    fn resolved(&self, path: &Path) -> Option<PathBuf> {
        self.asked().resolved(path)
    }
    fn user(&self) -> Option<u32> {
        self.asked().user()
    }
    fn listens(&self, address: SocketAddr) -> bool {
        self.asked().listens(address)
    }
    fn processes(&self) -> Option<&dyn Processes> {
        self.asked().processes()
    }
}

struct Deaf;

impl Tell for Deaf {
    fn encoded(&mut self, _: Encoding) -> Result<()> {
        Ok(())
    }
    fn verbatim(&mut self, _: &[u8]) -> Result<()> {
        Ok(())
    }
    fn told(&mut self, _: Told, _: bool) -> Result<()> {
        Ok(())
    }
    fn again(&mut self, _: u64, _: Place) -> Result<()> {
        Ok(())
    }
}

#[test]
fn nothing_is_asked_of_the_machine_before_an_error_is_recognised() {
    let host = Counting {
        host: beside("aws s3 ls", &[("AWS_PROFILE", "prod")]),
        all: AtomicUsize::new(0),
        files: AtomicUsize::new(0),
    };
    let explainer = Explainer::new(Some(&host), Shell::default())
        .in_shell_around(&host)
        .of(Origin::Pipe { asked: false });
    let wishes = Wishes {
        verbatim: true,
        lines: true,
        all: true,
        extent: Extent::Whole,
        repeat: Repeat::Full,
        redact: None,
    };
    let (sieve, mut deaf) = (Sieve::default(), Deaf);
    let mut listener = Listener::new(&explainer, wishes, None, &mut deaf);
    let mut filter = Filter::new(&sieve, &mut listener);
    let count = |of: &AtomicUsize| of.load(Ordering::Relaxed);
    // Near to errors, and none.
    let quiet = "error: no such file\nAn error occurred while installing x\nHTTP 403 InvalidToken? credentials\n";
    filter
        .push(quiet.repeat(1000).as_bytes())
        .expect("nothing fails");
    filter.idle().expect("nothing fails");
    assert_eq!(count(&host.all), 0);
    // All is looked at at once, while the command may still be there and the note waits for its pause.
    filter.push(PROFILE.as_bytes()).expect("nothing fails");
    let files = count(&host.files);
    assert!(files > 0 && count(&host.all) > files);
    filter.idle().expect("nothing fails");
    // Other errors read no file again.
    for text in [TOKEN, CLOCK, CLOSED, EXPIRED, PROFILE] {
        filter.push(text.as_bytes()).expect("nothing fails");
        filter.idle().expect("nothing fails");
    }
    assert_eq!(count(&host.files), files);
}
