//! Secrets taken out of what we write ourselves.

use super::{Also, is_run, judge};

/// The text with `…` for every secret in it; access key ids keep their first four letters, which tell their kind.
#[must_use]
pub fn redact(text: &str) -> String {
    let bytes = text.as_bytes();
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    while at < bytes.len() {
        let open = bytes[at..]
            .iter()
            .take_while(|byte| !is_run(**byte))
            .count();
        out.push_str(&text[at..at + open]);
        at += open;
        let length = bytes[at..].iter().take_while(|byte| is_run(**byte)).count();
        let run = &text[at..at + length];
        let mut shown = 0;
        for secret in judge(&bytes[..at], run.as_bytes(), Also::Nothing) {
            out.push_str(&run[shown..secret.start]);
            out.push('…');
            shown = secret.end;
        }
        out.push_str(&run[shown..]);
        at += length;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::redact;

    #[test]
    fn secrets_go_and_words_stay() {
        assert_eq!(redact("key AKIAY34FZKBOKMUTVV7A is"), "key AKIA… is");
        assert_eq!(
            redact("s wJalrXUtnFEMIK7MDENGbPxRfiCYzzzzzzzzKEY12 é"),
            "s … é"
        );
        let arn = "arn:aws:iam::123456789012:role/service-role/my-long-Role-name-1-for-the-deployment-of-things";
        assert_eq!(redact(arn), arn);
        assert_eq!(redact("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.x"), "…");
    }
}
