//! The clock: a server's time in the message, and whether the system keeps its own right.

use super::super::{
    Finding, Kind, Said,
    Severity::{Error, Info, Warning},
    decode::{age, seconds_of},
    scene::Scene,
};
use std::path::Path;

pub fn check(scene: &Scene, found: &mut Vec<Finding>) {
    found.extend(synchronised(scene));
}

pub fn of_error(scene: &Scene, said: &Said, found: &mut Vec<Finding>) {
    found.extend(message(scene, said));
    found.extend(online(scene, said));
}

/// What a clock may be off by before AWS minds, in seconds.
const TOLERATED: u64 = 240;

/// What a clock may be off by before AWS refuses, in seconds.
const LIMIT: u64 = 300;

fn message(scene: &Scene, said: &Said) -> Option<Finding> {
    let server = server_time(&said.message)?;
    let side = skew(scene, server)?;
    let seen = format!("This clock is {side} the server's, by the time in the message.");
    Some(set_clock(Finding::proven(
        "clock-skew-in-message",
        Error,
        seen,
        "AWS refuses requests signed at another time than its own.",
    )))
}

/// By the Date header of a server that was just asked.
fn online(scene: &Scene, said: &Said) -> Option<Finding> {
    let server = said.date?;
    let side = skew(scene, server)?;
    let severity = if scene.host.now().abs_diff(server) > LIMIT {
        Error
    } else {
        Warning
    };
    let seen = format!("This clock is {side} the server's, by the Date of its answer.");
    Some(set_clock(Finding::proven(
        "clock-skew-online",
        severity,
        seen,
        "AWS refuses requests signed over five minutes from its own time.",
    )))
}

/// How far this clock is off, and on which side: `12 min behind`; `None` where AWS does not mind.
fn skew(scene: &Scene, server: u64) -> Option<String> {
    let now = scene.host.now();
    let off = now.abs_diff(server);
    let side = if now > server { "ahead of" } else { "behind" };
    (off > TOLERATED).then(|| format!("{} {side}", age(off)))
}

fn set_clock(finding: Finding) -> Finding {
    finding.advise(
        "Set the clock: sudo timedatectl set-ntp true (WSL: sudo hwclock -s; Windows: w32tm /resync).",
    )
}

/// The server's time in a message: `(20260101T001500Z - 15 min.)`, or S3's `ServerTime`.
fn server_time(message: &str) -> Option<u64> {
    let compact = |text: &str| {
        let part = |from, to| text.get(from..to);
        let written = format!(
            "{}-{}-{}T{}:{}:{}Z",
            part(0, 4)?,
            part(4, 6)?,
            part(6, 8)?,
            part(9, 11)?,
            part(11, 13)?,
            part(13, 15)?
        );
        (part(8, 9)? == "T" && part(15, 16)? == "Z").then(|| seconds_of(&written))?
    };
    let signature = message
        .rsplit_once('(')
        .filter(|_| message.contains("Signature"));
    let of_s3 = || {
        let rest = message.split_once("ServerTime")?.1;
        let digits = rest.find(|next: char| next.is_ascii_digit())?;
        seconds_of(rest.get(digits..digits + 20)?)
    };
    signature.and_then(|(_, rest)| compact(rest)).or_else(of_s3)
}

fn synchronised(scene: &Scene) -> Option<Finding> {
    let folder = Path::new("/run/systemd/timesync");
    scene
        .host
        .metadata(folder)
        .filter(|found| found.kind == Kind::Folder)?;
    if scene.host.metadata(&folder.join("synchronized")).is_some() {
        return None;
    }
    let seen = "The system has not yet set its clock by a time server.";
    let finding = Finding::hint(
        "clock-not-synchronised",
        Info,
        seen,
        "The clock may be off.",
    );
    Some(finding.look(&["timedatectl", "status"]))
}
