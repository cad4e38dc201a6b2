//! Where this runs, which wrapper exported the keys, which AWS CLI is first.

use super::super::{
    Client, Finding,
    Severity::{Info, Warning},
    scene::Scene,
};

pub fn check(scene: &Scene, found: &mut Vec<Finding>) {
    found.extend(runtime(scene));
    found.extend(wrapper(scene));
    found.extend(clients(scene));
}

/// The marks of the places that commands run in, the more special first.
const RUNTIMES: &[(&str, &str)] = &[
    ("GITHUB_ACTIONS", "GitHub Actions"),
    ("GITLAB_CI", "GitLab CI"),
    ("CODEBUILD_BUILD_ID", "AWS CodeBuild"),
    ("AWS_LAMBDA_FUNCTION_NAME", "AWS Lambda"),
    ("ECS_CONTAINER_METADATA_URI_V4", "Amazon ECS"),
    ("ECS_CONTAINER_METADATA_URI", "Amazon ECS"),
    ("KUBERNETES_SERVICE_HOST", "Kubernetes"),
    ("WSL_DISTRO_NAME", "WSL"),
];

fn runtime(scene: &Scene) -> Option<Finding> {
    let cloud_shell = scene
        .variable("AWS_EXECUTION_ENV")
        .is_some_and(|value| value == "CloudShell");
    let marked = || {
        RUNTIMES
            .iter()
            .find(|(name, _)| scene.is_set(name))
            .map(|(_, place)| *place)
    };
    let place = if cloud_shell {
        Some("AWS CloudShell")
    } else {
        marked()
    }?;
    Some(Finding::proven(
        "runtime",
        Info,
        format!("This runs in {place}."),
        "As a rule its own set-up gives the credentials.",
    ))
}

/// The variables that wrappers leave beside the keys they export.
const WRAPPERS: &[(&str, &str)] = &[
    ("AWS_VAULT", "aws-vault"),
    ("AWSUME_PROFILE", "awsume"),
    ("AWSUME_EXPIRATION", "awsume"),
    ("GRANTED_SSO", "granted"),
    ("SAML2AWS_PROFILE", "saml2aws"),
    ("AWS_OKTA_PROFILE", "aws-okta"),
    ("AWS_SSO_PROFILE", "aws-sso-cli"),
];

fn wrapper(scene: &Scene) -> Option<Finding> {
    if !scene.keys_in_variables() {
        return None;
    }
    let (name, tool) = WRAPPERS.iter().find(|(name, _)| scene.is_set(name))?;
    let seen = format!("{name} is set beside the key variables, so {tool} exported them.");
    let finding = Finding::likely(
        "credential-wrapper",
        Warning,
        seen,
        "They end with the session it started.",
    );
    Some(finding.advise(format!(
        "Leave the shell that {tool} started, or run {tool} again."
    )))
}

fn clients(scene: &Scene) -> Option<Finding> {
    let newer = ["sso_session", "login_session"]
        .into_iter()
        .find(|key| scene.used(key).is_some());
    if let (Client::V1, Some(key)) = (scene.client, newer) {
        let seen = format!("The first aws on PATH is version 1, and the profile has {key}.");
        let conclusion = "Logging in to it takes version 2.";
        let finding = Finding::proven("client-is-version-1", Info, seen, conclusion);
        return Some(finding.advise("Install version 2 of the AWS CLI, or put it first on PATH."));
    }
    let [first, _, ..] = scene.clients.as_slice() else {
        return None;
    };
    let seen = format!(
        "{} programs named aws are on PATH; {} is used.",
        scene.clients.len(),
        scene.shown(first)
    );
    Some(Finding::proven(
        "several-aws-clients",
        Info,
        seen,
        "Another shell or tool may use another one.",
    ))
}
