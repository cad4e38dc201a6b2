//! What holds for any bytes in any chunking: the filter's promises, as properties.
//!
//! The filter gives a sequence of pieces, verbatim bytes and notes. Whatever comes in, the verbatim pieces joined are the
//! input; a note stands only behind a line break or at the end; and what is recognised does not hang on where a read
//! happened to end. The inputs are made of the parts that have broken such filters before: errors of several shapes, text
//! that only looks like one, carriage returns, CRLF, NULs, bytes that are no UTF-8, our own notes, and a last line
//! without a line break. `program.rs` holds the real binary to what is seen from outside.

#[path = "data/heard.rs"]
#[allow(dead_code, reason = "each test file takes its part of it")]
mod heard;

use awsexplain::sieve::Sieve;
use heard::{Heard, heard};
use proptest::{collection::vec, prelude::*, sample::select};

/// Errors, each as a client prints it.
const ERRORS: &[&str] = &[
    "An error occurred (InvalidToken) when calling the ListBuckets operation: The provided token is malformed or otherwise invalid.",
    "aws: [ERROR]: An error occurred (AccessDenied) when calling the GetObject operation: Access Denied",
    "\u{1b}[31mfatal error: An error occurred (404) when calling the HeadObject operation: Key \"a\" does not exist\u{1b}[0m",
    "botocore.exceptions.ClientError: An error occurred (ThrottlingException) when calling the ListRoles operation (reached max retries: 4): Rate exceeded",
    "operation error S3: ListObjectsV2, https response error StatusCode: 404, RequestID: 7B1D, HostID: a=, NoSuchBucket: The specified bucket does not exist",
    "NoSuchBucket: The specified bucket does not exist\n\tstatus code: 404, request id: 7B1D0C2E3F4A5B6C, host id: abc=",
    "com.amazonaws.services.s3.model.AmazonS3Exception: Access Denied (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied; Request ID: 7B1D)\n\tat com.amazonaws.http.AmazonHttpClient.execute(AmazonHttpClient.java:1)",
    "<?xml version=\"1.0\"?>\n<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature does not match</Message></Error>",
    "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException\",\"message\":\"Requested resource not found\"}",
    "Unable to locate credentials. You can configure credentials by running \"aws configure\".",
];

/// Text of other tools, and AWS's own where nothing is wrong: nothing of it is an error of AWS.
const CLEAN: &[&str] = &[
    "   Compiling awsexplain v0.1.0 (/home/dev/awsexplain)",
    "2026-11-24 13:00:01,123 INFO root - 200 OK in 12 ms",
    "upload: ./a.csv to s3://my-bucket/a.csv",
    "Traceback (most recent call last):\n  File \"a.py\", line 1, in <module>\nKeyError: 'x'",
    "error[E0308]: mismatched types\n --> src/main.rs:1:1",
    "npm ERR! code ELIFECYCLE\nnpm ERR! errno 1",
    "java.lang.NullPointerException: Cannot invoke \"String.length()\"\n\tat Main.main(Main.java:3)",
    "10.0.0.1 - - [24/Nov/2026] \"GET /Invalid HTTP/1.1\" 404 153",
    "Loading credentials from the vault … done",
    "{\"level\":\"info\",\"code\":\"ok\",\"msg\":\"no error occurred (yet)\"}",
    "{\"Buckets\": [{\"Name\": \"a\", \"CreationDate\": \"2024-01-01T00:00:00+00:00\"}]}",
    "fatal: not a git repository (or any of the parent directories): .git",
    "",
];

/// What stands between: endings of lines, and bytes that are no text at all.
const BETWEEN: &[&[u8]] = &[
    b"\n",
    b"\n",
    b"\n",
    b"\r\n",
    b"\r",
    b"\n\n",
    b"\0\0",
    b"\xff\xfe\x80",
    b" 12%\r 55%\r",
    b"  \xe2\x94\x83 InvalidToken \xc2\xb7 s3\n",
    b"",
    b"\x1b[0m\n",
];

/// The filter over the input, read in pieces that end at `cuts`.
fn filtered(input: &[u8], cuts: &[usize]) -> Heard {
    let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut % (input.len() + 1)).collect();
    cuts.extend([0, input.len()]);
    cuts.sort_unstable();
    let pieces = cuts.windows(2).map(|pair| &input[pair[0]..pair[1]]);
    heard(&Sieve::default(), pieces)
}

/// Pieces of the three tables in any order, with any bytes among them.
fn inputs() -> impl Strategy<Value = Vec<u8>> {
    let bytes =
        |texts: &'static [&'static str]| select(texts).prop_map(|text| text.as_bytes().to_vec());
    let between = || select(BETWEEN).prop_map(<[u8]>::to_vec);
    let part = prop_oneof![3 => bytes(ERRORS), 3 => bytes(CLEAN), 5 => between(), 1 => vec(any::<u8>(), 0..40)];
    vec((part, between()), 0..12).prop_map(|parts| {
        parts
            .into_iter()
            .flat_map(|(part, between)| [part, between].concat())
            .collect()
    })
}

fn cuts() -> impl Strategy<Value = Vec<usize>> {
    vec(any::<usize>(), 0..12)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_verbatim_pieces_are_the_input(input in inputs(), cuts in cuts()) {
        let told = filtered(&input, &cuts);
        prop_assert_eq!(String::from_utf8_lossy(&told.joined), String::from_utf8_lossy(&input));
        prop_assert!(told.joined == input);
    }

    #[test]
    fn a_note_stands_behind_a_line_break_or_at_the_end(input in inputs(), cuts in cuts()) {
        for (at, unfinished) in filtered(&input, &cuts).notes {
            let finished = input[..at].ends_with(b"\n");
            prop_assert!(finished || at == input.len(), "at {at} of {}", input.len());
            prop_assert_eq!(unfinished, !finished, "at {}", at);
        }
    }

    #[test]
    fn chunking_changes_nothing_of_what_is_recognised(input in inputs(), cuts in cuts()) {
        let (whole, parts) = (filtered(&input, &[]), filtered(&input, &cuts));
        prop_assert_eq!(whole.errors, parts.errors);
    }

    #[test]
    fn any_bytes_pass(input in vec(any::<u8>(), 0..2000), cuts in cuts()) {
        prop_assert!(filtered(&input, &cuts).joined == input);
    }

    #[test]
    fn nothing_is_recognised_in_a_clean_log(parts in vec((select(CLEAN), select(vec!["\n", "\r\n", "\r"])), 0..20), cuts in cuts()) {
        let input: String = parts.iter().flat_map(|(text, end)| [*text, end]).collect();
        prop_assert_eq!(filtered(input.as_bytes(), &cuts).errors, vec![]);
    }
}

#[test]
fn every_byte_may_come_alone() {
    let input = ERRORS.join("\n");
    let every: Vec<usize> = (0..input.len()).collect();
    let (whole, parts) = (
        filtered(input.as_bytes(), &[]),
        filtered(input.as_bytes(), &every),
    );
    assert_eq!(whole.errors, parts.errors);
    assert!(parts.joined == input.as_bytes());
}

#[test]
fn each_of_these_errors_is_recognised() {
    let unseen: Vec<_> = ERRORS
        .iter()
        .filter(|text| filtered(text.as_bytes(), &[]).errors.len() != 1)
        .collect();
    assert!(unseen.is_empty(), "{unseen:#?}");
}

#[test]
fn an_error_is_found_beyond_any_amount_of_text() {
    // Far beyond what the window keeps, and beyond the beginning that is searched for everything.
    let mut input = CLEAN[..3].join("\n").repeat(40_000).into_bytes();
    let start = input.len() as u64;
    assert!(start > awsexplain::sieve::FULLY);
    input.extend_from_slice(ERRORS[0].as_bytes());
    input.push(b'\n');
    input.extend_from_slice(&b"and on it goes\n".repeat(20_000));
    let told = filtered(&input, &[start as usize + 30]);
    assert!(told.joined == input);
    let codes: Vec<_> = told
        .errors
        .iter()
        .map(|found| found.error.code.as_deref())
        .collect();
    assert_eq!(codes, [Some("InvalidToken")]);
}

#[test]
fn a_line_of_any_length_passes() {
    let mut input = vec![b'x'; 3 << 20];
    input.extend_from_slice(format!("\n{}\n", ERRORS[0]).as_bytes());
    let told = filtered(&input, &[70_000, 2 << 20]);
    assert!(told.joined == input);
    assert_eq!(told.errors.len(), 1);
}
