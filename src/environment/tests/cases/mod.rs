//! For every slug: a host where it is found, and one, as near as can be, where it is not.

mod files;
mod profiles;
mod transport;
mod variables;

use super::*;

/// The time on a made-up machine.
const NOW: u64 = 1_767_225_600;

/// A check, a host where it fires, and one where it does not.
pub struct Case {
    pub id: &'static str,
    pub fires: FakeHost,
    pub still: FakeHost,
    pub about: About,
    pub said: Said,
}

pub(super) fn case(id: &'static str, fires: FakeHost, still: FakeHost) -> Case {
    Case {
        id,
        fires,
        still,
        about: About::default(),
        said: Said::default(),
    }
}

pub(super) fn of(about: About, mut case: Case) -> Case {
    case.about = about;
    case
}

pub(super) fn profile(name: &str) -> About {
    About {
        profile: Some(name.to_owned()),
        ..About::default()
    }
}

pub(super) fn said(said: Said, mut case: Case) -> Case {
    case.said = said;
    case
}

pub(super) fn says(message: &str, case: Case) -> Case {
    said(Said::of(message), case)
}

pub(super) fn pair(id: &str) -> String {
    format!("[default]\naws_access_key_id = {id}\naws_secret_access_key = {SECRET}\n")
}

/// With the AWS CLI of this version first on PATH.
pub(super) fn version(version: &str, host: FakeHost) -> FakeHost {
    let file = format!("/opt/awscli/{version}/aws");
    host.with_variable("PATH", "/bin")
        .with_file_of(&file, "", 0o755, 0)
        .with_link("/bin/aws", &file)
}

pub(super) fn token(hours: u64) -> String {
    token_issued_at(33, NOW - hours * 3600)
}

pub(super) fn session(hours: u64) -> FakeHost {
    keys(TEMPORARY).with_variable("AWS_SESSION_TOKEN", &token(hours))
}

/// All cases.
pub fn all() -> Vec<Case> {
    let groups = [
        variables::variable_cases(),
        variables::web_cases(),
        files::line_cases(),
        files::key_cases(),
        profiles::profile_cases(),
        profiles::role_cases(),
        profiles::sso_cases(),
        transport::region_cases(),
        transport::transport_cases(),
        transport::clock_cases(),
    ];
    groups.into_iter().flatten().collect()
}
