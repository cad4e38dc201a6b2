//! Letters of several bytes at every place of every error: nothing is cut inside one, so nothing panics.
//!
//! Each anchor by itself, and each text of `tests/data/shapes` and `tests/data/variants`, is read with one such letter put
//! in at each place (in whole texts at every third), or in the place of the byte that stands there. What is recognised then
//! is not the question; that all passes is.

#[path = "data/heard.rs"]
#[allow(dead_code, reason = "each test file takes its part of it")]
mod heard;

use std::{fs, path::Path, thread};

use awsexplain::sieve::{FULL, RARE, Sieve};
use heard::heard;

/// Of two, three and four bytes, a control letter of two, and what is no letter at all.
const LETTERS: &[&[u8]] = &[
    "é".as_bytes(),
    "’".as_bytes(),
    "𝄞".as_bytes(),
    "\u{85}".as_bytes(),
    b"\xff",
];

fn texts() -> Vec<Vec<u8>> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let mut texts: Vec<String> = RARE
        .iter()
        .chain(FULL)
        .map(|anchor| (*anchor).to_owned())
        .collect();
    for folder in ["shapes", "variants"] {
        for file in fs::read_dir(data.join(folder)).expect("the folder is there") {
            let path = file.expect("it can be listed").path();
            let text = fs::read_to_string(path).expect("it is text");
            let text = text.replace("{code}", "AccessDenied");
            let parts = text.split("\n---\n").map(|part| format!("{part}\n"));
            texts.extend(parts);
        }
    }
    texts.into_iter().map(String::into_bytes).collect()
}

#[test]
fn no_letter_is_cut() {
    let texts = texts();
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for part in texts.chunks(texts.len().div_ceil(workers)) {
            scope.spawn(move || {
                let sieve = Sieve::default();
                for (number, text) in part.iter().enumerate() {
                    // Every place of an anchor, every third one of a whole text.
                    let (first, step) = if text.len() < 24 {
                        (0, 1)
                    } else {
                        (number % 3, 3)
                    };
                    for at in (first..=text.len()).step_by(step) {
                        let letter = LETTERS[at % LETTERS.len()];
                        // Put in at one place, and in the place of a byte at the next.
                        let rest = &text[(at + at % 2).min(text.len())..];
                        let input = [&text[..at], letter, rest].concat();
                        assert!(heard(&sieve, [&input[..]]).joined == input);
                    }
                }
            });
        }
    });
}
