//! Until when credentials last, as far as variables, files and caches say.
//!
//! Some sources renew themselves as long as something behind them lasts: IAM Identity Center gives new role credentials
//! while the login is good. So there may be two endings, the one that needs a person first.
//!
//! The AWS CLI names its cache files by a digest of what was asked for, as Python writes it in JSON; the same text is made
//! here. It takes a cached session for ended 15 minutes early.

use super::{
    chain::Source,
    decode::{seconds_of, sha1_hex, sha256_hex, web_token},
    scene::Scene,
};
use serde_json::Value;
use std::{fmt::Write, path::Path};

/// When something ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// What ends: `the cached login`.
    pub what: &'static str,
    /// When, in seconds since 1970.
    pub ends: u64,
    /// Where that is written: a variable, a file and line, or a folder.
    pub at: String,
}

/// The variables that say when the exported keys end; the AWS CLI knows the first, wrappers set the others.
pub(super) const EXPIRY_VARIABLES: &[&str] = &[
    "AWS_CREDENTIAL_EXPIRATION",
    "AWS_SESSION_EXPIRATION",
    "AWSUME_EXPIRATION",
    "AWS_SSO_SESSION_EXPIRATION",
];

/// The settings that tools write beside a session's keys in a file.
pub(super) const EXPIRY_SETTINGS: &[&str] = &[
    "x_security_token_expires",
    "aws_credential_expiration",
    "aws_session_expiration",
    "expiration",
];

/// All that is known of when this source's credentials end; empty where nothing is written down.
pub(super) fn endings(scene: &Scene, source: Option<Source>) -> Vec<Ending> {
    let Some(source) = source else {
        return Vec::new();
    };
    let own = match source {
        Source::Variables => of_variables(scene),
        Source::CredentialsFile | Source::ConfigFile => of_file(scene),
        Source::Sso => of_login(scene),
        Source::WebIdentity => of_web_token(scene),
        Source::Login => of_console_login(scene),
        Source::AssumeRole | Source::Process | Source::Container | Source::Metadata => None,
    };
    own.into_iter().chain(cached(scene, source)).collect()
}

fn of_variables(scene: &Scene) -> Option<Ending> {
    EXPIRY_VARIABLES.iter().find_map(|name| {
        let ends = seconds_of(&scene.variable(name)?)?;
        Some(Ending {
            what: "the exported keys",
            ends,
            at: (*name).to_owned(),
        })
    })
}

fn of_file(scene: &Scene) -> Option<Ending> {
    EXPIRY_SETTINGS.iter().find_map(|key| {
        let place = scene.used(key)?;
        let ends = seconds_of(place.value())?;
        Some(Ending {
            what: "the keys in the file",
            ends,
            at: place.spot(),
        })
    })
}

fn of_login(scene: &Scene) -> Option<Ending> {
    let ends = time_in(&sso_login(scene, sso_key(scene)?)?, "expiresAt")?;
    Some(Ending {
        what: "the cached login",
        ends,
        at: "~/.aws/sso/cache".to_owned(),
    })
}

fn of_web_token(scene: &Scene) -> Option<Ending> {
    let variable = "AWS_WEB_IDENTITY_TOKEN_FILE";
    let exported = scene.variable(variable);
    let (path, at) = if let Some(path) = exported.filter(|_| scene.about.profile.is_none()) {
        (path, variable.to_owned())
    } else {
        let place = scene.used("web_identity_token_file")?;
        (place.value().to_owned(), place.spot())
    };
    let bytes = scene.host.file(&scene.path(&path))?;
    let ends = web_token(std::str::from_utf8(&bytes).ok()?)?.ends?;
    Some(Ending {
        what: "the web identity token",
        ends,
        at,
    })
}

fn of_console_login(scene: &Scene) -> Option<Ending> {
    let login = console_login(scene, scene.used("login_session")?.value())?;
    let ends = seconds_of(login.pointer("/accessToken/expiresAt")?.as_str()?)?;
    Some(Ending {
        what: "the token of aws login, which the CLI renews for 12 h",
        ends,
        at: "~/.aws/login/cache".to_owned(),
    })
}

/// When the session that the AWS CLI keeps for a source ends.
fn cached(scene: &Scene, source: Source) -> Option<Ending> {
    let ends = time_in(&cached_session(scene, source)?, "Expiration")?;
    Some(Ending {
        what: "the cached session",
        ends,
        at: "~/.aws/cli/cache".to_owned(),
    })
}

/// The session that the AWS CLI keeps for a source: `AccessKeyId`, `Expiration` and so on; `None` where it keeps none.
pub(super) fn cached_session(scene: &Scene, source: Source) -> Option<Value> {
    let request = match source {
        Source::Sso => sso_request(scene),
        Source::AssumeRole => role_request(scene),
        Source::WebIdentity => web_identity_request(scene),
        _ => return None,
    };
    let folder = scene.host.home()?.join(".aws/cli/cache");
    let mut kept = json(scene, &folder.join(format!("{}.json", sha1_hex(&request))))?;
    kept.get_mut("Credentials").map(Value::take)
}

/// What the AWS CLI asks IAM Identity Center for, as it names its cache by.
fn sso_request(scene: &Scene) -> String {
    let used = |key: &str| scene.used(key).map(|place| place.value().into());
    let key = if scene.used("sso_session").is_some() {
        "sessionName"
    } else {
        "startUrl"
    };
    let session = sso_key(scene).map(Value::from);
    let parts = [
        ("accountId", used("sso_account_id")),
        ("roleName", used("sso_role_name")),
        (key, session),
    ];
    python_json(parts, ",", ":")
}

/// What the AWS CLI asks AWS STS for where a profile assumes a role.
fn role_request(scene: &Scene) -> String {
    let used = |key: &str| scene.used(key).map(|place| Value::from(place.value()));
    let duration = scene.used("duration_seconds");
    let seconds = duration.and_then(|place| place.value().parse::<u64>().ok());
    let parts = [
        ("DurationSeconds", seconds.map(Value::from)),
        ("ExternalId", used("external_id")),
        ("RoleArn", used("role_arn")),
        ("RoleSessionName", used("role_session_name")),
        ("SerialNumber", used("mfa_serial")),
    ];
    python_json(parts, ", ", ": ")
}

/// What it asks for with a web identity token; each variable comes before the profile's setting.
fn web_identity_request(scene: &Scene) -> String {
    let either = |name: &str, key: &str| {
        let variable = scene
            .variable(name)
            .filter(|_| scene.about.profile.is_none());
        variable
            .or_else(|| scene.used(key).map(|place| place.value().to_owned()))
            .map(Value::from)
    };
    let parts = [
        ("RoleArn", either("AWS_ROLE_ARN", "role_arn")),
        (
            "RoleSessionName",
            either("AWS_ROLE_SESSION_NAME", "role_session_name"),
        ),
    ];
    python_json(parts, ", ", ": ")
}

/// The JSON object that Python writes for these pairs, which come sorted; what is not there is left out.
fn python_json<const N: usize>(
    pairs: [(&str, Option<Value>); N],
    comma: &str,
    colon: &str,
) -> String {
    let pairs = pairs
        .into_iter()
        .filter_map(|(key, value)| Some((key, value?)));
    let members: Vec<String> = pairs
        .map(|(key, value)| format!("\"{key}\"{colon}{}", ascii(&value)))
        .collect();
    format!("{{{}}}", members.join(comma))
}

/// A value in JSON, with every letter beyond ASCII escaped.
fn ascii(value: &Value) -> String {
    let mut out = String::new();
    for letter in value.to_string().chars() {
        if letter.is_ascii() {
            out.push(letter);
        } else {
            let mut units = [0; 2];
            for unit in letter.encode_utf16(&mut units) {
                // Writing to a string does not fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        }
    }
    out
}

/// The name of the SSO session of the profile in use (or its start URL, in the older form), which names the cache file.
pub(super) fn sso_key<'s>(scene: &'s Scene) -> Option<&'s str> {
    let place = scene
        .used("sso_session")
        .or_else(|| scene.used("sso_start_url"))?;
    Some(place.setting.value.as_str())
}

/// The cached login of an SSO session: its file, as JSON.
pub(super) fn sso_login(scene: &Scene, key: &str) -> Option<Value> {
    let folder = scene.host.home()?.join(".aws/sso/cache");
    let login = json(scene, &folder.join(format!("{}.json", sha1_hex(key))))?;
    // A file without a token is a client's registration and no login.
    login.get("accessToken").is_some().then_some(login)
}

/// The cached session of `aws login`: its file, as JSON.
pub(super) fn console_login(scene: &Scene, session: &str) -> Option<Value> {
    let folder = match scene.variable("AWS_LOGIN_CACHE_DIRECTORY") {
        Some(folder) => scene.path(&folder),
        None => scene.host.home()?.join(".aws/login/cache"),
    };
    json(scene, &folder.join(format!("{}.json", sha256_hex(session))))
}

fn json(scene: &Scene, path: &Path) -> Option<Value> {
    serde_json::from_slice(&scene.host.file(path)?).ok()
}

/// A time in a JSON object, in seconds since 1970.
pub(super) fn time_in(object: &Value, key: &str) -> Option<u64> {
    seconds_of(object.get(key)?.as_str()?)
}
