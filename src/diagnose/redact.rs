//! Secrets taken out of what we write ourselves: the length stays, so that a person sees what stood there.

/// The text with everything that looks like a secret masked: access key ids keep their first four letters, long runs of
/// base64 letters and the values of secret-bearing names are replaced by `…`.
#[must_use]
pub fn redact(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let run = rest.bytes().take_while(|byte| is_token(*byte)).count();
        if run == 0 {
            let letter = rest.chars().next().map_or(1, char::len_utf8);
            out.push_str(&rest[..letter]);
            rest = &rest[letter..];
            continue;
        }
        let word = &rest[..run];
        out.push_str(&masked(word));
        rest = &rest[run..];
    }
    out
}

fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"+/=_-.%".contains(&byte)
}

fn masked(word: &str) -> String {
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if word.len() == 20 && plain(word) && (word.starts_with("AKIA") || word.starts_with("ASIA")) {
        return format!("{}…", &word[..4]);
    }
    let core = word.trim_end_matches('=');
    let digits = core.bytes().any(|byte| byte.is_ascii_digit());
    let upper = core.bytes().any(|byte| byte.is_ascii_uppercase());
    let lower = core.bytes().any(|byte| byte.is_ascii_lowercase());
    let breaks = core.bytes().filter(|byte| b"-._".contains(byte)).count();
    let hexadecimal = core
        .bytes()
        .all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    let secret = digits
        && upper
        && lower
        && !hexadecimal
        && core.len() >= 40
        && breaks * 12 < core.len()
        && core.matches('/').count() * 8 < core.len();
    let jwt = core.starts_with("eyJ") && core.len() >= 30;
    if secret || jwt {
        "…".to_owned()
    } else {
        word.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::redact;

    #[test]
    fn secrets_go_and_words_stay() {
        assert_eq!(redact("key AKIAY34FZKBOKMUTVV7A is"), "key AKIA… is");
        assert_eq!(
            redact("s wJalrXUtnFEMIK7MDENGbPxRfiCYzzzzzzzzKEY12 e"),
            "s … e"
        );
        let arn = "arn:aws:iam::123456789012:role/service-role/my-long-Role-name-1-for-the-deployment-of-things";
        assert_eq!(redact(arn), arn);
        assert_eq!(redact("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.x"), "…");
    }
}
