//! The answer: XML of a known form, from a server that may be anyone.

use jiff::fmt::rfc2822::DateTimeParser;

use super::{Answer, Asked};
use crate::{environment::is_account, secrets::redact};

/// The longest message that is kept, in letters.
const LONGEST: usize = 600;

/// What a response says. An answer of another form is none: then its Date says nothing of AWS's clock either.
pub fn answer(status: u16, date: Option<&str>, body: &str) -> Asked {
    let answer = if status == 200 {
        identity(body)
    } else {
        refusal(status, body)
    };
    match answer {
        Some(answer) => Asked {
            answer,
            date: date.and_then(seconds),
        },
        None => Asked {
            answer: Answer::Nothing(format!(
                "What came back, with HTTP status {status}, is no answer of AWS STS."
            )),
            date: None,
        },
    }
}

fn identity(body: &str) -> Option<Answer> {
    let (arn, account) = (element(body, "Arn")?, element(body, "Account")?);
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b":/_+=,.@-".contains(&byte);
    let is_arn = arn.starts_with("arn:aws") && arn.len() <= 2048 && arn.bytes().all(plain);
    (is_arn && is_account(&account)).then(|| Answer::Identity {
        arn: redact(&arn),
        account,
    })
}

fn refusal(status: u16, body: &str) -> Option<Answer> {
    let code = element(body, "Code")?;
    let is_code = (1..=64).contains(&code.len())
        && code
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'.');
    let message: String = element(body, "Message")
        .unwrap_or_default()
        .chars()
        .take(LONGEST)
        .collect();
    is_code.then(|| Answer::Refused {
        status,
        code: redact(&code),
        message: redact(&message),
    })
}

/// The text of the first element of this name, its five entities resolved.
fn element(body: &str, name: &str) -> Option<String> {
    let (_, rest) = body.split_once(&format!("<{name}>"))?;
    let (text, _) = rest.split_once(&format!("</{name}>"))?;
    let plain = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
    Some(plain.trim().to_owned())
}

/// A Date header, in seconds since 1970.
fn seconds(date: &str) -> Option<u64> {
    let time = DateTimeParser::new().parse_timestamp(date).ok()?;
    u64::try_from(time.as_second()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_an_identity_and_the_date() {
        let body = "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:sts::123456789012:assumed-role/x/y@z</Arn>\
            <UserId>AROAX:y</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>";
        let asked = answer(200, Some("Thu, 01 Jan 2026 00:00:00 GMT"), body);
        let arn = "arn:aws:sts::123456789012:assumed-role/x/y@z".to_owned();
        let account = "123456789012".to_owned();
        assert_eq!(asked.answer, Answer::Identity { arn, account });
        assert_eq!(asked.date, Some(1_767_225_600));
    }

    #[test]
    fn reads_a_refusal_and_masks_what_it_quotes() {
        let body = "<ErrorResponse><Error><Type>Sender</Type><Code>InvalidClientTokenId</Code>\
            <Message>The key AKIAY34FZKBOKMUTVV7A &amp; token</Message></Error></ErrorResponse>";
        let asked = answer(403, None, body);
        let (status, code) = (403, "InvalidClientTokenId".to_owned());
        let message = "The key AKIA… & token".to_owned();
        assert_eq!(
            asked.answer,
            Answer::Refused {
                status,
                code,
                message
            }
        );
    }

    #[test]
    fn takes_nothing_else_for_an_answer() {
        let date = Some("Thu, 01 Jan 2026 00:00:00 GMT");
        for (status, body) in [
            (200, ""),
            (200, "<html>log in here</html>"),
            (
                200,
                "<Arn>arn:aws:iam::1\u{1b}[2J</Arn><Account>123456789012</Account>",
            ),
            (
                200,
                "<Arn>arn:aws:iam::123456789012:user/x</Arn><Account>12</Account>",
            ),
            (302, "<a href='https://elsewhere'>"),
            (403, "<Code>##[error]</Code>"),
            (407, "Proxy Authentication Required"),
            (500, "<Code></Code>"),
        ] {
            let asked = answer(status, date, body);
            assert!(matches!(asked.answer, Answer::Nothing(_)), "{body}");
            assert_eq!(asked.date, None, "{body}");
        }
    }
}
