//! Where the AWS CLI takes its credentials from, what that shadows, and which Region and endpoint it uses.
//!
//! The CLI asks one source after another and takes the first that answers. [`sources`] lists, in that order, those that
//! would answer on a host, as far as files and variables show it; nothing is asked, run or refreshed.

use super::{
    About, Host, Overlay,
    client::Client,
    decode::{KeyKind, account_of, kind_of, seconds_of, sha1_hex},
    regions::is_well_formed,
    scene::Scene,
    words::as_word,
};
use serde_json::Value;
use std::path::PathBuf;

/// A source of credentials, in the AWS CLI's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// `AWS_ACCESS_KEY_ID` and its fellows.
    Variables,
    /// `role_arn` in the profile.
    AssumeRole,
    /// `AWS_WEB_IDENTITY_TOKEN_FILE`, or `web_identity_token_file` in the profile.
    WebIdentity,
    /// IAM Identity Center (`aws sso login`).
    Sso,
    /// Keys in the credentials file.
    CredentialsFile,
    /// `aws login`.
    Login,
    /// `credential_process`.
    Process,
    /// Keys in the config file.
    ConfigFile,
    /// A container's credential address.
    Container,
    /// The instance's metadata service.
    Metadata,
}

impl Source {
    /// The source in words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Variables => "environment variables",
            Self::AssumeRole => "an assumed role",
            Self::WebIdentity => "a web identity token",
            Self::Sso => "IAM Identity Center",
            Self::CredentialsFile => "the credentials file",
            Self::Login => "aws login",
            Self::Process => "credential_process",
            Self::ConfigFile => "the config file",
            Self::Container => "the container's credentials",
            Self::Metadata => "the instance's metadata",
        }
    }
}

/// One source that would answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Which it is.
    pub source: Source,
    /// Where it stands: a variable's name, or a file and line.
    pub at: String,
}

/// What the AWS CLI would use on a host; safe to print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// The AWS CLI that comes first on PATH.
    pub client: Client,
    /// The profile in use.
    pub profile: String,
    /// Who named it: `--profile`, a variable, or empty (nobody did).
    pub profile_from: String,
    /// The source of the credentials; `None` where there is none.
    pub source: Option<Source>,
    /// Where it stands; empty where there is none.
    pub where_: String,
    /// The sources that it wins over, in order.
    pub shadows: Vec<Answer>,
    /// The Region.
    pub region: Option<String>,
    /// Who named it; empty where nobody did.
    pub region_from: String,
    /// Who set an endpoint by hand; its address may hold a password and is not kept.
    pub endpoint: Option<String>,
    /// When the credentials end, in seconds since 1970, where that is written down.
    pub expires: Option<u64>,
    /// `long-term` or `temporary`, where the key id shows it.
    pub key_kind: Option<&'static str>,
    /// The account of the key, twelve digits, where the key id or the profile shows it.
    pub account: Option<String>,
}

/// What the AWS CLI would use on this host for this command.
#[must_use]
pub fn chain(host: &dyn Host, about: &About) -> Chain {
    let scene = Scene::new(Overlay::none(host), about.clone());
    let mut sources = sources(&scene).into_iter();
    let first = sources.next();
    let source = first.as_ref().map(|answer| answer.source);
    let id = key_id(&scene, source);
    let region = scene.region();
    Chain {
        client: scene.client,
        profile: as_word(&scene.profile, "<profile>").to_owned(),
        profile_from: scene.profile_from.to_owned(),
        source,
        where_: first.map(|answer| answer.at).unwrap_or_default(),
        shadows: sources.collect(),
        region: region
            .as_ref()
            .map(|(region, _)| shown_region(region).to_owned()),
        region_from: region.map(|(_, from)| from).unwrap_or_default(),
        endpoint: scene.endpoint().map(|(_, from)| from),
        expires: expires(&scene, source),
        key_kind: id.as_deref().and_then(|id| match kind_of(id) {
            KeyKind::LongTerm => Some("long-term"),
            KeyKind::Temporary => Some("temporary"),
            _ => None,
        }),
        account: id.as_deref().and_then(account_of),
    }
}

/// A Region's name, where it has the form of one.
fn shown_region(region: &str) -> &str {
    if is_well_formed(region) {
        region
    } else {
        "(not a Region's name)"
    }
}

/// The sources that would answer, in the AWS CLI's order.
pub(super) fn sources(scene: &Scene) -> Vec<Answer> {
    let mut answers = Vec::new();
    let mut add = |source, at: String| answers.push(Answer { source, at });
    if scene.keys_in_variables() {
        add(Source::Variables, "AWS_ACCESS_KEY_ID".to_owned());
    }
    let role = scene.used("role_arn");
    let has_source =
        scene.used("source_profile").is_some() || scene.used("credential_source").is_some();
    if let (Some(role), true) = (role, has_source) {
        add(Source::AssumeRole, role.spot());
    }
    let token_file = "AWS_WEB_IDENTITY_TOKEN_FILE";
    if scene.about.profile.is_none() && scene.is_set(token_file) && scene.is_set("AWS_ROLE_ARN") {
        add(Source::WebIdentity, token_file.to_owned());
    } else if let (Some(file), Some(_)) = (scene.used("web_identity_token_file"), role) {
        add(Source::WebIdentity, file.spot());
    }
    let sso = scene
        .used("sso_account_id")
        .and(scene.used("sso_session").or(scene.used("sso_start_url")));
    let keys = ["aws_access_key_id", "aws_secret_access_key"];
    let pair_in_credentials = keys.map(|key| scene.in_credentials(&scene.profile, key));
    let pair_in_config = keys.map(|key| scene.in_config(&scene.profile, key));
    if let Some(place) = sso {
        add(Source::Sso, place.spot());
    }
    if let [Some(id), Some(_)] = pair_in_credentials {
        add(Source::CredentialsFile, id.spot());
    }
    if let Some(place) = scene.used("login_session") {
        add(Source::Login, place.spot());
    }
    if let Some(place) = scene.used("credential_process") {
        add(Source::Process, place.spot());
    }
    if let [Some(id), Some(_)] = pair_in_config {
        add(Source::ConfigFile, id.spot());
    }
    let container = [
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    ];
    if let Some(name) = container.into_iter().find(|name| scene.is_set(name)) {
        add(Source::Container, name.to_owned());
    }
    if on_an_instance(scene) {
        add(Source::Metadata, "instance metadata".to_owned());
    }
    answers
}

/// Whether this is an EC2 instance, by its board's maker, with metadata not switched off.
fn on_an_instance(scene: &Scene) -> bool {
    let maker = scene
        .host
        .file(&PathBuf::from("/sys/devices/virtual/dmi/id/sys_vendor"));
    let off = scene
        .variable("AWS_EC2_METADATA_DISABLED")
        .is_some_and(|value| value.eq_ignore_ascii_case("true"));
    !off && maker.is_some_and(|maker| maker.starts_with(b"Amazon EC2"))
}

/// The key id that a source uses; secret until shown otherwise.
pub(super) fn key_id(scene: &Scene, source: Option<Source>) -> Option<String> {
    let place = match source? {
        Source::Variables => return scene.variable("AWS_ACCESS_KEY_ID"),
        Source::CredentialsFile => scene.in_credentials(&scene.profile, "aws_access_key_id"),
        Source::ConfigFile => scene.in_config(&scene.profile, "aws_access_key_id"),
        _ => None,
    };
    place.map(|place| place.value().to_owned())
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
    let path = scene
        .host
        .home()?
        .join(".aws/sso/cache")
        .join(format!("{}.json", sha1_hex(key)));
    let login: Value = serde_json::from_slice(&scene.host.file(&path)?).ok()?;
    // A file without a token is a client's registration and no login.
    login.get("accessToken").is_some().then_some(login)
}

/// A time in a JSON object, in seconds since 1970.
pub(super) fn time_in(object: &Value, key: &str) -> Option<u64> {
    seconds_of(object.get(key)?.as_str()?)
}

fn expires(scene: &Scene, source: Option<Source>) -> Option<u64> {
    match source? {
        Source::Variables => seconds_of(&scene.variable("AWS_CREDENTIAL_EXPIRATION")?),
        Source::CredentialsFile => seconds_of(scene.used("x_security_token_expires")?.value()),
        Source::Sso => time_in(&sso_login(scene, sso_key(scene)?)?, "expiresAt"),
        _ => None,
    }
}
