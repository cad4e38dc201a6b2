//! The Region: is there one, does it exist, does it go with the rest.

use super::super::{
    Client, Finding, Said,
    Severity::{Error, Info, Warning},
    regions::{find, is_well_formed, nearest, partition_of},
    scene::Scene,
    words::quoted,
};

pub fn check(scene: &Scene, found: &mut Vec<Finding>) {
    found.extend(variables(scene));
    match scene.region() {
        // One that is set and not read is told by `region-variable-ignored`.
        None if scene.is_set("AWS_REGION") => {}
        None => found.push(none(scene)),
        Some((region, from)) => {
            found.extend(name(scene, &region, &from));
        }
    }
}

pub fn of_error(scene: &Scene, said: &Said, found: &mut Vec<Finding>) {
    if let Some((region, _)) = scene.region() {
        found.extend(partition(scene, said, &region));
    }
}

fn none(scene: &Scene) -> Finding {
    let besides = match scene.setting("default", "region") {
        Some(_) if scene.profile != "default" => " (that of [default] is not inherited)",
        _ => "",
    };
    let seen = format!(
        "No Region is set for profile {}{besides}.",
        quoted(&scene.profile)
    );
    let finding = Finding::proven("no-region", Warning, seen, "Most services need one.");
    finding.run_for(
        &scene.profile,
        &["aws", "configure", "set", "region", "<region>"],
    )
}

fn name(scene: &Scene, region: &str, from: &str) -> Option<Finding> {
    if let Some(known) = find(region) {
        let (id, what) = if known.opt_in {
            (
                "opt-in-region",
                "has to be enabled for an account before it takes requests",
            )
        } else {
            ("default-region", "is enabled in every account")
        };
        return Some(Finding::proven(
            id,
            Info,
            format!("Region {region} (from {from}) {what}."),
            "That is how AWS has it.",
        ));
    }
    // The services' own words for no Region at all.
    if matches!(region, "aws-global" | "local") {
        return None;
    }
    let zone = region
        .strip_suffix(|last: char| last.is_ascii_lowercase())
        .and_then(find);
    let finding = if is_well_formed(region) {
        let seen = format!(
            "Region {} (from {from}) is none that is known.",
            quoted(region)
        );
        Finding::likely(
            "region-unknown",
            Warning,
            seen,
            "It is misspelt, or newer than this program.",
        )
    } else {
        let seen = match zone {
            Some(_) => format!("The Region from {from} is a zone's name, not a Region's."),
            None => {
                format!("The Region from {from} has not the form of a Region's name (eu-west-1).")
            }
        };
        Finding::proven("region-format", Error, seen, "No endpoint has that name.")
    };
    let right = zone.map(|zone| zone.name).or_else(|| nearest(region));
    Some(match right {
        None => finding.advise(format!("Correct the Region ({from}).")),
        Some(right) if from.starts_with("AWS_") => finding.set(from, right),
        Some(right) if from.starts_with("--") => finding.give("--region", Some(right)),
        Some(right) => finding.run_for(
            &scene.profile,
            &["aws", "configure", "set", "region", right],
        ),
    })
}

fn variables(scene: &Scene) -> Option<Finding> {
    if scene.about.region.is_some() {
        return None;
    }
    let (new, old) = (
        scene.variable("AWS_REGION")?,
        scene.variable("AWS_DEFAULT_REGION"),
    );
    let id = "region-variable-ignored";
    match old {
        None if scene.client == Client::V1 => {
            let seen = "AWS_REGION is set, and version 1 of the AWS CLI does not read it.";
            let finding = Finding::proven(id, Warning, seen, "It reads AWS_DEFAULT_REGION.");
            Some(if is_well_formed(&new) {
                finding.set("AWS_DEFAULT_REGION", &new)
            } else {
                finding.advise("Export AWS_DEFAULT_REGION too.")
            })
        }
        Some(old) if old != new => {
            let seen = "AWS_REGION and AWS_DEFAULT_REGION name different Regions.";
            let conclusion = "Version 1 of the AWS CLI and boto3 take AWS_DEFAULT_REGION; version 2 takes AWS_REGION.";
            Some(Finding::proven(id, Warning, seen, conclusion).unset(&["AWS_DEFAULT_REGION"]))
        }
        _ => None,
    }
}

/// Compares the Region's partition with that of the ARN in the message, or of the profile's role.
fn partition(scene: &Scene, said: &Said, region: &str) -> Option<Finding> {
    if !is_well_formed(region) {
        return None;
    }
    let of_region = partition_of(region);
    let in_text = |text: &str| {
        let rest = text.split("arn:").nth(1)?;
        let name = rest.split(':').next()?;
        let plain = name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        (name.starts_with("aws") && name.len() <= 12 && plain).then(|| name.to_owned())
    };
    let of_message = in_text(&said.message).map(|name| (name, "the ARN in the error"));
    let of_role = || {
        scene
            .used("role_arn")
            .and_then(|role| in_text(role.value()))
            .map(|name| (name, "the profile's role"))
    };
    let (other, whose) = of_message.or_else(of_role)?;
    Some(if other == of_region {
        let seen = format!(
            "Region {} and {whose} are of one partition ({of_region}).",
            quoted(region)
        );
        Finding::likely(
            "partition-match",
            Info,
            seen,
            "Keys and Region belong together.",
        )
    } else {
        let seen = format!(
            "Region {} is of partition {of_region}, and {whose} of {other}.",
            quoted(region)
        );
        let finding = Finding::proven(
            "partition-mismatch",
            Error,
            seen,
            "Keys of one partition are unknown in the others.",
        );
        finding.advise("Give a Region of the partition that the account is in.")
    })
}
