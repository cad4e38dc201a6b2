//! Where the AWS CLI takes its credentials from, what that shadows, and which Region and endpoint it uses.
//!
//! The CLI asks one source after another and takes the first that answers. [`sources`] lists, in that order, those that
//! would answer on a host, as far as files and variables show it; nothing is asked, run or refreshed.

use super::{
    address::shown_url,
    client::Client,
    decode::{KeyKind, account_of, is_account, kind_of},
    differences::{Difference, differences},
    lifetime::{Ending, endings},
    regions::is_well_formed,
    scene::Scene,
    words::as_word,
};
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
    /// Its path; empty where there is none.
    pub client_at: String,
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
    /// The endpoint that was set by hand: scheme, host and port; what else its address holds may be secret.
    pub endpoint: Option<String>,
    /// Who set it; empty where nobody did.
    pub endpoint_from: String,
    /// When the credentials end, as far as that is written down: what needs a login or a code first.
    pub endings: Vec<Ending>,
    /// `long-term` or `temporary`, where the key id shows it.
    pub key_kind: Option<&'static str>,
    /// The account of the key, twelve digits, where the key id or the profile shows it.
    pub account: Option<String>,
    /// Where other clients would use something else.
    pub differences: Vec<Difference>,
    /// What was taken for granted, in sentences.
    pub assumptions: Vec<String>,
}

/// What the AWS CLI would use for the command of this scene.
pub(super) fn chain(scene: &Scene) -> Chain {
    let mut sources = sources(scene).into_iter();
    let first = sources.next();
    let source = first.as_ref().map(|answer| answer.source);
    let id = key_id(scene, source);
    let region = scene.region();
    let endpoint = scene.endpoint();
    let client_at = scene.clients.first().map(|path| scene.shown(path));
    Chain {
        client: scene.client,
        client_at: client_at.unwrap_or_default(),
        profile: as_word(&scene.profile, "<profile>").to_owned(),
        profile_from: scene.profile_from.to_owned(),
        source,
        where_: first.map(|answer| answer.at).unwrap_or_default(),
        shadows: sources.collect(),
        region: region
            .as_ref()
            .map(|(region, _)| shown_region(region).to_owned()),
        region_from: region.map(|(_, from)| from).unwrap_or_default(),
        endpoint: endpoint.as_ref().map(|(url, _)| shown_url(url)),
        endpoint_from: endpoint.map(|(_, from)| from).unwrap_or_default(),
        endings: endings(scene, source),
        key_kind: id.as_deref().and_then(|id| match kind_of(id) {
            KeyKind::LongTerm => Some("long-term"),
            KeyKind::Temporary => Some("temporary"),
            _ => None,
        }),
        account: id
            .as_deref()
            .and_then(account_of)
            .or_else(|| account_of_profile(scene, source)),
        differences: differences(scene, source),
        assumptions: assumptions(scene, source),
    }
}

/// The account that a profile names, for the sources that get their credentials for it.
fn account_of_profile(scene: &Scene, source: Option<Source>) -> Option<String> {
    let account = match source? {
        Source::Sso => scene.used("sso_account_id")?.value().to_owned(),
        Source::AssumeRole => scene
            .used("role_arn")?
            .value()
            .split(':')
            .nth(4)?
            .to_owned(),
        _ => return None,
    };
    is_account(&account).then_some(account)
}

/// What cannot be seen by looking, and what was taken to be so instead.
fn assumptions(scene: &Scene, source: Option<Source>) -> Vec<String> {
    let of_client = match scene.client {
        Client::Unknown if scene.clients.is_empty() => {
            Some("No AWS CLI is on PATH; the order of version 2 is shown.")
        }
        Client::Unknown => {
            Some("The version of the AWS CLI cannot be told; it is taken for version 2.")
        }
        Client::V1 | Client::V2 => None,
    };
    let of_source = match source {
        Some(Source::AssumeRole | Source::WebIdentity) => {
            Some("AWS STS decides whether the role is given; it is not asked here.")
        }
        Some(Source::Process) => {
            Some("credential_process is not run here; what it gives is not known.")
        }
        Some(Source::Container) => Some("The container's address is not asked here."),
        Some(Source::Metadata) => Some(
            "The instance's metadata is not asked here; it gives credentials where the instance has a role.",
        ),
        _ => None,
    };
    of_client
        .into_iter()
        .chain(of_source)
        .map(str::to_owned)
        .collect()
}

/// A Region's name, where it has the form of one.
fn shown_region(region: &str) -> &str {
    if is_well_formed(region) {
        region
    } else {
        "(not a Region's name)"
    }
}

/// The sources that would answer, in the AWS CLI's order; looked for once.
pub(super) fn sources(scene: &Scene) -> Vec<Answer> {
    scene
        .sources
        .get_or_init(|| look_for_sources(scene))
        .clone()
}

fn look_for_sources(scene: &Scene) -> Vec<Answer> {
    let mut answers = Vec::new();
    let mut add = |source, at: String| answers.push(Answer { source, at });
    if scene.keys_in_variables() {
        add(Source::Variables, "AWS_ACCESS_KEY_ID".to_owned());
    }
    let role = scene.used("role_arn");
    let has_source =
        scene.used("source_profile").is_some() || scene.used("credential_source").is_some();
    // With a token file the role is one for web identity, whatever else the profile says.
    let for_web = scene.used("web_identity_token_file").is_some();
    if let (Some(role), true, false) = (role, has_source, for_web) {
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

/// Whether this is an EC2 instance, with metadata not switched off: by its board's maker, on older ones by the hypervisor.
fn on_an_instance(scene: &Scene) -> bool {
    let begins = |path: &str, with: &[u8]| {
        let file = scene.host.file(&PathBuf::from(path));
        file.is_some_and(|bytes| bytes.starts_with(with))
    };
    let off = scene
        .variable("AWS_EC2_METADATA_DISABLED")
        .is_some_and(|value| value.eq_ignore_ascii_case("true"));
    !off && (begins("/sys/devices/virtual/dmi/id/sys_vendor", b"Amazon EC2")
        || begins("/sys/hypervisor/uuid", b"ec2"))
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
