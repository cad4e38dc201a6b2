//! Web identity: a token file and a role.

use super::super::{
    Finding,
    Severity::{Error, Info, Warning},
    chain::{Source, sources},
    decode::{age, web_token},
    scene::Scene,
    words::quoted,
};

const FILE: &str = "AWS_WEB_IDENTITY_TOKEN_FILE";
const ROLE: &str = "AWS_ROLE_ARN";

pub fn check(scene: &Scene, found: &mut Vec<Finding>) {
    let in_variables = scene
        .variable(FILE)
        .filter(|_| scene.about.profile.is_none());
    if scene.about.profile.is_none() {
        found.extend(incomplete(scene));
    }
    if in_variables.is_some() {
        found.extend(shadows(scene));
    }
    let in_profile = scene
        .used("web_identity_token_file")
        .map(|place| (place.value().to_owned(), place.spot()));
    if let Some((path, from)) = in_variables
        .map(|path| (path, FILE.to_owned()))
        .or(in_profile)
    {
        found.extend(token(scene, &path, &from));
    }
}

const AGAIN: &str = "Run the step again that issues the token (the OIDC step of the job, the pod).";

fn token(scene: &Scene, path: &str, from: &str) -> Vec<Finding> {
    let text = scene
        .host
        .file(&scene.path(path))
        .map(|bytes| String::from_utf8_lossy(&bytes).trim().to_owned());
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        let seen = format!("The token file that {from} names is missing, unreadable or empty.");
        let finding = Finding::proven(
            "web-identity-file-unreadable",
            Error,
            seen,
            "The role cannot be assumed.",
        );
        return vec![finding.advise(AGAIN)];
    };
    let Some(token) = web_token(&text) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let now = scene.host.now();
    if let Some(ends) = token.ends.filter(|ends| *ends < now) {
        let seen = format!(
            "The token in the file that {from} names ended {} ago.",
            age(now - ends)
        );
        found.push(
            Finding::proven(
                "web-identity-token-expired",
                Error,
                seen,
                "AWS STS refuses it.",
            )
            .advise(AGAIN),
        );
    }
    if token.for_sts == Some(false) {
        let seen =
            format!("The token in the file that {from} names is not meant for sts.amazonaws.com.");
        let conclusion =
            "AWS STS refuses it, unless the identity provider in IAM names its audience.";
        let finding = Finding::likely("web-identity-audience", Warning, seen, conclusion);
        found.push(finding.advise("Ask for a token with the audience sts.amazonaws.com."));
    }
    found
}

fn incomplete(scene: &Scene) -> Option<Finding> {
    let id = "web-identity-incomplete";
    match (scene.is_set(FILE), scene.is_set(ROLE)) {
        (true, false) => {
            let seen = format!("{FILE} is set, and {ROLE} is not.");
            let conclusion = "The AWS CLI does not know which role to assume.";
            let finding = Finding::proven(id, Error, seen, conclusion);
            Some(finding.unset(&[FILE]).advise(format!("Or export {ROLE}.")))
        }
        (false, true) => {
            let seen = format!("{ROLE} is set, and {FILE} is not.");
            Some(
                Finding::proven(id, Info, seen, "The AWS CLI takes no notice of the role.")
                    .unset(&[ROLE]),
            )
        }
        _ => None,
    }
}

fn shadows(scene: &Scene) -> Option<Finding> {
    let all = sources(scene);
    let [first, rest @ ..] = all.as_slice() else {
        return None;
    };
    let own = rest
        .iter()
        .find(|answer| matches!(answer.source, Source::CredentialsFile | Source::ConfigFile))?;
    if first.source != Source::WebIdentity || first.at != FILE {
        return None;
    }
    let seen = format!(
        "{FILE} is set and wins over the keys of profile {} ({}).",
        quoted(&scene.profile),
        own.at
    );
    let finding = Finding::proven(
        "web-identity-shadows-profile",
        Warning,
        seen,
        "The AWS CLI assumes the role.",
    );
    Some(finding.unset(&[FILE, ROLE]))
}
