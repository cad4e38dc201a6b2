//! Profiles, roles and logins.

use super::*;

pub fn profile_cases() -> Vec<Case> {
    let process = |command: &str| config(&format!("[default]\ncredential_process = {command}\n"));
    let tool = |host: FakeHost| host.with_file_of("/bin/tool", "", 0o755, 0);
    vec![
        of(
            profile("wrok"),
            case(
                "profile-unknown",
                config("[profile work]\n"),
                config("[profile wrok]\n"),
            ),
        ),
        of(
            profile("a"),
            case(
                "profile-hollow",
                config("[profile a]\nregion = x\n"),
                config(&pair(LONG_TERM).replace("default", "profile a")),
            ),
        ),
        case(
            "credential-process-missing",
            process("/bin/tool x"),
            tool(process("/bin/tool x")),
        ),
        case(
            "credential-process-shell",
            tool(process("/bin/tool > x")),
            tool(process("/bin/tool \"~ $x\"")),
        ),
    ]
}

pub fn role_cases() -> Vec<Case> {
    let role = "role_arn = arn:aws:iam::111111111111:role/x\n";
    let with_role = |rest: &str| {
        config(&format!(
            "[profile a]\n{role}{rest}[profile b]\n{role}source_profile = a\n[profile c]\n"
        ))
    };
    vec![
        of(
            profile("a"),
            case(
                "role-source-invalid",
                with_role(""),
                with_role("source_profile = c\n"),
            ),
        ),
        of(
            profile("a"),
            case(
                "role-source-loop",
                with_role("source_profile = b\n"),
                with_role("source_profile = c\n"),
            ),
        ),
        of(
            profile("b"),
            case(
                "role-source-loop",
                with_role("source_profile = b\n"),
                with_role("source_profile = c\n"),
            ),
        ),
        of(
            profile("a"),
            case(
                "role-source-loop",
                with_role("source_profile = b\n"),
                // A profile of the circle has keys, which are what it begins with.
                with_role(&format!(
                    "source_profile = b\naws_access_key_id = {LONG_TERM}\naws_secret_access_key = {SECRET}\n"
                )),
            ),
        ),
        of(
            profile("a"),
            case(
                "role-mfa-without-terminal",
                with_role("mfa_serial = x\n"),
                with_role(""),
            ),
        ),
        of(
            profile("a"),
            case(
                "role-duration-too-long",
                with_role("duration_seconds = 3601\nsource_profile = b\n"),
                with_role("duration_seconds = 3601\nsource_profile = c\n"),
            ),
        ),
        of(
            profile("a"),
            case(
                "role-arn-malformed",
                config("[profile a]\nrole_arn = admin\n"),
                with_role(""),
            ),
        ),
        of(
            profile("a"),
            case(
                "role-arn-malformed",
                with_role("source_profile = c\n").with_variable("AWS_REGION", "cn-north-1"),
                with_role("source_profile = c\n").with_variable("AWS_REGION", "eu-west-1"),
            ),
        ),
        of(
            profile("a"),
            case(
                "role-arn-malformed",
                config("[profile a]\nrole_arn = arn:aws:iam::1111:role/x\n"),
                // Of what partition a Region is that has no Region's form is not known.
                with_role("source_profile = c\n").with_variable("AWS_REGION", "cn-"),
            ),
        ),
    ]
}

fn sso(rest: &str) -> FakeHost {
    config(&format!(
        "[default]\nsso_session = s\nsso_account_id = 111111111111\nsso_role_name = r\n{rest}\n[sso-session s]\nsso_region = eu-west-1\nsso_start_url = https://x\n"
    ))
}

fn logged_in(ends: &str) -> FakeHost {
    login(ends, "")
}

/// A login that the AWS CLI tries to renew when it has ended.
fn renewable(ends: &str) -> FakeHost {
    let more = ",\"refreshToken\":\"secret\",\"registrationExpiresAt\":\"2026-03-01T00:00:00Z\"";
    login(ends, more)
}

/// What is kept of a login that ends then, with more fields.
fn login(ends: &str, more: &str) -> FakeHost {
    // The SHA-1 of `s`.
    sso("").with_file(
        "/home/dev/.aws/sso/cache/a0f1490a20d0211c997b44bc357e1972deab8ae3.json",
        format!("{{\"accessToken\":\"secret\",\"expiresAt\":\"{ends}\"{more}}}"),
    )
}

/// What the AWS CLI keeps of the login to another session.
const OTHER_LOGIN: &str = "/home/dev/.aws/sso/cache/0123456789abcdef0123456789abcdef01234567.json";

fn console() -> FakeHost {
    config("[default]\nlogin_session = arn\n")
}

fn clients(paths: [&str; 2]) -> FakeHost {
    let host = FakeHost::new().with_variable("PATH", "/bin:/opt");
    paths
        .iter()
        .fold(host, |host, path| host.with_file_of(path, "", 0o755, 0))
}

pub fn sso_cases() -> Vec<Case> {
    vec![
        case(
            "sso-config-incomplete",
            sso("sso_region = us-east-1"),
            sso("sso_region = eu-west-1"),
        ),
        case("sso-no-login", sso(""), logged_in("2026-02-01T00:00:00Z")),
        case(
            "sso-session-expired",
            logged_in("2025-12-01T00:00:00UTC"),
            logged_in("2026-02-01T00:00:00Z"),
        ),
        case(
            "sso-no-login",
            // The login of another session.
            sso("").with_file(OTHER_LOGIN, "{}"),
            logged_in("2026-02-01T00:00:00Z").with_file(OTHER_LOGIN, "{}"),
        ),
        case(
            "sso-no-login",
            version("1.0", sso("")),
            version("1.0", logged_in("2026-02-01T00:00:00Z")),
        ),
        case(
            "sso-session-expired",
            renewable("2025-12-01T00:00:00Z"),
            renewable("2026-02-01T00:00:00Z"),
        ),
        case("login-session-expired", console(), sso("")),
        case(
            "login-unsupported",
            version("1.0", console()),
            version("2.0", console()),
        ),
        case(
            "client-is-version-1",
            version("1.0", console()),
            version("2.0", console()),
        ),
        case(
            "several-aws-clients",
            clients(["/bin/aws", "/opt/aws"]),
            // A package of Python brings both of these.
            clients(["/bin/aws", "/bin/aws.cmd"]),
        ),
    ]
}
