//! What holds for any bytes: one function for each fuzz target, which panics where its promise is broken.
//!
//! The fuzzer (`fuzz/run`) looks for bytes that break one; `tests/regressions.rs` holds the same functions to the kept
//! bytes of `fuzz/corpus` with every run of the tests, where no fuzzer is needed.

#[path = "../tests/data/heard.rs"]
mod heard;

use awsexplain::{
    diagnose::{Explanation, Extent, Shell},
    environment::{About, Examination, FakeHost, Finding, Overlay, Said},
    filter::Explainer,
    knowledge::Entry,
    lint, recognise,
    recognise::AwsError,
    render::{FORMS, Look, Making, Place, Told},
    secrets::{Also, Mask, redact},
    sieve::Sieve,
};
use heard::{Found, Heard, heard};

/// Secrets that stand where the input has the byte 0xFE or 0xFD.
const SECRETS: [&str; 2] = [
    "Kq3Wx7Zv1Mn5Yb9Rt2Dh6Sf4Jp8Cg0LuTAeEXiQo",
    "AKIAQ7ZX4KWVY2LMJT5R",
];

/// Bytes pass unchanged in any chunks, what is recognised does not hang on the chunks, and each note can be written in each
/// form without a control character in it. The first two bytes choose the chunks.
pub fn filter(bytes: &[u8]) {
    let Some((seed, input)) = bytes.split_at_checked(2) else {
        return;
    };
    let whole = filtered(input, std::iter::repeat(input.len()));
    let seed = usize::from(u16::from_le_bytes([seed[0], seed[1]]));
    let chunks = filtered(input, (0..).map(|at| 1 + (seed >> (at % 11)) % 97));
    assert_eq!(whole.joined, input, "what passes is the input");
    assert_eq!(chunks.joined, input, "what passes is the input, in chunks");
    assert_eq!(whole.errors, chunks.errors, "chunks do not matter");
    told(&whole.errors);
}

/// Any text can be asked about, and is answered in every form without a control character.
pub fn shapes(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Some(error) = recognise::text(&text) {
        forms(&error, &text, 1);
    }
}

/// Any config and credentials file can be read, and nothing of what is found holds a secret. The parts of the input stand
/// between bytes 0xFF: the config file, the credentials file, the profile.
pub fn config(bytes: &[u8]) {
    let mut parts = parts(bytes);
    let mut next = || parts.next().unwrap_or_default();
    let host = FakeHost::new()
        .with_file("/home/dev/.aws/config", next())
        .with_file("/home/dev/.aws/credentials", next());
    let profile = String::from_utf8_lossy(&next()).into_owned();
    let about = About {
        profile: Some(profile.clone()).filter(|profile| !profile.is_empty()),
        ..About::default()
    };
    examined(&host, &about, "");
    let host = host.with_variable("AWS_PROFILE", &profile);
    examined(&host, &About::default(), "");
}

/// Any session token, key id, web token and cache file can be read, and nothing of what is found holds a secret. The parts
/// stand between bytes 0xFF.
pub fn tokens(bytes: &[u8]) {
    let mut parts = parts(bytes);
    let mut next = || parts.next().unwrap_or_default();
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    let host = FakeHost::new()
        .with_variable("AWS_SESSION_TOKEN", &text(next()))
        .with_variable("AWS_ACCESS_KEY_ID", &text(next()))
        .with_variable("AWS_SECRET_ACCESS_KEY", &text(next()))
        .with_variable("AWS_CREDENTIAL_EXPIRATION", &text(next()))
        .with_variable("AWS_WEB_IDENTITY_TOKEN_FILE", "/token")
        .with_file("/token", next())
        .with_variable("AWS_PROFILE", "work")
        .with_file(
            "/home/dev/.aws/config",
            "[profile work]\nsso_session = s\n[sso-session s]\nsso_start_url = https://s.example\n",
        )
        // The SHA-1 of `s`, as the AWS CLI names the cache of that session.
        .with_file(
            "/home/dev/.aws/sso/cache/a0f1490a20d0211c997b44bc357e1972deab8ae3.json",
            next(),
        );
    examined(&host, &About::default(), &text(next()));
}

/// Any text is an entry or is refused; what is taken can be judged.
pub fn knowledge(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(entry) = serde_yaml::from_str::<Entry>(&text) {
        let _ = lint::entry("area/Name", &entry);
    }
}

/// A mask changes no length and does not hang on the chunks. The first two bytes choose the chunks.
pub fn redaction(bytes: &[u8]) {
    let Some((seed, input)) = bytes.split_at_checked(2) else {
        return;
    };
    let seed = usize::from(u16::from_le_bytes([seed[0], seed[1]]));
    for also in [Also::Nothing, Also::Accounts] {
        let whole = masked(also, input, std::iter::repeat(input.len()));
        let chunks = masked(also, input, (0..).map(|at| 1 + (seed >> (at % 11)) % 97));
        assert_eq!(whole.len(), input.len(), "lengths stay");
        assert_eq!(whole, chunks, "chunks do not matter");
        let changed = whole
            .iter()
            .zip(input)
            .all(|(out, byte)| out == byte || *out == b'*');
        assert!(changed, "only stars are written");
    }
    let text = String::from_utf8_lossy(input);
    assert!(
        redact(&text).chars().count() <= text.chars().count(),
        "a secret is replaced by a sign and nothing is added"
    );
}

/// The input in pieces of these lengths.
fn pieces(mut input: &[u8], lengths: impl Iterator<Item = usize>) -> Vec<&[u8]> {
    let mut pieces = Vec::new();
    for length in lengths {
        let (piece, rest) = input.split_at(length.min(input.len()));
        pieces.push(piece);
        input = rest;
        if input.is_empty() {
            break;
        }
    }
    pieces
}

/// The filter over an input in pieces of these lengths, each note behind its block and between lines.
fn filtered(input: &[u8], lengths: impl Iterator<Item = usize>) -> Heard {
    let heard = heard(&Sieve::default(), pieces(input, lengths));
    for (found, (passed, unfinished)) in heard.errors.iter().zip(&heard.notes) {
        let behind_a_line = matches!(heard.joined[..*passed].last(), None | Some(b'\n' | b'\r'));
        assert!(*unfinished || behind_a_line, "a note stands between lines");
        assert!(
            *passed as u64 >= found.place.end,
            "a note stands behind its block"
        );
    }
    heard
}

/// Each error once, in every form.
fn told(errors: &[Found]) {
    for found in errors.iter().take(4) {
        forms(&found.error, &found.line, 2);
    }
}

fn forms(error: &AwsError, line: &str, last: u64) {
    let explanation = Explainer::new(None, Shell::Posix).explain(error, Extent::Whole);
    let told = Told {
        error: error.clone(),
        line: line.to_owned(),
        place: Place {
            file: None,
            lines: Some((1, last)),
            offset: 0,
        },
        explanation,
        repeat_of: None,
        brief: false,
        key: 0,
    };
    for named in FORMS {
        let mut form = (named.make)(&Making { look: LOOK });
        let mut out = form.enter(None);
        out.extend(form.tell(&told));
        out.extend(form.finish());
        let out = String::from_utf8(out).expect("what we write is text");
        // The marks that GitLab folds its sections by.
        let out = out.replace("\r\u{1b}[0K", "").replace("\u{1b}[0K", "");
        assert!(!controls(&out), "{}: {out:?}", named.name);
        if matches!(named.name, "jsonl" | "sarif") {
            let read = serde_json::from_str::<serde_json::Value>(&out);
            assert!(read.is_ok(), "{}: {out}", named.name);
        }
    }
    assert!(!controls(&printed(&told.explanation)));
}

const LOOK: Look = Look {
    color: false,
    unicode: true,
    links: false,
    width: 80,
    whole: true,
};

/// Whether text of ours could steer a terminal.
fn controls(text: &str) -> bool {
    text.chars()
        .any(|letter| letter.is_control() && letter != '\n')
}

fn printed(explanation: &Explanation) -> String {
    let fixes = explanation.causes.iter().flat_map(|cause| &cause.fix);
    let words = fixes.flat_map(|fix| [fix.say.clone(), fix.command.clone()]);
    words.flatten().collect::<Vec<_>>().join("\n")
}

/// Findings and chain of a machine: no secret, no control character.
fn examined(host: &FakeHost, about: &About, message: &str) {
    let machine = Examination::new(Overlay::none(host), about.clone());
    let findings = machine.findings(&Said::of(message));
    let chain = machine.chain();
    for text in findings
        .iter()
        .flat_map(texts)
        .chain([format!("{chain:?}")])
    {
        assert!(!controls(&text), "{text:?}");
        for secret in SECRETS {
            assert!(!text.contains(&secret[8..16]), "{text}");
        }
    }
}

fn texts(finding: &Finding) -> Vec<String> {
    let fix = format!("{:?}", finding.fix);
    vec![finding.seen.clone(), finding.conclusion.clone(), fix]
}

/// The parts of an input between bytes 0xFF, with secrets in the place of two other bytes.
fn parts(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let filled = |part: &[u8]| {
        let letters = part.iter().map(|byte| match byte {
            0xFE => SECRETS[0].as_bytes(),
            0xFD => SECRETS[1].as_bytes(),
            byte => std::slice::from_ref(byte),
        });
        letters.collect::<Vec<_>>().concat()
    };
    bytes.split(|byte| *byte == 0xFF).map(filled)
}

fn masked(also: Also, input: &[u8], lengths: impl Iterator<Item = usize>) -> Vec<u8> {
    let (mut mask, mut out) = (Mask::new(also), Vec::new());
    for piece in pieces(input, lengths) {
        mask.put(piece, &mut out);
    }
    mask.pause(&mut out);
    out
}
