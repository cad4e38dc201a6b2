//! Logins: IAM Identity Center (`aws sso login`) and `aws login`.

use super::super::{
    Client, Finding,
    Severity::{Error, Warning},
    decode::{age, seconds_of},
    files::Named,
    lifetime::{self, sso_key, sso_login, time_in},
    scene::Scene,
    words::quoted,
};

pub fn check(scene: &Scene, found: &mut Vec<Finding>) {
    let of_sso = [
        "sso_session",
        "sso_account_id",
        "sso_role_name",
        "sso_start_url",
    ];
    if of_sso.iter().any(|key| scene.used(key).is_some()) {
        match incomplete(scene) {
            Some(finding) => found.push(finding),
            None => found.extend(login(scene)),
        }
    }
    found.extend(console_login(scene));
    found.extend(unsupported(scene));
}

fn incomplete(scene: &Scene) -> Option<Finding> {
    let profile = quoted(&scene.profile);
    let session = scene
        .used("sso_session")
        .map(|place| place.setting.value.as_str());
    let in_session = |key: &str| session.and_then(|session| scene.in_session(session, key));
    let shared = ["sso_start_url", "sso_region"];
    let missing = || {
        let of_profile = ["sso_account_id", "sso_role_name"]
            .into_iter()
            .filter(|key| scene.used(key).is_none());
        let of_either = shared.into_iter().filter(|key| match session {
            Some(_) => in_session(key).is_none(),
            None => scene.used(key).is_none(),
        });
        of_profile.chain(of_either).collect::<Vec<_>>()
    };
    let is_absent = |session: &&str| {
        let config = scene.config.as_ref();
        config.is_none_or(|file| file.named(Named::SsoSession, session).is_none())
    };
    let differs = |key: &&str| {
        let pair = scene.used(key).zip(in_session(key));
        pair.is_some_and(|(own, shared)| own.value() != shared.value())
    };
    let seen = if let Some(session) = session.filter(is_absent) {
        format!(
            "Profile {profile} names sso_session {}, which is not in the config file.",
            quoted(session)
        )
    } else if let Some(key) = shared.into_iter().find(|key| differs(key)) {
        format!("{key} of profile {profile} is not that of its sso-session.")
    } else {
        let missing = missing();
        // A session without account and role gives a token (CodeCatalyst) and no credentials; that may be meant.
        if missing.is_empty() {
            return None;
        }
        format!(
            "Profile {profile} lacks {} for IAM Identity Center.",
            missing.join(", ")
        )
    };
    let finding = Finding::proven(
        "sso-config-incomplete",
        Error,
        seen,
        "The AWS CLI cannot log in with it.",
    );
    Some(finding.run_for(&scene.profile, &["aws", "configure", "sso"]))
}

fn login(scene: &Scene) -> Option<Finding> {
    let again = |finding: Finding| {
        if scene.client == Client::V1 {
            finding.advise("Log in with version 2 of the AWS CLI (aws sso login); the first aws on PATH is version 1, which has no such command.")
        } else {
            finding.run_for(&scene.profile, &["aws", "sso", "login"])
        }
    };
    let key = sso_key(scene)?;
    let Some(login) = sso_login(scene, key) else {
        let folder = scene.host.home()?.join(".aws/sso/cache");
        let others = scene
            .host
            .names_in(&folder)
            .iter()
            .filter(|name| name.len() == 45)
            .count();
        let besides = if others > 0 {
            " (the cache has logins for other sessions)"
        } else {
            ""
        };
        let seen = format!(
            "There is no cached login for the session of profile {}{besides}.",
            quoted(&scene.profile)
        );
        return Some(again(Finding::proven(
            "sso-no-login",
            Error,
            seen,
            "A login has to come first.",
        )));
    };
    let now = scene.host.now();
    let ended = time_in(&login, "expiresAt").filter(|ends| *ends < now)?;
    let registered = time_in(&login, "registrationExpiresAt").is_some_and(|ends| ends > now);
    let can_refresh =
        login.get("refreshToken").is_some() && registered && scene.used("sso_session").is_some();
    let seen = format!(
        "The cached login of profile {} ended {} ago.",
        quoted(&scene.profile),
        age(now - ended)
    );
    Some(again(if can_refresh {
        let conclusion =
            "The AWS CLI tries to renew it, which fails once the session itself is over.";
        Finding::likely("sso-session-expired", Warning, seen, conclusion)
    } else {
        Finding::proven(
            "sso-session-expired",
            Error,
            seen,
            "It cannot be renewed without a login.",
        )
    }))
}

/// The longest that `aws login` renews its tokens, in seconds.
const LONGEST_LOGIN: u64 = 12 * 3600;

fn console_login(scene: &Scene) -> Option<Finding> {
    let session = scene.used("login_session")?;
    let again = |finding: Finding| finding.run_for(&scene.profile, &["aws", "login"]);
    let login = lifetime::console_login(scene, session.value());
    let profile = quoted(&scene.profile);
    let id = "login-session-expired";
    let Some(login) = login else {
        let seen = format!("There is no cached session of aws login for profile {profile}.");
        return Some(again(Finding::proven(
            id,
            Error,
            seen,
            "A login has to come first.",
        )));
    };
    let ends = seconds_of(login.pointer("/accessToken/expiresAt")?.as_str()?)?;
    let ago = scene
        .host
        .now()
        .checked_sub(ends)
        .filter(|ago| *ago > LONGEST_LOGIN)?;
    let seen = format!(
        "The session of aws login for profile {profile} was last renewed over {} ago.",
        age(ago)
    );
    Some(again(Finding::likely(
        id,
        Error,
        seen,
        "It lasts 12 h and has ended.",
    )))
}

fn unsupported(scene: &Scene) -> Option<Finding> {
    scene
        .used("login_session")
        .filter(|_| scene.client == Client::V1)?;
    let seen = "The profile uses aws login, and the first aws on PATH is version 1.";
    let finding = Finding::likely(
        "login-unsupported",
        Error,
        seen,
        "It needs awscrt, which version 1 comes without.",
    );
    Some(finding.advise("Use version 2 of the AWS CLI, or install botocore[crt] beside version 1."))
}
