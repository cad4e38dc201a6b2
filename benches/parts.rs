//! The parts of the filter, each by itself: `cargo bench --bench parts`. The whole is measured by `benches/whole.py`.
//!
//! The inputs are the ordinary logs and the logs with errors that the tests have, so a figure means the same in every clone.

#[path = "../tests/data/heard.rs"]
#[allow(dead_code, reason = "the tests take the rest of it")]
mod heard;

use std::fs;

use awsexplain::{
    diagnose::{Extent, Shell},
    filter::Explainer,
    knowledge,
    recognise::{self, AwsError},
    sieve::{Ahead, Sieve},
};
use divan::{Bencher, black_box, counter::BytesCount};

/// A megabyte of what the files of a folder hold.
fn megabyte(folder: &str) -> Vec<u8> {
    let folder = format!("{}/{folder}", env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("the folder is there")
        .map(|file| file.expect("it can be listed").path())
        .collect();
    files.sort();
    let mut all = Vec::new();
    for file in files {
        all.extend(fs::read(file).expect("it can be read"));
        all.push(b'\n');
    }
    all.iter().copied().cycle().take(1 << 20).collect()
}

/// One error of each of several shapes.
const ERRORS: &[&str] = &[
    "An error occurred (InvalidToken) when calling the ListBuckets operation: The provided token is malformed or otherwise invalid.",
    "operation error S3: PutObject, https response error StatusCode: 403, RequestID: 7UEWEX96ZSQAF2DC, HostID: x, api error AccessDenied: Access Denied",
    "com.amazonaws.services.s3.model.AmazonS3Exception: Access Denied (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied; Request ID: 7UEWEX96ZSQAF2DC; Proxy: null)",
    "<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message><RequestId>7UEWEX96ZSQAF2DC</RequestId></Error>",
    "Unable to locate credentials. You can configure credentials by running \"aws configure\".",
];

fn error() -> AwsError {
    recognise::text(ERRORS[0]).expect("it is one")
}

#[divan::bench]
fn sieve_rare(bencher: Bencher<'_, '_>) {
    let (log, sieve) = (megabyte("tests/data/ordinary"), Sieve::default());
    bencher.counter(BytesCount::of_slice(&log)).bench_local(|| {
        let (mut at, mut hits) = (0, 0);
        while let Some(hit) = sieve.rare(&log[at..]) {
            (at, hits) = (at + hit + 1, hits + 1);
        }
        hits
    });
}

#[divan::bench]
fn sieve_full(bencher: Bencher<'_, '_>) {
    let (log, sieve) = (megabyte("tests/data/ordinary"), Sieve::default());
    bencher.counter(BytesCount::of_slice(&log)).bench_local(|| {
        let (mut at, mut hits, mut ahead) = (0, 0, Ahead::default());
        while let Some(hit) = sieve.full(&log[at as usize..], at, &mut ahead) {
            (at, hits) = (hit + 1, hits + 1);
        }
        hits
    });
}

#[divan::bench(args = ["tests/data/ordinary", "tests/logs"])]
fn filter(bencher: Bencher<'_, '_>, folder: &str) {
    let (log, sieve) = (megabyte(folder), Sieve::default());
    let bencher = bencher.counter(BytesCount::of_slice(&log));
    bencher.bench_local(|| heard::heard(&sieve, [&log[..]]));
}

#[divan::bench(args = 0..ERRORS.len())]
fn reads_a_line(number: usize) -> Option<AwsError> {
    recognise::text(black_box(ERRORS[number]))
}

#[divan::bench]
fn finds_an_entry(bencher: Bencher<'_, '_>) {
    let error = error();
    bencher.bench_local(|| knowledge::find(black_box(&error)));
}

#[divan::bench]
fn explains(bencher: Bencher<'_, '_>) {
    let (error, explainer) = (error(), Explainer::new(None, Shell::default()));
    bencher.bench_local(|| explainer.explain(black_box(&error), Extent::First));
}

fn main() {
    divan::main();
}
