//! Every check fires where it should and is still where it should, and nothing that is secret is said.

mod asks;
mod beside;
mod canary;
mod cases;
mod fires;
mod hostile;
mod lasts;
mod resolves;

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};

use super::{About, Chain, Examination, FakeHost, Finding, Overlay, Said};

/// A session token in the published layout of a type, issued at a time in seconds since 1970.
pub(super) fn token_issued_at(kind: u8, issued: u64) -> String {
    let mut bytes = vec![kind];
    let time_field = if matches!(kind, 21 | 23) { 5 } else { 6 };
    bytes.extend([1 << 3 | 2, 4, 9, 9, 9, 9]);
    bytes.push(time_field << 3);
    let mut rest = issued;
    while rest >= 0x80 {
        bytes.push((rest & 0x7f) as u8 | 0x80);
        rest >>= 7;
    }
    bytes.push(rest as u8);
    bytes.extend([7 << 3 | 2, 20]);
    bytes.extend([0xa5; 20]);
    base64(&bytes)
}

/// Standard base64, without padding.
fn base64(bytes: &[u8]) -> String {
    STANDARD_NO_PAD.encode(bytes)
}

/// A key pair of the right form.
const LONG_TERM: &str = "AKIAY34FZKBOKMUTVV7A";
const TEMPORARY: &str = "ASIAY34FZKBOKMUTVV7A";
const SECRET: &str = "abcdefghijklmnopqrstuvwxyz0123456789/+AB";

fn host_with(variables: &[(&str, &str)]) -> FakeHost {
    variables
        .iter()
        .fold(FakeHost::new(), |host, (name, value)| {
            host.with_variable(name, value)
        })
}

fn keys(id: &str) -> FakeHost {
    host_with(&[("AWS_ACCESS_KEY_ID", id), ("AWS_SECRET_ACCESS_KEY", SECRET)])
}

fn config(text: &str) -> FakeHost {
    FakeHost::new().with_file("/home/dev/.aws/config", text)
}

fn credentials(text: &str) -> FakeHost {
    FakeHost::new().with_file("/home/dev/.aws/credentials", text)
}

/// What is found for a command and an error.
fn examined(host: &FakeHost, about: &About, said: &Said) -> Vec<Finding> {
    Examination::new(Overlay::none(host), about.clone()).findings(said)
}

fn chain(host: &FakeHost, about: &About) -> Chain {
    Examination::new(Overlay::none(host), about.clone()).chain()
}

fn find(host: &FakeHost, about: &About, said: &Said, id: &str) -> Option<Finding> {
    examined(host, about, said)
        .into_iter()
        .find(|finding| finding.id == id)
}
