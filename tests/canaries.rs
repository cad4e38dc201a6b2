//! Nothing that the program adds holds a secret, wherever the secret stands: real binary, real files, every form.
//!
//! Secrets are marked, so that they are told from all other text: in every variable and file that an AWS client reads, and
//! in the log, where each known error is printed with key ids, tokens, presigned URLs, headers and strings to sign about
//! it. What is added may hold none of them, not in base64 either, nor eight characters in a row of either. In `annotate`
//! and its like the input passes as it is; so the lines of the input are taken out of the output first, and what is left
//! is searched. `src/environment/tests/canary.rs` does the same to each variable and setting by itself.

#[path = "data/running.rs"]
#[allow(dead_code, reason = "each test file takes its part of it")]
mod running;

use std::{collections::HashSet, fs, path::Path, process::Output};

use awsexplain::knowledge;
use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use running::{command, ended};

/// Secrets, each of the form that its place takes: letters that stand in no other text.
const KEY_ID: &str = "AKIAQ7ZX4KWVY2LMJT5R";
const SESSION_ID: &str = "ASIAZW5N6HQJX7VKT3PD";
const SECRET: &str = "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";
/// One without a slash: in an ARN, the parts of the other are names, each too short to be told from one.
const WHOLE: &str = "Kq3Wx7Zv1Mn5Yb9Rt2Dh6Sf4Jp8Cg0LuTAeEXiQo";
const TOKEN: &str =
    "IQoJb3JpZ2luX2VjZq7Kx9Wv2Lm4Yt5Rb8Nd3Hs6Jp1Cf0GuAeXi8TkPq7Ww3Vv5Ll9Mm2Yy4Tt8Rr6Bb0Nn1Dd/Hh+Ss";
const SIGNATURE: &str = "9f3c7e1a5b8d2046e7c1a9b3d5f80264c8e2a6b0d4f71935e9c3a7b1d5f82640";
const WEB_TOKEN: &str =
    "eyJ0eXAiOiJqN1Q5cCJ9.eyJzdWIiOiJacTdLeDlXdjJMbTRZdDVSYjhOZDMifQ.SHM2SnAxQ2YwR3VBZVhpOFQ";
const PASSWORD: &str = "Vx4Pw8Qz1Rk7Jh3N";
const SECRETS: &[&str] = &[
    KEY_ID, SESSION_ID, SECRET, WHOLE, TOKEN, SIGNATURE, WEB_TOKEN, PASSWORD,
];

/// Every variable that holds a secret or may.
fn variables(home: &Path) -> Vec<(&'static str, String)> {
    let web_token = home.join("web-token").display().to_string();
    let proxy = format!("http://user:{PASSWORD}@127.0.0.1:9");
    let mut all = vec![
        ("HOME", home.display().to_string()),
        ("AWS_WEB_IDENTITY_TOKEN_FILE", web_token),
    ];
    for (name, value) in [
        ("AWS_ACCESS_KEY_ID", SESSION_ID),
        ("AWS_SECRET_ACCESS_KEY", SECRET),
        ("AWS_SESSION_TOKEN", TOKEN),
        ("AWS_SECURITY_TOKEN", WEB_TOKEN),
        ("AWS_ACCESS_KEY", KEY_ID),
        ("AWS_SECRET_KEY", SECRET),
        ("AWS_PROFILE", KEY_ID),
        ("AWS_DEFAULT_PROFILE", SECRET),
        ("AWS_REGION", SECRET),
        ("AWS_DEFAULT_REGION", TOKEN),
        ("AWS_ROLE_ARN", SECRET),
        ("AWS_CREDENTIAL_EXPIRATION", SECRET),
        ("AWS_BEARER_TOKEN_BEDROCK", TOKEN),
        ("AWS_CONTAINER_AUTHORIZATION_TOKEN", TOKEN),
        ("AWS_CONTAINER_CREDENTIALS_FULL_URI", &proxy),
        ("AWS_ENDPOINT_URL", &proxy),
        ("AWS_CA_BUNDLE", SECRET),
        ("HTTPS_PROXY", &proxy),
        ("AWS_VAULT", SECRET),
        ("AWSUME_EXPIRATION", SECRET),
    ] {
        all.push((name, value.to_owned()));
    }
    all
}

/// A home folder where every file that is read holds secrets, in right places and in wrong ones.
fn fill(home: &Path) {
    let profile = |name: &str| {
        format!(
            "[{name}]\naws_access_key_id = {KEY_ID}\naws_secret_access_key = \"{SECRET}\" # {SECRET}\n\
             aws_session_token = {TOKEN}\nregion = {SECRET}\nrole_arn = {SECRET}\nsource_profile = {SECRET}\n\
             mfa_serial = {SECRET}\nexternal_id = {SECRET}\nsso_session = {SECRET}\nsso_start_url = {SECRET}\n\
             sso_account_id = {SECRET}\nlogin_session = {SECRET}\ncredential_process = {SECRET} {TOKEN}\n\
             endpoint_url = http://user:{PASSWORD}@127.0.0.1:9\nca_bundle = {SECRET}\nweb_identity_token_file = {SECRET}\n\
             {SECRET}\nexport AWS_SECRET_ACCESS_KEY={SECRET}\n"
        )
    };
    let login = format!(
        "{{\"accessToken\": \"{TOKEN}\", \"refreshToken\": \"{TOKEN}\", \"clientSecret\": \"{SECRET}\", \
         \"expiresAt\": \"2026-01-01T00:00:00Z\", \"Credentials\": {{\"SecretAccessKey\": \"{SECRET}\", \
         \"SessionToken\": \"{TOKEN}\", \"Expiration\": \"2026-01-01T00:00:00Z\"}}}}"
    );
    let name = "0123456789012345678901234567890123456789.json";
    let both = format!("{}{}", profile("default"), profile(KEY_ID));
    for (path, text) in [
        (
            ".aws/config".to_owned(),
            format!("{SECRET}\n{both}{}", profile(SECRET)),
        ),
        (".aws/credentials".to_owned(), both),
        (format!(".aws/sso/cache/{name}"), login.clone()),
        (format!(".aws/cli/cache/{name}"), login.clone()),
        (format!(".aws/login/cache/{name}"), login),
        ("web-token".to_owned(), WEB_TOKEN.to_owned()),
        (
            ".bashrc".to_owned(),
            format!("export AWS_SECRET_ACCESS_KEY={SECRET}\n"),
        ),
    ] {
        let path = home.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
        fs::write(path, text).expect("it can be written");
    }
}

/// Every error that the base has an example of, and those that print secrets themselves.
fn log() -> String {
    let url = format!(
        "https://b.s3.amazonaws.com/k?X-Amz-Credential={KEY_ID}%2F20260101%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Security-Token={TOKEN}&X-Amz-Signature={SIGNATURE}"
    );
    let header = format!(
        "Authorization: AWS4-HMAC-SHA256 Credential={SESSION_ID}/20260101/us-east-1/s3/aws4_request, Signature={SIGNATURE}"
    );
    let of_keys = [
        format!(
            "An error occurred (InvalidAccessKeyId) when calling the ListBuckets operation: The AWS Access Key Id {KEY_ID} with secret {SECRET} does not exist in our records."
        ),
        format!(
            "An error occurred (SignatureDoesNotMatch) when calling the GetObject operation: The request signature we calculated does not match. {header}"
        ),
        format!("Invalid header value b'{TOKEN}'"),
        format!("Could not connect to the endpoint URL: \"{url}\""),
        format!("Failed to connect to proxy URL: \"http://user:{PASSWORD}@127.0.0.1:9/\""),
        format!("The config profile ({SECRET}) could not be found"),
        format!("The config profile ({KEY_ID}) could not be found"),
        format!(
            "Error when retrieving credentials from custom-process: {{\"SecretAccessKey\": \"{SECRET}\", \"SessionToken\": \"{TOKEN}\"}}"
        ),
        format!(
            "<Error><Code>SignatureDoesNotMatch</Code><Message>No</Message><AWSAccessKeyId>{KEY_ID}</AWSAccessKeyId><StringToSign>AWS4-HMAC-SHA256 {KEY_ID}</StringToSign><SignatureProvided>{SIGNATURE}</SignatureProvided></Error>"
        ),
        format!(
            "{{\"__type\":\"ExpiredTokenException\",\"message\":\"token {TOKEN} of {SESSION_ID} {WEB_TOKEN}\"}}"
        ),
        format!("Provided region_name '{SECRET}' doesn't match a supported format."),
        format!(
            "An error occurred (AccessDenied) when calling the GetObject operation: User: arn:aws:sts::123456789012:assumed-role/x/{SESSION_ID} is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::{WHOLE}/a\""
        ),
    ];
    // One example an entry: each of them takes all that its entry says about the machine through every form.
    let examples = knowledge::all().filter_map(|(_, entry)| entry.examples.into_iter().next());
    let mut log = of_keys.join("\n\n") + "\n\n";
    for example in examples {
        log.push_str(&example.text);
        log.push_str("\n\n");
    }
    log
}

/// Standard base64, without padding.
fn base64(bytes: &[u8]) -> String {
    STANDARD_NO_PAD.encode(bytes)
}

/// Every eight characters of every secret, plain and in base64.
fn windows() -> HashSet<[u8; 8]> {
    let mut all = HashSet::new();
    for secret in SECRETS {
        for form in [(*secret).to_owned(), base64(secret.as_bytes())] {
            all.extend(
                form.as_bytes()
                    .windows(8)
                    .map(|window| <[u8; 8]>::try_from(window).expect("eight")),
            );
        }
    }
    all
}

/// The lines of an output that are not lines of the input.
fn added(output: &[u8], input: &str) -> Vec<u8> {
    let own: HashSet<&[u8]> = input.lines().map(str::as_bytes).collect();
    let lines = output
        .split(|byte| *byte == b'\n')
        .filter(|line| !own.contains(line));
    lines.collect::<Vec<_>>().join(&b'\n')
}

fn assert_none(what: &str, text: &[u8], windows: &HashSet<[u8; 8]>) {
    let shown: Vec<String> = text
        .split(|byte| *byte == b'\n')
        .filter(|line| line.windows(8).any(|part| windows.contains(part)))
        .map(|line| String::from_utf8_lossy(line).into_owned())
        .collect();
    assert!(
        shown.is_empty(),
        "{what} shows a secret:\n{}",
        shown.join("\n")
    );
}

fn run(home: &Path, arguments: &[&str], input: &str) -> Output {
    let mut program = command(arguments);
    program.envs(variables(home)).current_dir(home);
    let output = ended(&mut program, input.as_bytes());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        output.status.code().is_some_and(|code| code < 100),
        "{arguments:?}: {said}"
    );
    assert!(!said.contains("panicked"), "{arguments:?}: {said}");
    output
}

#[test]
fn no_form_of_the_output_shows_a_secret() {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("canaries");
    fill(&home);
    let (log, windows) = (log(), windows());
    for form in [
        "annotate", "brief", "jsonl", "markdown", "github", "gitlab", "azure", "teamcity", "sarif",
        "junit",
    ] {
        let arguments = ["--check", "always", "--format", form, "--repeat", "once"];
        let output = run(&home, &arguments, &log);
        assert!(!output.stdout.is_empty(), "{form}");
        assert_none(form, &added(&output.stdout, &log), &windows);
        assert_none(form, &output.stderr, &windows);
    }
    let arguments = [
        "--check", "always", "--notes", "notes", "--color", "always", "--width", "120",
    ];
    let output = run(&home, &arguments, &log);
    assert!(
        output.stdout == log.as_bytes(),
        "what came in did not go out unchanged"
    );
    let notes = fs::read(home.join("notes")).expect("the notes are there");
    assert!(notes.len() > 10_000, "{} bytes of notes", notes.len());
    assert_none("--notes", &notes, &windows);
}

#[test]
fn no_form_of_a_check_shows_a_secret() {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("canaries-check");
    fill(&home);
    let windows = windows();
    let forms: &[&[&str]] = &[
        &[],
        &["--color", "always", "--width", "60"],
        &["--width", "120", "--shell", "powershell"],
        &["--shell", "cmd"],
        &["--format", "json"],
        &["--profile", "default"],
        &["--profile", "default", "--format", "json"],
        &["--profile", SECRET],
        &["--profile", KEY_ID, "--format", "json"],
    ];
    // All variables at once, and each of them by itself: one may keep another from being looked at.
    let all = variables(&home);
    let each = all.iter().map(|one| vec![one.clone()]);
    let sets: Vec<_> = std::iter::once(all.clone()).chain(each).collect();
    for set in &sets {
        for form in forms {
            let mut program = command(&[&["check"], *form].concat());
            program.env("HOME", &home).current_dir(&home);
            program.envs(set.iter().map(|(name, value)| (*name, value)));
            let output = ended(&mut program, b"");
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(
                matches!(output.status.code(), Some(0 | 1)),
                "{form:?}: {said}"
            );
            assert!(!output.stdout.is_empty(), "{form:?}");
            assert_none(&format!("check {form:?}"), &output.stdout, &windows);
            assert_none(&format!("check {form:?}"), &output.stderr, &windows);
        }
    }
}

#[test]
fn the_search_itself_finds_secrets() {
    let all = windows();
    for text in [
        SECRET[4..14].to_owned(),
        base64(SECRET.as_bytes())[3..12].to_owned(),
    ] {
        assert!(text.as_bytes().windows(8).any(|part| all.contains(part)));
    }
    assert_eq!(added(b"a\nnew\nb\n", "a\nb\n"), b"new\n");
}
