//! Errors that only a user's own entries know: found by the entries' own anchors, read by their own words.
//!
//! An entry with `anchors` adds these texts to what the sieve searches for. A line that holds one of them, in which no shape
//! reads an error, is one where a `message` rule of that entry fits it: an error without a code, with the line as its message.
//! The files are looked at when reading begins, but only an entry with anchors is parsed then; where there is no folder, or no
//! such entry in it, that is all.

use super::{Entry, Knowledge, gather};
use crate::{recognise::AwsError, sieve::Sieve};

/// An anchor has so many bytes at least: shorter ones stand in too many lines.
pub const SHORTEST: usize = 4;
/// Own anchors at most, of all entries together: so many are found in one search.
pub const MOST: usize = 64;

/// Whether a text can be an anchor.
#[must_use]
pub fn is_anchor(text: &str) -> bool {
    (SHORTEST..=Sieve::LONGEST).contains(&text.len()) && !text.contains(['\n', '\r'])
}

impl Knowledge {
    /// The anchors of the user's own entries. What is wrong with a file is told at the first error, and not here.
    #[must_use]
    pub fn anchors(&self) -> &[String] {
        self.anchors.get_or_init(|| {
            let folders = self.folders.iter();
            let files = folders.filter_map(|folder| gather::files(&folder.path).ok());
            let entries = files.flatten().filter_map(|file| {
                let text = gather::text(&file.path).ok()?;
                let named = text.lines().any(|line| line.starts_with("anchors:"));
                named
                    .then(|| gather::entry(&file.path, &text).ok())
                    .flatten()
            });
            entries.flat_map(anchors).take(MOST).collect()
        })
    }

    /// The error that a line is by the words of a user's own entry with anchors.
    #[must_use]
    pub fn own_words(&self, line: &str) -> Option<AwsError> {
        let holds = |anchor: &String| line.contains(anchor.as_str());
        if !self.anchors().iter().any(holds) {
            return None;
        }
        let error = AwsError {
            producer: "own",
            message: Some(line.to_owned()),
            ..AwsError::default()
        };
        let known = {
            let mut entries = self.own_without_code(&error);
            entries.any(|entry| entry.retired.is_none() && entry.anchors.iter().any(holds))
        };
        known.then_some(error)
    }
}

fn anchors(entry: Entry) -> impl Iterator<Item = String> {
    let anchors = entry.anchors.into_iter();
    anchors.filter(move |text| entry.retired.is_none() && is_anchor(text))
}
