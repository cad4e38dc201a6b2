//! The Go SDKs, and what is built on them (Terraform, eksctl, rclone, …).
//!
//! ```text
//! 2: operation error SERVICE: OP, [exceeded …, N, ]https response error StatusCode: N, RequestID: ID, [HostID: H, ](api error CODE: MESSAGE|CODE: MESSAGE)
//! 1: [OUTER: …: ]CODE: MESSAGE ⏎⇥ status code: N, request id: ID[, host id: H]
//! ```
//!
//! The break before `status code` may be real, an escape, blanks or nothing; the code may stand some lines before it.

use super::{Block, Reading, Shape, depth, found, of, some};
use crate::{
    catalogue,
    recognise::scan::{
        self, after, between, ending, field, is_code, is_sure_code, number, parted, until, word,
    },
};

/// The second SDK.
#[derive(Debug)]
pub struct Version2;

impl Shape for Version2 {
    fn needs(&self) -> &'static [&'static str] {
        &[
            "operation error ",
            "api error ",
            "response error StatusCode: ",
        ]
    }

    fn read(&self, block: &Block) -> Reading {
        let text = block.from_mark();
        let rest = innermost(text).or_else(|| beheaded(text));
        let tail = scan::find(text, "api error ").map(|at| &text[at..]);
        if rest.is_none() && tail.is_none() && !scan::contains(text, "response error StatusCode: ")
        {
            return Reading::No;
        }
        let mut error = of("go-sdk-v2");
        if let Some((service, rest)) = rest
            .and_then(|rest| parted(rest, ": "))
            .filter(|(service, _)| service.len() < 60)
        {
            error.service = some(service);
            let operation = word(rest);
            error.operation = (!operation.is_empty()).then(|| operation.to_owned());
        }
        let line = rest.or(tail).unwrap_or(text);
        if error.service.as_deref() == Some("ec2imds") {
            // No service of AWS, but the machine's own metadata: told by its words.
            return Reading::No;
        }
        error.http_status = after(line, "StatusCode: ")
            .and_then(number)
            .filter(|status| *status > 0);
        error.request_id = after(line, "RequestID: ")
            .or_else(|| after(line, "RequsetID: "))
            .map(|id| until(id, &[',', ' ', '\n', '}']))
            .and_then(some);
        error.retries =
            between(line, "exceeded maximum number of attempts, ", ",").and_then(number);
        let coded = tail
            .and_then(|tail| tail["api error ".len()..].split_once(':'))
            .or_else(|| modelled(line));
        if let Some((code, message)) = coded.filter(|(code, _)| is_code(code)) {
            error.code = Some(code.to_owned());
            let message = until(message, &['\n']);
            // Pulumi's own words stand behind it.
            error.message = message.split(": provider=aws@").next().and_then(some);
        } else {
            let said = scan::find(text, "operation error ").map_or(line, |at| &text[at..]);
            error.message = some(until(said, &['\n']));
        }
        let told = error.code.is_some() || error.service.is_some() && error.operation.is_some();
        if told { found(error) } else { Reading::No }
    }

    fn goes_on(&self, block: &Block) -> bool {
        let last = block.len() - 1;
        let line = block.body(last).trim();
        let before = block.body(last - 1).trim_end();
        let opened = "operation error ";
        (scan::contains(block.from_mark(), opened)
            || scan::contains(block.from_mark(), "response error"))
            && last - block.marked() < 6
            && !line.is_empty()
            && is_cut(before)
    }

    fn may_go_on(&self, block: &Block) -> bool {
        is_cut(block.body(block.len() - 1).trim_end())
    }

    fn may_be_wrapped(&self) -> bool {
        true
    }
}

/// What stands behind the `operation error ` of the request that was answered: of those that it was made for the last, as
/// where a role is taken first. The machine's own metadata is no service.
fn innermost(text: &str) -> Option<&str> {
    const HEAD: &str = "operation error ";
    let whole = after(text, HEAD)?;
    let line = until(whole, &['\n']);
    let answered = ["response error StatusCode: ", "api error "];
    let end = answered
        .iter()
        .filter_map(|mark| scan::find(line, mark))
        .min();
    let chain = &line[..end.unwrap_or(line.len())];
    let of_service = |(at, _): &(usize, &str)| !chain[at + HEAD.len()..].starts_with("ec2imds");
    let last = chain.rmatch_indices(HEAD).find(of_service);
    Some(last.map_or(whole, |(at, _)| &whole[at + HEAD.len()..]))
}

/// The words of the sentence that its code must still follow.
const CUTS: &[&str] = &[
    "operation",
    "error",
    "https",
    "http",
    "response",
    "StatusCode:",
    "RequestID:",
    "HostID:",
    "api",
    "exceeded",
    "maximum",
    "number",
    "of",
    "attempts",
];

/// Whether the line was wrapped inside the sentence: where its grammar leaves no other end.
fn is_cut(line: &str) -> bool {
    line.ends_with(',')
        || CUTS.contains(&line.rsplit(' ').next().unwrap_or(""))
        || coded_at_start(line)
}

/// Whether a wrapped line begins with a code, so that the next may hold the rest of the message.
fn coded_at_start(line: &str) -> bool {
    parted(line, ": ").is_some_and(|(code, _)| is_sure_code(code))
}

/// What stands behind a head whose first word was left on the line before: `error KMS: Decrypt, https response error …`.
fn beheaded(text: &str) -> Option<&str> {
    let (_, rest) = parted(until(text, &['\n']), "error ")?;
    scan::contains(rest, ", https response error StatusCode: ")
        .then(|| &text[scan::find(text, "error ").unwrap_or(0) + "error ".len()..])
}

/// A code that the SDK knows as a type: `…, HostID: h, NoSuchKey: message`.
fn modelled(line: &str) -> Option<(&str, &str)> {
    let rest = after(line, "RequestID: ")
        .or_else(|| after(line, "RequsetID: "))
        .or_else(|| after(line, "StatusCode: "))?;
    let rest = until(rest, &['\n']);
    rest.match_indices(", ").find_map(|(at, comma)| {
        let (code, message) = rest[at + comma.len()..].split_once(':')?;
        (is_sure_code(code) && code != "HostID").then_some((code, message))
    })
}

/// The first SDK.
#[derive(Debug)]
pub struct Version1;

impl Shape for Version1 {
    fn needs(&self) -> &'static [&'static str] {
        &["RespMetadata", "status code: "]
    }

    fn read(&self, block: &Block) -> Reading {
        let text = block.text();
        if scan::contains(block.line(block.marked()), "RespMetadata") {
            return metadata(block);
        }
        let Some(at) = text
            .rfind("status code: ")
            .filter(|_| scan::contains(block.from_mark(), "status code: "))
        else {
            return Reading::No;
        };
        let tail = &text[at..];
        let Some(status) = number::<u16>(&tail["status code: ".len()..])
            .filter(|status| (100..600).contains(status))
            .filter(|_| !is_reason(&tail["status code: ".len()..]))
        else {
            return Reading::No;
        };
        let head = text[..at].trim_end_matches([' ', '\t', '\n', '\\']);
        let head = head
            .strip_suffix("\\n")
            .or_else(|| head.strip_suffix("n\\t"))
            .unwrap_or(head);
        let Some((code, message)) = coded(head) else {
            return Reading::No;
        };
        // Whatever speaks HTTP tells of status codes, and of one within a sentence of its own.
        let line = text[..at].rsplit('\n').next().unwrap_or_default();
        let apart = !line.trim_start_matches(['\\', 't', ' ', '\t']).is_empty()
            && !line.contains(code)
            && !head.contains(&format!("{code}:\n"));
        if !tail.contains("request id:") && (apart || catalogue::code(code).is_none()) {
            return Reading::No;
        }
        // Where one line tells of several, the message of the first ends before its own status.
        let message = message
            .split("\\n\\tstatus code: ")
            .next()
            .unwrap_or(message);
        let mut error = of("go-sdk-v1");
        error.code = Some(code.to_owned());
        error.message = some(
            message
                .trim_end_matches("\\n\\t")
                .trim_end_matches("\\t")
                .trim_end_matches("\\n"),
        );
        error.http_status = Some(status);
        error.request_id = after(tail, "request id:").and_then(|id| {
            some(until(
                id.trim_start(),
                &[',', ' ', '\n', '"', '\\', ']', ')', '}'],
            ))
        });
        found(error)
    }

    fn goes_on(&self, block: &Block) -> bool {
        is_inside(block, block.len() - 1)
    }

    fn may_go_on(&self, block: &Block) -> bool {
        is_inside(block, block.len())
    }
}

/// Whether line `next` is of a modelled error's object.
fn is_inside(block: &Block, next: usize) -> bool {
    let head = block.line(block.marked().saturating_sub(1));
    let opened = i32::from(head.trim_end().ends_with('{'));
    scan::contains(block.line(block.marked()), "RespMetadata")
        && depth(block, block.marked()..next) + opened > 0
}

/// `403 Forbidden`: the status line of any HTTP client.
fn is_reason(status: &str) -> bool {
    let behind = status.trim_start_matches(|letter: char| letter.is_ascii_digit());
    behind.starts_with(' ') && behind[1..].starts_with(|letter: char| letter.is_ascii_uppercase())
}

/// A modelled error printed as an object: `CODE: MESSAGE ⏎ { RespMetadata: { StatusCode: N, RequestID: "ID" }, Message_: "M" }`.
fn metadata(block: &Block) -> Reading {
    let text = block.from_mark();
    let mut error = of("go-sdk-v1");
    error.http_status = field(text, "StatusCode").and_then(|status| number(&status));
    error.request_id = field(text, "RequestID");
    error.message = field(text, "Message_");
    let mark =
        block.text().len() - text.len() + scan::find(text, "RespMetadata").unwrap_or_default();
    let mut head = &block.text()[..mark];
    // The break before the object may be an escape.
    while let Some(rest) = [" ", "\n", "\t", "{", "\\n", "\\t"]
        .iter()
        .find_map(|end| head.strip_suffix(end))
    {
        head = rest;
    }
    if let Some((code, message)) = coded(head).filter(|(code, _)| catalogue::code(code).is_some()) {
        error.code = Some(code.to_owned());
        error.message = error.message.or_else(|| some(message));
    }
    if error.message.is_some() && error.http_status.is_some() {
        found(error)
    } else {
        Reading::More
    }
}

/// The code and the message in front of a status tail: of the last lines the first `Code: ` that the catalogue knows,
/// otherwise the last of a code's form. What it was caused by goes before what was made of it.
fn coded(head: &str) -> Option<(&str, &str)> {
    if let Some((_, inner)) = head.rsplit_once("caused by: ")
        && let Some(cause) = coded(inner)
    {
        return Some(cause);
    }
    let mut fallback = None;
    for (start, _) in head
        .rmatch_indices('\n')
        .map(|(at, text)| (at + 1, text))
        .chain([(0, "")])
        .take(8)
    {
        let part = &head[start..];
        for (at, _) in part.match_indices(':') {
            let before = &part[..at];
            let code = ending(before, |letter| {
                letter.is_ascii_alphanumeric() || "._-".contains(letter)
            });
            let begin = before.len() - code.len();
            let code = code
                .strip_prefix('n')
                .filter(|rest| before[..begin].ends_with('\\') && is_sure_code(rest))
                .unwrap_or(code);
            if !is_code(code) {
                continue;
            }
            let pair = (code, part[at + 1..].trim_start());
            if catalogue::code(code).is_some() && code.len() > 5 && code != "Error" {
                return Some(pair);
            }
            if is_sure_code(code) {
                fallback = fallback.or(Some(pair));
            }
        }
        if fallback.is_some() {
            break;
        }
    }
    fallback
}
