//! A Markdown document: a section for each error, for a pull request's comment or a job's summary.
//!
//! Text that is not ours is escaped letter by letter (see `render::markdown`); the log's line stands in a quotation, so that
//! no line begins with it.

use std::fmt::Write;

use crate::render::{
    Form, Told,
    digest::Digest,
    markdown::{fenced, text},
};

/// How many errors one page tells, and beyond that are only counted.
const SECTIONS: u64 = 1000;

/// The document, as far as it was not taken.
#[derive(Default)]
pub(super) struct Markdown {
    text: String,
    errors: u64,
}

impl Markdown {
    /// Begins the document with its heading.
    pub(super) fn begin(&mut self) {
        self.text.push_str("# AWS errors\n");
    }

    /// Adds the section of an error.
    pub(super) fn add(&mut self, told: &Told) {
        self.errors += 1;
        if self.errors > SECTIONS {
            return;
        }
        let digest = Digest::of(told);
        let mut blocks = vec![format!("## {}", text(&digest.title))];
        blocks.extend(digest.place.as_deref().map(text));
        blocks.push(format!("> {}", text(&digest.line)));
        blocks.push(text(&digest.summary));
        blocks.extend(
            digest
                .cause
                .as_deref()
                .map(|cause| format!("**{}**", text(cause))),
        );
        blocks.extend(digest.because.iter().map(|because| text(because)));
        for (say, command) in &digest.fix {
            blocks.extend(
                say.as_deref()
                    .map(|say| format!("{}:", text(say).trim_end_matches(['.', '\\', ':']))),
            );
            blocks.extend(command.as_deref().map(|command| fenced(command, "sh")));
        }
        let links = digest.links.iter().map(|link| format!("- <{link}>"));
        blocks.push(links.collect::<Vec<_>>().join("\n"));
        blocks.retain(|block| !block.trim().is_empty());
        self.text.push('\n');
        self.text.push_str(&blocks.join("\n\n"));
        self.text.push('\n');
    }

    /// What was added since the last time.
    pub(super) fn taken(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.text).into_bytes()
    }
}

impl Form for Markdown {
    fn passes(&self) -> bool {
        false
    }

    fn lists_all(&self) -> bool {
        false
    }

    fn tell(&mut self, told: &Told) -> Vec<u8> {
        if self.errors == 0 {
            self.begin();
        }
        self.add(told);
        self.taken()
    }

    fn finish(&mut self) -> Vec<u8> {
        if self.errors == 0 {
            self.begin();
            self.text.push_str("\nNo AWS error was found.\n");
        } else if self.errors > SECTIONS {
            let more = self.errors - SECTIONS;
            let _ = writeln!(self.text, "\n{more} more errors were left out.");
        }
        self.taken()
    }
}
