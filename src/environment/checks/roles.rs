//! A profile that assumes a role: its source, its ARN, its duration, its MFA.

use super::super::{
    Finding,
    Severity::{Error, Warning},
    decode::is_account,
    regions::partition_of,
    scene::{Place, Scene},
    words::quoted,
};

pub fn check(scene: &Scene, found: &mut Vec<Finding>) {
    let Some(role) = scene.used("role_arn") else {
        return;
    };
    found.extend(source(scene, role));
    found.extend(circle(scene));
    found.extend(arn(scene, role));
    found.extend(duration(scene));
    found.extend(mfa(scene));
}

fn edit(finding: Finding, at: &str) -> Finding {
    finding.advise(format!("Edit the profile at {at}."))
}

fn source(scene: &Scene, role: Place) -> Option<Finding> {
    let profile = quoted(&scene.profile);
    let (by_name, by_kind) = (
        scene.used("source_profile"),
        scene.used("credential_source"),
    );
    let seen = match (by_name, by_kind) {
        (Some(_), Some(_)) => {
            format!("Profile {profile} has both source_profile and credential_source.")
        }
        (None, None) if scene.used("web_identity_token_file").is_none() => {
            format!(
                "Profile {profile} has role_arn, and neither source_profile nor credential_source."
            )
        }
        (Some(name), None) if !scene.profiles().contains(&name.value()) => {
            format!(
                "{}: source_profile names {}, which is in neither file.",
                name.spot(),
                quoted(name.value())
            )
        }
        (None, Some(kind))
            if !["Environment", "Ec2InstanceMetadata", "EcsContainer"].contains(&kind.value()) =>
        {
            format!(
                "{}: credential_source is none of Environment, Ec2InstanceMetadata, EcsContainer.",
                kind.spot()
            )
        }
        _ => return None,
    };
    let finding = Finding::proven(
        "role-source-invalid",
        Error,
        seen,
        "The role cannot be assumed.",
    );
    Some(edit(finding, &role.spot()))
}

/// A profile that comes round again, without keys of its own to begin with.
fn circle(scene: &Scene) -> Option<Finding> {
    let mut seen = vec![scene.profile.as_str()];
    // Nobody chains more roles; a made-up file may.
    while seen.len() <= 32 {
        let at = *seen.last()?;
        scene.setting(at, "role_arn")?;
        let next = scene.setting(at, "source_profile")?.setting.value.as_str();
        if seen.contains(&next) {
            if scene.setting(next, "aws_access_key_id").is_some() {
                return None;
            }
            let text = format!(
                "source_profile leads from {} back to {}.",
                quoted(&scene.profile),
                quoted(next)
            );
            let finding = Finding::proven(
                "role-source-loop",
                Error,
                text,
                "No profile in the circle has keys.",
            );
            return Some(edit(
                finding,
                &scene.setting(next, "source_profile")?.spot(),
            ));
        }
        seen.push(next);
    }
    None
}

fn arn(scene: &Scene, role: Place) -> Option<Finding> {
    let id = "role-arn-malformed";
    let parts: Vec<&str> = role.value().splitn(6, ':').collect();
    let well_formed = matches!(parts.as_slice(), ["arn", partition, "iam", "", account, name]
        if partition.starts_with("aws")
            && is_account(account)
            && name.strip_prefix("role/").is_some_and(|name| !name.is_empty()));
    if !well_formed {
        let seen = format!(
            "{}: role_arn has not the form arn:aws:iam::123456789012:role/NAME.",
            role.spot()
        );
        return Some(edit(
            Finding::proven(id, Error, seen, "AWS STS refuses it."),
            &role.spot(),
        ));
    }
    let (region, _) = scene.region()?;
    let (of_role, of_region) = (*parts.get(1)?, partition_of(&region));
    if of_role == of_region || !super::super::regions::is_well_formed(&region) {
        return None;
    }
    let seen = format!(
        "{}: role_arn and the Region are of different partitions ({of_region} for the Region).",
        role.spot()
    );
    Some(edit(
        Finding::proven(
            id,
            Error,
            seen,
            "AWS STS of one partition knows no role of another.",
        ),
        &role.spot(),
    ))
}

fn duration(scene: &Scene) -> Option<Finding> {
    let place = scene.used("duration_seconds")?;
    let seconds: u64 = place.value().parse().ok()?;
    let source = scene
        .used("source_profile")
        .map(|source| source.setting.value.as_str());
    let is_chained = source
        .is_some_and(|name| name != scene.profile && scene.setting(name, "role_arn").is_some());
    let what = match seconds {
        43_201.. => "over 43200, the longest that a role can have",
        3_601.. if is_chained => "over 3600, the longest for a role assumed from a role",
        0..900 => "under 900, the shortest there is",
        _ => return None,
    };
    let seen = format!("{}: duration_seconds is {what}.", place.spot());
    Some(edit(
        Finding::proven("role-duration-too-long", Error, seen, "AWS STS refuses it."),
        &place.spot(),
    ))
}

fn mfa(scene: &Scene) -> Option<Finding> {
    let place = scene.used("mfa_serial").filter(|_| !scene.about.terminal)?;
    let seen = format!(
        "{} wants an MFA code, and there is no terminal to ask at.",
        place.spot()
    );
    let finding = Finding::likely(
        "role-mfa-without-terminal",
        Warning,
        seen,
        "The role is assumed only from a cached session.",
    );
    Some(
        finding.advise("Run the command once in a terminal, or use a source without MFA for jobs."),
    )
}
