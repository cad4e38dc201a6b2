//! The key variables' values: halves, placeholders, what was pasted wrongly.

use super::{
    super::{
        Finding,
        Severity::{Error, Warning},
        decode::{KeyKind, kind_of},
        scene::Scene,
    },
    values::{is_id, is_placeholder, is_secret, odd_character, wrong_id},
    variables::set_names,
};

pub fn check(scene: &Scene, found: &mut Vec<Finding>) {
    found.extend(partial(scene));
    found.extend(legacy_names(scene));
    found.extend(characters(scene));
    let pair = (
        scene.variable("AWS_ACCESS_KEY_ID"),
        scene.variable("AWS_SECRET_ACCESS_KEY"),
    );
    let (Some(id), Some(secret)) = pair else {
        return;
    };
    if !scene.keys_in_variables() {
        return;
    }
    found.extend(kind_and_token(scene, &id));
    found.extend(form(scene, &id, &secret));
}

fn kind_and_token(scene: &Scene, id: &str) -> Option<Finding> {
    match (kind_of(id), scene.token_variable()) {
        (KeyKind::LongTerm, Some((name, _))) if is_id(id) => {
            let seen = format!("{name} is set beside a long-term key (AKIA…).");
            let conclusion = "A long-term key goes without a token; this one is left over.";
            Some(
                Finding::proven("token-beside-long-term-key", Error, seen, conclusion)
                    .unset(&tokens(scene)),
            )
        }
        (KeyKind::Temporary, None) if is_id(id) => {
            let seen =
                "AWS_ACCESS_KEY_ID is a temporary key (ASIA…), and AWS_SESSION_TOKEN is not set.";
            let finding = Finding::proven(
                "temporary-key-without-token",
                Error,
                seen,
                "A temporary key needs its token.",
            );
            let finding = finding.unset(&set_names(scene));
            Some(finding.advise("Or export AWS_SESSION_TOKEN too, from where the key came from."))
        }
        _ => None,
    }
}

fn tokens(scene: &Scene) -> Vec<&'static str> {
    set_names(scene)
        .into_iter()
        .filter(|name| name.ends_with("_TOKEN"))
        .collect()
}

/// At most one of these, the plainest: a placeholder is of a wrong form too.
fn form(scene: &Scene, id: &str, secret: &str) -> Option<Finding> {
    // A server other than AWS may take keys of any form.
    let free_form = scene.endpoint().is_some();
    let finding = if is_placeholder(id, free_form) || is_placeholder(secret, free_form) {
        let seen = "The key variables hold an example's keys or a placeholder.";
        Finding::proven("placeholder-keys", Error, seen, "They are nobody's keys.")
    } else if let Some(how) = wrong_id(id, secret) {
        Finding::proven(
            "wrong-key-id",
            Error,
            format!("AWS_ACCESS_KEY_ID {how}."),
            "AWS knows no such key.",
        )
    } else if !(free_form || is_id(id) && is_secret(secret)) {
        let name = if is_id(id) {
            "AWS_SECRET_ACCESS_KEY"
        } else {
            "AWS_ACCESS_KEY_ID"
        };
        let seen = format!("{name} has not the form that AWS gives out.");
        Finding::likely(
            "key-shape",
            Warning,
            seen,
            "It was cut off, or something else was pasted.",
        )
    } else {
        return None;
    };
    Some(
        finding
            .unset(&set_names(scene))
            .advise("Or export the right keys."),
    )
}

fn partial(scene: &Scene) -> Option<Finding> {
    if scene.about.profile.is_some() {
        return None;
    }
    let (id, secret) = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY");
    let finding = match (scene.is_set(id), scene.is_set(secret)) {
        (true, false) => Finding::proven(
            "partial-key-variables",
            Error,
            format!("{id} is set, and {secret} is not."),
            "The AWS CLI stops at half a pair.",
        ),
        (false, true) => Finding::proven(
            "partial-key-variables",
            Warning,
            format!("{secret} is set, and {id} is not."),
            "The AWS CLI takes no notice of the secret.",
        ),
        _ => return None,
    };
    Some(finding.unset(&set_names(scene)))
}

fn legacy_names(scene: &Scene) -> Option<Finding> {
    let old: Vec<&str> = ["AWS_ACCESS_KEY", "AWS_SECRET_KEY"]
        .into_iter()
        .filter(|name| scene.is_set(name))
        .collect();
    if old.is_empty() || scene.is_set("AWS_ACCESS_KEY_ID") {
        return None;
    }
    let seen = format!("Only {} set, and AWS_ACCESS_KEY_ID is not.", verb(&old));
    let finding = Finding::proven(
        "legacy-key-names",
        Error,
        seen,
        "The AWS CLI does not read the old names.",
    );
    Some(finding.advise("Export them as AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."))
}

fn verb(names: &[&str]) -> String {
    format!(
        "{} {}",
        names.join(" and "),
        if names.len() == 1 { "is" } else { "are" }
    )
}

fn characters(scene: &Scene) -> Option<Finding> {
    let names = [
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "AWS_SECURITY_TOKEN",
    ];
    let (name, what) = names
        .into_iter()
        .find_map(|name| Some((name, odd_character(&scene.variable(name)?)?)))?;
    let seen = format!("{name} holds {what}.");
    let finding = Finding::proven(
        "env-value-characters",
        Error,
        seen,
        "It is sent as part of the value.",
    );
    Some(
        finding
            .unset(&set_names(scene))
            .advise("Or export it again, without that character."),
    )
}
