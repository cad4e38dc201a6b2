//! The AWS CLI and botocore.
//!
//! ```text
//! [aws: [ERROR]: |upload failed: … |X.Error: ]An error occurred (CODE) when calling the OP operation[ (…)]: MESSAGE
//! Waiter X failed: An error occurred (CODE): MESSAGE
//! A client error (CODE) occurred[ when calling the OP operation]: MESSAGE
//! (CODE) when calling the OP operation: MESSAGE                                  (the head cut off)
//! ```
//!
//! The message may be empty, stand on the next line, or be wrapped; `Additional error details:` may follow a blank line.
//! Looks alike and is none: botocore's own source lines, a code in a document (`An error occurred (`CODE`)`), the names
//! `ErrorCode` and `OperationName` that documents put for what varies.

use super::{Block, Reading, Shape, found, of, phrase, some};
use crate::{
    catalogue,
    recognise::scan::{
        after, between, contains, find, is_code, is_field, is_sure_code, number, parted, until,
    },
};

/// See the module.
#[derive(Debug)]
pub struct AwsCli;

/// What the second AWS CLI puts before the other fields of an answer.
const DETAILS: &str = "Additional error details:";

impl Shape for AwsCli {
    fn needs(&self) -> &'static [&'static str] {
        &["rror occurred (", "lient error (", ") when calling the "]
    }

    fn read(&self, block: &Block) -> Reading {
        let text = block.from_mark();
        let Some((code, rest)) = head(text) else {
            return Reading::No;
        };
        let local = contains(text, "aws: [ERROR]");
        let headed = !text.trim_start().starts_with('(');
        if code.contains('\n') || code.len() > 120 {
            return Reading::More;
        }
        if !(is_code(code) || is_status(code)) || code == "ErrorCode" {
            return Reading::No;
        }
        let botocore = contains(text, "botocore.")
            || contains(text, "ClientError")
            || contains(text, "boto3.")
            || contains(rest, "\nTraceback");
        let mut error = of(if botocore { "botocore" } else { "aws-cli" });
        error.code = Some(code.to_owned());
        let behind = if let Some(calling) = after(rest, "when calling the ")
            .filter(|_| contains(until(rest, &['\n', ':']), "when calling the "))
        {
            let Some((operation, behind)) = parted(calling, " operation") else {
                return Reading::More;
            };
            if operation.contains(['\n', ' ']) {
                return Reading::More;
            }
            if operation == "OperationName"
                || !headed && catalogue::services_with(operation).next().is_none()
                || !operation
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            {
                return Reading::No;
            }
            error.operation = Some(operation.to_owned());
            error.retries =
                between(until(behind, &['\n']), "(reached max retries: ", ")").and_then(number);
            behind
        } else if local || contains(rest, "(Service") {
            rest
        } else if rest.starts_with(':') || rest.starts_with(" occurred") {
            // Others say that an error occurred, with what they have for a code.
            let ours = is_sure_code(code)
                || catalogue::code(code).is_some()
                || ["Waiter ", "boto", "aws", "AWS"]
                    .iter()
                    .any(|mark| text.contains(mark));
            if !ours {
                return Reading::No;
            }
            rest
        } else if rest.trim_start_matches([' ', '\n']).is_empty()
            || rest.starts_with(" when")
            || rest.starts_with(['\n', ' '])
        {
            return Reading::More;
        } else {
            return Reading::No;
        };
        let behind = parted(behind, "(reached max retries: ")
            .and_then(|(_, rest)| rest.split_once(')'))
            .map_or(behind, |(_, rest)| rest);
        let message = parted(behind, ": ").map_or_else(
            || behind.strip_prefix(':').unwrap_or(""),
            |(_, message)| message,
        );
        error.message = some(&refusal(message).unwrap_or_else(|| first_lines(message)));
        if let Some((_, details)) = parted(message, ":\n")
            && let Some(said) = &mut error.message
            && said.ends_with(':')
        {
            // What is wrong stands in the lines below.
            said.push('\n');
            said.push_str(details.trim_end());
        }
        error.transfer = transfer(text);
        if error.transfer.is_some() {
            error.service = some("s3");
        }
        error.request_id = between(text, "RequestId: ", " ")
            .or_else(|| between(text, "Request ID: ", ")"))
            .and_then(some);
        found(error)
    }

    fn goes_on(&self, block: &Block) -> bool {
        let last = block.len() - 1;
        let (line, behind) = (block.body(last), block.from_mark());
        if contains(behind, DETAILS) {
            let next = contains(line, "occurred (") || line.starts_with("aws: [");
            return !next && (is_field(line) || line.starts_with([' ', '-']));
        }
        if block.body(last - 1).trim_end().ends_with("failed:") || last - block.marked() > 1 {
            return phrase::is_detail(line) && last - block.marked() < 16;
        }
        // Cut in the sentence, or the message begins on the next line.
        let whole = head(behind).is_some_and(|(_, rest)| {
            is_whole(&rest[..rest.len().saturating_sub(block.line(last).len() + 1)])
        });
        !whole
            && last - block.marked() < 3
            && !line.trim().is_empty()
            && !contains(line, "occurred (")
    }

    fn may_go_on(&self, block: &Block) -> bool {
        let text = block.from_mark();
        block.len() - block.marked() > 1
            || text.contains(DETAILS)
            || text.trim_end().ends_with("failed:")
            || !head(text).is_some_and(|(_, rest)| is_whole(rest))
    }

    fn may_skip_blank(&self, block: &Block) -> bool {
        let text = block.from_mark();
        // The details stand behind one, and none behind them.
        (contains(text, "aws: [ERROR]") || contains(text, ".exe: [ERROR]"))
            && !contains(text, DETAILS)
    }

    fn may_be_wrapped(&self) -> bool {
        true
    }
}

/// The code of the first head in the text, and what stands behind its closing bracket.
fn head(text: &str) -> Option<(&str, &str)> {
    let rest = after(text, "n error occurred (")
        .or_else(|| after(text, "lient error (").filter(|rest| contains(rest, ") occurred")))
        .or_else(|| after(text, "rror occurred (").filter(|_| contains(text, "when calling the ")))
        .or_else(|| {
            let line = text.trim_start();
            line.strip_prefix('(')
                .filter(|rest| contains(rest, ") when calling the "))
        })?;
    let end = rest.find(')')?;
    Some((&rest[..end], &rest[end + 1..]))
}

/// Whether the sentence behind a head is not cut, and its message does not begin on the next line.
fn is_whole(sentence: &str) -> bool {
    let said = after(sentence, " operation").unwrap_or_default();
    let open = said.is_empty() || said.contains(" (") && !said.contains(')');
    !open && !sentence.trim_end().ends_with(':') && !is_cut(said)
        || sentence
            .strip_prefix(" occurred")
            .unwrap_or(sentence)
            .starts_with(':')
            && !is_cut(sentence)
}

/// What stands before the sentence where a transfer of `aws s3` has failed: `upload failed: ./a to s3://bucket/a`.
fn transfer(text: &str) -> Option<String> {
    let (before, _) = parted(until(text, &['\n']), " An error occurred (")?;
    let heads = [
        "upload failed: ",
        "download failed: ",
        "copy failed: ",
        "move failed: ",
        "delete failed: ",
    ];
    let starts = heads.iter().filter_map(|head| find(before, head));
    let mut lines = starts.map(|at| &before[at..]);
    lines.find(|line| contains(line, "s3://")).and_then(some)
}

/// Whether a refusal ends before its verb: a terminal has wrapped it behind the name of who was refused.
fn is_cut(message: &str) -> bool {
    let refused = after(message, "User: ");
    refused.is_some_and(|rest| rest.starts_with("arn:") && !contains(rest, "authorized"))
}

/// A refusal that was wrapped at a terminal's width, which cuts inside words too, in one line.
fn refusal(message: &str) -> Option<String> {
    let message = message.trim_start();
    let first = until(message, &['\n']);
    if !is_cut(first) || !contains(message, "is not authorized to perform: ") {
        return None;
    }
    let mut whole = String::new();
    for line in message.lines() {
        // Beside a whole word of the sentence a blank was left out; anywhere else it is a cut inside a word.
        let ends = VERB.iter().any(|word| whole.ends_with(word));
        if ends || !whole.is_empty() && VERB.iter().any(|word| line.starts_with(&word[1..])) {
            whole.push(' ');
        }
        whole.push_str(line.trim_end());
    }
    Some(whole)
}

/// The words of a refusal between its names.
const VERB: &[&str] = &[
    " is",
    " not",
    " authorized",
    " to",
    " perform:",
    " on",
    " resource:",
    " because",
];

/// `404`, `413 Request Entity Too Large`: what stands for the code where the body had none.
fn is_status(code: &str) -> bool {
    let digits = code.bytes().take_while(u8::is_ascii_digit).count();
    digits == 3
        && code[digits..]
            .bytes()
            .all(|byte| byte == b' ' || byte.is_ascii_alphabetic())
}

/// The message's first line; a string's closing quote ends it too, where it stood inside one.
fn first_lines(message: &str) -> String {
    let message = message.trim_start();
    let line = until(message, &['\n']);
    let line = line.split("\\n").next().unwrap_or(line);
    ["\",\"", "\", \"", "\"}", "\" }"]
        .iter()
        .fold(line, |line, end| line.split(end).next().unwrap_or(line))
        .trim_end_matches("\",")
        .to_owned()
}
