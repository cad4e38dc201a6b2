//! Azure Pipelines: the note in a group, and an issue of the task beside it.
//!
//! ```text
//! ##[group]NoSuchBucket: s3 ListObjectsV2: …
//!   ┃ …
//! ##[endgroup]
//! ##vso[task.logissue type=error;code=NoSuchBucket]…
//! ```
//!
//! The agent takes `##vso[area.action k=v;k=v]text` wherever it stands in a line. `%` is escaped as `%AZP25`, CR and LF as
//! `%0D` and `%0A`, in properties `;` and `]` as `%3B` and `%5D`. An issue is listed and changes nothing of the task's
//! result. As in GitHub's form each error is one issue, and there are ten at most.

use super::{CI_ANNOTATIONS, Making, Once, in_command};
use crate::render::{Form, Told, digest::Digest, harmless};

/// Notes in groups, and issues.
pub(super) struct Azure {
    making: Making,
    listed: Once,
}

impl Azure {
    pub(super) fn new(making: &Making) -> Self {
        Self {
            making: making.clone(),
            listed: Once::up_to(CI_ANNOTATIONS),
        }
    }
}

impl Form for Azure {
    fn counts_lines(&self) -> bool {
        true
    }

    fn tell(&mut self, told: &Told) -> Vec<u8> {
        let note = self.making.note(told);
        if told.brief {
            return note;
        }
        let digest = Digest::of(told);
        let mut out = format!("##[group]{}\n", text(&digest.title)).into_bytes();
        out.extend(note);
        out.extend(b"##[endgroup]\n");
        if self.listed.is_new(&digest.title) {
            let mut properties = "type=error".to_owned();
            if let Some(code) = told.error.bare_code() {
                properties.push_str(";code=");
                properties.push_str(&property(code));
            }
            if let (Some(file), Some((line, _))) = (&told.place.file, told.place.lines) {
                let place = [
                    ";sourcepath=",
                    &property(file),
                    ";linenumber=",
                    &line.to_string(),
                ];
                properties.push_str(&place.concat());
            }
            let body = format!("{}\n{}", digest.title, digest.paragraphs().join("\n"));
            out.extend(format!("##vso[task.logissue {properties}]{}\n", text(&body)).into_bytes());
        }
        out
    }
}

fn text(text: &str) -> String {
    in_command(text, "%AZP25")
}

fn property(value: &str) -> String {
    text(&harmless(value))
        .replace(';', "%3B")
        .replace(']', "%5D")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_and_texts_are_escaped_as_the_agent_reads_them() {
        assert_eq!(text("5%\r\n;]"), "5%AZP25%0D%0A;]");
        assert_eq!(property("a;b]##vso[c]"), "a%3Bb%5D# #vso[c%5D");
    }
}
