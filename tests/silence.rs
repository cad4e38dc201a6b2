//! Nothing is added where no AWS client has failed.
//!
//! `tests/data/ordinary` holds what programs say that have nothing to do with AWS or fare well with it, as they print it:
//! builds, web servers, Kubernetes, Python and Java programs with their own tracebacks, other clouds, and what looks most
//! like an error of AWS and is none. Each block is read alone, behind prefixes, and in large logs that a seeded generator
//! puts together. This repository's own files are read as well.
//!
//! The rule for our own files: what quotes an error is not silent, since a log that holds the same text would not be. So
//! of sources the string literals and of all texts the code blocks and spans in backquotes are left out; of the rest, and
//! of tables and settings whole, nothing may be recognised.

#[path = "data/heard.rs"]
#[allow(dead_code, reason = "each test file takes its part of it")]
mod heard;

use std::{fs, path::Path};

use awsexplain::sieve::Sieve;
use heard::heard;

/// How large each generated log is.
const SIZE: usize = 256 << 10;

/// Numbers that are the same in every run.
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn of<'t>(&mut self, all: &[&'t str]) -> &'t str {
        all[self.below(all.len())]
    }
}

const WORDS: &[&str] = &[
    "access-log",
    "account",
    "billing",
    "credentials",
    "denied",
    "error-pages",
    "expired",
    "gateway",
    "handler",
    "invalid",
    "lambda",
    "orders",
    "policy",
    "request",
    "s3-proxy",
    "session",
    "storage",
    "throttle",
    "token",
    "upload",
];

/// The block with its slots filled.
fn filled(block: &str, seeded: &mut Seeded) -> String {
    let mut text = block.to_owned();
    for slot in ["{word}", "{n}", "{b}", "{v}", "{id}", "{time}", "{clock}"] {
        while let Some(at) = text.find(slot) {
            let clock = format!(
                "{:02}:{:02}:{:02}",
                seeded.below(24),
                seeded.below(60),
                seeded.below(60)
            );
            let value = match slot {
                "{word}" => seeded.of(WORDS).to_owned(),
                "{n}" => (1 + seeded.below(600)).to_string(),
                "{b}" => seeded.below(256).to_string(),
                "{v}" => format!("1.{}.{}", seeded.below(90), seeded.below(20)),
                "{id}" => format!("{:08x}-9b1f-4f60-8a3c-2d1e0f9a8b7c", seeded.below(1 << 31)),
                "{time}" => format!("2026-11-24T{clock}Z"),
                _ => clock,
            };
            text.replace_range(at..at + slot.len(), &value);
        }
    }
    text
}

/// All blocks of a file of `tests/data/ordinary`, which `---` separates.
fn blocks(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).expect("the file is there");
    text.split("\n---\n")
        .map(|block| block.trim_end().to_owned())
        .collect()
}

/// The kinds of ordinary output, by name.
fn kinds() -> Vec<(String, Vec<String>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/ordinary");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .expect("the folder is there")
        .map(|file| file.expect("it can be listed").path())
        .collect();
    paths.sort();
    let name = |path: &Path| {
        path.file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned()
    };
    paths
        .iter()
        .map(|path| (name(path), blocks(path)))
        .collect()
}

thread_local! {
    static SIEVE: Sieve = Sieve::default();
}

/// What was recognised: each with its line and its first words.
fn recognised(text: &str) -> Vec<String> {
    let heard = SIEVE.with(|sieve| heard(sieve, [text.as_bytes()]));
    let told = heard.errors.iter().map(|found| {
        let what = (found.error.producer, found.error.code.as_deref());
        format!("line {} as {what:?}: {:.160}", found.number, found.line)
    });
    told.collect()
}

/// What stands before each line of a block.
const PREFIXES: &[&str] = &[
    "",
    "",
    "",
    "2026-11-24T18:00:01.1234567Z ",
    "web-1  | ",
    "[stderr] ",
    "E   ",
    "##[error]",
];

fn dressed(block: &str, seeded: &mut Seeded) -> String {
    let (prefix, coloured) = (seeded.of(PREFIXES), seeded.below(4) == 0);
    let (open, close) = if coloured {
        ("\u{1b}[31m", "\u{1b}[0m")
    } else {
        ("", "")
    };
    let lines: Vec<String> = block
        .lines()
        .map(|line| format!("{prefix}{open}{line}{close}\n"))
        .collect();
    lines.concat()
}

#[test]
fn no_block_is_taken_for_an_error() {
    let (mut seeded, mut faults) = (Seeded(1), Vec::new());
    for (kind, blocks) in kinds() {
        assert!(blocks.len() > 10, "{kind}");
        for block in &blocks {
            for prefix in &PREFIXES[2..] {
                let text = filled(block, &mut seeded).replace('\n', &format!("\n{prefix}"));
                let told = recognised(&format!("{prefix}{text}\n"));
                faults.extend(told.iter().map(|told| format!("{kind}: {told}")));
            }
        }
    }
    assert!(
        faults.is_empty(),
        "{}:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[test]
fn large_logs_of_them_stay_silent() {
    for (number, (kind, blocks)) in kinds().into_iter().enumerate() {
        let (mut seeded, mut log) = (Seeded(number as u64), String::new());
        while log.len() < SIZE {
            let block = filled(&blocks[seeded.below(blocks.len())], &mut seeded);
            log.push_str(&dressed(&block, &mut seeded));
        }
        let told = recognised(&log);
        assert!(
            told.is_empty(),
            "{kind}: {}:\n{}",
            told.len(),
            told.join("\n")
        );
    }
}

#[test]
fn an_error_among_them_is_told() {
    let error = "An error occurred (NoSuchBucket) when calling the ListObjectsV2 operation: The specified bucket does not exist";
    let mut seeded = Seeded(7);
    for (kind, blocks) in kinds() {
        for block in &blocks {
            let text = filled(block, &mut seeded);
            let told = recognised(&format!("{text}\n{error}\n{text}\n"));
            assert_eq!(told.len(), 1, "{kind}: {told:?}\n{text}");
        }
    }
}

/// A source without its string literals.
fn unspoken(source: &str) -> String {
    let (mut out, mut rest) = (String::new(), source);
    while let Some(at) = rest.find(['"', '/', '#', '\'']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let comment = rest.starts_with("//") || rest.starts_with("# ");
        let raw = out.ends_with('r') && rest.starts_with("#\"");
        let length = if comment {
            rest.find('\n').unwrap_or(rest.len())
        } else if raw {
            rest.find("\"#").map_or(rest.len(), |end| end + 2)
        } else if rest.starts_with("'\"'") || rest.starts_with("'\\") {
            3
        } else if rest.starts_with('"') {
            let mut escaped = false;
            let closes = |letter: char| {
                let closes = letter == '"' && !escaped;
                escaped = letter == '\\' && !escaped;
                closes
            };
            let inside = rest.chars().skip(1).position(closes);
            let skipped = rest
                .char_indices()
                .nth(inside.map_or(usize::MAX, |count| count + 2));
            skipped.map_or(rest.len(), |(at, _)| at)
        } else {
            1
        };
        let (skipped, behind) = rest.split_at(length);
        if rest.starts_with('"') || raw {
            out.extend(skipped.chars().filter(|letter| *letter == '\n'));
        } else {
            out.push_str(skipped);
        }
        rest = behind;
    }
    out + rest
}

/// A text without what is quoted in it as code: blocks, indented or fenced, and spans in backquotes.
fn unquoted(name: &str, text: &str) -> String {
    let (mut out, mut fenced) = (String::new(), false);
    let is_markdown = Path::new(name).extension().is_some_and(|end| end == "md");
    for line in text.lines() {
        let comment = line.trim_start().trim_start_matches(['/', '!', '#', '>']);
        if comment.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !(fenced || is_markdown && line.starts_with("    ")) {
            let parts = line.split('`').enumerate();
            out.extend(
                parts
                    .filter(|(number, _)| number % 2 == 0)
                    .map(|(_, part)| part),
            );
        }
        out.push('\n');
    }
    out
}

#[test]
fn this_repository_is_silent() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    // Examples, logs, and what is made of them: they hold errors, and are there for it.
    let examples = [
        "fuzz/corpus",
        "fuzz/target",
        "knowledge",
        // What real clients say is quoted there in strings of every kind.
        "tests/clients",
        "examples",
        "tests/data",
        "tests/logs",
        "tests/expected",
    ];
    let (mut folders, mut read, mut faults) = (vec![root.to_owned()], 0, Vec::new());
    while let Some(folder) = folders.pop() {
        for file in fs::read_dir(&folder).expect("it can be listed") {
            let path = file.expect("it can be listed").path();
            let name = path
                .strip_prefix(root)
                .expect("it is below")
                .to_string_lossy()
                .into_owned();
            // What is built, and what belongs to git.
            let hidden = name.starts_with(".git") && !name.starts_with(".github");
            if hidden || name.starts_with("target") || examples.contains(&name.as_str()) {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = fs::read_to_string(&path) {
                read += 1;
                let is_source = path
                    .extension()
                    .is_some_and(|end| end == "rs" || end == "py")
                    || text.starts_with("#!")
                        && text.lines().next().unwrap_or_default().contains("python");
                let text = if is_source { unspoken(&text) } else { text };
                let told = recognised(&unquoted(&name, &text));
                faults.extend(told.iter().map(|told| format!("{name}, {told}")));
            }
        }
    }
    assert!(read > 150, "only {read} files were read");
    assert!(
        faults.is_empty(),
        "{}:\n{}",
        faults.len(),
        faults.join("\n")
    );
}
