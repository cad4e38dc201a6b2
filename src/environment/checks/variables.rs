//! The credential variables: which win over what, how old they are, what does not fit together.

use super::super::{
    Finding, Said,
    Severity::{Error, Info, Warning},
    chain::{Source, sources},
    decode::{KeyKind, account_of, age, kind_of, seconds_of, stamp_of},
    lifetime::EXPIRY_VARIABLES,
    scene::Scene,
    words::quoted,
};

pub fn check(scene: &Scene, found: &mut Vec<Finding>) {
    found.extend(wins_over_profile(scene));
    found.extend(token_age(scene));
    found.extend(expiry_past(scene));
    found.extend(no_token(scene));
    found.extend(two_tokens(scene));
    found.extend(lone_token(scene));
}

pub fn of_error(scene: &Scene, said: &Said, found: &mut Vec<Finding>) {
    found.extend(account(scene, said));
}

/// The variables that make up credentials, as far as they are set, so that a remedy names no other.
pub fn set_names(scene: &Scene) -> Vec<&'static str> {
    let names = [
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "AWS_SECURITY_TOKEN",
        "AWS_CREDENTIAL_EXPIRATION",
    ];
    names
        .into_iter()
        .filter(|name| scene.is_set(name))
        .collect()
}

/// The longest life of any session and of a role's, in seconds.
pub const LONGEST: u64 = 36 * 3600;
const LONGEST_OF_ROLE: u64 = 12 * 3600;

fn wins_over_profile(scene: &Scene) -> Option<Finding> {
    let all = sources(scene);
    let [first, rest @ ..] = all.as_slice() else {
        return None;
    };
    let own = rest
        .iter()
        .find(|answer| !matches!(answer.source, Source::Container | Source::Metadata))?;
    if first.source != Source::Variables {
        return None;
    }
    let id = scene.variable("AWS_ACCESS_KEY_ID")?;
    let is_session = scene.token_variable().is_some() || kind_of(&id) == KeyKind::Temporary;
    let (slug, what) = if is_session {
        (
            "session-variables-win-over-profile",
            "Temporary key variables",
        )
    } else {
        ("key-variables-win-over-profile", "Key variables")
    };
    let seen = format!(
        "{what} are set and win over profile {}, which has a source of its own ({}).",
        quoted(&scene.profile),
        own.at
    );
    let finding = Finding::proven(
        slug,
        Info,
        seen,
        "The AWS CLI uses the variables, not the profile.",
    );
    Some(finding.unset(&set_names(scene)))
}

fn token_age(scene: &Scene) -> Option<Finding> {
    let (name, token) = scene
        .token_variable()
        .filter(|_| scene.keys_in_variables())?;
    let old = scene
        .host
        .now()
        .saturating_sub(stamp_of(&token, scene.host.now())?.issued);
    let seen = format!("{name} was issued {} ago, by its own time stamp", age(old));
    let finding = match old {
        _ if old > LONGEST => Finding::likely(
            "session-older-than-any",
            Error,
            format!("{seen}; no session lasts longer than 36 h."),
            "The session has ended.",
        ),
        _ if old > LONGEST_OF_ROLE => Finding::likely(
            "session-older-than-role",
            Warning,
            format!("{seen}; a role's session lasts 12 h at most."),
            "The session has ended, unless it is one of a user with MFA.",
        ),
        _ if old < 3600 => {
            return Some(Finding::likely(
                "session-fresh",
                Info,
                format!("{seen}."),
                "It is new.",
            ));
        }
        _ => return None,
    };
    Some(finding.unset(&set_names(scene)))
}

fn expiry_past(scene: &Scene) -> Option<Finding> {
    if !scene.keys_in_variables() {
        return None;
    }
    let past = |name: &'static str| {
        let ends = seconds_of(&scene.variable(name)?)?;
        (ends < scene.host.now()).then(|| (name, scene.host.now() - ends))
    };
    let (name, ago) = EXPIRY_VARIABLES.iter().copied().find_map(past)?;
    let mut unset = set_names(scene);
    if !unset.contains(&name) {
        unset.push(name);
    }
    let seen = format!("{name} says that the keys ended {} ago.", age(ago));
    Some(
        Finding::proven(
            "session-expiry-past",
            Error,
            seen,
            "The exported session has ended.",
        )
        .unset(&unset),
    )
}

fn no_token(scene: &Scene) -> Option<Finding> {
    let seen = match sources(scene).first()?.source {
        Source::Variables if scene.token_variable().is_none() => {
            "The key variables are set without a session token."
        }
        Source::CredentialsFile | Source::ConfigFile
            if ["aws_session_token", "aws_security_token"]
                .iter()
                .all(|key| scene.used(key).is_none()) =>
        {
            "The profile in use has keys without a session token."
        }
        _ => return None,
    };
    Some(Finding::proven(
        "no-session-token",
        Info,
        seen,
        "No session token takes part.",
    ))
}

fn two_tokens(scene: &Scene) -> Option<Finding> {
    let (old, new) = (
        scene.variable("AWS_SECURITY_TOKEN")?,
        scene.variable("AWS_SESSION_TOKEN")?,
    );
    if old == new {
        return None;
    }
    let seen = "AWS_SECURITY_TOKEN and AWS_SESSION_TOKEN are both set, and differ.";
    let conclusion = "The AWS CLI and boto3 send the one with the old name, AWS_SECURITY_TOKEN.";
    Some(
        Finding::proven("two-session-tokens", Error, seen, conclusion)
            .unset(&["AWS_SECURITY_TOKEN"]),
    )
}

fn lone_token(scene: &Scene) -> Option<Finding> {
    if scene.is_set("AWS_ACCESS_KEY_ID") {
        return None;
    }
    let (name, _) = scene.token_variable()?;
    let seen = format!("{name} is set, and AWS_ACCESS_KEY_ID is not.");
    Some(Finding::proven(
        "lone-session-token",
        Info,
        seen,
        "The AWS CLI takes no notice of the token.",
    ))
}

fn account(scene: &Scene, said: &Said) -> Option<Finding> {
    let answer = sources(scene).into_iter().next()?;
    let id = super::super::chain::key_id(scene, Some(answer.source))?;
    let own = account_of(&id)?;
    let of_role = || {
        // A role of another account is what roles are for; it says something only where variables keep it from being assumed.
        let role = scene
            .used("role_arn")
            .filter(|_| answer.source == Source::Variables)?;
        role.value().split(':').nth(4).map(str::to_owned)
    };
    let of_sso = || {
        scene
            .used("sso_account_id")
            .map(|place| place.value().to_owned())
    };
    let (other, who) = match said.account.clone() {
        Some(account) => (account, "the error"),
        None => (of_sso().or_else(of_role)?, "the profile"),
    };
    if other == own || other.len() != 12 || !other.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let seen = format!("The key in use is of account {own}, and {who} names account {other}.");
    Some(Finding::likely(
        "account-mismatch",
        Warning,
        seen,
        "These may be the keys of another account than was meant.",
    ))
}
