//! What the services themselves answer, printed as it came: XML and JSON bodies, `CloudTrail`'s records, also inside strings.
//!
//! ```text
//! <Error><Code>CODE</Code><Message>MESSAGE</Message>…<RequestId>ID</RequestId>
//! {"__type":"[NAMESPACE#]CODE","message":"MESSAGE"}
//! {"Error":{"Message":"MESSAGE","Code":"CODE","Type":"Sender"}}
//! "eventSource":"SERVICE.amazonaws.com","eventName":"OP",…"errorCode":"CODE","errorMessage":"MESSAGE"
//! {"errorType":"TYPE","errorMessage":"MESSAGE",…}        (Lambda)
//! {"deliveryStreamARN":"ARN",…"message":"MESSAGE","errorCode":"CODE",…}        (Firehose)
//! ```
//!
//! Looks alike and is none: the same XML of another cloud (its host or its names give it away), a policy, a state machine.

use super::{Block, Reading, Shape, depth, foreign, found, named, of, of_namespace, some};
use crate::{
    catalogue,
    recognise::scan::{after, between, field, is_code, is_sure_code},
};

/// An XML body.
#[derive(Debug)]
pub struct Xml;

impl Shape for Xml {
    fn needs(&self) -> &'static [&'static str] {
        &["<Code>", "&lt;Code&gt;"]
    }

    fn may_be_foreign(&self) -> bool {
        true
    }

    fn read(&self, block: &Block) -> Reading {
        let near = block.from_mark();
        if block.line(block.marked()).contains("rror executing \"") {
            // PHP tells more than the body that it prints.
            return Reading::No;
        }
        let (open, close) = if near.contains("<Code>") {
            ("<Code>", "</Code>")
        } else {
            ("&lt;Code&gt;", "&lt;/Code&gt;")
        };
        let Some(code) = between(near, open, close)
            .map(str::trim)
            .filter(|code| is_code(code))
        else {
            return Reading::No;
        };
        let text = block.text();
        let named = catalogue::code(code).is_some()
            || is_sure_code(code) && (text.contains("<Error") || text.contains("&lt;Error"));
        if !named || foreign::surrounds(block) {
            return Reading::No;
        }
        let tag = |name: &str| {
            between(
                text,
                &open.replace("Code", name),
                &close.replace("Code", name),
            )
            .and_then(some)
        };
        let mut error = of("xml");
        error.code = Some(code.to_owned());
        error.message = tag("Message");
        error.request_id = tag("RequestId").or_else(|| tag("RequestID"));
        if error.message.is_some() || error.request_id.is_some() {
            found(error)
        } else {
            Reading::More
        }
    }

    fn goes_on(&self, block: &Block) -> bool {
        let last = block.len() - 1;
        let before = (block.marked()..last).map(|number| block.line(number));
        let closed = before.clone().any(|line| {
            ["</Error>", "</ErrorResponse>", "</Response>"]
                .iter()
                .any(|end| line.contains(end))
        });
        let line = block.body(last).trim_start();
        is_speaking(block, last)
            || line.starts_with('<')
                && (!closed
                    || line.starts_with("</")
                    || line.starts_with("<RequestI")
                    || line.starts_with("<HostId"))
    }

    fn may_go_on(&self, block: &Block) -> bool {
        is_speaking(block, block.len())
    }
}

/// A JSON body or record.
#[derive(Debug)]
pub struct Json;

impl Shape for Json {
    fn needs(&self) -> &'static [&'static str] {
        &["errorCode", "errorType", "__type", "\"Code\""]
    }

    fn read(&self, block: &Block) -> Reading {
        let near = block.line(block.marked());
        let text = block.text();
        if near.contains("errorCode")
            && (text.contains("eventSource") || text.contains("eventName"))
        {
            let mut error = of("cloudtrail");
            error.code = field(text, "errorCode").filter(|code| is_code(code));
            error.message = field(text, "errorMessage");
            error.service = field(text, "eventSource")
                .map(|host| host.trim_end_matches(".amazonaws.com").to_owned());
            error.operation = field(text, "eventName");
            error.request_id = field(text, "requestID");
            return if error.code.is_some() {
                found(error)
            } else {
                Reading::More
            };
        }
        if near.contains("errorCode") && text.contains("\"deliveryStreamARN\"") {
            let mut error = of("firehose");
            error.code = field(text, "errorCode").filter(|code| is_code(code));
            error.message = field(text, "message");
            error.service = some("firehose");
            return if error.code.is_some() {
                found(error)
            } else {
                Reading::No
            };
        }
        if near.contains("errorType") && text.contains("errorMessage") {
            let mut error = of("lambda");
            error.code = field(text, "errorType").filter(|code| is_code(code));
            error.message = field(text, "errorMessage");
            let missing = error.message.as_deref().is_some_and(|message| {
                message.contains("annot find module") || message.contains("nable to import module")
            });
            let traced = text.contains("stackTrace") || text.contains("\"trace\"");
            if missing && error.code.as_deref() == Some("Error") {
                error.code = None;
                return if traced { found(error) } else { Reading::More };
            }
            let known = error.code.as_deref().is_some_and(|code| {
                code.starts_with("Runtime.")
                    || code.starts_with("Sandbox.")
                    || catalogue::code(code).is_some()
            });
            return if known { found(error) } else { Reading::No };
        }
        if near.contains("errorType")
            && !near.contains('}')
            && near.trim_end().ends_with(',')
            && block.len() - block.marked() < 3
        {
            return Reading::More;
        }
        if near.contains("__type") && !near.contains("__typename") {
            let Some(code) = field(near, "__type") else {
                return Reading::No;
            };
            let service = of_namespace(&code);
            let code = code.rsplit('#').next().unwrap_or(&code).to_owned();
            let message = field(text, "message").or_else(|| field(text, "Message"));
            let known = catalogue::code(&code).is_some() || code.ends_with("Exception");
            if !is_code(&code) || !known || after(text, "__type").is_none() {
                return Reading::No;
            }
            let mut error = of("json");
            (error.code, error.service) = (Some(code), service);
            error.message = message;
            return found(error);
        }
        structured(block)
    }

    fn goes_on(&self, block: &Block) -> bool {
        depth(block, 0..block.len() - 1) > 0
    }

    fn may_go_on(&self, block: &Block) -> bool {
        depth(block, 0..block.len()) > 0
    }
}

/// Whether the message goes on in line `next`.
fn is_speaking(block: &Block, next: usize) -> bool {
    let spoken = (block.marked()..next)
        .map(|number| block.line(number))
        .rfind(|line| line.contains("<Message>") || line.contains("</Message>"));
    spoken.is_some_and(|line| !line.contains("</Message>"))
}

/// An object with `Code` and `Message` side by side, whose code the catalogue knows.
fn structured(block: &Block) -> Reading {
    let text = block.text();
    let near = block.line(block.marked());
    if !near.contains("\"Code\"") {
        return Reading::No;
    }
    let Some(code) =
        field(near, "Code").filter(|code| is_code(code) && catalogue::code(code).is_some())
    else {
        return Reading::No;
    };
    let Some(message) = field(text, "Message").or_else(|| field(text, "message")) else {
        return Reading::More;
    };
    // Others write `Code` and `Message` too.
    let answered = text.contains("ErrorResponse") || text.contains("\"Sender\"");
    // The AWS CLI gives each field a line of its own.
    let laid_out = block
        .body(block.marked())
        .trim_start()
        .starts_with("\"Code\": ");
    if !answered && !laid_out && !named::counts(&code, &message, named::speaking(block)) {
        return Reading::More;
    }
    let mut error = of("json");
    error.code = Some(code);
    error.message = Some(message);
    error.request_id = field(text, "RequestId");
    found(error)
}
