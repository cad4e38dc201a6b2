//! Clients that print a mark right before the code: Ruby, PHP, C++, Swift, .NET, S3 tools, controllers.
//!
//! A row of [`MARKS`] is `(producer, mark, what ends the code, where the message is)`. All of them want a word of a code's
//! form behind the mark, so that the mark alone says nothing.

use super::{Block, Reading, Shape, found, of, some};
use crate::{
    catalogue,
    recognise::scan::{
        after, between, contains, field, is_code, is_sure_code, nesting, number, until, word,
    },
};

/// See the module.
#[derive(Debug)]
pub struct Marked;

#[derive(Clone, Copy)]
enum Message {
    /// Behind `: ` or a blank after the code.
    Behind,
    /// Before the mark's opening bracket (`MESSAGE (Aws::S3::Errors::X)`), or behind the code.
    Around,
    /// Behind these words.
    After(&'static str),
    /// In the JSON body behind the headers.
    Body,
    /// Between these words.
    Until(&'static str, &'static str),
}

const MARKS: &[(&str, &str, Message)] = &[
    ("ruby-sdk", "::Errors::", Message::Around),
    (
        "cpp-sdk",
        "Exception name: ",
        Message::After("Error message: "),
    ),
    ("cpp-sdk", "Exception:  ", Message::After("Error message: ")),
    ("cpp-sdk", "Encountered AWSError '", Message::Behind),
    (
        "swift-sdk",
        "typeName: Optional(\"",
        Message::After("message: Optional(\""),
    ),
    ("dotnet-sdk", "with Error Code ", Message::Behind),
    (
        "karpenter",
        "aws-error-code=",
        Message::After("aws-error-message="),
    ),
    (
        "fluent-bit",
        "API responded with error='",
        Message::After("message='"),
    ),
    ("ebs-csi", "error on AWS request", Message::Behind),
    ("async-aws", "Code:    ", Message::After("Message: ")),
    ("libs3", "ERROR: Error", Message::Behind),
    ("libs3", "S3Status: [Error", Message::After("Message: ")),
    ("http", "x-amzn-errortype: ", Message::Body),
    ("http", "x-amzn-ErrorType: ", Message::Body),
    ("http", "x-amzn-ErrorType': '", Message::Body),
    (
        "minio",
        "S3 operation failed; code: ",
        Message::Until(", message: ", ", resource: "),
    ),
];

impl Shape for Marked {
    fn needs(&self) -> &'static [&'static str] {
        &[
            "::Errors::",
            "unhandled error (",
            "code: Some(\"",
            "Error { code: \"",
            "Exception name: ",
            "Exception:  ",
            "Encountered AWSError '",
            "typeName: Optional(\"",
            "with Error Code ",
            "aws-error-code=",
            "API responded with error='",
            "error on AWS request",
            "Code:    ",
            "ERROR: Error",
            "S3Status: [Error",
            "rror executing \"",
            "] AWS HTTP error: ",
            "Amazon.",
            "S3 error: ",
            "x-amzn-errortype: ",
            "x-amzn-ErrorType: ",
            "x-amzn-ErrorType': '",
            "S3 operation failed; code: ",
            "AWS Error ",
        ]
    }

    fn read(&self, block: &Block) -> Reading {
        let text = block.from_mark();
        for (producer, mark, message) in MARKS {
            let Some(at) = text.find(mark) else { continue };
            let rest = &text[at + mark.len()..];
            let code = word(rest);
            if !is_code(code) || code == "ServiceError" || code == "message" {
                continue;
            }
            // Where words of a sentence could stand behind the mark, the code must be known or look like nothing else, and
            // what was opened before it is closed behind it.
            let closed = match mark.as_bytes().last() {
                Some(b'(') => rest[code.len()..].starts_with(')'),
                Some(quote @ (b'"' | b'\'')) => rest[code.len()..].starts_with(*quote as char),
                _ => true,
            };
            let known = catalogue::code(code).is_some();
            if !closed || !known && (*producer == "libs3" || !is_sure_code(code)) {
                continue;
            }
            let mut error = of(producer);
            error.code = Some(code.to_owned());
            let behind = &rest[code.len()..];
            error.message = match message {
                Message::Behind => behind
                    .split_once(": ")
                    .and_then(|(_, message)| some(until(message, &['\n']))),
                Message::Around => around(&text[..at], behind),
                Message::After(words) => {
                    after(text, words).and_then(|message| some(until(message, &['"', '\n'])))
                }
                Message::Body => field(text, "message").or_else(|| field(text, "Message")),
                Message::Until(head, tail) => between(text, head, tail).and_then(some),
            };
            if *producer == "ruby-sdk" {
                error.service = text[..at].rsplit("::").next().and_then(some);
                if !["Aws::", "AWS::"]
                    .iter()
                    .any(|head| text[..at].contains(head))
                {
                    continue;
                }
            }
            error.operation = after(text, "aws-operation-name=").map(word).and_then(some);
            if *producer == "fluent-bit" {
                error.operation = text[..at].split_whitespace().next_back().and_then(some);
            }
            if *producer == "ruby-sdk" {
                error.operation = called(&text[..at]);
                error.retries = text[..at]
                    .split_once(" retries] ")
                    .and_then(|(head, _)| number(head.rsplit(' ').next()?));
            }
            error.http_status = after(text, "status: ")
                .or_else(|| after(text, "::Client "))
                .or_else(|| after(text, "Http Status Code "))
                .and_then(number)
                .filter(|status| (300..600).contains(status));
            error.request_id = after(text, "aws_request_id\": \"")
                .or_else(|| after(text, "aws-request-id="))
                .map(|id| until(id, &['"', ',', '\n']))
                .and_then(some);
            return found(error);
        }
        if let Some(rest) = after(text, "Exception name: ").filter(|rest| is_nameless(rest)) {
            return nameless(rest);
        }
        php(block)
            .or_else(|| bracketed(text))
            .or_else(|| dotnet(text))
            .or_else(|| tool(text))
            .or_else(|| enumerated(text))
            .map_or(Reading::No, found)
    }

    fn goes_on(&self, block: &Block) -> bool {
        let last = block.len() - 1;
        let (head, line) = (block.from_mark(), block.body(last));
        let before = (block.marked()..last).map(|number| block.line(number));
        // PHP prints the body between the head and the code and once more behind it, then its stack.
        let php = head.contains("rror executing \"")
            && last - block.marked() < 32
            && !before.clone().any(|line| line.starts_with("  thrown in "));
        let body = php
            && (line.starts_with('<')
                || !before.clone().any(is_spoken)
                    && (line.starts_with([' ', '{']) || is_spoken(line))
                || is_stack(line));
        let http = is_answer(block)
            && last - block.marked() < 24
            && before.clone().all(is_header)
            && (is_header(line) || line.starts_with('{'));
        // C++ prints the answer's headers behind the message.
        let headers = head.contains("Exception name: ")
            && last - block.marked() < 32
            && (line.ends_with(" response headers:") || line.contains(" : "));
        headers
            || before.map(nesting).sum::<i32>() > 0
            || body
            || http
            || head.contains("S3Status: [Error") && last - block.marked() < 4 && is_told(line)
            || line.starts_with("Error message: ")
            || line.starts_with("Message: ")
    }

    fn may_go_on(&self, block: &Block) -> bool {
        let head = block.from_mark();
        let lines = (block.marked()..block.len()).map(|number| block.line(number));
        ["rror executing \"", "Exception name: ", "S3Status: [Error"]
            .iter()
            .any(|opening| head.contains(opening))
            || is_answer(block)
            || lines.map(nesting).sum::<i32>() > 0
    }

    fn may_skip_blank(&self, block: &Block) -> bool {
        is_answer(block)
    }
}

/// Whether the marked line is a header of an HTTP answer, so that others and the body may follow.
fn is_answer(block: &Block) -> bool {
    let line = block.line(block.marked());
    is_header(line) && ANSWERS.iter().any(|name| contains(line, name))
}

/// The header that names the error.
const ANSWERS: [&str; 2] = ["x-amzn-errortype: ", "x-amzn-ErrorType: "];

/// `name: value` of an HTTP answer as curl prints it, perhaps behind `< `, or the blank line behind them.
fn is_header(line: &str) -> bool {
    let line = line.trim_start_matches("< ").trim();
    let name = until(line, &[':']);
    line.is_empty() || line == "<" || line[name.len()..].starts_with(": ") && word(name) == name
}

/// Whether C++ leaves out the name: the request went out and no answer came.
fn is_nameless(rest: &str) -> bool {
    rest.trim_start_matches(' ').starts_with('\n')
}

fn nameless(rest: &str) -> Reading {
    let said = after(rest, "Error message: ").and_then(|said| some(until(said, &['\n'])));
    said.map_or(Reading::More, |message| {
        found(super::AwsError {
            message: Some(message),
            ..of("cpp-sdk")
        })
    })
}

/// What iRODS prints of libs3's error, in a line each.
fn is_told(line: &str) -> bool {
    let names = ["S3Host: ", "Function: ", "Message: "];
    names.iter().any(|name| line.contains(name))
}

/// Whether the line holds PHP's code and message.
fn is_spoken(line: &str) -> bool {
    line.contains(" (client): ") || line.contains(" (server): ")
}

/// The operation that Ruby's log names by its method: `… retries] get_object(bucket: …`.
fn called(text: &str) -> Option<String> {
    let (_, call) = text.split_once(" retries] ")?;
    // Of ASCII letters alone, so that one byte is one letter.
    let method = word(call);
    let part = |part: &str| {
        let (first, rest) = part.split_at(part.len().min(1));
        first.to_ascii_uppercase() + rest
    };
    let name: String = method.split('_').map(part).collect();
    let is_known = catalogue::services_with(&name).next().is_some();
    is_known.then_some(name)
}

/// `Stack trace:`, `#0 x.php(12): call()`, `  thrown in x.php on line 12`.
fn is_stack(line: &str) -> bool {
    let frame = line.strip_prefix('#').and_then(number::<u16>);
    frame.is_some() || line == "Stack trace:" || line.starts_with("  thrown in ")
}

fn around(before: &str, behind: &str) -> Option<String> {
    let head = before
        .rsplit("(Aws")
        .nth(1)
        .filter(|_| before.contains("(Aws"))
        // The place in the source stands before it: `FILE:LINE:in `call': MESSAGE`.
        .map(|head| {
            let (_, said) = head.rsplit_once(":in ").unwrap_or(("", head));
            said.split_once("': ").map_or(head, |(_, said)| said)
        })
        .and_then(some);
    let behind = until(behind.trim_start_matches([':', ')']), &['\n']);
    // Fluentd and Logstash put class and message into fields of their line.
    let mut fields = [" error=\"", ":message=>\""].into_iter();
    let field = fields.find_map(|field| between(behind, field, "\""));
    if let Some(message) = field.filter(|_| head.is_none()) {
        return some(message);
    }
    let behind = if before.contains("#<Aws") {
        behind.trim_end_matches('>')
    } else {
        behind
    };
    head.or_else(|| some(behind))
}

/// `Error executing "OP" on "URL"; AWS HTTP error: … CODE (client): MESSAGE - BODY`; the code may be lines further on.
fn php(block: &Block) -> Option<super::AwsError> {
    let text = block.text();
    let rest = after(text, "rror executing \"")?;
    if !rest.contains("AWS HTTP error") && !rest.contains("amazonaws.com") {
        return None;
    }
    let mut error = of("php-sdk");
    error.operation = some(until(rest, &['"', '\n']));
    for kind in [" (client): ", " (server): "] {
        if let Some((head, message)) = rest.split_once(kind) {
            let code = head.rsplit([' ', '\n', '\t']).next().unwrap_or_default();
            if is_code(code) {
                error.code = Some(code.to_owned());
                error.message = some(
                    until(message, &['\n'])
                        .split(" - ")
                        .next()
                        .unwrap_or_default(),
                );
            }
        }
    }
    error.code = error
        .code
        .or_else(|| between(rest, "<Code>", "</Code>").and_then(some));
    error.message = error.message.or_else(|| some(until(rest, &['\n'])));
    error.http_status = between(rest, "resulted in a `", " ").and_then(number);
    Some(error)
}

/// `…Exception: [CODE] AWS HTTP error: … resulted in a `N REASON` response`: a stream wrapper of PHP.
fn bracketed(text: &str) -> Option<super::AwsError> {
    let (head, message) = text.split_once("] AWS HTTP error: ")?;
    let code = head.rsplit('[').next().filter(|code| is_code(code))?;
    let mut error = of("php-sdk");
    error.code = Some(code.to_owned());
    error.message = some(until(message, &['\n']));
    error.http_status = between(message, "resulted in a `", " ").and_then(number);
    Some(error)
}

/// `Amazon.S3.AmazonS3Exception: MESSAGE`, `Amazon.S3.Model.NoSuchBucketException: MESSAGE`.
fn dotnet(text: &str) -> Option<super::AwsError> {
    let at = text.find("Amazon.")?;
    let path = word(&text[at..]);
    let (name, parts) = (path.rsplit('.').next()?, path.split('.').count());
    if parts < 3 || !name.ends_with("Exception") || name == "HttpErrorResponseException" {
        return None;
    }
    let rest = text[at + path.len()..].strip_prefix(':')?;
    let mut error = of("dotnet-sdk");
    let service = path.split('.').nth(1).filter(|name| *name != "Runtime");
    error.service = service.and_then(some);
    error.code = path.contains(".Model.").then(|| name.to_owned());
    error.message = some(
        until(rest, &['\n'])
            .split(" ---> ")
            .next()
            .unwrap_or_default(),
    );
    Some(error)
}

/// `AWS Error NO_SUCH_BUCKET[ (HTTP status 404)] during OP operation: MESSAGE[ (Request ID: ID)]` (Arrow, with the names of
/// the C++ SDK, which are the codes in capitals).
fn enumerated(text: &str) -> Option<super::AwsError> {
    let rest = after(text, "AWS Error ")?;
    let name = word(rest);
    let (head, message) = rest.split_once(" operation: ")?;
    let (_, operation) = head.split_once(" during ")?;
    let capitals = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    if !name.bytes().all(capitals) || name.is_empty() || operation != word(operation) {
        return None;
    }
    let message = until(message, &['\n']);
    let mut error = of("cpp-sdk");
    error.code = camel(name);
    error.operation = some(operation);
    error.http_status = between(head, "(HTTP status ", ")").and_then(number);
    error.request_id = between(message, "(Request ID: ", ")").and_then(some);
    error.message = some(message.split(" (Request ID: ").next().unwrap_or_default());
    Some(error)
}

/// The code of the catalogue that a name in capitals stands for.
fn camel(name: &str) -> Option<String> {
    let part = |part: &str| {
        let (first, rest) = part.split_at(part.len().min(1));
        format!("{first}{}", rest.to_ascii_lowercase())
    };
    let code: String = name.split('_').map(part).collect();
    [code.clone(), format!("{code}Exception")]
        .into_iter()
        .find(|code| catalogue::code(code).is_some())
}

/// `ERROR: S3 error: 404 (CODE): MESSAGE` (s3cmd).
fn tool(text: &str) -> Option<super::AwsError> {
    let rest = after(text, "S3 error: ")?;
    let status = number(rest);
    let (code, message) = rest.split_once(" (")?.1.split_once(')')?;
    let mut error = of("s3cmd");
    error.http_status = status;
    error.code = is_code(code).then(|| code.to_owned());
    error.message = some(until(message.trim_start_matches(':'), &['\n']));
    error.code.is_some().then_some(error)
}
