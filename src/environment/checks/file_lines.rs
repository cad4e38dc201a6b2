//! The lines of the two files: what botocore cannot parse, and what it reads otherwise than was meant.

use super::super::{
    Finding,
    Severity::{Error, Warning},
    files::{Fault, FaultKind, IniFile, Section},
    scene::Scene,
    words::{as_word, quoted},
};

pub fn check(scene: &Scene, found: &mut Vec<Finding>) {
    for file in [&scene.config, &scene.credentials].into_iter().flatten() {
        found.extend(faults(file));
    }
    found.extend(defaults(scene));
    found.extend(config_headers(scene));
    found.extend(credentials_headers(scene));
    found.extend(values(scene));
}

/// The first fault of each kind, by slug.
fn faults(file: &IniFile) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    for fault in &file.faults {
        let (id, what, conclusion) = match fault.kind {
            FaultKind::Encoding => (
                "config-encoding",
                "begins with a byte order mark or is UTF-16",
                "botocore cannot parse the file.",
            ),
            FaultKind::NotUtf8 => (
                "config-encoding",
                "holds bytes that are not UTF-8",
                "botocore cannot read the file.",
            ),
            FaultKind::BeforeHeader => (
                "config-syntax",
                "is a setting before the first [header]",
                "botocore refuses the whole file.",
            ),
            FaultKind::NoEquals => (
                "config-syntax",
                "is neither a [header] nor key = value",
                "botocore refuses the whole file.",
            ),
            FaultKind::SameSection => (
                "config-duplicate",
                "is a [header] that stood before",
                "botocore refuses the whole file.",
            ),
            FaultKind::SameKey => (
                "config-duplicate",
                "is a key that stood before in its section",
                "botocore refuses the whole file.",
            ),
            FaultKind::Export => (
                "config-export-lines",
                "is a shell's export NAME=value",
                "The AWS CLI knows no such setting.",
            ),
        };
        if found.iter().any(|finding| finding.id == id) {
            continue;
        }
        let at = if fault.line == 0 {
            file.shown.clone()
        } else {
            format!("{} line {}", file.shown, fault.line)
        };
        let finding = Finding::proven(id, Error, format!("{at} {what}."), conclusion);
        found.push(finding.advise(remedy(file, fault, &at)));
    }
    found
}

/// How the line of a fault is mended; `at` is its file and line.
fn remedy(file: &IniFile, fault: &Fault, at: &str) -> String {
    match fault.kind {
        FaultKind::Encoding => format!("Save {at} as plain UTF-8, without a byte order mark."),
        FaultKind::NotUtf8 => format!("Save {at} as plain UTF-8."),
        FaultKind::BeforeHeader => format!("Put a [header] above {at}."),
        FaultKind::NoEquals => format!("Mend {at}, or take the line out."),
        FaultKind::Export => format!("Take the line out: {at}."),
        FaultKind::SameSection => {
            let header = |section: &&Section| section.line == fault.line;
            let second = file.sections.iter().find(header);
            let first = file
                .sections
                .iter()
                .find(|first| second.is_some_and(|second| first.header == second.header));
            let line = first.map_or(0, |first| first.line);
            format!("Take the line out: {at}; what stands under it belongs to line {line}.")
        }
        FaultKind::SameKey => format!("Take the line out: {at}, or the one before of this name."),
    }
}

/// `[DEFAULT]` in place of `[default]`.
fn defaults(scene: &Scene) -> Option<Finding> {
    let mut files = [&scene.config, &scene.credentials].into_iter().flatten();
    let (file, line) = files.find_map(|file| Some((file, file.defaults?)))?;
    let is_meant = scene.profile == "default" && file.section("default").is_none();
    let severity = if is_meant { Error } else { Warning };
    let at = format!("{} line {line}", file.shown);
    let finding = Finding::proven(
        "config-section-without-profile",
        severity,
        format!("{at} has [DEFAULT], which is no profile."),
        "Its settings count in every other section of the file.",
    );
    Some(finding.advise(format!("Write [default] in {at}.")))
}

/// Sections of the config file that are no profiles.
const OTHER_SECTIONS: &[&str] = &["default", "plugins", "preview"];

fn config_headers(scene: &Scene) -> Option<Finding> {
    let file = scene.config.as_ref()?;
    let is_wrong = |section: &&Section| {
        let header = section.header.as_str();
        section.profile().is_none() && section.named.is_none() && !OTHER_SECTIONS.contains(&header)
    };
    let all: Vec<&Section> = file.sections.iter().filter(is_wrong).collect();
    // The one that the command wanted, before any other.
    let section = all
        .iter()
        .find(|section| meant(section) == scene.profile)
        .or(all.first())?;
    let severity = if meant(section) == scene.profile {
        Error
    } else {
        Warning
    };
    let at = format!("{} line {}", file.shown, section.line);
    let (name, id) = (quoted(meant(section)), "config-section-without-profile");
    let (finding, right) = if meant(section) == section.header {
        let name = name.trim_matches('"');
        let seen = format!("{at} has [{name}], without the word profile.");
        let conclusion = "In this file only [profile NAME] is a profile.";
        let right = as_word(meant(section), "NAME").to_owned();
        (Finding::proven(id, severity, seen, conclusion), right)
    } else {
        let seen = format!("{at} has a [profile] header that names no one profile.");
        let conclusion = "A name with blanks wants quotes.";
        let right = if name.starts_with('"') {
            name
        } else {
            "NAME".to_owned()
        };
        (Finding::proven(id, severity, seen, conclusion), right)
    };
    Some(finding.advise(format!("Write [profile {right}] in {at}.")))
}

/// The profile that a header of the config file was meant to name.
fn meant(section: &Section) -> &str {
    let behind = section.header.strip_prefix("profile");
    let name = behind.filter(|name| name.starts_with([' ', '\t']));
    name.map_or(section.header.as_str(), str::trim)
}

fn credentials_headers(scene: &Scene) -> Option<Finding> {
    let file = scene.credentials.as_ref()?;
    let is_wrong = |section: &&Section| meant(section) != section.header;
    let all: Vec<&Section> = file.sections.iter().filter(is_wrong).collect();
    // The one that the command wanted, before any other; its name may stand in quotes.
    let is_wanted = |section: &&&Section| {
        meant(section) == scene.profile || section.profile() == Some(&scene.profile)
    };
    let wanted = all.iter().find(is_wanted);
    let section = wanted.or(all.first())?;
    let severity = if wanted.is_some() { Error } else { Warning };
    let seen = format!(
        "{} line {} has a [header] with the word profile.",
        file.shown, section.line
    );
    let finding = Finding::proven(
        "credentials-section-with-profile",
        severity,
        seen,
        "In this file the header is the name alone.",
    );
    Some(finding.advise(format!(
        "Take the word profile out of {} line {}.",
        file.shown, section.line
    )))
}

/// Settings whose values hold neither blanks nor quotes.
const PLAIN: &[&str] = &[
    "aws_access_key_id",
    "aws_secret_access_key",
    "aws_session_token",
    "region",
    "role_arn",
    "source_profile",
    "mfa_serial",
    "sso_account_id",
    "sso_region",
    "sso_start_url",
];

fn values(scene: &Scene) -> Vec<Finding> {
    let mut found = Vec::new();
    for place in PLAIN.iter().filter_map(|key| scene.used(key)) {
        let (value, key, at) = (place.value(), &place.setting.key, place.spot());
        let (id, what) = if place.setting.sdk_value() != value {
            ("config-inline-comment", "has a comment behind its value")
        } else if value.starts_with(['"', '\'', '\u{201c}', '\u{2018}']) {
            ("config-quotes", "has its value in quotes")
        } else {
            continue;
        };
        let finding = Finding::proven(
            id,
            Error,
            format!("{at}: {key} {what}."),
            "botocore takes that as part of the value.",
        );
        found.push(finding.advise(format!("Leave only the value at {at}.")));
    }
    found
}
