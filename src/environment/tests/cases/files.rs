//! The two files: their lines, and the keys in them.

use super::*;

pub fn line_cases() -> Vec<Case> {
    let path = "/home/dev/.aws/credentials";
    let ok = || credentials(&pair(LONG_TERM));
    vec![
        case(
            "config-path-missing",
            host_with(&[("AWS_CONFIG_FILE", "/no")]),
            host_with(&[("AWS_CONFIG_FILE", "/c")]).with_file("/c", ""),
        ),
        case(
            "config-unreadable",
            FakeHost::new().with_file_of(path, "", 0, 0),
            ok(),
        ),
        case("config-unreadable", FakeHost::new().with_folder(path), ok()),
        case(
            "credentials-open-to-others",
            FakeHost::new().with_file_of(path, "", 0o644, 1000),
            ok(),
        ),
        case(
            "config-encoding",
            config("\u{feff}[default]\n"),
            config("[default]\n"),
        ),
        case(
            "config-duplicate",
            config("[default]\n[default]\n"),
            config("[default]\n"),
        ),
        case(
            "config-syntax",
            config("region = x\n[default]\n"),
            config("# region\n[default]\n"),
        ),
        case(
            "config-section-without-profile",
            config("[work]\n"),
            config("[profile work]\n[sso-session x]\n[services y]\n"),
        ),
        case(
            "config-section-without-profile",
            config("[DEFAULT]\nregion = eu-west-1\n"),
            config("[default]\nregion = eu-west-1\n"),
        ),
        case(
            "config-section-without-profile",
            config("[profile my work]\n"),
            config("[profile \"my work\"]\n"),
        ),
        of(
            profile("work"),
            case(
                "credentials-section-with-profile",
                credentials("[profile work]\n"),
                credentials("[work]\n"),
            ),
        ),
        case(
            "credentials-section-with-profile",
            credentials("[profile work]\n"),
            credentials("[work]\n"),
        ),
        case(
            "config-inline-comment",
            config("[default]\nregion = eu-west-1 # here\n"),
            config("# here\n[default]\nregion = eu-west-1\n"),
        ),
        case(
            "config-quotes",
            config("[default]\nregion = \"eu-west-1\"\n"),
            config("[default]\nregion = eu-west-1\n"),
        ),
        case(
            "config-export-lines",
            credentials("[default]\nexport AWS_ACCESS_KEY_ID=x\n"),
            ok(),
        ),
    ]
}

pub fn key_cases() -> Vec<Case> {
    let path = "/home/dev/.aws/credentials";
    let with_token =
        |id: &str, token: &str| credentials(&format!("{}aws_session_token = {token}\n", pair(id)));
    let ok = || credentials(&pair(LONG_TERM));
    vec![
        case(
            "profile-split-over-files",
            ok().with_file("/home/dev/.aws/config", pair(TEMPORARY)),
            ok().with_file("/home/dev/.aws/config", pair(LONG_TERM)),
        ),
        case(
            "file-token-beside-long-term-key",
            with_token(LONG_TERM, "t"),
            ok(),
        ),
        case(
            "file-temporary-key-without-token",
            credentials(&pair(TEMPORARY)),
            with_token(TEMPORARY, "t"),
        ),
        case(
            "file-temporary-key-in-default",
            with_token(TEMPORARY, "t"),
            ok(),
        ),
        case(
            "file-session-stale",
            with_token(TEMPORARY, &token(72)),
            with_token(TEMPORARY, &token(1)),
        ),
        case(
            "file-session-stale",
            with_token(TEMPORARY, &token(72)),
            keys(LONG_TERM).with_file(path, with_stale()),
        ),
        case(
            "file-session-expiry-past",
            credentials(&format!(
                "{}x_security_token_expires = 2025-01-01T00:00:00Z\n",
                pair(TEMPORARY)
            )),
            ok(),
        ),
        case(
            "file-partial-keys",
            credentials("[default]\naws_access_key_id = x\n"),
            ok(),
        ),
        case(
            "file-placeholder-keys",
            credentials(&pair("AKIAIOSFODNN7EXAMPLE")),
            ok(),
        ),
        case(
            "file-value-characters",
            credentials(&pair("AKIAY34FZKBO MUTVV7A")),
            ok(),
        ),
        case(
            "file-wrong-key-id",
            credentials(&pair("AIDAY34FZKBOKMUTVV7A")),
            ok(),
        ),
        case(
            "home-elsewhere",
            host_with(&[("HOME", "/root")])
                .with_file("/etc/passwd", "dev:x:1000:1000::/home/dev:/bin/sh\n"),
            FakeHost::new().with_file("/etc/passwd", "dev:x:1000:1000::/home/dev:/bin/sh\n"),
        ),
        case("no-credential-source", FakeHost::new(), ok()),
        case("credential-source-found", ok(), FakeHost::new()),
    ]
}

fn with_stale() -> String {
    format!("{}aws_session_token = {}\n", pair(TEMPORARY), token(72))
}
