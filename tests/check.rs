//! `awsexplain check`: what it says of a healthy and of a broken machine, and how it ends.
//!
//! The two machines are made up, so that clock and files are the same everywhere; what is said of them stands in
//! `tests/expected/check`, and in the README. The rest runs the real binary in home folders of its own.

#[path = "data/running.rs"]
#[allow(dead_code, reason = "each test file takes its part of it")]
mod running;

use awsexplain::{
    diagnose::Shell,
    environment::{About, Examination, FakeHost, Host, Overlay, Said},
    render::{Checked, Look, machine_object, table},
};
use running::{Folder, command, ended, expected, text};
use serde_json::Value;

const SECRET: &str = "abcdefghijklmnopqrstuvwxyz0123456789/+AB";

fn with_version_2(host: FakeHost) -> FakeHost {
    let file = "/usr/local/aws-cli/v2/current/bin/aws";
    host.with_variable("PATH", "/usr/local/bin")
        .with_file_of(file, "", 0o755, 0)
        .with_link("/usr/local/bin/aws", file)
        .with_file_of("/usr/local/bin/aws", "", 0o755, 0)
}

/// A login with IAM Identity Center that lasts, and a Region from the profile.
fn healthy() -> FakeHost {
    let config = "[profile dev]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = admin\nregion = eu-west-1\n\n\
        [sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = eu-west-1\n";
    let login = "{\"accessToken\": \"x\", \"refreshToken\": \"x\", \"expiresAt\": \"2026-01-01T07:40:00Z\"}";
    let session = "{\"Credentials\": {\"Expiration\": \"2026-01-01T00:50:00Z\"}}";
    with_version_2(FakeHost::new())
        .with_variable("AWS_PROFILE", "dev")
        .with_file("/home/dev/.aws/config", config)
        // SHA-1 of `corp`, and of the request for the role's credentials in compact JSON.
        .with_file(
            "/home/dev/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json",
            login,
        )
        .with_file(
            "/home/dev/.aws/cli/cache/0b8b67c025483bf50bebd82a90d04fcd24a7d358.json",
            session,
        )
}

/// An ended session over a good profile, two variables for one thing, and a comment that is read as part of a value.
fn broken() -> FakeHost {
    let credentials = format!(
        "[default]\naws_access_key_id = AKIAY34FZKBOKMUTVV7A\naws_secret_access_key = {SECRET}\n"
    );
    with_version_2(FakeHost::new())
        .with_variable("AWS_ACCESS_KEY_ID", "ASIAY34FZKBOKMUTVV7A")
        .with_variable("AWS_SECRET_ACCESS_KEY", SECRET)
        .with_variable("AWS_SESSION_TOKEN", "FwoGZXIvYXdzEJr")
        .with_variable("AWS_CREDENTIAL_EXPIRATION", "2025-12-31T21:00:00Z")
        .with_variable("AWS_REGION", "eu-west-1")
        .with_variable("AWS_DEFAULT_REGION", "us-east-1")
        .with_file("/home/dev/.aws/credentials", credentials)
        .with_file(
            "/home/dev/.aws/config",
            "[default]\nregion = eu-west-1  # Dublin\n",
        )
        .with_file("/home/dev/.bashrc", "# keys\nexport AWS_ACCESS_KEY_ID=x\n")
}

fn looked_at(host: &FakeHost) -> Checked {
    let about = About {
        terminal: true,
        ..About::default()
    };
    let machine = Examination::new(Overlay::none(host), about);
    Checked::new(
        machine.chain(),
        machine.findings(&Said::default()),
        host.now(),
        Shell::Posix,
    )
}

fn look(width: usize) -> Look {
    Look {
        color: false,
        unicode: true,
        links: false,
        width,
        whole: false,
    }
}

fn shown(host: &FakeHost, width: usize) -> String {
    text(&table(&looked_at(host), look(width)))
}

#[test]
fn a_healthy_and_a_broken_machine_look_as_expected() {
    for (name, host) in [("healthy", healthy()), ("broken", broken())] {
        for width in [60, 120] {
            let page = shown(&host, width);
            expected(&format!("check/{name}-{width}.txt"), &page);
            let longest = page
                .lines()
                .filter(|line| !line.contains("  fix ") && !line.contains("  then "));
            let longest = longest.map(|line| line.chars().count()).max();
            assert!(longest <= Some(width), "{name}: {longest:?}");
        }
        let object = machine_object(&looked_at(&host));
        expected(&format!("check/{name}.json"), &format!("{object:#}\n"));
    }
}

#[test]
fn the_readme_shows_the_same_two_pictures() {
    let readme = include_str!("../README.md");
    for host in [healthy(), broken()] {
        let page = shown(&host, 100);
        assert!(
            readme.contains(page.trim_end()),
            "the README lacks:\n{page}"
        );
    }
}

#[test]
fn the_object_has_the_fields_that_others_rely_on() {
    let object = machine_object(&looked_at(&broken()));
    for field in [
        "client",
        "profile",
        "region",
        "credentials",
        "endpoint",
        "assumptions",
        "findings",
    ] {
        assert!(object.get(field).is_some(), "{field}");
    }
    for field in [
        "source", "where", "shadows", "key_kind", "account", "expires",
    ] {
        assert!(object["credentials"].get(field).is_some(), "{field}");
    }
    assert_eq!(object["credentials"]["expires"], "2025-12-31T21:00:00Z");
    for finding in object["findings"].as_array().expect("an array") {
        let fields: Vec<&str> = finding
            .as_object()
            .expect("an object")
            .keys()
            .map(String::as_str)
            .collect();
        assert_eq!(
            fields,
            ["id", "level", "severity", "seen", "conclusion", "fix"]
        );
    }
}

/// Status, standard output and standard error in this home folder, with these variables.
fn run(home: &Folder, variables: &[(&str, &str)], arguments: &[&str]) -> (i32, String, String) {
    let mut program = command(&[&["check"], arguments].concat());
    program.env("HOME", home.path()).current_dir(home.path());
    program
        .envs(variables.iter().copied())
        .env("AWS_EC2_METADATA_DISABLED", "true");
    let ended = ended(&mut program, b"");
    let status = ended.status.code().expect("it ends by itself");
    (status, text(&ended.stdout), text(&ended.stderr))
}

const JOB: &[(&str, &str)] = &[
    ("GITHUB_ACTIONS", "true"),
    ("AWS_ACCESS_KEY_ID", "ASIAY34FZKBOKMUTVV7A"),
    ("AWS_SECRET_ACCESS_KEY", SECRET),
    ("AWS_SESSION_TOKEN", "IQoJb3JpZ2luX2VjEOz"),
    ("AWS_REGION", "eu-west-1"),
];

#[test]
fn a_healthy_job_with_keys_in_variables_ends_with_0() {
    let home = Folder::new("check-job");
    let (status, page, aside) = run(&home, JOB, &[]);
    assert_eq!((status, aside.as_str()), (0, ""), "{page}");
    assert!(
        page.contains("credentials  environment variables"),
        "{page}"
    );
    // This home folder is not the user's own, which is worth a warning.
    assert!(page.contains("No errors, 1 warning."), "{page}");
}

#[test]
fn an_error_ends_it_with_1_and_a_warning_does_not() {
    let home = Folder::new("check-status");
    let warned: Vec<_> = JOB
        .iter()
        .copied()
        .filter(|(name, _)| *name != "AWS_REGION")
        .collect();
    let (status, page, _) = run(&home, &warned, &[]);
    assert_eq!(status, 0, "{page}");
    assert!(
        page.contains("no-region") && page.contains("No errors, 2 warnings."),
        "{page}"
    );
    let failing: Vec<_> = JOB
        .iter()
        .copied()
        .filter(|(name, _)| *name != "AWS_SESSION_TOKEN")
        .collect();
    let (status, page, _) = run(&home, &failing, &[]);
    assert_eq!(status, 1, "{page}");
    let (status, page, _) = run(&home, &[], &[]);
    assert_eq!(status, 1, "{page}");
    assert!(page.contains("no-credential-source"), "{page}");
}

#[test]
fn a_profile_that_is_named_shuts_the_variables_out() {
    let home = Folder::new("check-profile");
    home.file(".aws/config", "[profile x]\naws_access_key_id = AKIAY34FZKBOKMUTVV7A\naws_secret_access_key = y\nregion = eu-west-1\n");
    let (_, page, _) = run(&home, JOB, &["--profile", "x", "--format", "json"]);
    let object: Value = serde_json::from_str(&page).expect("JSON");
    assert_eq!(object["credentials"]["source"], "the config file");
    assert_eq!(
        (&object["profile"], &object["profile_from"]),
        (&Value::from("x"), &Value::from("--profile"))
    );
    assert_eq!(object["credentials"]["where"], "~/.aws/config line 2");
}

#[test]
fn commands_are_written_for_the_shell_that_is_named() {
    let home = Folder::new("check-shell");
    let left_over: Vec<_> = JOB
        .iter()
        .copied()
        .map(|(name, value)| {
            if name == "AWS_ACCESS_KEY_ID" {
                (name, "AKIAY34FZKBOKMUTVV7A")
            } else {
                (name, value)
            }
        })
        .collect();
    let (_, page, _) = run(&home, &left_over, &["--shell", "fish"]);
    assert!(
        page.contains("  fix   set -e AWS_SESSION_TOKEN\n"),
        "{page}"
    );
}

#[test]
fn colours_are_for_terminals_and_where_asked_for() {
    let home = Folder::new("check-colour");
    let (_, plain, _) = run(&home, JOB, &[]);
    let (_, coloured, _) = run(&home, JOB, &["--color", "always"]);
    assert!(!plain.contains('\x1b') && coloured.contains("\x1b["));
    let (_, ascii, _) = run(&home, &[JOB, &[("LANG", "C")]].concat(), &[]);
    assert!(ascii.is_ascii(), "{ascii}");
}
