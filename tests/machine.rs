//! What the machine says is asked for each error, and of nothing but an error.

use awsexplain::{
    diagnose::{Explanation, Shell},
    environment::{Command, FakeHost},
    filter::{Explainer, Origin, errors},
    recognise::AwsError,
};

const TOKEN: &str = "An error occurred (InvalidToken) when calling the ListBuckets operation: The provided token is malformed or otherwise invalid.\n";
/// An hour ahead of a made-up machine's clock.
const CLOCK: &str = "An error occurred (SignatureDoesNotMatch) when calling the GetCallerIdentity operation: Signature expired: 20260101T000000Z is now earlier than 20260101T004500Z (20260101T010000Z - 15 min.)\n";
const CLOSED: &str = "Could not connect to the endpoint URL: \"http://localhost:4566/\"\n";
const PROFILE: &str = "The config profile (prod) could not be found\n";

fn error(text: &str) -> AwsError {
    errors(text).expect("it is read").remove(0)
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
        let _ = explainer.explain(&error(first));
        for (text, seen) in expected {
            let told = explainer.explain(&error(text));
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
    let told = explainer.explain(&error(refused));
    assert_eq!(told.services, ["rds"]);
    let again = "aws --profile prd rds describe-db-instances --region eu-west-1";
    assert_eq!(told.again.as_deref(), Some(again));
    let told = explainer.explain(&error("Unable to locate credentials. You can configure credentials by running \"aws configure\".\n"));
    let fixes = told.causes.iter().flat_map(|cause| &cause.fix);
    let commands: Vec<&String> = fixes.filter_map(|step| step.command.as_ref()).collect();
    assert!(
        commands.iter().any(|line| line.contains("AWS_PROFILE=prd")),
        "{commands:?}"
    );
    // An error of another service, met on the way, stays what it is.
    let assumed =
        "An error occurred (AccessDenied) when calling the AssumeRole operation: not authorized\n";
    assert_eq!(explainer.explain(&error(assumed)).services, ["sts"]);
}
