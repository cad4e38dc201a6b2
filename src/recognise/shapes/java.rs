//! The Java SDKs and Kotlin.
//!
//! ```text
//! 1:  CLASS: MESSAGE (Service: S; Status Code: N; Error Code: CODE; Request ID: ID[; …])
//! 0:  Status Code: N, AWS Service: S, AWS Request ID: ID, AWS Error Code: CODE, AWS Error Message: MESSAGE
//! 2:  software.amazon.awssdk.services.S.model.CLASS: MESSAGE (Service: S, Status Code: N, Request ID: ID[, …])
//! cut: aws.sdk.kotlin|software.amazon.awssdk|com.amazonaws.services.S.model.CLASS: MESSAGE
//! ```

use super::{AwsError, Block, Reading, Shape, cloudformation, found, of, some};
use crate::recognise::scan::{self, after, contains, find, number, parted, until, word};

/// See the module.
#[derive(Debug)]
pub struct Java;

impl Shape for Java {
    fn needs(&self) -> &'static [&'static str] {
        &["AWS Error Code: ", "(Service: "]
    }

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
        let Some(at) = find(text, "(Service: ") else {
            return Reading::No;
        };
        if ending(&text[at..]).is_none() {
            return Reading::More;
        }
        let Some(mut error) = serviced(text) else {
            return Reading::No;
        };
        if let Some(code) = near_code(block) {
            error.producer = "aws-cli";
            error.code = Some(code);
        }
        if let Some(code) = cloudformation::code(text) {
            error.producer = "cloudformation";
            error.code = Some(code.to_owned());
        }
        found(error)
    }

    fn goes_on(&self, block: &Block) -> bool {
        let text = block.from_mark();
        let last = block.body(block.len() - 1).trim_start();
        if last.starts_with("\"Code\": ") && is_field(block) {
            return true;
        }
        let before = &text[..text
            .len()
            .saturating_sub(block.line(block.len() - 1).len() + 1)];
        is_unclosed(before) && block.len() - block.marked() < 6
    }

    fn may_go_on(&self, block: &Block) -> bool {
        is_unclosed(block.from_mark())
    }

    fn may_be_wrapped(&self) -> bool {
        true
    }
}

/// The code of the AWS CLI's JSON form, where this message stands in one.
fn near_code(block: &Block) -> Option<String> {
    if !is_field(block) {
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

/// Whether the marked line is the message in the AWS CLI's JSON form.
fn is_field(block: &Block) -> bool {
    let line = block.line(block.marked());
    line.trim_start().starts_with("\"Message\": ")
}

/// Whether the brackets with the service are open at the end of the text.
fn is_unclosed(text: &str) -> bool {
    find(text, "(Service: ").is_some_and(|at| closing(&text[at..]).is_none())
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

/// Where the bracket with the service closes, or where its line ends.
fn ending(tail: &str) -> Option<usize> {
    closing(tail)
        .or_else(|| contains(tail, "Error Code: ").then(|| tail.find('\n').unwrap_or(tail.len())))
}

/// The error with its service, status and id in brackets behind the message.
pub(super) fn serviced(text: &str) -> Option<AwsError> {
    let at = find(text, "(Service: ")?;
    let tail = &text[at..];
    let tail = &tail[1..ending(tail)?];
    if !contains(tail, "Status Code: ") && !contains(tail, "Request ID: ") {
        return None;
    }
    let first = contains(tail, "; ");
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
    error.code = part("Error Code: ")
        .or_else(|| class.map(str::to_owned))
        .or_else(|| built(&text[at..]).map(str::to_owned));
    Some(error)
}

/// The exception's class in the stack, where another one was printed in its place: `at …services.S.model.CLASS$BuilderImpl.build(…)`.
fn built(stack: &str) -> Option<&str> {
    let path = stack
        .split("$BuilderImpl.build(")
        .next()?
        .rsplit(' ')
        .next()?;
    let path = path.rsplit("at ").next().unwrap_or(path);
    let (package, class) = path.rsplit_once(".model.")?;
    let generic = is_generic(class, package.rsplit('.').next().unwrap_or_default());
    (word(class) == class && !generic && path.len() < stack.len()).then_some(class)
}

/// Whether the class says no more than its service: `S3Exception`.
fn is_generic(class: &str, service: &str) -> bool {
    let stem = class.strip_suffix("Exception");
    stem.is_some_and(|stem| stem.eq_ignore_ascii_case(service))
}

/// An error of a service's model by its class alone, as Kotlin prints it and as Java's is left where the line was cut.
#[derive(Debug)]
pub struct ModelClass;

impl Shape for ModelClass {
    fn needs(&self) -> &'static [&'static str] {
        &[
            "aws.sdk.kotlin.services.",
            "software.amazon.awssdk.services.",
            "com.amazonaws.services.",
        ]
    }

    fn read(&self, block: &Block) -> Reading {
        let line = block.body(block.marked());
        for (package, producer) in [
            ("aws.sdk.kotlin.services.", "kotlin-sdk"),
            ("software.amazon.awssdk.services.", "java-sdk-v2"),
            ("com.amazonaws.services.", "java-sdk-v1"),
        ] {
            let Some(rest) = after(line, package) else {
                continue;
            };
            let path = word(rest);
            let Some((service, class)) = parted(path, ".model.") else {
                continue;
            };
            let Some(message) = rest[path.len()..].strip_prefix(": ") else {
                continue;
            };
            let stem = class.trim_start_matches("Amazon").trim_start_matches("AWS");
            let generic = stem
                .strip_suffix("Exception")
                .is_some_and(|stem| stem.eq_ignore_ascii_case(service));
            let mut error = of(producer);
            error.service = some(service);
            error.code = (!generic).then(|| class.to_owned());
            error.message = message.split(" (Service: ").next().and_then(some);
            return found(error);
        }
        Reading::No
    }
}

/// The exception's class as a code, where it says more than its service, and the message behind it.
fn class(head: &str) -> (Option<&str>, &str) {
    let line = head.rsplit('\n').next().unwrap_or(head);
    if let Some(message) = after(head, "returned message: \"") {
        return (None, message);
    }
    let modelled = || {
        let at = line.rfind(".model.")?;
        find(&line[at..], "Exception: ").map(|end| at + end)
    };
    let Some(at) = modelled()
        .or_else(|| find(line, "Exception: "))
        .or_else(|| find(line, "Error: "))
    else {
        return (None, line);
    };
    let end = at + line[at..].find(':').unwrap_or(0);
    let name = scan::ending(&line[..end], |letter| letter.is_ascii_alphanumeric());
    let path = &line[..end - name.len()];
    let package = path
        .trim_end_matches('.')
        .trim_end_matches(".model")
        .rsplit('.')
        .next()
        .unwrap_or_default();
    let generic = is_generic(name, package) || !path.contains(".model.");
    (
        (!generic).then_some(name),
        &line[(end + 2).min(line.len())..],
    )
}
