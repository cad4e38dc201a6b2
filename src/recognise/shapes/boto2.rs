//! The first boto, which programs of Python 2's days still use.
//!
//! ```text
//! boto.exception.S3ResponseError: S3ResponseError: 403 Forbidden ⏎ [<?xml …?> ⏎ <Error><Code>CODE</Code><Message>MESSAGE</Message>…]
//! EC2ResponseError: 401 Unauthorized ⏎ <Response><Errors><Error><Code>CODE</Code>…
//! BotoServerError: 400 Bad Request ⏎ {"Error":{"Code":"CODE","Message":"MESSAGE"},…}
//! ```
//!
//! The answer to a HEAD request has no body; then the status is the code, as the AWS CLI has it.

use super::{Block, Reading, Shape, found, of, some};
use crate::recognise::scan::{after, between, field, find, is_code, number, until};

/// See the module.
#[derive(Debug)]
pub struct Boto2;

/// The names of its errors, and the service where it is one alone.
const NAMES: &[(&str, &str)] = &[
    ("S3ResponseError: ", "s3"),
    ("S3CreateError: ", "s3"),
    ("EC2ResponseError: ", "ec2"),
    ("BotoServerError: ", ""),
    ("JSONResponseError: ", ""),
    ("SQSError: ", "sqs"),
];

impl Shape for Boto2 {
    fn read(&self, block: &Block) -> Reading {
        let line = block.body(block.marked());
        let head = NAMES.iter().find_map(|(name, service)| {
            let rest = &line[find(line, name).and_then(|_| line.rfind(name))? + name.len()..];
            let status = number(rest).filter(|status: &u16| (300..600).contains(status))?;
            rest[3..]
                .starts_with(' ')
                .then_some((status, rest, *service))
        });
        let Some((status, said, service)) = head else {
            return Reading::No;
        };
        let text = block.from_mark();
        let mut error = of("boto2");
        error.http_status = Some(status);
        error.service = some(service);
        let code = between(text, "<Code>", "</Code>").map(str::to_owned);
        error.code = code
            .or_else(|| after(text, "\n").and_then(|body| field(body, "Code")))
            .filter(|code| is_code(code))
            .or_else(|| Some(status.to_string()));
        error.message = between(text, "<Message>", "</Message>")
            .and_then(some)
            .or_else(|| after(text, "\n").and_then(|body| field(body, "Message")))
            .or_else(|| some(until(&said[3..], &['\n'])));
        error.request_id = between(text, "<RequestId>", "</RequestId>")
            .or_else(|| between(text, "<RequestID>", "</RequestID>"))
            .and_then(some);
        found(error)
    }

    fn goes_on(&self, block: &Block) -> bool {
        let last = block.len() - 1;
        let line = block.body(last).trim_start();
        last - block.marked() < 12
            && (line.starts_with(['<', '{']) || line.starts_with("u'") || line.starts_with('}'))
    }

    fn may_go_on(&self, _block: &Block) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use crate::recognise;

    #[test]
    fn with_and_without_a_body() {
        let bare = "boto.exception.S3ResponseError: S3ResponseError: 403 Forbidden\n";
        let error = recognise::text(bare).expect("it is one");
        assert_eq!(error.code.as_deref(), Some("403"));
        assert_eq!(error.message.as_deref(), Some("Forbidden"));
        let whole = format!(
            "{bare}<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message><RequestId>0A1B</RequestId></Error>\n"
        );
        let error = recognise::text(&whole).expect("it is one");
        assert_eq!(error.code.as_deref(), Some("AccessDenied"));
        assert_eq!(
            (error.service.as_deref(), error.http_status),
            (Some("s3"), Some(403))
        );
    }

    #[test]
    fn a_name_without_a_status_is_none() {
        assert_eq!(recognise::text("except S3ResponseError: pass"), None);
        assert_eq!(recognise::text("raise BotoServerError: 4 attempts"), None);
    }
}
