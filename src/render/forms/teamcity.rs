//! `TeamCity`: the note in a block, and a message of its own beside it.
//!
//! ```text
//! ##teamcity[blockOpened name='NoSuchBucket: s3 ListObjectsV2: …']
//!   ┃ …
//! ##teamcity[blockClosed name='NoSuchBucket: s3 ListObjectsV2: …']
//! ##teamcity[message text='…' status='WARNING']
//! ```
//!
//! In values `'`, `|`, `[` and `]` are escaped by `|`, CR and LF are `|r` and `|n`, and letters beyond ASCII `|0xNNNN`. The
//! status is that of a warning, since builds can be set to fail at a message that is an error, and a filter decides nothing
//! of the build.

use std::fmt::Write;

use super::{CI_ANNOTATIONS, Making, Once};
use crate::render::{Form, Told, digest::Digest};

/// Notes in blocks, and messages.
pub(super) struct Teamcity {
    making: Making,
    said: Once,
}

impl Teamcity {
    pub(super) fn new(making: &Making) -> Self {
        Self {
            making: making.clone(),
            said: Once::up_to(CI_ANNOTATIONS),
        }
    }
}

impl Form for Teamcity {
    fn tell(&mut self, told: &Told) -> Vec<u8> {
        let note = self.making.note(told);
        if told.brief {
            return note;
        }
        let digest = Digest::of(told);
        let title = value(&digest.title);
        let mut out = format!("##teamcity[blockOpened name='{title}']\n").into_bytes();
        out.extend(note);
        out.extend(format!("##teamcity[blockClosed name='{title}']\n").into_bytes());
        if self.said.is_new(&digest.title) {
            let body = format!("{}\n{}", digest.title, digest.paragraphs().join("\n"));
            let body = value(&body);
            out.extend(
                format!("##teamcity[message text='{body}' status='WARNING']\n").into_bytes(),
            );
        }
        out
    }
}

fn value(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\'' | '|' | '[' | ']' => out.extend(['|', letter]),
            '\n' => out.push_str("|n"),
            '\r' => out.push_str("|r"),
            ' '..='~' => out.push(letter),
            _ => {
                let mut units = [0; 2];
                for unit in letter.encode_utf16(&mut units) {
                    let _ = write!(out, "|0x{unit:04x}");
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn values_are_escaped_as_the_server_reads_them() {
        assert_eq!(super::value("a'b|c[d]\r\né"), "a|'b||c|[d|]|r|n|0x00e9");
    }
}
