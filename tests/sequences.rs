//! What one event does to the next: nothing. Each text of `tests/data/variants` and each log of `tests/logs` is followed by
//! errors of other clients, at once and behind a blank line. Each of them is told as when it stands alone, and so is what
//! came before it.

#[path = "data/cases.rs"]
mod cases;
#[path = "data/heard.rs"]
#[allow(dead_code, reason = "each test file takes its part of it")]
mod heard;

use std::{fs, path::Path};

use awsexplain::{recognise::AwsError, sieve::Sieve};
use cases::cases;
use heard::heard;

/// Errors whose codes stand in no other text here.
const NEXT: &[(&str, &str)] = &[
    (
        "the AWS CLI",
        "An error occurred (DBSnapshotNotFound) when calling the DescribeDBSnapshots operation: DBSnapshot one not found.\n",
    ),
    (
        "the AWS CLI 2",
        "aws: [ERROR]: An error occurred (FileSystemNotFound) when calling the DescribeFileSystems operation: File system \
         one does not exist.\n",
    ),
    (
        "boto3",
        "Traceback (most recent call last):\n  File \"/srv/app.py\", line 3, in <module>\n    work()\nbotocore.exceptions.\
         ClientError: An error occurred (TableInUseException) when calling the CreateTable operation: Table is in use\n",
    ),
    (
        "the SDK for Go",
        "operation error ECR: DescribeRepositories, https response error StatusCode: 400, RequestID: \
         8f3e1a2b-0000-4efa-8bcd-0123456789aa, api error ImageNotFoundException: The image does not exist\n",
    ),
    (
        "the first SDK for Go",
        "ClusterNotFoundException: Cluster not found.\n\tstatus code: 400, request id: 8f3e1a2b-0000-4efa-8bcd-0123456789ab\n",
    ),
    (
        "the SDK for Java",
        "software.amazon.awssdk.services.sqs.model.QueueDeletedRecentlyException: You must wait 60 seconds. (Service: Sqs, \
         Status Code: 400, Request ID: 8f3e1a2b-0000-4efa-8bcd-0123456789ac)\n\tat com.example.Orders.place(Orders.java:40)\n",
    ),
    (
        "the SDK for JavaScript",
        "TopicLimitExceededException: Too many topics\n    at throwDefaultError \
         (/app/node_modules/@smithy/smithy-client/dist-cjs/index.js:809:29) {\n  '$fault': 'client',\n  '$metadata': {\n    \
         httpStatusCode: 403,\n    requestId: '8f3e1a2b-0000-4efa-8bcd-0123456789ad',\n    attempts: 1\n  },\n  Type: 'Sender',\n  \
         Code: 'TopicLimitExceeded'\n}\n",
    ),
    (
        "S3",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>NoSuchLifecycleConfiguration</Code><Message>The lifecycle \
         configuration does not exist</Message><RequestId>7UEWEX96ZSQAF2DC</RequestId></Error>\n",
    ),
    (
        "Terraform",
        "╷\n│ Error: creating KMS Key: operation error KMS: CreateKey, https response error StatusCode: 400, RequestID: \
         8f3e1a2b-0000-4efa-8bcd-0123456789ae, api error MalformedPolicyDocumentException: The new key policy is not valid\n│ \n\
         │   with aws_kms_key.one,\n│   on main.tf line 7, in resource \"aws_kms_key\" \"one\":\n╵\n",
    ),
];

/// The texts with their names.
fn texts() -> Vec<(String, String)> {
    let cases = cases().into_iter().enumerate();
    let mut texts: Vec<_> = cases
        .map(|(number, (file, _, text))| (format!("{file} {number}"), text))
        .collect();
    let logs = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/logs");
    for file in fs::read_dir(logs).expect("the folder is there") {
        let path = file.expect("it can be listed").path();
        let name = path.file_stem().expect("a name").to_string_lossy();
        let text = fs::read_to_string(&path).expect("it is text");
        texts.push((name.into_owned(), text));
    }
    texts
}

/// What is told of a text.
fn told(sieve: &Sieve, text: &str) -> Vec<AwsError> {
    let heard = heard(sieve, [text.as_bytes()]);
    let same = |error: AwsError| AwsError {
        // A traceback right behind an error may be its own.
        producer: "",
        ..error
    };
    let errors = heard.errors.into_iter();
    errors.map(|one| same(one.error)).collect()
}

#[test]
fn an_error_is_told_whatever_came_before_it() {
    let sieve = Sieve::default();
    let texts = texts();
    assert!(texts.len() > 300, "only {} texts", texts.len());
    let mut faults = Vec::new();
    for (name, text) in &texts {
        let before = told(&sieve, &format!("{text}\n"));
        for (client, next) in NEXT {
            let alone = told(&sieve, next);
            for (seam, between) in [("\n", "at once"), ("\n\n", "behind a blank line")] {
                if *client == "S3" && between == "at once" && text.contains("rror executing \"") {
                    // PHP prints the body itself, behind its own words.
                    continue;
                }
                let both = told(&sieve, &format!("{text}{seam}{next}"));
                let wanted: Vec<_> = before.iter().chain(&alone).collect();
                if both.iter().collect::<Vec<_>>() != wanted {
                    let codes = |errors: &[&AwsError]| {
                        let code = |error: &&AwsError| error.code.clone().unwrap_or_default();
                        errors.iter().map(code).collect::<Vec<_>>().join(", ")
                    };
                    let other = both.iter().zip(&wanted).find(|(one, other)| one != *other);
                    faults.push(format!(
                        "{name}, then {client} {between}: {}, and not {}\n{text}\n{other:?}\n",
                        codes(&both.iter().collect::<Vec<_>>()),
                        codes(&wanted)
                    ));
                }
            }
        }
    }
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[test]
fn the_aws_cli_is_heard_behind_an_error_that_was_cut() {
    let sieve = Sieve::default();
    let cli = NEXT[0].1;
    let next = NEXT.iter().map(|(_, text)| (*text).to_owned());
    let mut faults = Vec::new();
    for text in next.chain(texts().into_iter().map(|(_, text)| text)) {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        for count in 1..=lines.len() {
            let cut = format!("{}\n", lines[..count].concat().trim_end_matches('\n'));
            // An object that JavaScript prints behind a stack may have lost its end as well.
            for cut in [
                cut.clone(),
                format!("{cut}    at new X (/srv/x.js:1:2) {{\n"),
            ] {
                let told = told(&sieve, &format!("{cut}{cli}"));
                let code = told.last().and_then(|error| error.code.as_deref());
                if code != Some("DBSnapshotNotFound") {
                    faults.push(cut);
                }
            }
        }
    }
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n---\n")
    );
}
