//! An error that comes again is not read again, and nothing else is told than if it were. In unit tests the reader reads
//! whatever it knows once more and compares (`Reader`); here it is given much to know.

mod linear;

use super::*;
use crate::knowledge;

/// Key, offset and lines.
type Place = (u64, u64, Option<(u64, u64)>);

/// Hears of every error, and remembers as the real one does.
struct Hearing {
    quiet: Option<Quiet>,
    told: Vec<Place>,
    again: usize,
}

impl Pieces for Hearing {
    fn verbatim(&mut self, _: &[u8]) -> Result<()> {
        Ok(())
    }

    fn recognised(&mut self, found: &Recognised, lines: Option<(u64, u64)>, _: bool) -> Result<()> {
        self.told
            .push((found.error.key(), found.place.start, lines));
        Ok(())
    }

    fn counts_lines(&self) -> bool {
        true
    }

    fn hears(&mut self, key: u64, error: Option<&AwsError>) -> bool {
        let quiet = self.quiet.as_mut();
        quiet.is_some_and(|quiet| match error {
            None => quiet.knows(key),
            Some(error) => quiet.hear(key, error, 0) != Heard::First,
        })
    }

    fn again(&mut self, key: u64, start: u64, lines: Option<(u64, u64)>) -> Result<()> {
        self.told.push((key, start, lines));
        self.again += 1;
        Ok(())
    }
}

fn hear(text: &[u8], quiet: Option<Quiet>) -> Hearing {
    let (sieve, told) = (Sieve::default(), Vec::new());
    let mut hearing = Hearing {
        quiet,
        told,
        again: 0,
    };
    pass(text, &sieve, &mut hearing);
    hearing
}

/// Passes a text through a filter in chunks.
fn pass(text: &[u8], sieve: &Sieve, pieces: &mut impl Pieces) {
    let mut filter = Filter::new(sieve, pieces);
    for chunk in text.chunks(50_000) {
        filter.room()[..chunk.len()].copy_from_slice(chunk);
        filter.arrived(chunk.len()).unwrap();
    }
    filter.finish().unwrap();
}

/// The text with every digit replaced by another.
fn turned(text: &str, by: u8) -> String {
    let turn = |letter: char| match letter {
        '0'..='9' => char::from(b'0' + (letter as u8 - b'0' + by) % 10),
        _ => letter,
    };
    text.chars().map(turn).collect()
}

#[test]
fn what_is_known_is_told_as_if_it_were_read() {
    let mut log = String::new();
    for turn in [0, 0, 3, 0, 7] {
        for (number, (_, entry)) in knowledge::all().enumerate() {
            for example in &entry.examples {
                if number % 3 == 0 {
                    log.push_str("2024-05-01T10:00:00.1234567Z an ordinary line\n");
                }
                log.push_str(&turned(&example.text, turn));
                log.push_str("\nan ordinary line\n");
            }
        }
    }
    let (with, without) = (
        hear(log.as_bytes(), Some(Quiet::default())),
        hear(log.as_bytes(), None),
    );
    assert_eq!(with.told, without.told);
    assert_eq!(without.again, 0);
    assert!(
        with.again > with.told.len() / 3,
        "{} of {}",
        with.again,
        with.told.len()
    );
}

/// The codes of all errors that are told.
fn codes(text: &str) -> Vec<String> {
    let (sieve, mut codes) = (Sieve::default(), Codes(Vec::new()));
    pass(text.as_bytes(), &sieve, &mut codes);
    codes.0
}

struct Codes(Vec<String>);

impl Pieces for Codes {
    fn verbatim(&mut self, _: &[u8]) -> Result<()> {
        Ok(())
    }

    fn recognised(&mut self, found: &Recognised, _: Option<(u64, u64)>, _: bool) -> Result<()> {
        self.0.extend(found.error.code.clone());
        Ok(())
    }

    fn counts_lines(&self) -> bool {
        false
    }
}

#[test]
fn nothing_behind_the_lower_edge_of_a_box_is_part_of_it() {
    let text = "╷\n│ Error: updating the thing (): InvalidAccessException: Account is not an administrator\n\n│ {\n│ x\n╵\n\
        An error occurred (AccessDenied) when calling the GetObject operation: Access Denied\nx\n";
    assert_eq!(codes(text), ["InvalidAccessException", "AccessDenied"]);
}

/// The text so far behind the start and before the end that only what is rare is found in it.
fn far(text: &str) -> String {
    let lines = |bytes: usize| "an ordinary line\n".repeat(bytes / 17 + 1);
    lines(FULLY as usize) + text + &lines(KEPT)
}

#[test]
fn a_box_that_is_marked_by_its_status_is_read_as_a_whole() {
    let text = "╷\n│ Error: creating the function (thing): InvalidParameter\n│ ValueException: The role cannot be assumed by Lambda.\n\
        │ \tstatus code: 400, request id: 12345678-1234-1234-1234-123456789012\n│ \n│   with aws_lambda_function.thing,\n╵\n";
    assert_eq!(codes(&far(text)), ["InvalidParameterValueException"]);
}

#[test]
fn an_object_that_is_marked_within_is_read_as_a_whole() {
    let text = "{\n  Code: 'NoSuchKey',\n  message: 'it is gone, SomeOtherError: x',\n  '$fault': 'client',\n  '$metadata': {\n    \
        httpStatusCode: 404\n  }\n}\n";
    assert_eq!(codes(&far(text)), ["NoSuchKey"]);
}

#[test]
fn what_node_prints_above_a_stack_opens_no_object() {
    let text = "/app/node_modules/aws-sdk/lib/services/s3.js:737\n      resp.error = AWS.util.error(new Error(), {\n             ^\n\n\
        NoSuchKey: null\n    at Request.extractError (/app/node_modules/aws-sdk/lib/services/s3.js:737:35) {\n  code: 'NoSuchKey',\n  \
        statusCode: 404,\n  retryable: false\n}\nNode.js v20.20.2\n\
        An error occurred (AccessDenied) when calling the GetObject operation: Access Denied\n";
    assert_eq!(codes(text), ["NoSuchKey", "AccessDenied"]);
    assert_eq!(codes(&far(text)), ["NoSuchKey", "AccessDenied"]);
}

#[test]
fn the_details_of_an_error_end_before_the_next_one() {
    let text = "aws: [ERROR]: An error occurred (NoSuchBucket) when calling the GetObject operation: The specified bucket does not exist\n\n\
        Additional error details:\nBucketName: things\n";
    let denied =
        "An error occurred (AccessDenied) when calling the GetObject operation: Access Denied\n";
    let thrown = "com.amazonaws.services.s3.model.AmazonS3Exception: Access Denied (Service: Amazon S3; Status Code: 403; \
        Error Code: AccessDenied; Request ID: ABC)\n";
    for next in [
        denied,
        &format!("aws: [ERROR]: {denied}"),
        &format!("\n{denied}"),
        thrown,
    ] {
        assert_eq!(
            codes(&format!("{text}{next}")),
            ["NoSuchBucket", "AccessDenied"]
        );
    }
}
