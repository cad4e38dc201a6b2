//! `CloudFormation`, as it is printed by its console, the CDK, SAM, eksctl and the Serverless framework.
//!
//! ```text
//! Resource handler returned message: "MESSAGE" (RequestToken: T, HandlerErrorCode: CODE)
//! [TIME |] NAME | CREATE_FAILED | [TYPE | NAME (ID)] REASON            one row, cells between bars
//! CREATE_FAILED: NAME (TYPE) ⏎ REASON                               the Serverless framework
//! TYPE/NAME: CREATE_FAILED – "REASON"                               eksctl
//! CREATE_FAILED    TYPE    NAME    REASON ⏎                 REASON     cells between blanks, the last one wrapped
//! ```
//!
//! The reason may stand on the next line. Looks alike and is none: a resource that was cancelled because another failed.

use super::{AwsError, Block, Reading, Shape, found, java, of, some};
use crate::recognise::{
    continuation::TRACEBACK,
    scan::{after, ending, is_code, until},
};

/// See the module.
#[derive(Debug)]
pub struct CloudFormation;

impl Shape for CloudFormation {
    fn needs(&self) -> &'static [&'static str] {
        &["_FAILED", "returned message: \"", "HandlerErrorCode:"]
    }

    fn read(&self, block: &Block) -> Reading {
        let text = block.from_mark();
        let Some(reason) = reason(block.line(block.marked())) else {
            if let Some(error) = handled(text) {
                return found(error);
            }
            let opened = after(text, "returned message: \"").is_some();
            return if opened { Reading::More } else { Reading::No };
        };
        let mut reason = reason.to_owned();
        let below = (block.marked() + 1..block.len()).map(|number| block.body(number).trim());
        for line in below.take_while(|line| !line.starts_with(TRACEBACK)) {
            reason.push(' ');
            reason.push_str(line);
        }
        let reason = reason.trim();
        if reason.is_empty() {
            return Reading::More;
        }
        if reason.contains("cancelled") {
            return Reading::No;
        }
        let error = handled(reason).or_else(|| java::serviced(reason));
        found(error.unwrap_or_else(|| AwsError {
            message: some(reason),
            ..of("cloudformation")
        }))
    }

    fn goes_on(&self, block: &Block) -> bool {
        let last = block.len() - 1;
        let (line, behind) = (block.line(last), last - block.marked());
        if line.trim().is_empty() || behind > 16 {
            return false;
        }
        let text = block.from_mark();
        let before = &text[..text.len().saturating_sub(line.len() + 1)];
        match reason(block.line(block.marked())) {
            Some("") => behind == 1 && reason(line).is_none(),
            Some(_) if line.starts_with("                    ") => true,
            _ => {
                let said = after(before, "returned message: \"");
                // Where the quote has closed, only what stands in brackets behind it may follow.
                let is_open =
                    |said: &str| !said.trim_end().ends_with('"') && !said.contains("\"\n");
                said.is_some_and(|said| is_open(said) || line.trim_start().starts_with('('))
                    && !before.contains("HandlerErrorCode: ")
            }
        }
    }

    fn may_go_on(&self, block: &Block) -> bool {
        let text = block.from_mark();
        reason(block.line(block.marked())).is_some()
            || text.contains("returned message: \"") && !text.contains("HandlerErrorCode: ")
    }
}

/// A resource handler's message and its code.
fn handled(text: &str) -> Option<AwsError> {
    let code = code(text)?;
    let mut error = java::serviced(text).unwrap_or_else(|| of("cloudformation"));
    error.producer = "cloudformation";
    error.code = Some(code.to_owned());
    error.message = after(text, "returned message: \"").and_then(|message| {
        let message = message.split("\" (RequestToken").next()?;
        some(message.split(" (Service: ").next()?)
    });
    Some(error)
}

/// The code that a resource handler gave.
pub(super) fn code(text: &str) -> Option<&str> {
    after(text, "HandlerErrorCode:")
        .map(|code| until(code.trim_start(), &[')', ',', '\n', ' ', '"']))
        .filter(|code| is_code(code))
}

/// The reason in a row of a table of events whose status is a failure; empty where it stands on the next line.
fn reason(line: &str) -> Option<&str> {
    let at = line.find("_FAILED")?;
    let status = ending(&line[..at], |letter| {
        letter.is_ascii_uppercase() || letter == '_'
    });
    if !["CREATE", "UPDATE", "DELETE", "ROLLBACK", "IMPORT"]
        .iter()
        .any(|verb| status.ends_with(verb))
    {
        return None;
    }
    let rest = &line[at + "_FAILED".len()..];
    if rest.starts_with(": ") && rest.contains(" (AWS::") && rest.trim_end().ends_with(')') {
        return Some("");
    }
    if let Some(quoted) = rest.strip_prefix(" – \"") {
        return Some(quoted.trim_end().trim_end_matches('"')).filter(|reason| !reason.is_empty());
    }
    let barred = rest.trim_start().trim_start_matches('\\').starts_with('|');
    let spaced = rest.starts_with("  ") && rest.contains("AWS::");
    if !(barred || spaced) {
        return None;
    }
    let last = if barred {
        // A table's last bar closes the row.
        let bordered = line[..at].matches('|').count() > 1 && !rest.contains("AWS::");
        let row = rest.trim_end();
        let row = row.strip_suffix('|').filter(|_| bordered).unwrap_or(row);
        row.rsplit('|').next()
    } else {
        rest.trim_end().rsplit("  ").next()
    };
    let last = last.unwrap_or_default().trim();
    // The CDK puts the resource's names before the reason.
    if rest.contains("AWS::") && barred {
        return Some(last.split_once(") ").map_or("", |(_, reason)| reason));
    }
    // A word alone is a value of another table.
    let is_reason = last.is_empty() || last.contains(' ') || rest.contains("AWS::");
    is_reason.then_some(last)
}

#[cfg(test)]
mod tests {
    use crate::recognise;

    #[test]
    fn rows_of_every_tool() {
        let refused = "API: iam:CreateRole User: arn:aws:iam::123456789012:user/x is not authorized to perform: iam:CreateRole";
        for (text, code, message) in [
            (
                "Resource handler returned message: \"x exists\" (RequestToken: a-b, HandlerErrorCode: AlreadyExists)",
                Some("AlreadyExists"),
                "x exists",
            ),
            (
                "10:00:00 AM | CREATE_FAILED        | AWS::S3::Bucket | Things/Bucket (Bucket1) x already exists",
                None,
                "x already exists",
            ),
            (
                "CREATE_FAILED: MyRole (AWS::IAM::Role)\nx already exists\n",
                None,
                "x already exists",
            ),
            (
                "| 2026-11-24 | x | UPDATE_FAILED | the update was refused |",
                None,
                "the update was refused",
            ),
            (
                "CREATE_FAILED    AWS::S3::Bucket    Bucket1    x already\n                                               exists\n",
                None,
                "x already exists",
            ),
            (
                &format!("[✖]  AWS::IAM::Role/R: CREATE_FAILED – \"{refused}\"")[..],
                None,
                refused,
            ),
        ] {
            let error = recognise::text(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(error.code.as_deref(), code, "{text}");
            assert_eq!(error.message.as_deref(), Some(message), "{text}");
        }
    }

    #[test]
    fn what_was_cancelled_and_what_went_well_stays_silent() {
        for text in [
            "[✖]  AWS::EC2::Route/R: CREATE_FAILED – \"Resource creation cancelled\"",
            "10:00:00 AM | CREATE_FAILED | AWS::S3::Bucket | Things/Bucket (Bucket1) Resource creation cancelled",
            "10:00:00 AM | CREATE_COMPLETE | AWS::S3::Bucket | Things/Bucket (Bucket1)",
            "| job | BUILD_FAILED | x |",
            "states: CREATE_FAILED | ROLLBACK_FAILED",
            "if status == 'CREATE_FAILED':",
        ] {
            assert_eq!(recognise::text(text), None, "{text}");
        }
    }
}
