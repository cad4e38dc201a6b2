//! Files of the worst kinds: each gives findings or none, soon.

use super::*;
use std::{fmt::Write, time::Instant};

#[test]
fn a_huge_file_takes_no_long() {
    let mut chained = String::new();
    for at in 0..12_000 {
        let _ = write!(
            chained,
            "[profile p{at}]\nrole_arn = x\nsource_profile = p{}\n",
            at + 1
        );
    }
    let lines = "a\n".repeat(500_000);
    let one_line = format!("[default]\nregion = {}\n", "a".repeat(1_000_000));
    let quotes = format!(
        "[default]\ncredential_process = {}\n",
        "\" ".repeat(500_000)
    );
    let headers = "[a]\n".repeat(250_000);
    for text in [
        chained,
        lines,
        one_line,
        quotes,
        headers,
        "\0".repeat(1 << 20),
    ] {
        let started = Instant::now();
        let about = About {
            profile: Some("p0".into()),
            ..About::default()
        };
        let _ = examined(&config(&text), &about, &Said::default());
        let _ = examined(&config(&text), &About::default(), &Said::default());
        let _ = examined(&credentials(&text), &About::default(), &Said::default());
        // Far above what a debug build needs, far below what anything quadratic would take.
        assert!(
            started.elapsed().as_secs() < 20,
            "{:?} for {:?}",
            started.elapsed(),
            &text[..20]
        );
    }
}

#[test]
fn any_bytes_are_taken() {
    let mut state = 7_u32;
    for _ in 0..300 {
        let bytes: Vec<u8> = (0..200)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let picks = b"[]= \n\r\t#;:\xff\xfe\"'~$|default region profile";
                picks[(state >> 16) as usize % picks.len()]
            })
            .collect();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let host = FakeHost::new()
            .with_file("/home/dev/.aws/config", &bytes)
            .with_file("/home/dev/.aws/credentials", &bytes);
        let said = Said::of(&format!("Signature ({text} ServerTime {text}"));
        let _ = examined(&host, &About::default(), &said);
        let names = [
            "AWS_SESSION_TOKEN",
            "AWS_REGION",
            "HTTPS_PROXY",
            "AWS_ENDPOINT_URL",
            "AWS_CREDENTIAL_EXPIRATION",
        ];
        let host = names
            .iter()
            .fold(keys(&text), |host, name| host.with_variable(name, &text));
        let _ = examined(&host, &About::default(), &Said::default());
    }
}
