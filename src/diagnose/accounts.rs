//! What an error's own words say of two accounts: that of the caller, and that of the resource.
//!
//! `User: arn:aws:iam::111122223333:user/dev is not authorized to perform: sqs:SendMessage on resource:
//! arn:aws:sqs:eu-west-1:444455556666:jobs` is a call from one account into another. That is true wherever the text is read,
//! so that no machine has to be looked at.

use crate::environment::{Finding, Severity, is_account};

/// The fact that both accounts are named, and differ or not; `None` where one of them is not named.
pub fn named_in(message: &str) -> Option<Finding> {
    let (before, behind) = message.split_once("not authorized to perform")?;
    let caller = account_in(before)?;
    let (_, resource) = behind.split_once("on resource")?;
    let owner = account_in(resource)?;
    let (id, seen) = if caller == owner {
        let seen = format!("Caller and resource are of one account, {owner}.");
        ("accounts-same", seen)
    } else {
        let seen = format!("The caller is of account {caller}, the resource of account {owner}.");
        ("accounts-differ", seen)
    };
    Some(Finding::likely(
        id,
        Severity::Info,
        seen,
        "The message names both.",
    ))
}

/// The account in the first ARN of a text.
fn account_in(text: &str) -> Option<&str> {
    let (_, arn) = text.split_once("arn:")?;
    let account = arn.split(':').nth(3)?;
    is_account(account).then_some(account)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_accounts_are_compared_where_both_are_named() {
        let id = |caller: &str, resource: &str| {
            let message = format!(
                "User: {caller} is not authorized to perform: a:B on resource: {resource} because"
            );
            named_in(&message).map(|finding| finding.id)
        };
        let (user, queue) = ("arn:aws:iam::111122223333:user/x", "arn:aws:sqs:eu-west-1:");
        assert_eq!(
            id(user, &format!("{queue}444455556666:q")),
            Some("accounts-differ")
        );
        assert_eq!(
            id(user, &format!("\"{queue}111122223333:q\"")),
            Some("accounts-same")
        );
        assert_eq!(id(user, "arn:aws:s3:::bucket/key"), None);
        assert_eq!(id(user, "*"), None);
        assert_eq!(id("x", &format!("{queue}111122223333:q")), None);
        assert_eq!(named_in(""), None);
    }
}
