//! Until when credentials last: each source's own note, and the caches, under the names that botocore gives its files.

use super::*;
use crate::environment::Ending;

const ENDS: &str = "2026-01-01T01:00:00Z";
const AT: u64 = 1_767_225_600 + 3600;
const ROLE: &str = "arn:aws:iam::123456789012:role/x";

fn endings(host: &FakeHost) -> Vec<Ending> {
    chain(host, &About::default()).endings
}

fn kept(host: FakeHost, name: &str) -> FakeHost {
    let session = format!("{{\"Credentials\": {{\"Expiration\": \"{ENDS}\"}}}}");
    host.with_file(&format!("/home/dev/.aws/cli/cache/{name}.json"), session)
}

#[test]
fn variables_and_settings_say_it_themselves() {
    let host = keys(TEMPORARY).with_variable("AWS_CREDENTIAL_EXPIRATION", ENDS);
    assert_eq!(endings(&host)[0].at, "AWS_CREDENTIAL_EXPIRATION");
    let text = format!(
        "[default]\naws_access_key_id = {TEMPORARY}\naws_secret_access_key = {SECRET}\nx_security_token_expires = {ENDS}\n"
    );
    let found = endings(&credentials(&text));
    assert_eq!(
        (found[0].ends, found[0].at.as_str()),
        (AT, "~/.aws/credentials line 4")
    );
    assert_eq!(endings(&keys(TEMPORARY)), []);
}

#[test]
fn an_assumed_role_is_kept_under_the_digest_of_its_request() {
    let plain = format!(
        "[default]\nrole_arn = {ROLE}\nsource_profile = a\n[profile a]\naws_access_key_id = x\n"
    );
    // Made by Python: json.dumps with sorted keys, SHA-1 of it; a letter beyond ASCII is escaped.
    let full = format!(
        "[default]\nmfa_serial = arn:aws:iam::123456789012:mfa/dev\nduration_seconds = 3600\nexternal_id = é\"x\n\
         role_arn = {ROLE}\nsource_profile = a\n"
    );
    for (text, name) in [
        (plain, "f84d75ff2dd3e8682912dae5e7be77540d9d68d0"),
        (full, "5897dde31e8afe4818ef615fa8753f366db38cca"),
    ] {
        let found = endings(&kept(config(&text), name));
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!((found[0].what, found[0].ends), ("the cached session", AT));
        assert_eq!(endings(&config(&text)), []);
    }
}

#[test]
fn a_login_of_the_older_form_is_kept_under_its_address() {
    let text = "[default]\nsso_start_url = https://x\nsso_account_id = 123456789012\nsso_role_name = r\nsso_region = eu-west-1\n";
    let login = format!("{{\"accessToken\": \"x\", \"expiresAt\": \"{ENDS}\"}}");
    let host = kept(config(text), "99246cb1d07d73e7b7815bfbca5fdf61bdbe85cf").with_file(
        "/home/dev/.aws/sso/cache/98383e6608d65e46b24bbd92582bc8d916605a21.json",
        login,
    );
    let whats: Vec<&str> = endings(&host).iter().map(|ending| ending.what).collect();
    assert_eq!(whats, ["the cached login", "the cached session"]);
}

#[test]
fn a_login_of_the_console_is_kept_under_its_session() {
    let text = "[default]\nlogin_session = arn:aws:iam::123456789012:user/x\n";
    let login = format!("{{\"accessToken\": {{\"expiresAt\": \"{ENDS}\"}}}}");
    let host = config(text).with_file("/home/dev/.aws/login/cache/2ff2a80db794fe2d23248219d580c027ab8e3592f5c59254e6a865b9c22fc859.json", login);
    assert_eq!(endings(&host)[0].ends, AT);
}

#[test]
fn a_file_that_is_no_cache_says_nothing() {
    for text in [
        "",
        "[]",
        "{\"Credentials\": 7}",
        "{\"Credentials\": {\"Expiration\": 7}}",
        "\u{0}",
    ] {
        let host = config(&format!(
            "[default]\nrole_arn = {ROLE}\nsource_profile = a\n"
        ))
        .with_file(
            "/home/dev/.aws/cli/cache/f84d75ff2dd3e8682912dae5e7be77540d9d68d0.json",
            text,
        );
        assert_eq!(endings(&host), [], "{text}");
    }
}

/// What each group of clients would use instead.
fn others(host: &FakeHost) -> Vec<String> {
    let found = chain(host, &About::default()).differences;
    found
        .into_iter()
        .map(|other| format!("{}: {}", other.clients, other.what))
        .collect()
}

#[test]
fn other_clients_are_told_where_they_differ() {
    assert_eq!(
        others(&keys(LONG_TERM).with_variable("AWS_REGION", "eu-west-1"))[0],
        "AWS CLI version 1, boto3: no Region"
    );
    let old = host_with(&[
        ("AWS_DEFAULT_PROFILE", "old"),
        ("AWS_DEFAULT_REGION", "eu-west-1"),
    ]);
    assert_eq!(
        others(&old),
        [
            "Java, JavaScript, .NET, Rust: profile \"default\", from no variable that they read",
            "Java, JavaScript: no Region"
        ]
    );
    let beside = keys(LONG_TERM)
        .with_variable("AWS_PROFILE", "a")
        .with_variable("AWS_SECURITY_TOKEN", "x");
    assert_eq!(
        others(&beside),
        [
            "JavaScript (version 3), .NET (version 3): the credentials of profile \"a\"",
            "Go, Rust: no session token"
        ]
    );
    let legacy = host_with(&[("AWS_ACCESS_KEY", "x"), ("AWS_SECRET_KEY", "y")]);
    assert_eq!(
        others(&legacy),
        ["Go, Java (version 1): the keys of AWS_ACCESS_KEY and AWS_SECRET_KEY"]
    );
    assert_eq!(others(&FakeHost::new()), [""; 0]);
}
