//! The variables and web identity.

use super::*;

#[expect(clippy::too_many_lines, reason = "a table")]
pub fn variable_cases() -> Vec<Case> {
    let file = "/home/dev/.aws/credentials";
    let long = || keys(LONG_TERM);
    let with = |host: FakeHost, name: &str, value: &str| host.with_variable(name, value);
    let secret_only = host_with(&[("AWS_SECRET_ACCESS_KEY", SECRET)]);
    vec![
        case(
            "runtime",
            host_with(&[("GITHUB_ACTIONS", "true")]),
            FakeHost::new(),
        ),
        case(
            "credential-wrapper",
            with(long(), "AWS_VAULT", "work"),
            host_with(&[("AWS_VAULT", "work")]),
        ),
        case(
            "session-variables-win-over-profile",
            session(5).with_file(file, pair(LONG_TERM)),
            session(5),
        ),
        case(
            "key-variables-win-over-profile",
            long().with_file(file, pair(LONG_TERM)),
            session(5).with_file(file, pair(LONG_TERM)),
        ),
        case("session-older-than-any", session(72), session(35)),
        case("session-older-than-role", session(13), session(11)),
        case("session-fresh", session(0), session(2)),
        case(
            "session-expiry-past",
            with(
                session(5),
                "AWS_CREDENTIAL_EXPIRATION",
                "2025-12-31T00:00:00Z",
            ),
            with(
                session(5),
                "AWS_CREDENTIAL_EXPIRATION",
                "2026-02-01T00:00:00Z",
            ),
        ),
        case(
            "token-beside-long-term-key",
            with(long(), "AWS_SESSION_TOKEN", "t"),
            session(1),
        ),
        case("temporary-key-without-token", keys(TEMPORARY), session(1)),
        case("no-session-token", long(), session(1)),
        case(
            "two-session-tokens",
            with(session(1), "AWS_SECURITY_TOKEN", "other"),
            with(session(1), "AWS_SECURITY_TOKEN", &token(1)),
        ),
        case(
            "lone-session-token",
            host_with(&[("AWS_SESSION_TOKEN", "t")]),
            session(1),
        ),
        case("partial-key-variables", secret_only, long()),
        case(
            "env-value-characters",
            host_with(&[("AWS_SECRET_ACCESS_KEY", "abc\r")]),
            long(),
        ),
        case(
            "placeholder-keys",
            keys("AKIAIOSFODNN7EXAMPLE"),
            with(keys("test"), "AWS_ENDPOINT_URL", "http://localhost:4566").with_port(4566),
        ),
        case("wrong-key-id", keys("AROAY34FZKBOKMUTVV7A"), long()),
        case("key-shape", keys("AKIA123"), long()),
        case(
            "legacy-key-names",
            host_with(&[("AWS_ACCESS_KEY", "x")]),
            with(long(), "AWS_ACCESS_KEY", "x"),
        ),
        case(
            "two-profile-variables",
            host_with(&[("AWS_PROFILE", "a"), ("AWS_DEFAULT_PROFILE", "b")]),
            host_with(&[("AWS_PROFILE", "a"), ("AWS_DEFAULT_PROFILE", "a")]),
        ),
        case(
            "profile-beside-key-variables",
            with(long(), "AWS_PROFILE", "a"),
            host_with(&[("AWS_PROFILE", "a")]),
        ),
        case(
            "empty-profile-variable",
            host_with(&[("AWS_PROFILE", " ")]),
            host_with(&[("AWS_PROFILE", "a")]),
        ),
        case(
            "variable-set-by-file",
            session(1).with_file("/home/dev/.bashrc", "x\nexport AWS_SESSION_TOKEN=abc\n"),
            session(1).with_file("/home/dev/.bashrc", "# AWS_SESSION_TOKEN=abc\n"),
        ),
        said(
            Said {
                account: Some("111111111111".into()),
                ..Said::default()
            },
            case("account-mismatch", long(), FakeHost::new()),
        ),
    ]
}

pub fn web_cases() -> Vec<Case> {
    let file = "/home/dev/.aws/credentials";
    let with = |host: FakeHost, name: &str, value: &str| host.with_variable(name, value);
    vec![
        case(
            "web-identity-file-unreadable",
            host_with(&[("AWS_WEB_IDENTITY_TOKEN_FILE", "/t")]),
            host_with(&[("AWS_WEB_IDENTITY_TOKEN_FILE", "/t")]).with_file("/t", "x"),
        ),
        case("web-identity-token-expired", web(1), web(NOW + 60)),
        case("web-identity-audience", web(1), FakeHost::new()),
        case(
            "web-identity-incomplete",
            web(1),
            with(web(1), "AWS_ROLE_ARN", "arn:aws:iam::111111111111:role/x"),
        ),
        case(
            "web-identity-shadows-profile",
            with(web(1), "AWS_ROLE_ARN", "a").with_file(file, pair(LONG_TERM)),
            with(web(1), "AWS_ROLE_ARN", "a"),
        ),
        case(
            "web-identity-incomplete",
            host_with(&[("AWS_ROLE_ARN", "a")]),
            FakeHost::new(),
        ),
    ]
}

fn web(ends: u64) -> FakeHost {
    let claims = super::base64(
        format!("{{\"exp\":{ends},\"aud\":\"elsewhere\",\"sub\":\"me\"}}").as_bytes(),
    );
    host_with(&[("AWS_WEB_IDENTITY_TOKEN_FILE", "/t")])
        .with_file("/t", format!("e30.{claims}.c2ln"))
}
