//! GitHub Actions: the note in a group, an annotation beside it, and a page for the job's summary.
//!
//! ```text
//! ::group::NoSuchBucket: s3 ListObjectsV2: …
//!   ┃ NoSuchBucket · s3 ListObjectsV2 · …
//! ::endgroup::
//! ::error title=NoSuchBucket%3A …,file=build.log,line=12::…%0A…
//! ```
//!
//! The runner takes `::name k=v,k=v::text` where a line begins with it, blanks before it not counted, and the older
//! `##[name]` anywhere in a line. In texts `%`, CR and LF are escaped, in properties `:` and `,` too. It shows ten
//! annotations of a step and drops the others, so each error is annotated once in a run, and ten at most.

use super::{CI_ANNOTATIONS, Making, Once, in_command, markdown::Markdown};
use crate::render::{Form, Told, digest::Digest, harmless};

/// Notes in groups, annotations and a page.
pub(super) struct Github {
    making: Making,
    annotated: Once,
    page: Markdown,
    found: bool,
}

impl Github {
    pub(super) fn new(making: &Making) -> Self {
        Self {
            making: making.clone(),
            annotated: Once::up_to(CI_ANNOTATIONS),
            page: Markdown::default(),
            found: false,
        }
    }
}

impl Form for Github {
    fn counts_lines(&self) -> bool {
        true
    }

    fn tell(&mut self, told: &Told) -> Vec<u8> {
        let note = self.making.note(told);
        if told.brief {
            return note;
        }
        let digest = Digest::of(told);
        let mut out = format!("::group::{}\n", text(&digest.title)).into_bytes();
        out.extend(note);
        out.extend(b"::endgroup::\n");
        if !self.annotated.is_new(&digest.title) {
            return out;
        }
        if !self.found {
            self.page.begin();
        }
        self.found = true;
        self.page.add(told);
        let mut properties = vec![format!("title={}", property(&digest.title))];
        if let (Some(file), Some((line, last))) = (&told.place.file, told.place.lines) {
            properties.push(format!("file={}", property(file)));
            properties.push(format!("line={line},endLine={last}"));
        }
        let body = text(&digest.paragraphs().join("\n"));
        out.extend(format!("::error {}::{body}\n", properties.join(",")).into_bytes());
        out
    }

    fn page(&mut self) -> Option<Vec<u8>> {
        self.found.then(|| self.page.taken())
    }
}

fn text(text: &str) -> String {
    in_command(text, "%25")
}

fn property(value: &str) -> String {
    text(&harmless(value))
        .replace(':', "%3A")
        .replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_and_texts_are_escaped_as_the_runner_reads_them() {
        assert_eq!(text("50% a:b,c\r\nd"), "50%25 a:b,c%0D%0Ad");
        assert_eq!(property("50%: a,b"), "50%25%3A a%2Cb");
        assert_eq!(property("a\n::error::##[x]"), "a %3A%3Aerror%3A%3A# #[x]");
    }
}
