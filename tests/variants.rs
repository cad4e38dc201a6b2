//! What clients and tools print around the grammars of the shapes: each told as one event, whole, with what it says.
//!
//! A case of `tests/data/variants` is an error as it is printed, under a line with what is to be read in it: `want CODE |
//! OPERATION | STATUS | REQUEST ID | RETRIES`, `-` where the text does not tell, or `want silent`. `<CR>` stands for a
//! carriage return. Each is read as it is, and as logs dress it: behind a CI system's time, with colours, with `\r\n`, and
//! byte by byte. The block must reach the last line, so that a note splits nothing.

#[path = "data/cases.rs"]
mod cases;
#[path = "data/heard.rs"]
#[allow(dead_code, reason = "each test file takes its part of it")]
mod heard;

use awsexplain::{recognise::AwsError, sieve::Sieve};
use cases::cases;
use heard::{Found, heard};

/// What was read, as a case writes it.
fn written(error: &AwsError) -> String {
    let or_dash = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
    [
        or_dash(&error.code),
        or_dash(&error.operation),
        or_dash(&error.http_status.map(|status| status.to_string())),
        or_dash(&error.request_id),
        or_dash(&error.retries.map(|retries| retries.to_string())),
    ]
    .join(" | ")
}

/// What is wrong with what was heard of the text.
fn fault(want: &str, text: &str, errors: &[Found]) -> Option<String> {
    // The same error told once more is a repeat, and no other event.
    let news: Vec<_> = errors
        .iter()
        .enumerate()
        .filter(|(number, one)| {
            errors[..*number]
                .iter()
                .all(|before| before.error.key() != one.error.key())
        })
        .map(|(_, one)| written(&one.error))
        .collect();
    let read = if news.is_empty() {
        "silent".to_owned()
    } else {
        news.join(" and ")
    };
    if read != want {
        return Some(format!("read as {read}"));
    }
    let end = errors
        .last()
        .map_or(text.len(), |last| last.place.end as usize);
    (end < text.len()).then(|| format!("its block ends before {:?}", &text[end..]))
}

#[test]
fn each_is_one_event_however_it_is_dressed() {
    let (sieve, mut faults) = (Sieve::default(), Vec::new());
    let each_line = |text: &str, head: &str, tail: &str| -> String {
        let lines: Vec<String> = text
            .lines()
            .map(|line| format!("{head}{line}{tail}\n"))
            .collect();
        lines.concat()
    };
    let cases = cases();
    assert!(cases.len() > 150, "only {} cases", cases.len());
    for (file, want, text) in cases {
        let first = text.lines().next().unwrap_or_default().to_owned();
        let mut judge = |dress: &str, text: &str, size: usize| {
            let told = heard(&sieve, text.as_bytes().chunks(size));
            if let Some(fault) = fault(&want, text, &told.errors) {
                faults.push(format!(
                    "{file}, {dress}: wanted {want}, {fault}\n  {first}"
                ));
            }
        };
        let plain = each_line(&text, "", "");
        judge("as it is", &plain, usize::MAX);
        judge("byte by byte", &plain, 1);
        judge("with CRLF", &each_line(&text, "", "\r"), usize::MAX);
        judge(
            "coloured",
            &each_line(&text, "\u{1b}[31m", "\u{1b}[0m"),
            usize::MAX,
        );
        let timed = each_line(&text, "2026-11-24T18:00:01.1234567Z ", "");
        if !text.contains('\r') {
            judge("behind a time", &timed, usize::MAX);
        }
    }
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}
