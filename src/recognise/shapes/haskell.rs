//! Haskell's amazonka and aws.
//!
//! ```text
//! [ServiceError] { ⏎ service = S ⏎ status = N PHRASE ⏎ code = CODE ⏎ message = Just MESSAGE ⏎ request-id = Just ID ⏎ }
//! ServiceError' {_serviceAbbrev = Abbrev "S", _serviceStatus = Status {statusCode = N, …}, _serviceCode = ErrorCode "CODE", _serviceMessage = Just (ErrorMessage "MESSAGE"), …}
//! ServiceError' {abbrev = Abbrev {fromAbbrev = "S"}, … code = ErrorCode {fromErrorCode = "CODE"}, message = Just (ErrorMessage {fromErrorMessage = "MESSAGE"}), …}
//! ```

use super::{AwsError, Block, Reading, Shape, depth, found, of, some};
use crate::recognise::scan::{after, is_code, number, until, word};

/// See the module.
#[derive(Debug)]
pub struct Haskell;

impl Shape for Haskell {
    fn needs(&self) -> &'static [&'static str] {
        &["ErrorCode", "[ServiceError] {"]
    }

    fn read(&self, block: &Block) -> Reading {
        let text = block.text();
        if block.line(block.marked()).contains("ErrorCode") {
            return record(text).map_or(Reading::No, found);
        }
        if text.contains("[ServiceError] {") {
            return pretty(block).map_or(Reading::More, found);
        }
        Reading::No
    }

    fn goes_on(&self, block: &Block) -> bool {
        depth(block, 0..block.len() - 1) > 0
    }

    fn may_go_on(&self, block: &Block) -> bool {
        depth(block, 0..block.len()) > 0
    }
}

fn record(text: &str) -> Option<AwsError> {
    let string = |names: [&str; 2]| {
        let rest = names.iter().find_map(|name| after(text, name))?;
        some(until(rest, &['"']))
    };
    let mut error = of("amazonka");
    error.code = string(["ErrorCode \"", "fromErrorCode = \""]).filter(|code| is_code(code));
    error.message = string(["ErrorMessage \"", "fromErrorMessage = \""]);
    error.service = string(["Abbrev \"", "fromAbbrev = \""]);
    error.request_id = string(["RequestId \"", "fromRequestId = \""]);
    error.http_status = after(text, "statusCode = ").and_then(number);
    (error.code.is_some() && text.contains("ServiceError")).then_some(error)
}

fn pretty(block: &Block) -> Option<AwsError> {
    let value = |name: &str| {
        let line = (0..block.len()).map(|number| block.body(number).trim_start());
        let mut rests = line.filter_map(|line| line.strip_prefix(name));
        let value = rests.find_map(|rest| rest.trim_start().strip_prefix("= "))?;
        some(value.strip_prefix("Just ").unwrap_or(value))
    };
    let mut error = of("amazonka");
    error.code = value("code")
        .map(|code| word(&code).to_owned())
        .filter(|code| is_code(code));
    error.message = value("message").filter(|message| message != "Nothing");
    error.service = value("service");
    error.request_id = value("request-id").filter(|id| id != "Nothing");
    error.http_status = value("status").and_then(|status| number(&status));
    (error.code.is_some() && error.message.is_some()).then_some(error)
}

#[cfg(test)]
mod tests {
    use crate::recognise;

    #[test]
    fn each_version_prints_in_its_own_way() {
        let pretty = "[ServiceError] {\n  service    = S3\n  status     = 404 Not Found\n  code       = NoSuchBucket\n  message    = Just The bucket is gone\n  request-id = Just ABC\n}\n";
        let first = r#"ServiceError' {_serviceAbbrev = Abbrev "S3", _serviceStatus = Status {statusCode = 404, statusMessage = "Not Found"}, _serviceHeaders = [], _serviceCode = ErrorCode "NoSuchBucket", _serviceMessage = Just (ErrorMessage "The bucket is gone"), _serviceRequestId = Just (RequestId "ABC")}"#;
        let second = r#"ServiceError (ServiceError' {abbrev = Abbrev {fromAbbrev = "S3"}, status = Status {statusCode = 404, statusMessage = "Not Found"}, headers = [], code = ErrorCode {fromErrorCode = "NoSuchBucket"}, message = Just (ErrorMessage {fromErrorMessage = "The bucket is gone"}), requestId = Just (RequestId {fromRequestId = "ABC"})})"#;
        for text in [pretty, first, second] {
            let error = recognise::text(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(error.producer, "amazonka", "{text}");
            assert_eq!(error.code.as_deref(), Some("NoSuchBucket"), "{text}");
            assert_eq!(
                error.message.as_deref(),
                Some("The bucket is gone"),
                "{text}"
            );
            assert_eq!(error.service.as_deref(), Some("S3"), "{text}");
            assert_eq!(error.http_status, Some(404), "{text}");
            assert_eq!(error.request_id.as_deref(), Some("ABC"), "{text}");
        }
    }

    #[test]
    fn other_records_stay_silent() {
        for text in [
            "data ErrorCode = ErrorCode \"x\"",
            "HttpError {errorCode = ErrorCode \"NoSuchBucket\"}",
            "Config { code       = x }",
            "[ServiceError] {\n  service    = S3\n}",
        ] {
            assert_eq!(recognise::text(text), None, "{text}");
        }
    }
}
