//! The CI job that we run in: its system's form of the output, and whether our output is the job's log.
//!
//! A CI system reads commands from the log of a job and from nowhere else, so its form fits only where our output
//! goes there, and not in `X=$(aws … | awsexplain)`, `> file` or `| tee log`. On every runner the log is a pipe, as a
//! capture is, so the kind of file tells nothing. What tells is whose it is:
//!
//! 1. A regular file is never the log.
//! 2. Of the processes that started us, the outermost one whose environment has the CI system's variable is the job's own
//!    shell: the agent above it does not have it. Our output is the job's where it is the same open pipe (device and
//!    inode) as that shell's standard output or standard error.
//! 3. Where no such process is seen (no `/proc`, or the variable was set by the shell itself, as GitLab's shell executor
//!    does), our output is taken as the job's where standard output and standard error are the same: agents that use one pipe for
//!    both give that, a capture of the output alone does not.
//!
//! The rule is deceived where both streams are captured together and nothing is seen of the processes. `--format` settles
//! it either way.

use std::{fs, os::unix::fs::MetadataExt, path::Path};

use crate::{
    environment::Host,
    render::{Named, named},
};

/// The variable that each system sets, and the form it understands. Jenkins, Buildkite and `CircleCI` have none: their logs
/// show notes as they are.
const SYSTEMS: &[(&str, &str)] = &[
    ("GITHUB_ACTIONS", "github"),
    ("GITLAB_CI", "gitlab"),
    ("TF_BUILD", "azure"),
    ("TEAMCITY_VERSION", "teamcity"),
];

/// How many processes above us are looked at.
const ANCESTORS: usize = 64;

/// The form of the CI system whose job's log is this stream of ours: `/dev/stdout` or `/dev/stderr`.
pub fn form(host: &dyn Host, stream: &str) -> Option<&'static Named> {
    let set = |name: &str| host.variable(name).is_some_and(|value| !value.is_empty());
    let (variable, form) = SYSTEMS.iter().find(|(variable, _)| set(variable))?;
    named(form).filter(|_| is_log(variable, stream))
}

/// Where a stream goes: device and inode.
type Identity = (u64, u64);

fn is_log(variable: &str, stream: &str) -> bool {
    let Ok(out) = fs::metadata(stream) else {
        return false;
    };
    if out.is_file() {
        return false;
    }
    let own = identity(&out);
    if let Some(shell) = job_shell(variable) {
        return (1..=2).any(|stream| of_process(shell, stream) == Some(own));
    }
    let same = |stream: &str| fs::metadata(stream).is_ok_and(|other| identity(&other) == own);
    same("/dev/stdout") && same("/dev/stderr")
}

fn identity(found: &fs::Metadata) -> Identity {
    (found.dev(), found.ino())
}

fn of_process(process: u32, stream: u32) -> Option<Identity> {
    let found = fs::metadata(format!("/proc/{process}/fd/{stream}")).ok()?;
    Some(identity(&found))
}

/// The outermost process above us whose environment has the variable.
fn job_shell(variable: &str) -> Option<u32> {
    let mut process = std::os::unix::process::parent_id();
    let mut shell = None;
    for _ in 0..ANCESTORS {
        let folder = Path::new("/proc").join(process.to_string());
        let environment = fs::read(folder.join("environ")).unwrap_or_default();
        // Names alone are looked at.
        let mut names = environment
            .split(|byte| *byte == 0)
            .filter_map(|pair| pair.split(|byte| *byte == b'=').next());
        if names.any(|name| name == variable.as_bytes()) {
            shell = Some(process);
        }
        let status = fs::read_to_string(folder.join("status")).unwrap_or_default();
        let parent = status
            .lines()
            .find_map(|line| line.strip_prefix("PPid:"))
            .and_then(|parent| parent.trim().parse().ok())
            .filter(|parent| *parent > 0);
        let Some(parent) = parent else { break };
        process = parent;
    }
    shell
}
