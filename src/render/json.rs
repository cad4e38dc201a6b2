//! One JSON object for each recognised error: `--format jsonl`.

use serde_json::{Value, json};

use crate::{
    diagnose::{CauseTold, Explanation, Fix},
    knowledge::{Effect, Match},
    recognise::AwsError,
    secrets::redact,
};

/// Where an error stands.
#[derive(Debug, Clone, Copy)]
pub struct Event<'e> {
    /// The file, where it is one.
    pub file: Option<&'e str>,
    /// The block's first line, from 1; `None` where there is no input to speak of.
    pub line: Option<u64>,
    /// The block's last line.
    pub end_line: Option<u64>,
    /// The byte offset of the block's first byte.
    pub offset: u64,
    /// The line where the same error was told first.
    pub repeat_of: Option<u64>,
}

/// The object, in the order of fields that the design gives.
#[must_use]
pub fn object(event: &Event<'_>, error: &AwsError, told: &Explanation) -> Value {
    let service = match &told.services[..] {
        [one] => Some((*one).to_owned()),
        _ => error.service.as_deref().map(redact),
    };
    let clean = |text: &Option<String>| text.as_deref().map(redact);
    json!({
        "schema": 1,
        "file": event.file,
        "line": event.line,
        "end_line": event.end_line,
        "offset": event.offset,
        "producer": error.producer,
        "code": clean(&error.code),
        "message": clean(&error.message),
        "service": service,
        "operation": clean(&error.operation),
        "http_status": error.http_status,
        "request_id": clean(&error.request_id),
        "retries": error.retries,
        "match": match told.by { Match::Entry => "entry", Match::Family => "family", Match::Catalogue => "catalogue" },
        "entry": told.entry,
        "title": told.title,
        "summary": told.summary.trim(),
        "links": told.links,
        "causes": told.causes.iter().map(cause).collect::<Vec<_>>(),
        "repeat_of": event.repeat_of,
        "remark": told.remark,
    })
}

/// The object of an error that stands in no input: one that was asked about.
#[must_use]
pub fn asked(error: &AwsError, told: &Explanation) -> Value {
    let event = Event {
        file: None,
        line: None,
        end_line: None,
        offset: 0,
        repeat_of: None,
    };
    let mut object = object(&event, error, told);
    if error.producer.is_empty() {
        object["producer"] = Value::Null;
    }
    object["offset"] = Value::Null;
    object
}

fn cause(cause: &CauseTold) -> Value {
    json!({
        "id": cause.id,
        "title": cause.title,
        "why": cause.why.trim(),
        "status": cause.status.word(),
        "because": cause.because,
        "fix": cause.fix.iter().map(fix).collect::<Vec<_>>(),
        "again": cause.again,
    })
}

/// One step of a fix.
pub(super) fn fix(step: &Fix) -> Value {
    let effect = match step.effect {
        Effect::Reads => "reads",
        Effect::Writes => "writes",
        Effect::Deletes => "deletes",
    };
    json!({ "say": step.say, "command": step.command, "effect": effect })
}
