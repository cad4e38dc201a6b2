//! The keys of the profile in use, where they stand in a file.

use super::{
    super::{
        Finding,
        Severity::{Error, Info, Warning},
        chain::{Source, sources},
        decode::{KeyKind, age, kind_of, seconds_of, stamp_of},
        lifetime::EXPIRY_SETTINGS,
        scene::{Place, Scene},
        words::quoted,
    },
    values::{is_id, is_placeholder, odd_character, wrong_id},
    variables::LONGEST,
};

const ID: &str = "aws_access_key_id";
const SECRET: &str = "aws_secret_access_key";

pub fn check(scene: &Scene, found: &mut Vec<Finding>) {
    found.extend(split(scene));
    found.extend(partial(scene));
    // What the profile holds matters only where it is used.
    let in_file = match sources(scene).first().map(|answer| answer.source) {
        Some(Source::CredentialsFile) => Scene::in_credentials,
        Some(Source::ConfigFile) => Scene::in_config,
        _ => return,
    };
    let get = |key| in_file(scene, &scene.profile, key);
    let (Some(id), Some(secret)) = (get(ID), get(SECRET)) else {
        return;
    };
    let token = get("aws_security_token").or_else(|| get("aws_session_token"));
    found.extend(kind_and_token(scene, id, token));
    found.extend(token.and_then(|token| stale(scene, token)));
    found.extend(expiry_past(scene));
    found.extend(form(scene, id, secret));
    found.extend(
        [Some(id), Some(secret), token]
            .into_iter()
            .flatten()
            .find_map(characters),
    );
}

fn again(scene: &Scene, finding: Finding) -> Finding {
    finding.run_for(&scene.profile, &["aws", "configure"])
}

fn split(scene: &Scene) -> Option<Finding> {
    let (credentials, config) = (
        scene.in_credentials(&scene.profile, ID)?,
        scene.in_config(&scene.profile, ID)?,
    );
    if credentials.value() == config.value() {
        return None;
    }
    let seen = format!(
        "Profile {} has keys at {} and others at {}.",
        quoted(&scene.profile),
        credentials.spot(),
        config.spot()
    );
    let finding = Finding::proven(
        "profile-split-over-files",
        Warning,
        seen,
        "Those in the credentials file are used.",
    );
    Some(finding.advise(format!(
        "Take the pair out that is not meant ({}).",
        config.spot()
    )))
}

fn partial(scene: &Scene) -> Option<Finding> {
    let (there, missing) = match (
        scene.in_credentials(&scene.profile, ID),
        scene.in_credentials(&scene.profile, SECRET),
    ) {
        (Some(id), None) => (id, SECRET),
        (None, Some(secret)) => (secret, ID),
        _ => return None,
    };
    let seen = format!(
        "{} has {}, and {missing} is not beside it.",
        there.spot(),
        there.setting.key
    );
    let finding = Finding::proven(
        "file-partial-keys",
        Error,
        seen,
        "Half a pair is no credentials.",
    );
    Some(again(scene, finding))
}

fn kind_and_token(scene: &Scene, id: Place, token: Option<Place>) -> Option<Finding> {
    let profile = quoted(&scene.profile);
    match (kind_of(id.value()), token) {
        _ if !is_id(id.value()) => None,
        (KeyKind::LongTerm, Some(token)) => {
            let seen = format!(
                "Profile {profile} has a session token ({}) beside a long-term key (AKIA…).",
                token.spot()
            );
            let conclusion = "A long-term key goes without a token; this one is left over.";
            let finding =
                Finding::proven("file-token-beside-long-term-key", Error, seen, conclusion);
            Some(finding.advise(format!("Take the line out: {}.", token.spot())))
        }
        (KeyKind::Temporary, None) => {
            let seen = format!(
                "Profile {profile} has a temporary key (ASIA…, {}) without a session token.",
                id.spot()
            );
            let conclusion = "A temporary key needs its token.";
            Some(again(
                scene,
                Finding::proven("file-temporary-key-without-token", Error, seen, conclusion),
            ))
        }
        (KeyKind::Temporary, Some(_)) => {
            let seen = format!("Profile {profile} holds temporary keys ({}).", id.spot());
            let conclusion =
                "They stand where long-term keys usually do, and end with their session.";
            Some(Finding::proven(
                "file-temporary-key-in-default",
                Info,
                seen,
                conclusion,
            ))
        }
        _ => None,
    }
}

fn stale(scene: &Scene, token: Place) -> Option<Finding> {
    let old = scene
        .host
        .now()
        .saturating_sub(stamp_of(token.value(), scene.host.now())?.issued);
    if old <= LONGEST {
        return None;
    }
    let seen = format!(
        "The session token at {} was issued {} ago, by its own time stamp; no session lasts longer than 36 h.",
        token.spot(),
        age(old)
    );
    let finding = Finding::likely("file-session-stale", Error, seen, "The session has ended.");
    Some(finding.advise("Log in again with the tool that wrote it."))
}

fn expiry_past(scene: &Scene) -> Option<Finding> {
    let place = EXPIRY_SETTINGS.iter().find_map(|key| scene.used(key))?;
    let ends = seconds_of(place.value()).filter(|ends| *ends < scene.host.now())?;
    let seen = format!(
        "{} says that the keys ended {} ago.",
        place.spot(),
        age(scene.host.now() - ends)
    );
    let finding = Finding::proven(
        "file-session-expiry-past",
        Error,
        seen,
        "The session has ended.",
    );
    Some(finding.advise("Log in again with the tool that wrote it."))
}

fn form(scene: &Scene, id: Place, secret: Place) -> Option<Finding> {
    let free_form = scene.endpoint().is_some();
    let profile = quoted(&scene.profile);
    let finding =
        if is_placeholder(id.value(), free_form) || is_placeholder(secret.value(), free_form) {
            let seen = format!(
                "Profile {profile} holds an example's keys or a placeholder ({}).",
                id.spot()
            );
            Finding::proven(
                "file-placeholder-keys",
                Error,
                seen,
                "They are nobody's keys.",
            )
        } else {
            let how = wrong_id(id.value(), secret.value())?;
            let seen = format!("The key id of profile {profile} ({}) {how}.", id.spot());
            Finding::proven("file-wrong-key-id", Error, seen, "AWS knows no such key.")
        };
    Some(again(scene, finding))
}

fn characters(place: Place) -> Option<Finding> {
    let what = odd_character(place.value())?;
    let seen = format!("{}: {} holds {what}.", place.spot(), place.setting.key);
    let finding = Finding::proven(
        "file-value-characters",
        Error,
        seen,
        "It is sent as part of the value.",
    );
    Some(finding.advise(format!("Write the value again at {}.", place.spot())))
}
