//! The SDK for Rust, in all the ways in which its errors are printed.
//!
//! ```text
//! unhandled error (CODE)[: Error { code: "CODE", message: "MESSAGE", aws_request_id: "ID" }]              {}, DisplayErrorContext
//! ServiceError(ServiceError { source: … ErrorMetadata { code: Some("CODE"), message: Some("MESSAGE"), … }  {:?}
//! DispatchFailure(DispatchFailure { source: ConnectorError { … } })                                       no request went out
//! ```
//!
//! With `{:#?}` each of these stands on lines of its own, also `Some(⏎"CODE",⏎)`. The body of the answer is printed behind, so
//! this shape is asked before those of bodies. `service error` alone, which is all that `{}` says, is no text of AWS.

use super::{Block, Reading, Shape, found, of, some};
use crate::recognise::scan::{after, is_code, number, quoted, until};

/// See the module.
#[derive(Debug)]
pub struct Rust;

/// What stands in front of the code.
const MARKS: &[&str] = &[
    "unhandled error (",
    "ErrorMetadata {",
    "code: Some(\"",
    "Error { code: \"",
];

impl Shape for Rust {
    fn read(&self, block: &Block) -> Reading {
        let text = block.from_mark();
        if text.contains("DispatchFailure(") && text.contains("ConnectorError") {
            let mut error = of("rust-sdk");
            error.message = some(block.body(block.marked()));
            return found(error);
        }
        if !MARKS.iter().any(|mark| text.contains(mark)) {
            return Reading::No;
        }
        let code = after(text, "unhandled error (")
            .map(|rest| until(rest, &[')']).to_owned())
            .or_else(|| value(text, "code: "))
            .filter(|code| is_code(code));
        let Some(code) = code else {
            // The lines behind may hold it.
            return Reading::More;
        };
        let mut error = of("rust-sdk");
        error.code = Some(code);
        error.message = value(text, "message: ").and_then(|message| some(&message));
        error.http_status = after(text, "StatusCode(")
            .or_else(|| after(text, "status: "))
            .and_then(number)
            .filter(|status| (300..600).contains(status));
        error.request_id = value(text, "aws_request_id\": ")
            .or_else(|| value(text, "aws_request_id: "))
            .and_then(|id| some(&id));
        found(error)
    }

    fn goes_on(&self, block: &Block) -> bool {
        let last = block.len() - 1;
        let (head, line) = (block.body(block.marked()), block.body(last));
        // What it prints as its own cause says the same once more.
        let cause = block.from_mark().contains("unhandled error (")
            && (line.starts_with("Caused by:") || line.starts_with("    "));
        cause || is_pretty(head) && (line.starts_with("    ") || line == ")")
    }

    fn may_go_on(&self, block: &Block) -> bool {
        is_pretty(block.body(block.marked())) || block.from_mark().contains("unhandled error (")
    }

    fn may_skip_blank(&self, block: &Block) -> bool {
        block.from_mark().contains("unhandled error (")
    }
}

/// Whether the value that the line begins is printed over several.
fn is_pretty(head: &str) -> bool {
    head.trim_end().ends_with(['{', '('])
}

/// The string behind the name, in `Some(…)` or not.
fn value(text: &str, name: &str) -> Option<String> {
    text.match_indices(name).find_map(|(at, _)| {
        let rest = &text[at + name.len()..];
        let rest = rest.strip_prefix("Some(").unwrap_or(rest).trim_start();
        quoted(rest)
            .filter(|_| rest.starts_with('"'))
            .map(|(value, _)| value)
    })
}

#[cfg(test)]
mod tests {
    use crate::recognise;

    #[test]
    fn each_way_of_printing() {
        let flat = r#"Error: ServiceError(ServiceError { source: Unhandled(Unhandled { source: ErrorMetadata { code: Some("InvalidClientTokenId"), message: Some("It is invalid."), extras: None } }), raw: Response { status: StatusCode(403), headers: {}, body: SdkBody { inner: Once(Some(b"<ErrorResponse><Error><Code>InvalidClientTokenId</Code>")) } } })"#;
        let pretty = "Error: ServiceError(\n    ServiceError {\n        source: Unhandled(\n            Unhandled {\n                source: ErrorMetadata {\n                    code: Some(\n                        \"InvalidClientTokenId\",\n                    ),\n                    message: Some(\n                        \"It is invalid.\",\n                    ),\n                },\n            },\n        ),\n        raw: Response {\n            status: StatusCode(\n                403,\n            ),\n        },\n    },\n)\n";
        let context = r#"service error: unhandled error (InvalidClientTokenId): Error { code: "InvalidClientTokenId", message: "It is invalid." }"#;
        for (text, status) in [(flat, Some(403)), (pretty, Some(403)), (context, None)] {
            let error = recognise::text(text).expect("it is one");
            assert_eq!(error.producer, "rust-sdk");
            assert_eq!(
                error.code.as_deref(),
                Some("InvalidClientTokenId"),
                "{text}"
            );
            assert_eq!(error.message.as_deref(), Some("It is invalid."), "{text}");
            assert_eq!(error.http_status, status, "{text}");
        }
    }

    #[test]
    fn no_request_went_out() {
        let text = "Error: DispatchFailure(DispatchFailure { source: ConnectorError { kind: Io, source: Error(Connect), connection: Unknown } })";
        let error = recognise::text(text).expect("it is one");
        assert_eq!((error.producer, error.code), ("rust-sdk", None));
    }

    #[test]
    fn errors_of_other_crates_stay_silent() {
        for text in [
            "Error: service error",
            "client error (Connect): tcp connect error: Connection refused (os error 111)",
            r#"Os { code: 111, kind: ConnectionRefused, message: "Connection refused" }"#,
        ] {
            assert_eq!(recognise::text(text), None, "{text}");
        }
    }
}
