//! The Java SDKs, Kotlin, and what `CloudFormation` passes on from them.
//!
//! ```text
//! 1:  CLASS: MESSAGE (Service: S; Status Code: N; Error Code: CODE; Request ID: ID[; …])
//! 0:  Status Code: N, AWS Service: S, AWS Request ID: ID, AWS Error Code: CODE, AWS Error Message: MESSAGE
//! 2:  software.amazon.awssdk.services.S.model.CLASS: MESSAGE (Service: S, Status Code: N, Request ID: ID[, …])
//! cf: Resource handler returned message: "MESSAGE (Service: …)" (RequestToken: T, HandlerErrorCode: CODE)
//! ```

use super::{Block, Reading, Shape, found, of, some};
use crate::recognise::scan::{after, is_code, number, until};

/// See the module.
#[derive(Debug)]
pub struct Java;

impl Shape for Java {
    fn read(&self, block: &Block) -> Reading {
        let text = block.from_mark();
        if let Some(code) = after(text, "AWS Error Code: ") {
            let mut error = of("java-sdk-v1");
            error.code = some(until(code, &[',', '\n']));
            error.message = after(text, "AWS Error Message: ")
                .and_then(|message| some(until(message, &['\n'])));
            error.service =
                after(text, "AWS Service: ").and_then(|name| some(until(name, &[',', '\n'])));
            error.http_status = after(text, "Status Code: ").and_then(number);
            error.request_id =
                after(text, "AWS Request ID: ").and_then(|id| some(until(id, &[',', '\n'])));
            return found(error);
        }
        let Some(at) = text.find("(Service: ") else {
            return handler(text);
        };
        let tail = &text[at..];
        let Some(end) = closing(tail).or_else(|| {
            tail.contains("Error Code: ")
                .then(|| tail.find('\n').unwrap_or(tail.len()))
        }) else {
            return Reading::More;
        };
        let tail = &tail[1..end];
        if !tail.contains("Status Code: ") && !tail.contains("Request ID: ") {
            return Reading::No;
        }
        let first = tail.contains("; ");
        let ends: &[char] = if first { &[';', ')'] } else { &[',', ')'] };
        let part = |name: &str| {
            after(tail, name)
                .and_then(|value| some(until(value, ends)))
                .filter(|value| value != "null")
        };
        let mut error = of(if first { "java-sdk-v1" } else { "java-sdk-v2" });
        error.service = part("Service: ");
        error.http_status = part("Status Code: ").and_then(|status| number(&status));
        error.request_id = part("Request ID: ");
        let (class, message) = class(&text[..at]);
        error.message = some(message).filter(|message| message != "null");
        error.code = part("Error Code: ").or_else(|| class.map(str::to_owned));
        if near_code(block).is_some() {
            error.producer = "aws-cli";
            error.code = near_code(block);
        }
        if let Some(code) = after(text, "HandlerErrorCode: ") {
            error.producer = "cloudformation";
            error.code = some(until(code, &[')', ',', '\n', ' ', '"']));
        }
        found(error)
    }

    fn goes_on(&self, block: &Block) -> bool {
        let text = block.from_mark();
        let before = &text[..text
            .len()
            .saturating_sub(block.line(block.len() - 1).len() + 1)];
        before
            .find("(Service: ")
            .is_some_and(|at| closing(&before[at..]).is_none())
            && block.len() - block.marked() < 6
    }

    fn may_be_wrapped(&self) -> bool {
        true
    }
}

/// The code of the AWS CLI's JSON form, where this message stands in one.
fn near_code(block: &Block) -> Option<String> {
    let line = block.line(block.marked());
    if !line.trim_start().starts_with("\"Message\": ") {
        return None;
    }
    (0..block.len()).find_map(|number| {
        block
            .line(number)
            .trim_start()
            .strip_prefix("\"Code\": \"")
            .map(|code| until(code, &['"']).to_owned())
    })
}

fn closing(tail: &str) -> Option<usize> {
    let mut depth = 0_i32;
    for (at, byte) in tail.bytes().enumerate().take(2048) {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 1 => return Some(at),
            b')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// A handler's message that has no service of its own.
fn handler(text: &str) -> Reading {
    let Some(code) = after(text, "HandlerErrorCode: ")
        .map(|code| until(code, &[')', ',', '\n', ' ', '"']))
        .filter(|code| is_code(code))
    else {
        return Reading::No;
    };
    let mut error = of("cloudformation");
    error.code = Some(code.to_owned());
    error.message = after(text, "returned message: \"").and_then(|message| {
        some(
            until(message, &['\n'])
                .split("\" (RequestToken")
                .next()
                .unwrap_or_default(),
        )
    });
    found(error)
}

/// The exception's class as a code, where it says more than its service, and the message behind it.
fn class(head: &str) -> (Option<&str>, &str) {
    let line = head.rsplit('\n').next().unwrap_or(head);
    let Some(at) = line.find("Exception: ").or_else(|| line.find("Error: ")) else {
        return (None, line);
    };
    let end = at + line[at..].find(':').unwrap_or(0);
    let start = line[..end]
        .rfind(|letter: char| !letter.is_ascii_alphanumeric())
        .map_or(0, |place| place + 1);
    let (name, path) = (&line[start..end], &line[..start]);
    let package = path
        .trim_end_matches('.')
        .trim_end_matches(".model")
        .rsplit('.')
        .next()
        .unwrap_or_default();
    let generic = name
        .strip_suffix("Exception")
        .is_some_and(|stem| stem.eq_ignore_ascii_case(package))
        || !path.contains(".model.");
    (
        (!generic).then_some(name),
        &line[(end + 2).min(line.len())..],
    )
}
