//! Logs in UTF-16, as PowerShell's redirection writes them (`aws … > log 2>&1`).
//!
//! What passes is byte for byte what came, whatever it was and however it was cut; what is added among it is in the same
//! encoding, so that the output is one file that an editor opens. Documents (`jsonl`) are UTF-8 as ever. Each test has the
//! two orders of bytes; what is expected is what the same text in UTF-8 gives.

#[path = "data/running.rs"]
#[allow(dead_code, reason = "each test file takes its part of it")]
mod running;

use std::ops::Range;

use awsexplain::{
    error::Result,
    filter::{Filter, Pieces},
    recognise::Recognised,
    sieve::Sieve,
    stream::{Decoder, Encoding, Sink},
};
use proptest::{collection::vec, prelude::*, sample::select};
use running::{Folder, INVALID_TOKEN, NO_SUCH_BUCKET, command, ended, out, text};
use serde_json::Value;

/// A log with letters of one, two and four bytes in UTF-16, and errors that begin at its first and end with its last line.
const LOG: &str = "Code: NoSuchBucket\r\nMessage: The specified bucket does not exist\r\n\r\n\
    Größe: 12 – 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 🎉\r\n\
    │ Error: creating S3 Bucket (b): operation error S3: CreateBucket, https response error StatusCode: 409, RequestID: 7B1D, HostID: a=,\r\n\
    │ BucketAlreadyExists: \r\n\
    {\"__type\":\"com.amazonaws.dynamodb#ResourceNotFoundException\",\"message\":\"Requested resource not found\"}\r\n\
    aws : An error occurred (AccessDenied) when calling the GetObject operation: Zugriff für 🎉 verweigert\r\n\
    At line:1 char:1\r\n+ aws s3 ls\r\n\
    An error occurred (InvalidToken) when calling the ListBuckets operation: The provided token is malformed";

const ORDERS: [(Encoding, bool); 2] = [(Encoding::Utf16Le, true), (Encoding::Utf16Be, false)];

/// The text in UTF-16 with its byte order mark.
fn utf16(text: &str, little: bool) -> Vec<u8> {
    units(text.encode_utf16(), little)
}

fn units(units: impl Iterator<Item = u16>, little: bool) -> Vec<u8> {
    let marked = std::iter::once(0xfeff).chain(units);
    let bytes = |unit: u16| {
        if little {
            unit.to_le_bytes()
        } else {
            unit.to_be_bytes()
        }
    };
    marked.flat_map(bytes).collect()
}

/// What an editor shows; fails where it is no valid UTF-16 with one mark at its start.
fn opened(bytes: &[u8], little: bool) -> String {
    assert_eq!(bytes.len() % 2, 0, "half a letter");
    let unit = |pair: &[u8]| {
        let pair = [pair[0], pair[1]];
        if little {
            u16::from_le_bytes(pair)
        } else {
            u16::from_be_bytes(pair)
        }
    };
    let units: Vec<u16> = bytes.chunks(2).map(unit).collect();
    let text = String::from_utf16(&units).expect("it is UTF-16");
    let text = text.strip_prefix('\u{feff}').expect("it has the mark");
    assert!(!text.contains('\u{feff}'), "a second mark");
    text.to_owned()
}

/// What the filter gave.
#[derive(Default)]
struct Told {
    encoding: Encoding,
    joined: Vec<u8>,
    errors: Vec<(Option<String>, Range<u64>)>,
    /// How many bytes had passed when each came.
    notes: Vec<usize>,
}

impl Pieces for Told {
    fn encoded(&mut self, encoding: Encoding) -> Result<()> {
        self.encoding = encoding;
        Ok(())
    }

    fn verbatim(&mut self, bytes: &[u8]) -> Result<()> {
        let encoded = self.encoding.encode(bytes);
        assert_eq!(self.encoding.width(bytes), encoded.len() as u64);
        self.joined.extend_from_slice(&encoded);
        Ok(())
    }

    fn recognised(&mut self, found: &Recognised, _: Option<(u64, u64)>, _: bool) -> Result<()> {
        let code = found.error.code.clone();
        self.errors.push((code, found.place.clone()));
        self.notes.push(self.joined.len());
        Ok(())
    }

    fn counts_lines(&self) -> bool {
        false
    }
}

thread_local! {
    /// Building it takes longer than all else here.
    static SIEVE: Sieve = Sieve::default();
}

fn filtered<'i>(pieces: impl Iterator<Item = &'i [u8]>) -> Told {
    let mut told = Told::default();
    SIEVE.with(|sieve| {
        let mut filter = Filter::new(sieve, &mut told);
        let mut decoder = Decoder::new(&mut filter);
        for piece in pieces {
            decoder.push(piece).expect("a vector takes everything");
        }
        decoder.finish().expect("a vector takes everything");
    });
    told
}

/// The input, cut at these places.
fn cut(input: &[u8], cuts: &[usize]) -> Told {
    let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut % (input.len() + 1)).collect();
    cuts.extend([0, input.len()]);
    cuts.sort_unstable();
    filtered(cuts.windows(2).map(|pair| &input[pair[0]..pair[1]]))
}

#[test]
fn what_is_recognised_is_what_the_same_text_in_utf_8_gives() {
    let plain = filtered(LOG.as_bytes().chunks(4096));
    let codes: Vec<_> = plain
        .errors
        .iter()
        .map(|(code, _)| code.as_deref())
        .collect();
    let expected = [
        "NoSuchBucket",
        "BucketAlreadyExists",
        "ResourceNotFoundException",
        "AccessDenied",
        "InvalidToken",
    ];
    assert_eq!(codes, expected.map(Some));
    for (encoding, little) in ORDERS {
        let input = utf16(LOG, little);
        let told = filtered(input.chunks(4096));
        assert!(told.joined == input);
        assert_eq!(told.encoding, encoding);
        for ((code, place), (plain_code, plain_place)) in told.errors.iter().zip(&plain.errors) {
            assert_eq!(code, plain_code);
            // The place is in the bytes of the input: what stands there is the same block.
            let block = &input[place.start as usize..place.end as usize];
            let block = [
                &input[..2],
                block.strip_prefix(&input[..2]).unwrap_or(block),
            ]
            .concat();
            let range = plain_place.start as usize..plain_place.end as usize;
            assert_eq!(opened(&block, little), LOG[range]);
        }
        assert_eq!(told.errors.len(), plain.errors.len());
    }
}

#[test]
fn every_byte_may_come_alone() {
    for (_, little) in ORDERS {
        let input = utf16(LOG, little);
        let (whole, alone) = (
            filtered(input.chunks(input.len())),
            filtered(input.chunks(1)),
        );
        assert!(alone.joined == input);
        assert_eq!(alone.errors, whole.errors);
        // Two pieces, cut in both halves of letters.
        for at in (0..input.len()).step_by(5) {
            let parts = cut(&input, &[at]);
            assert!(parts.joined == input, "cut at {at}");
            assert_eq!(parts.errors, whole.errors, "cut at {at}");
        }
    }
}

#[test]
fn halves_of_letters_pass_and_hide_nothing() {
    let error: Vec<u16> = INVALID_TOKEN.encode_utf16().collect();
    let broken: &[&[u16]] = &[
        &[0xd83c],
        &[0xdf89],
        &[0xdf89, 0xd83c],
        &[0xd83c, 0xd83c, 0xdf89],
        &[0xd83c, 0x0a],
        &[0xdbff, 0xdfff],
        &[0, 0xffff, 0xfffe],
    ];
    for (_, little) in ORDERS {
        for halves in broken {
            let log = [halves, &error[..], halves].concat();
            let mut input = units(log.into_iter(), little);
            for odd in [None, Some(0x0a), Some(0xd8), Some(0xff)] {
                input.extend(odd);
                for size in [1, 2, 3, 5, input.len()] {
                    let told = filtered(input.chunks(size));
                    assert!(told.joined == input, "{halves:x?}, {odd:?}, by {size}");
                    assert_eq!(told.errors.len(), 1, "{halves:x?}, {odd:?}, by {size}");
                }
            }
        }
    }
}

#[test]
fn a_beginning_that_only_looks_like_a_mark_passes() {
    let inputs: &[&[u8]] = &[
        b"\xff",
        b"\xfe",
        b"\xff\xfe",
        b"\xfe\xff\0",
        b"\xff\xff",
        b"\xfe\xfe\xff",
    ];
    for input in inputs {
        for size in [1, 3] {
            assert!(filtered(input.chunks(size)).joined == *input);
        }
        let output = ended(&mut command(&[]), input);
        assert!(
            output.status.success() && output.stdout == *input,
            "{input:x?}"
        );
    }
}

#[test]
fn notes_are_of_the_same_encoding() {
    let folder = Folder::new("utf16");
    for format in ["annotate", "brief", "github"] {
        let arguments = ["--format", format, "--width", "80"];
        let plain = out(&arguments, LOG);
        assert!(plain.matches("InvalidToken").count() > 1, "{plain}");
        for (_, little) in ORDERS {
            let input = utf16(LOG, little);
            let piped = ended(&mut command(&arguments), &input);
            assert_eq!(opened(&piped.stdout, little), plain, "{format}");
            let path = folder.path().to_owned() + "/log";
            std::fs::write(&path, &input).expect("it can be written");
            let read = ended(command(&arguments).arg(&path), b"");
            let named = out(&[&arguments[..], &["--check", "never"]].concat(), LOG);
            if format != "github" {
                assert_eq!(opened(&read.stdout, little), named, "{format}");
            }
        }
    }
}

#[test]
fn annotated_once_it_is_not_annotated_again() {
    for (_, little) in ORDERS {
        let once = ended(&mut command(&[]), &utf16(NO_SUCH_BUCKET, little)).stdout;
        let twice = ended(&mut command(&[]), &once).stdout;
        assert_eq!(opened(&twice, little), opened(&once, little));
    }
}

#[test]
fn secrets_are_masked_in_it() {
    let log = "AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLA\r\nGröße 🎉\r\n";
    let plain = out(&["--redact"], log);
    assert!(!plain.contains("AKIAIOSFODNN7EXAMPLA"), "{plain}");
    for (_, little) in ORDERS {
        let output = ended(&mut command(&["--redact"]), &utf16(log, little));
        assert_eq!(opened(&output.stdout, little), plain);
    }
}

#[test]
fn documents_are_utf_8_and_their_places_those_of_the_file() {
    let plain = out(&["--format", "jsonl"], LOG);
    for (_, little) in ORDERS {
        let output = ended(&mut command(&["--format", "jsonl"]), &utf16(LOG, little));
        let wide = text(&output.stdout);
        let objects = |lines: &str| -> Vec<Value> {
            let line = |line| serde_json::from_str(line).expect("it is JSON");
            lines.lines().map(line).collect()
        };
        for (mut wide, mut plain) in objects(&wide).into_iter().zip(objects(&plain)) {
            let offset = |object: &mut Value| object["offset"].take().as_u64().expect("a number");
            let before = &LOG[..offset(&mut plain) as usize];
            let mark = if before.is_empty() { 0 } else { 2 };
            assert_eq!(
                offset(&mut wide),
                mark + 2 * before.encode_utf16().count() as u64
            );
            assert_eq!(wide, plain);
        }
        assert_eq!(wide.lines().count(), plain.lines().count());
    }
}

#[test]
fn each_file_has_its_own_encoding() {
    let folder = Folder::new("utf16-files");
    let write = |name: &str, bytes: &[u8]| {
        let path = format!("{}/{name}", folder.path());
        std::fs::write(&path, bytes).expect("it can be written");
        path
    };
    let alone = |path: &str| ended(command(&["--summary", "never"]).arg(path), b"").stdout;
    let files = [
        write("1-plain", NO_SUCH_BUCKET.as_bytes()),
        write("2-little", &utf16(INVALID_TOKEN, true)),
        write("3-big", &utf16(INVALID_TOKEN, false)),
        write("4-plain", INVALID_TOKEN.as_bytes()),
    ];
    let together = ended(command(&["--summary", "never"]).args(&files), b"");
    let expected: Vec<u8> = files.iter().flat_map(|path| alone(path)).collect();
    assert!(together.stdout == expected);
}

#[test]
fn a_pasted_log_is_explained() {
    for (_, little) in ORDERS {
        let output = ended(&mut command(&["explain"]), &utf16(INVALID_TOKEN, little));
        assert!(output.status.success());
        assert!(text(&output.stdout).contains("InvalidToken"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_behind_a_mark_pass(
        mark in select(vec![[0xff, 0xfe], [0xfe, 0xff]]),
        parts in vec(prop_oneof![
            vec(any::<u8>(), 0..40),
            select(vec![[0xd8, 0x3c], [0x3c, 0xd8], [0xdf, 0x89], [0, 0x0a], [0x0a, 0]]).prop_map(Vec::from),
            select(vec![utf16(INVALID_TOKEN, true), utf16(INVALID_TOKEN, false)]),
        ], 0..12),
        cuts in vec(any::<usize>(), 0..12),
    ) {
        let input = [&mark[..], &parts.concat()].concat();
        let (whole, told) = (cut(&input, &[]), cut(&input, &cuts));
        prop_assert!(told.joined == input);
        prop_assert_eq!(&told.errors, &whole.errors);
        for at in told.notes {
            let ends = input[..at].ends_with(b"\n\0") || input[..at].ends_with(b"\0\n");
            prop_assert!(ends || at == input.len(), "at {at} of {}", input.len());
        }
    }
}
