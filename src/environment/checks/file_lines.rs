//! The lines of the two files: what botocore cannot parse, and what it reads otherwise than was meant.

use super::super::{
    Finding,
    Severity::{Error, Warning},
    files::{Fault, FaultKind, IniFile, Section},
    scene::{Scene, profile_of},
    words::{as_word, quoted},
};

pub fn check(scene: &Scene, found: &mut Vec<Finding>) {
    for file in [&scene.config, &scene.credentials].into_iter().flatten() {
        found.extend(faults(file));
    }
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

/// Sections of the config file that are no profiles.
const OTHER_SECTIONS: &[&str] = &["default", "plugins", "preview"];

fn config_headers(scene: &Scene) -> Option<Finding> {
    let file = scene.config.as_ref()?;
    let is_wrong = |section: &&Section| {
        let header = section.header.as_str();
        let of_kind = ["sso-session ", "services "]
            .iter()
            .any(|kind| header.starts_with(kind));
        profile_of(header).is_none() && !of_kind && !OTHER_SECTIONS.contains(&header)
    };
    let all: Vec<&Section> = file.sections.iter().filter(is_wrong).collect();
    // The one that the command wanted, before any other.
    let section = all
        .iter()
        .find(|section| section.header == scene.profile)
        .or(all.first())?;
    let severity = if section.header == scene.profile {
        Error
    } else {
        Warning
    };
    let name = quoted(&section.header);
    let seen = format!(
        "{} line {} has [{}], without the word profile.",
        file.shown,
        section.line,
        name.trim_matches('"')
    );
    let finding = Finding::proven(
        "config-section-without-profile",
        severity,
        seen,
        "In this file only [profile NAME] is a profile.",
    );
    Some(finding.advise(format!(
        "Write [profile {}] in {} line {}.",
        as_word(&section.header, "NAME"),
        file.shown,
        section.line
    )))
}

fn credentials_headers(scene: &Scene) -> Option<Finding> {
    let file = scene.credentials.as_ref()?;
    let section = file
        .sections
        .iter()
        .find(|section| section.header.starts_with("profile "))?;
    let severity = if profile_of(&section.header) == Some(&scene.profile) {
        Error
    } else {
        Warning
    };
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
