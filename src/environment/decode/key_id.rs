//! What an access key id says by itself: its kind, and the account it belongs to.
//!
//! The account is not documented, but is well known (Steele, Be'ery): characters 5 to 20 are base32, and the account
//! stands in their first six bytes. Ids given out before 2019 carry none; they are told by their first digit.

use super::text::base32;

/// The kind of an access key id, by its prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyKind {
    /// `AKIA`: a user's long-term key, which never goes with a session token.
    LongTerm,
    /// `ASIA`: a session's key, which never goes without one.
    Temporary,
    /// The id of something that is no key: a user, a role, a group, a certificate ….
    NotAKey,
    /// Any other text.
    Unknown,
}

/// The kind of a key id, told from its first four characters.
pub fn kind_of(id: &str) -> KeyKind {
    match id.get(..4) {
        Some("AKIA") => KeyKind::LongTerm,
        Some("ASIA") => KeyKind::Temporary,
        Some("AIDA" | "AROA" | "AGPA" | "AIPA" | "ANPA" | "ANVA" | "APKA" | "ASCA") => {
            KeyKind::NotAKey
        }
        _ => KeyKind::Unknown,
    }
}

/// The twelve digits of the account that a key id belongs to; `None` where it carries none.
pub fn account_of(id: &str) -> Option<String> {
    if !matches!(kind_of(id), KeyKind::LongTerm | KeyKind::Temporary)
        || id.len() != 20
        || id.contains("EXAMPLE")
    {
        return None;
    }
    let coded = id.get(4..)?;
    // A first digit below 16 (A to P) marks an older id, which carries no account.
    if !matches!(coded.as_bytes().first()?, b'Q'..=b'Z' | b'2'..=b'7') {
        return None;
    }
    let bytes = base32(coded)?;
    let number = bytes
        .get(..6)?
        .iter()
        .fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    let account = (number & 0x7fff_ffff_ff80) >> 7;
    (account < 1_000_000_000_000).then(|| format!("{account:012}"))
}

/// Whether a text has the form of an account's id: twelve digits.
#[must_use]
pub fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_account_of_published_ids() {
        assert_eq!(
            account_of("ASIAY34FZKBOKMUTVV7A").as_deref(),
            Some("609629065308")
        );
        assert_eq!(
            account_of("ASIAQNZGKIQY56JQ7WML").as_deref(),
            Some("029608264753")
        );
    }

    #[test]
    fn says_nothing_of_older_made_up_and_foreign_ids() {
        for id in [
            "AKIAIOSFODNN7EXAMPLE",
            "AKIAJ2OSFODNN7ABCDEF",
            "AROAY34FZKBOKMUTVV7A",
            "ASIAY34F",
            "",
            "ÄÖÜ",
        ] {
            assert_eq!(account_of(id), None, "{id}");
        }
    }

    #[test]
    fn tells_kinds_by_prefix() {
        assert_eq!(kind_of("AKIAX"), KeyKind::LongTerm);
        assert_eq!(kind_of("ASIAX"), KeyKind::Temporary);
        assert_eq!(kind_of("AROAX"), KeyKind::NotAKey);
        assert_eq!(kind_of("test"), KeyKind::Unknown);
    }
}
