//! The JavaScript SDKs.
//!
//! ```text
//! 2: CODE: MESSAGE ⏎ at Request.extractError (…) [{ message: 'M', code: 'CODE', statusCode: N, requestId: 'ID', … }]
//! 3: CODE: MESSAGE ⏎ at de_OPCommandError|throwDefaultError (…) { '$fault': 'client', '$metadata': { httpStatusCode: N, requestId: 'ID' }, Code|__type: 'CODE' }
//! 3: {"name":"CODE","$fault":"client","$metadata":{"httpStatusCode":N,…},"message":"M"}
//! ```
//!
//! Looks alike and is none: a successful answer with `$metadata` and `httpStatusCode: 200`.

use super::{Block, Reading, Shape, foreign, found, of, of_namespace, some};
use crate::{
    catalogue,
    recognise::{
        head,
        scan::{field, is_code, is_sure_code, nesting, number, word},
    },
};

/// See the module.
#[derive(Debug)]
pub struct JavaScript;

impl Shape for JavaScript {
    fn needs(&self) -> &'static [&'static str] {
        &["$fault", "$metadata", "extractError", "statusCode: ", FRAME]
    }

    fn may_be_foreign(&self) -> bool {
        true
    }

    fn read(&self, block: &Block) -> Reading {
        let marked = block.line(block.marked());
        let third = block.from_mark().contains("$fault")
            || marked.contains("$metadata")
            || is_framed(block);
        let extracted = block.from_mark().contains("extractError");
        let second = extracted || marked.contains("statusCode: ");
        if !third && !second {
            return Reading::No;
        }
        let text = block.text();
        let mut error = of(if third { "js-sdk-v3" } else { "js-sdk-v2" });
        error.http_status = field(text, "httpStatusCode")
            .or_else(|| field(text, "statusCode"))
            .and_then(|status| number(&status));
        if error.http_status.is_some_and(|status| status < 300) {
            return Reading::No;
        }
        error.request_id = field(text, "requestId").filter(|id| id != "undefined");
        error.operation = operation(text).map(str::to_owned);
        error.service = field(text, "__type").and_then(|kind| of_namespace(&kind));
        let head = headed(block);
        let begins = head.map_or(block.marked().saturating_sub(8), |(number, ..)| number);
        let head = head.map(|(_, name, message)| (name, message));
        let fields: &[&str] = if head.is_some() {
            &["Code", "code", "__type"]
        } else {
            &["Code", "code", "__type", "name"]
        };
        let named = fields
            .iter()
            .find_map(|name| field(text, name).filter(|code| is_code(code) && code != "undefined"));
        let code = match (named, &head) {
            (Some(code), Some((name, _))) if code == "Error" => Some((*name).to_owned()),
            (Some(code), _) => Some(code.rsplit('#').next().unwrap_or(&code).to_owned()),
            (None, Some((name, _))) => Some((*name).to_owned()),
            (None, None) => None,
        };
        error.code = code;
        error.message = head
            .and_then(|(_, message)| some(message))
            .or_else(|| {
                let mut keys = ["message", "Message", "errorMessage"].into_iter();
                keys.find_map(|key| field(text, key))
            })
            .or_else(|| thrown(block).and_then(some));
        // Other programs print an error with a status and a code too.
        let sure = error
            .code
            .as_deref()
            .is_some_and(|code| is_sure_code(code) || catalogue::code(code).is_some());
        let ours = third
            || sure
                && !coded_otherwise(block)
                && !foreign::surrounds(block)
                && [
                    "extractError",
                    "requestId",
                    "retryable",
                    "retryDelay",
                    "region",
                ]
                .iter()
                .any(|mark| (begins..block.len()).any(|number| block.line(number).contains(mark)));
        if !ours {
            return Reading::More;
        }
        let redirected = third && error.http_status.is_some_and(|status| status < 400);
        let local = third && error.message.is_some() && text.contains(FRAME);
        if redirected
            || error.code.is_none() && local
            || error.code.is_some() && (error.http_status.is_some() || third || extracted)
        {
            found(error)
        } else {
            Reading::More
        }
    }

    fn goes_on(&self, block: &Block) -> bool {
        is_inside(block, block.len() - 1)
    }

    fn may_go_on(&self, block: &Block) -> bool {
        is_inside(block, block.len())
    }
}

/// Whether line `next` is of an object that the lines before it have opened, from the head of the error on: above it, Node
/// prints the line of source that has thrown, which may open one too.
fn is_inside(block: &Block, next: usize) -> bool {
    let marked = block.marked();
    let mut above = (0..=marked).rev();
    let head = above.find(|number| head::begins(block.body(*number)));
    nesting(block.lines(head.unwrap_or(marked.saturating_sub(24))..next)) > 0
}

/// What the third SDK's packages are called, in a stack.
const FRAME: &str = "@aws-sdk";

/// Whether the marked line is a code that AWS's models know, above a stack that runs through the SDK.
fn is_framed(block: &Block) -> bool {
    let below = block.marked() + 1..block.len();
    let mut stack = below.map(|number| block.body(number).trim_start());
    let named = headed(block).filter(|(number, ..)| *number == block.marked());
    named.is_some_and(|(_, name, _)| catalogue::code(name).is_some())
        && stack.any(|line| line.starts_with("at ") && line.contains(FRAME))
}

/// Whether a code of no form of AWS's stands near: `resource_missing`, `FST_ERR_VALIDATION`.
fn coded_otherwise(block: &Block) -> bool {
    (block.marked().saturating_sub(8)..block.len()).any(|number| {
        let code = field(block.line(number), "code");
        code.is_some_and(|code| code.contains('_'))
    })
}

/// The line of `Code: message` before the stack or in front of a brace, the code, and the message.
fn headed(block: &Block) -> Option<(usize, &str, &str)> {
    (0..=block.marked()).rev().find_map(|number| {
        let (name, message) = head::of(block.body(number))?;
        Some((number, name, message))
    })
}

/// What the last `…Error: message` before the marked line says, in front of its stack.
pub(super) fn thrown(block: &Block) -> Option<&str> {
    (0..block.marked())
        .rev()
        .map(|number| block.body(number))
        .find_map(|line| {
            let (name, message) = line.split_once("Error: ")?;
            let behind = name.rsplit([' ', '\t']).next()?;
            (word(behind) == behind && !line.trim_start().starts_with("at ")).then_some(message)
        })
}

fn operation(text: &str) -> Option<&str> {
    // `node_modules` holds the same letters.
    text.split("de_").skip(1).find_map(|rest| {
        let name = word(rest).strip_suffix("CommandError")?;
        (!name.is_empty()).then_some(name)
    })
}
