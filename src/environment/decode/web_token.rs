//! What a web identity token (a JWT) says of itself. It is read and not verified; the subject is never looked at.

use super::text::base64;
use serde_json::Value;

/// The claims that the checks look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebToken {
    /// When it ends, in seconds since 1970.
    pub ends: Option<u64>,
    /// Whether it is meant for AWS STS; `None` where it names no audience.
    pub for_sts: Option<bool>,
}

/// Reads the claims of a token; `None` where it is not a JWT.
pub fn web_token(token: &str) -> Option<WebToken> {
    let mut parts = token.trim().split('.');
    let (_, claims, _, None) = (parts.next()?, parts.next()?, parts.next()?, parts.next()) else {
        return None;
    };
    let claims: Value = serde_json::from_slice(&base64(claims)?).ok()?;
    let is_sts = |value: &Value| {
        value
            .as_str()
            .is_some_and(|name| name.starts_with("sts.amazonaws.com"))
    };
    let for_sts = claims.get("aud").map(|audience| match audience {
        Value::Array(names) => names.iter().any(is_sts),
        name => is_sts(name),
    });
    Some(WebToken {
        ends: claims.get("exp").and_then(Value::as_u64),
        for_sts,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_end_and_audience() {
        // {"exp":1700000000,"aud":["sts.amazonaws.com"],"sub":"x"}
        let token =
            "e30.eyJleHAiOjE3MDAwMDAwMDAsImF1ZCI6WyJzdHMuYW1hem9uYXdzLmNvbSJdLCJzdWIiOiJ4In0.c2ln";
        assert_eq!(
            web_token(token),
            Some(WebToken {
                ends: Some(1_700_000_000),
                for_sts: Some(true)
            })
        );
    }

    #[test]
    fn refuses_what_is_no_token() {
        for text in ["", "a.b", "a.!.c", "e30.e30.e30.e30", "e30.bm90anNvbg.c2ln"] {
            assert_eq!(web_token(text), None, "{text}");
        }
    }
}
