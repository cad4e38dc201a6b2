//! Which part of a run is a secret, by its form or by its name.

use std::ops::Range;

/// What is masked besides keys, tokens and signatures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Also {
    /// Nothing.
    #[default]
    Nothing,
    /// Account ids: numbers of twelve digits.
    Accounts,
}

/// Names whose value is a secret, in lower case without `-` and `_`.
const SECRET: &[&str] = &[
    "accesstoken",
    "apikey",
    "authorizationtoken",
    "authtoken",
    "awssecretaccesskey",
    "awssecretkey",
    "awssecuritytoken",
    "awssessiontoken",
    "clientsecret",
    "masteruserpassword",
    "password",
    "refreshtoken",
    "secretaccesskey",
    "secretkey",
    "secretstring",
    "securitytoken",
    "sessiontoken",
    "signature",
    "signatureprovided",
    "token0",
    "token1",
    "webidentitytoken",
    "xamzsecuritytoken",
    "xamzsignature",
    "xapikey",
];

/// Names whose value has the form of a secret and is none: support asks for them, and lock files are full of them.
const OPEN: &[&str] = &[
    "credential",
    "digest",
    "etag",
    "hostid",
    "integrity",
    "requestid",
    "xamzid2",
];

/// What tokens of STS begin with, in any age of them.
const STS: &[&str] = &[
    "AQoDYXdz",
    "AQoEXAMPLE",
    "FQoDYXdz",
    "FQoGZXIvYXdz",
    "FwoGZXIvYXdz",
    "IQoJb3JpZ2lu",
    "QoJb3JpZ2lu",
];

/// Bytes before a value that its name is looked for in.
const NAME: usize = 32;
/// Letters that follow an access key id's prefix.
const KEY_ID: usize = 16;
/// Bytes of a secret access key.
const SECRET_KEY: usize = 40;

/// The parts of `run` that are secrets, in order. `before` is what stands right before the run in its line, as far as it
/// is known (64 bytes are enough); `run` is a run of letters as [`super::redact()`] and [`super::Mask`] cut it.
#[must_use]
pub fn judge(before: &[u8], run: &[u8], also: Also) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let value = value_of(before, run);
    match value {
        Value::Secret(at) => found.push(at..run.len()),
        Value::Open => {}
        Value::Unnamed(at) => by_form(run, at, &mut found),
    }
    if !matches!(value, Value::Secret(_)) {
        key_ids(run, &mut found);
        if also == Also::Accounts {
            accounts(run, &mut found);
        }
    }
    found.sort_by_key(|range| range.start);
    found
}

/// What a run is by its name.
enum Value {
    /// A secret, from here on.
    Secret(usize),
    /// Known to be none.
    Open,
    /// It has no name that tells; its value begins here.
    Unnamed(usize),
}

fn value_of(before: &[u8], run: &[u8]) -> Value {
    // `X-Amz-Signature=3f…` and `AWS_SESSION_TOKEN=…` are one run; `"SecretAccessKey": "…` is a name and a run.
    if let Some(at) = run.iter().position(|byte| *byte == b'=')
        && at + 1 < run.len()
        && run[..at]
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte))
    {
        return match kind(&run[..at]) {
            Some(true) => Value::Secret(at + 1),
            Some(false) => Value::Open,
            None => Value::Unnamed(at + 1),
        };
    }
    let is_gap = |byte: &u8| b" \t\"'\\:=>,[".contains(byte);
    let gap = before.iter().rev().take_while(|byte| is_gap(byte)).count();
    let (head, gap) = before.split_at(before.len() - gap);
    let bearer = head.ends_with(b"Bearer") || head.ends_with(b"Basic");
    if bearer && run.len() >= 8 || is_password(before, run) {
        return Value::Secret(0);
    }
    if !gap.iter().any(|byte| b":=>".contains(byte)) || run.len() < 4 {
        return Value::Unnamed(0);
    }
    match kind(&head[head.len() - head.len().min(NAME)..]) {
        Some(true) => Value::Secret(0),
        Some(false) => Value::Open,
        None => Value::Unnamed(0),
    }
}

/// Whether a run stands where a web address has its password: `http://user:here@host`. What stands there without being
/// one is a port.
fn is_password(before: &[u8], run: &[u8]) -> bool {
    let Some(before) = before.strip_suffix(b":") else {
        return false;
    };
    let schemes = [&b"http://"[..], b"https://"];
    let place = |scheme: &[u8]| {
        before
            .windows(scheme.len())
            .rposition(|part| part == scheme)
    };
    let user = schemes
        .iter()
        .find_map(|scheme| Some(&before[place(scheme)? + scheme.len()..]));
    let port = run.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let is_port = port > 0 && run.get(port).is_none_or(|byte| *byte == b'/');
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~%+".contains(byte);
    user.is_some_and(|user| !user.is_empty() && user.iter().all(is_word)) && !is_port
}

/// `true` for a name of secrets, `false` for one of values that only look like them.
fn kind(name: &[u8]) -> Option<bool> {
    let name: String = name
        .iter()
        .filter(|byte| byte.is_ascii_alphanumeric())
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect();
    let is_in = |names: &[&str]| names.iter().any(|known| name.ends_with(known));
    if is_in(OPEN) {
        Some(false)
    } else {
        is_in(SECRET).then_some(true)
    }
}

fn by_form(run: &[u8], at: usize, found: &mut Vec<Range<usize>>) {
    let value = &run[at..];
    let text = std::str::from_utf8(value).unwrap_or_default();
    let sts = value.len() >= 16 && STS.iter().any(|start| text.starts_with(start));
    let jwt = value.len() >= 30 && text.starts_with("eyJ");
    if sts || jwt || is_mixture(text) {
        found.push(at..run.len());
    }
}

/// A long run of upper and lower letters and digits: a key or a token, and no number, name or path.
fn is_mixture(text: &str) -> bool {
    let core = text.trim_end_matches('=');
    let has = |is: fn(&u8) -> bool| core.bytes().any(|byte| is(&byte));
    let count = |of: &[u8]| core.bytes().filter(|byte| of.contains(byte)).count();
    core.len() >= SECRET_KEY
        && has(u8::is_ascii_digit)
        && has(u8::is_ascii_uppercase)
        && has(u8::is_ascii_lowercase)
        && !core
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
        && count(b"-._") * 12 < core.len()
        && count(b"/") * 8 < core.len()
}

/// Access key ids anywhere in a run: all but the prefix, which tells their kind.
fn key_ids(run: &[u8], found: &mut Vec<Range<usize>>) {
    let ends = |at: usize| run.get(at).is_none_or(|byte| !byte.is_ascii_alphanumeric());
    let mut at = 0;
    while at + 4 + KEY_ID <= run.len() {
        let is_id = matches!(&run[at..at + 4], b"AKIA" | b"ASIA")
            && (at == 0 || ends(at - 1))
            && run[at + 4..at + 4 + KEY_ID]
                .iter()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
            && ends(at + 4 + KEY_ID);
        let covered = found.iter().any(|range| range.contains(&(at + 4)));
        if is_id && !covered {
            found.push(at + 4..at + 4 + KEY_ID);
            at += 4 + KEY_ID;
        } else {
            at += 1;
        }
    }
}

fn accounts(run: &[u8], found: &mut Vec<Range<usize>>) {
    let mut at = 0;
    while at < run.len() {
        let digits = run[at..]
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let bounded = |at: Option<&u8>| at.is_none_or(|byte| !byte.is_ascii_alphanumeric());
        if digits == 12
            && bounded(at.checked_sub(1).and_then(|at| run.get(at)))
            && bounded(run.get(at + 12))
            && !found.iter().any(|range| range.contains(&at))
        {
            found.push(at..at + 12);
        }
        at += digits.max(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(before: &str, run: &str) -> String {
        let mut text = run.as_bytes().to_vec();
        for range in judge(before.as_bytes(), run.as_bytes(), Also::Accounts) {
            text[range].fill(b'*');
        }
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn a_name_makes_its_value_a_secret() {
        assert_eq!(masked("\"SecretAccessKey\": \"", "short1"), "******");
        assert_eq!(masked("<Token-0>", "abcdef"), "******");
        assert_eq!(
            masked("", "X-Amz-Signature=0123ab"),
            "X-Amz-Signature=******"
        );
        assert_eq!(masked("Authorization: Bearer ", "abcdefgh"), "********");
        assert_eq!(masked(r#"\"sessionToken\":\""#, "abcd"), "****");
        assert_eq!(masked("the password ", "wrong"), "wrong");
        assert_eq!(masked("\"http://user:", "a/b1"), "****");
        assert_eq!(masked("http://127.0.0.1:", "3128/"), "3128/");
        assert_eq!(masked("see http://a/b c:", "d"), "d");
        assert_eq!(masked("invalid token: ", "none"), "none");
    }

    #[test]
    fn a_form_makes_a_secret_without_a_name() {
        assert_eq!(masked("", "AKIAY34FZKBOKMUTVV7A"), "AKIA****************");
        assert_eq!(
            masked(
                "",
                "Credential=AKIAY34FZKBOKMUTVV7A/20250101/us-east-1/s3/aws4_request"
            ),
            "Credential=AKIA****************/20250101/us-east-1/s3/aws4_request"
        );
        assert_eq!(masked("", "IQoJb3JpZ2luX2VjEXAMPLE"), "*".repeat(23));
        assert_eq!(masked(":", "123456789012"), "************");
        assert_eq!(masked("", "1234567890123"), "1234567890123");
    }

    #[test]
    fn ids_and_checksums_are_no_secrets() {
        for run in [
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "da39a3ee5e6b4b0d3255bfef95601890afd80709",
            "arn",
            "service-role/my-long-Role-name-1-for-the-deployment-of-things",
        ] {
            assert_eq!(masked("", run), run);
        }
        let host = "Uuag1LuByRx9e6j5Onimru9pO4ZVKnJ2Qz7/C1NPcfTWAtRPfTaOFg==";
        assert_eq!(masked("<HostId>", host), host);
        assert_eq!(masked("Extended Request ID: ", host), host);
    }
}
