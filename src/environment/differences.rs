//! Where another client than the AWS CLI would use something else.
//!
//! The clients read the same variables and files, not in the same order. What is told here is what differs on this host,
//! not all that may differ: which profile, which Region, which credentials another client takes.

use super::{chain::Source, scene::Scene, words::quoted};

/// What some other clients use instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Those clients.
    pub clients: &'static str,
    /// What they use: `Region "us-east-1", from AWS_DEFAULT_REGION`.
    pub what: String,
}

/// Clients that read the profile's name from the same variables, in this order.
const PROFILE_READERS: &[(&str, &[&str])] = &[
    (
        "AWS CLI version 1, boto3",
        &["AWS_DEFAULT_PROFILE", "AWS_PROFILE"],
    ),
    (
        "AWS CLI version 2, Go",
        &["AWS_PROFILE", "AWS_DEFAULT_PROFILE"],
    ),
    ("Java, JavaScript, .NET, Rust", &["AWS_PROFILE"]),
];

/// Clients that read the Region from the same variables, in this order.
const REGION_READERS: &[(&str, &[&str])] = &[
    ("AWS CLI version 1, boto3", &["AWS_DEFAULT_REGION"]),
    (
        "AWS CLI version 2, Go, Rust",
        &["AWS_REGION", "AWS_DEFAULT_REGION"],
    ),
    ("Java, JavaScript", &["AWS_REGION"]),
];

/// What other clients would use on this host; `source` is the AWS CLI's.
pub(super) fn differences(scene: &Scene, source: Option<Source>) -> Vec<Difference> {
    let mut found = Vec::new();
    if scene.about.profile.is_none() {
        profiles(scene, &mut found);
        credentials(scene, source, &mut found);
    }
    if scene.about.region.is_none() {
        regions(scene, &mut found);
    }
    found
}

fn profiles(scene: &Scene, found: &mut Vec<Difference>) {
    // An empty name is told by a finding of its own.
    if scene.profile.trim().is_empty() {
        return;
    }
    for (clients, names) in PROFILE_READERS {
        let named = names
            .iter()
            .find_map(|name| Some((scene.variable(name)?, *name)));
        let (profile, from) =
            named.unwrap_or_else(|| ("default".to_owned(), "no variable that they read"));
        if profile != scene.profile {
            let what = format!("profile {}, from {from}", quoted(&profile));
            found.push(Difference { clients, what });
        }
    }
}

fn regions(scene: &Scene, found: &mut Vec<Difference>) {
    let used = scene.region().map(|(region, _)| region);
    for (clients, names) in REGION_READERS {
        let named = names
            .iter()
            .find_map(|name| Some((scene.variable(name)?, (*name).to_owned())));
        let region = named.or_else(|| {
            let place = scene
                .used("region")
                .filter(|place| !place.value().is_empty())?;
            Some((place.value().to_owned(), place.spot()))
        });
        if region.as_ref().map(|(region, _)| region) == used.as_ref() {
            continue;
        }
        let what = match region {
            Some((region, from)) => format!("Region {}, from {from}", quoted(&region)),
            None => "no Region".to_owned(),
        };
        found.push(Difference { clients, what });
    }
}

fn credentials(scene: &Scene, source: Option<Source>, found: &mut Vec<Difference>) {
    let mut add = |clients, what| found.push(Difference { clients, what });
    let has_keys = |profile: &str| {
        [
            "aws_access_key_id",
            "role_arn",
            "sso_account_id",
            "credential_process",
        ]
        .iter()
        .any(|key| scene.setting(profile, key).is_some())
    };
    if source == Some(Source::Variables) {
        let profile = format!("the credentials of profile {}", quoted(&scene.profile));
        if scene.is_set("AWS_PROFILE") {
            add("JavaScript (version 3), .NET (version 3)", profile);
        } else if has_keys("default") {
            add(".NET (version 3)", profile);
        }
        let (old, new) = (
            scene.variable("AWS_SECURITY_TOKEN"),
            scene.variable("AWS_SESSION_TOKEN"),
        );
        if old.is_some() && old != new {
            let token = if new.is_some() {
                "the token of AWS_SESSION_TOKEN"
            } else {
                "no session token"
            };
            add("Go, Rust", token.to_owned());
        }
    } else if scene.is_set("AWS_ACCESS_KEY") && scene.is_set("AWS_SECRET_KEY") {
        let keys = "the keys of AWS_ACCESS_KEY and AWS_SECRET_KEY".to_owned();
        add("Go, Java (version 1)", keys);
    }
    if source == Some(Source::WebIdentity)
        && scene.is_set("AWS_WEB_IDENTITY_TOKEN_FILE")
        && has_keys(&scene.profile)
    {
        add(
            "Rust",
            format!("the credentials of profile {}", quoted(&scene.profile)),
        );
    }
}
