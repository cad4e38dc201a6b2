//! Haskell's amazonka and aws.
//!
//! ```text
//! [ServiceError] { ⏎ service = S ⏎ status = N PHRASE ⏎ code = CODE ⏎ message = Just MESSAGE ⏎ request-id = Just ID ⏎ }
//! ServiceError' {_serviceAbbrev = Abbrev "S", _serviceStatus = Status {statusCode = N, …}, _serviceCode = ErrorCode "CODE", _serviceMessage = Just (ErrorMessage "MESSAGE"), …}
//! ServiceError' {abbrev = Abbrev {fromAbbrev = "S"}, … code = ErrorCode {fromErrorCode = "CODE"}, message = Just (ErrorMessage {fromErrorMessage = "MESSAGE"}), …}
//! ```

use super::{AwsError, Block, Reading, Shape, found, of, some};
use crate::recognise::scan::{after, braces, is_code, number, until, word};

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
        let before = (0..block.len() - 1).map(|number| block.line(number));
        before.map(braces).sum::<i32>() > 0
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
