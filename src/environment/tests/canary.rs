//! Nothing that is said holds a secret, its base64, or eight characters of either.

use super::*;
use std::fmt::Write;

/// Secrets that are told from all other text, of a form that each place might take.
const MARKS: &[&str] = &["Zq7Kx9Wv2Lm4", "Yt5Rb8Nd3Hs6"];

fn secrets() -> Vec<String> {
    let plain = MARKS.iter().map(|mark| mark.repeat(3));
    let mut all: Vec<String> = plain.collect();
    all.push(format!("AKIA{}", "Q7ZX4KWVY2LMJT5R"));
    all.push(format!("ASIA{}", "Q7ZX4KWVY2LMJT5R"));
    all.push(format!(
        "{} # {}\r\"",
        MARKS[0].repeat(2),
        MARKS[1].repeat(2)
    ));
    all.push(format!(
        "http://{}:{}@127.0.0.1:9/{}",
        MARKS[0], MARKS[1], MARKS[0]
    ));
    all.push(format!("/{}/{}", MARKS[0].repeat(2), MARKS[1].repeat(2)));
    all.push(format!("{}>{}|~", MARKS[0].repeat(2), MARKS[1].repeat(2)));
    all
}

/// Every variable whose value is secret or may be; a profile and a Region are names, and a path is shown.
const VARIABLES: &[&str] = &[
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_SECURITY_TOKEN",
    "AWS_CREDENTIAL_EXPIRATION",
    "AWS_ACCESS_KEY",
    "AWS_SECRET_KEY",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_ROLE_ARN",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN",
    "AWS_ENDPOINT_URL",
    "AWS_ENDPOINT_URL_S3",
    "AWS_CA_BUNDLE",
    "AWS_REGION",
    "AWS_DEFAULT_REGION",
    "AWS_EC2_METADATA_DISABLED",
    "AWS_EXECUTION_ENV",
    "HTTPS_PROXY",
    "NO_PROXY",
    "AWS_VAULT",
    "AWSUME_EXPIRATION",
    "GITHUB_ACTIONS",
];

const KEYS: &[&str] = &[
    "aws_access_key_id",
    "aws_secret_access_key",
    "aws_session_token",
    "x_security_token_expires",
    "region",
    "role_arn",
    "mfa_serial",
    "credential_source",
    "external_id",
    "duration_seconds",
    "credential_process",
    "web_identity_token_file",
    "sso_account_id",
    "sso_role_name",
    "sso_start_url",
    "sso_region",
    "login_session",
    "endpoint_url",
    "ca_bundle",
];

fn check(host: &FakeHost, about: &About, secret: &str) {
    check_said(host, about, &Said::default(), secret);
}

fn check_said(host: &FakeHost, about: &About, said: &Said, secret: &str) {
    let findings = examined(host, about, said);
    assert!(!findings.is_empty());
    let said = format!("{findings:?} {findings:#?} {:?}", chain(host, about));
    for form in [secret.to_owned(), base64(secret.as_bytes())] {
        let letters: Vec<char> = form.chars().collect();
        for window in letters.windows(8) {
            let window: String = window.iter().collect();
            // Eight characters that are no secret: the address of this machine.
            if "http://127.0.0.1:9".contains(&window) || "@127.0.0.1:9/".contains(&window) {
                continue;
            }
            assert!(
                !said.contains(&window),
                "{window} of {secret} is said: {said}"
            );
        }
    }
}

#[test]
fn no_variable_is_said() {
    for secret in secrets() {
        // Together, and each alone, since one may keep another from being looked at.
        let all = VARIABLES.iter().fold(FakeHost::new(), |host, name| {
            host.with_variable(name, &secret)
        });
        check(&all, &About::default(), &secret);
        for name in VARIABLES {
            check(&host_with(&[(name, &secret)]), &About::default(), &secret);
        }
    }
}

#[test]
fn no_line_of_a_file_is_said() {
    for secret in secrets() {
        let mut text = "[default]\n".to_owned();
        for key in KEYS {
            let _ = writeln!(text, "{key} = {secret}");
            let alone = format!("[default]\naws_access_key_id = x\n{key} = {secret}\n");
            check(&config(&alone), &About::default(), &secret);
            check(&credentials(&alone), &About::default(), &secret);
        }
        let _ = write!(text, "{secret}\nexport AWS_SECRET_ACCESS_KEY={secret}\n");
        check(&config(&text), &About::default(), &secret);
        check(&credentials(&text), &About::default(), &secret);
        check(&credentials(&secret), &About::default(), &secret);
        let host = keys(LONG_TERM).with_file(
            "/home/dev/.bashrc",
            format!("export AWS_ACCESS_KEY_ID={secret}\n"),
        );
        check(&host, &About::default(), &secret);
    }
}

#[test]
fn neither_a_message_nor_a_misplaced_name_is_said() {
    for secret in secrets() {
        let said = Said::of(&format!("Signature {secret} ({secret}) arn:{secret}"));
        check_said(&FakeHost::new(), &About::default(), &said, &secret);
    }
    let key = format!("AKIA{}", "Q7ZX4KWVY2LMJT5R");
    let about = About {
        region: Some(MARKS[0].repeat(4)),
        profile: None,
        ..About::default()
    };
    check(&host_with(&[("AWS_PROFILE", &key)]), &about, &key);
}
