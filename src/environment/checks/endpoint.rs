//! What stands between the command and AWS: endpoints set by hand, proxies, CA bundles, metadata.

use super::super::{
    Finding, Said,
    Severity::{Error, Info, Warning},
    address::loopback,
    scene::Scene,
};
use std::net::SocketAddr;

pub fn check(scene: &Scene, found: &mut Vec<Finding>) {
    found.extend(ca_bundle(scene));
    found.extend(metadata(scene));
    found.extend(container(scene));
}

pub fn of_error(scene: &Scene, said: &Said, found: &mut Vec<Finding>) {
    found.extend(endpoint(scene, said));
    found.extend(proxy(scene, said));
}

/// Takes out what names an address: a variable, a flag, or a line of a file.
fn remove(finding: Finding, from: &str) -> Finding {
    if from.starts_with("--") {
        finding.give("--endpoint-url", None)
    } else if from.contains(' ') {
        finding.advise(format!("Correct {from}, or take the line out."))
    } else {
        finding.unset(&[from])
    }
}

fn endpoint(scene: &Scene, said: &Said) -> Option<Finding> {
    let (url, from) = scene.endpoint()?;
    if !(url.starts_with("http://") || url.starts_with("https://")) {
        let seen = format!("The endpoint from {from} does not begin with http:// or https://.");
        return Some(remove(
            Finding::proven(
                "endpoint-malformed",
                Error,
                seen,
                "The AWS CLI calls it invalid.",
            ),
            &from,
        ));
    }
    if let Some(address) = closed(scene, said, &url) {
        let seen = format!(
            "The endpoint from {from} is port {} of this machine, and nothing listens there.",
            address.port()
        );
        let finding = Finding::proven(
            "endpoint-override-closed",
            Error,
            seen,
            "No request can reach it.",
        );
        return Some(
            remove(finding, &from).advise("Or start the server that should listen there."),
        );
    }
    let seen = format!("{from} sets the endpoint by hand.");
    let conclusion = if from.starts_with("AWS_ENDPOINT_URL_") {
        "Requests to that service go there, not to AWS's own address."
    } else {
        "Requests go there, not to AWS's own address."
    };
    Some(remove(
        Finding::proven("endpoint-override", Info, seen, conclusion),
        &from,
    ))
}

/// The address of a URL on this machine where nothing listens. Tried only where the command failed to connect, or where
/// there is no error at all (`awsexplain check`).
fn closed(scene: &Scene, said: &Said, url: &str) -> Option<SocketAddr> {
    let message = said.message.to_lowercase();
    if !(message.is_empty()
        || ["connect", "proxy", "refused"]
            .iter()
            .any(|word| message.contains(word)))
    {
        return None;
    }
    loopback(url).filter(|address| !scene.listens(*address))
}

fn ca_bundle(scene: &Scene) -> Option<Finding> {
    let (path, from) = scene.ca_bundle()?;
    let path = scene.path(&path);
    let what = match scene.host.metadata(&path) {
        None => "is not there",
        Some(found) if found.kind == super::super::Kind::Folder => return None,
        Some(_) => match scene.host.file(&path) {
            None => "cannot be read",
            Some(bytes) if bytes.is_empty() => "is empty",
            Some(bytes) if !bytes.windows(11).any(|part| part == b"-----BEGIN ") => {
                "holds no certificate in PEM form"
            }
            Some(_) => return None,
        },
    };
    let seen = format!("The CA bundle that {from} names {what}.");
    Some(remove(
        Finding::proven(
            "ca-bundle-missing",
            Error,
            seen,
            "No server's certificate can be verified.",
        ),
        &from,
    ))
}

fn proxy(scene: &Scene, said: &Said) -> Option<Finding> {
    let names = ["https_proxy", "HTTPS_PROXY"];
    let (name, url) = names
        .iter()
        .find_map(|name| Some((*name, scene.variable(name)?)))?;
    let excluded = ["no_proxy", "NO_PROXY"]
        .iter()
        .find_map(|name| scene.variable(name))
        .unwrap_or_default();
    let is_excluded =
        |host: &str| host == "*" || ".amazonaws.com".ends_with(host) && host.len() >= ".com".len();
    if excluded.split(',').map(str::trim).any(is_excluded) {
        return None;
    }
    let place = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
    let place = place
        .rsplit('@')
        .next()
        .unwrap_or_default()
        .trim_end_matches('/');
    let port_is_wrong = place
        .rsplit_once(':')
        .is_some_and(|(_, port)| !place.ends_with(']') && port.parse::<u16>().is_err());
    let finding = if place.is_empty() || place.contains(char::is_whitespace) || port_is_wrong {
        Finding::proven(
            "proxy-malformed",
            Error,
            format!("The address in {name} is malformed."),
            "No request can go through it.",
        )
    } else if let Some(address) = closed(scene, said, &url) {
        let seen = format!(
            "{name} names port {} of this machine, and nothing listens there.",
            address.port()
        );
        let id = "proxy-unreachable";
        Finding::proven(id, Error, seen, "No request can go through it.")
    } else {
        Finding::proven(
            "proxy-set",
            Info,
            format!("{name} sets a proxy."),
            "Requests to AWS go through it.",
        )
    };
    Some(finding.unset(&[name]))
}

fn metadata(scene: &Scene) -> Option<Finding> {
    let name = "AWS_EC2_METADATA_DISABLED";
    scene
        .variable(name)
        .filter(|value| value.eq_ignore_ascii_case("true"))?;
    let seen = format!("{name} is true.");
    let conclusion = "The credentials of an instance's role are not asked for.";
    Some(Finding::proven("metadata-disabled", Info, seen, conclusion).unset(&[name]))
}

fn container(scene: &Scene) -> Option<Finding> {
    let names = [
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    ];
    let name = names.into_iter().find(|name| scene.is_set(name))?;
    let marks = [
        "ECS_CONTAINER_METADATA_URI",
        "ECS_CONTAINER_METADATA_URI_V4",
        "AWS_EXECUTION_ENV",
        "KUBERNETES_SERVICE_HOST",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
        "CODEBUILD_BUILD_ID",
    ];
    if marks.iter().any(|mark| scene.is_set(mark)) {
        return None;
    }
    let seen = format!("{name} is set, and nothing else tells of a container.");
    let finding = Finding::likely(
        "container-uri-leftover",
        Warning,
        seen,
        "It is left over; nothing answers at that address.",
    );
    Some(finding.unset(&[name]))
}
