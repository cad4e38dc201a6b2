//! Files of the worst kinds in the place of the user's own: the program says something or nothing, and never waits.
//!
//! Each case is a home folder that the real binary is run in, with an error to explain and the check on. What is read of
//! any file is bounded (`FILE_CAP`), pipes and devices are never opened; a case that took longer than `LIMIT` would hang
//! somebody's terminal.

#![cfg(unix)]

#[path = "data/running.rs"]
#[allow(dead_code, reason = "each test file takes its part of it")]
mod running;

use std::{
    fs::{self, Permissions},
    os::unix::fs::{PermissionsExt, symlink},
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use running::{command, ended, text};

/// How long a run may take: far above what it needs in a debug build, far below what a person calls hanging.
const LIMIT: Duration = Duration::from_secs(10);

/// Errors whose entries ask for most of the facts.
const LOG: &str = "An error occurred (InvalidToken) when calling the ListBuckets operation: The provided token is malformed or otherwise invalid.\n\n\
    Unable to locate credentials. You can configure credentials by running \"aws configure\".\n\n\
    The config profile (dev) could not be found\n\nUnable to parse config file: /home/dev/.aws/config\n\n";

/// Where a case may put its file.
const PLACES: &[&str] = &[
    ".aws/config",
    ".aws/credentials",
    ".bashrc",
    "web-token",
    "ca.pem",
    ".aws/sso/cache/91a6b3ed2ee3cd2f2b5d0c2b0f2b0d2a9b1f7f60.json",
];

fn home(name: &str) -> PathBuf {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("hostile")
        .join(name);
    let _ = fs::remove_dir_all(&home);
    fs::create_dir_all(home.join(".aws/sso/cache")).expect("a folder can be made");
    home
}

/// The notes for `LOG` in this home folder; the run must end well, and in time, and so must `awsexplain check`.
fn notes(home: &Path) -> String {
    for form in ["text", "json"] {
        let mut program = in_home(home, &["check", "--format", form]);
        let started = Instant::now();
        let output = ended(&mut program, b"");
        assert!(started.elapsed() < LIMIT, "it took {:?}", started.elapsed());
        let said = text(&output.stderr);
        assert_eq!((output.status.code(), said.as_str()), (Some(1), ""));
        assert!(output.stdout.len() > 100 && output.stdout.len() < 100_000);
    }
    timed(&mut in_home(
        home,
        &["--check", "always", "--notes", "stderr"],
    ))
}

/// The program in this home folder, with variables that name its files.
fn in_home(home: &Path, arguments: &[&str]) -> Command {
    let mut program = command(arguments);
    let set = |name: &str| home.join(name).display().to_string();
    program.env("HOME", home).current_dir(home);
    program
        .env("AWS_WEB_IDENTITY_TOKEN_FILE", set("web-token"))
        .env("AWS_ROLE_ARN", "x");
    program
        .env("AWS_CA_BUNDLE", set("ca.pem"))
        .env("AWS_SECRET_ACCESS_KEY", "x");
    program
}

fn timed(program: &mut Command) -> String {
    let started = Instant::now();
    let output = ended(program, LOG.as_bytes());
    assert!(started.elapsed() < LIMIT, "it took {:?}", started.elapsed());
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(
        output.stdout == LOG.as_bytes(),
        "what came in did not go out unchanged"
    );
    let notes = text(&output.stderr);
    assert!(
        notes.contains("InvalidToken") && !notes.contains("panicked"),
        "{notes}"
    );
    notes
}

/// Puts what `make` makes in every place at once.
fn everywhere(name: &str, make: impl Fn(&Path)) -> String {
    let home = home(name);
    for place in PLACES {
        make(&home.join(place));
    }
    notes(&home)
}

#[test]
fn named_pipes_and_devices_are_not_opened() {
    let notes = everywhere("pipes", |path| {
        let done = Command::new("mkfifo")
            .arg(path)
            .status()
            .expect("mkfifo is there");
        assert!(done.success());
    });
    assert!(notes.contains("is no regular file"), "{notes}");
    for device in ["/dev/zero", "/dev/tty", "/dev/stdin"] {
        let name = device.replace('/', "_");
        everywhere(&name, |path| {
            symlink(device, path).expect("a link can be made");
        });
    }
}

#[test]
fn folders_in_the_place_of_files_are_told() {
    let notes = everywhere("folders", |path| {
        fs::create_dir(path).expect("a folder can be made");
    });
    assert!(notes.contains("is a folder"), "{notes}");
}

#[test]
fn links_in_a_circle_and_to_nowhere_are_no_files() {
    everywhere("circle", |path| {
        symlink(path, path).expect("a link can be made");
    });
    everywhere("nowhere", |path| {
        symlink("/nowhere/at/all", path).expect("a link can be made");
    });
}

#[test]
fn binary_and_huge_files_take_no_long() {
    let mut state = 1_u32;
    let noise: Vec<u8> = (0..200_000)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        })
        .collect();
    everywhere("binary", |path| {
        fs::write(path, &noise).expect("it can be written");
    });
    everywhere("zeros", |path| {
        fs::write(path, vec![0; 4 << 20]).expect("it can be written");
    });
    // A file without blocks on the disk: 64 GiB, of which only the cap is read.
    everywhere("sparse", |path| {
        let file = fs::File::create(path).expect("it can be made");
        file.set_len(64 << 30).expect("it can be long");
    });
    let lines = "[profile a]\nrole_arn = x\nsource_profile = b\n".repeat(100_000);
    everywhere("lines", |path| {
        fs::write(path, &lines).expect("it can be written");
    });
}

#[test]
fn profiles_in_a_circle_are_told() {
    let home = home("loop");
    let role = "role_arn = arn:aws:iam::123456789012:role/x";
    let text = format!(
        "[default]\n{role}\nsource_profile = b\n[profile b]\n{role}\nsource_profile = default\n"
    );
    fs::write(home.join(".aws/config"), text).expect("it can be written");
    notes(&home);
}

#[test]
fn unreadable_files_are_told_or_passed_over() {
    let home = home("unreadable");
    for place in PLACES {
        let path = home.join(place);
        fs::write(&path, "[default]\n").expect("it can be written");
        fs::set_permissions(&path, Permissions::from_mode(0o0)).expect("it can be shut");
    }
    let notes = notes(&home);
    // Root reads everything, so only others are told.
    if fs::read(home.join(".aws/config")).is_err() {
        assert!(notes.contains("cannot be read by this user"), "{notes}");
    }
}

#[test]
fn a_home_that_is_absent_empty_or_read_only_is_enough() {
    let home = home("read-only");
    fs::set_permissions(&home, Permissions::from_mode(0o500)).expect("it can be shut");
    notes(&home);
    let mut without = command(&["--check", "always", "--notes", "stderr"]);
    timed(without.env_remove("HOME"));
    for value in ["", "/nowhere", "relative", "/dev/null", "\u{1b}[2J"] {
        let mut program = command(&["--check", "always", "--notes", "stderr"]);
        timed(program.env("HOME", value));
    }
}
