//! The forms of the output, one file each, and the table of their names.
//!
//! `annotate`, `brief` and those of CI systems stand among the input; `jsonl`, `sarif`, `junit` and `markdown` are documents
//! that replace it.

mod annotate;
mod azure;
mod brief;
mod github;
mod gitlab;
mod jsonl;
mod junit;
mod markdown;
mod sarif;
mod teamcity;

use std::collections::HashSet;

use super::{Form, Look, Told, note};

/// What a form is made from.
#[derive(Debug, Clone)]
pub struct Making {
    /// The reader's screen.
    pub look: Look,
}

impl Making {
    /// The note under an error, as several forms hold it.
    fn note(&self, told: &Told) -> Vec<u8> {
        note::told(told, self.look)
    }
}

/// A form by its name.
#[derive(Debug)]
pub struct Named {
    /// As it is typed.
    pub name: &'static str,
    /// Makes it.
    pub make: fn(&Making) -> Box<dyn Form>,
}

/// All forms, in the order that the help has them.
pub static FORMS: &[Named] = &[
    form("annotate", |making| {
        Box::new(annotate::Annotate::new(making))
    }),
    form("brief", |making| Box::new(brief::Brief::new(making))),
    form("github", |making| Box::new(github::Github::new(making))),
    form("gitlab", |making| Box::new(gitlab::Gitlab::new(making))),
    form("azure", |making| Box::new(azure::Azure::new(making))),
    form("teamcity", |making| {
        Box::new(teamcity::Teamcity::new(making))
    }),
    form("jsonl", |_| Box::new(jsonl::Jsonl)),
    form("sarif", |_| Box::new(sarif::Sarif::default())),
    form("junit", |_| Box::new(junit::Junit::default())),
    form("markdown", |_| Box::new(markdown::Markdown::default())),
];

const fn form(name: &'static str, make: fn(&Making) -> Box<dyn Form>) -> Named {
    Named { name, make }
}

/// The form of that name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Named> {
    FORMS.iter().find(|form| form.name == name)
}

/// Text for a CI system that reads percent codes in its commands; `percent` is its code for `%` itself.
fn in_command(text: &str, percent: &str) -> String {
    text.replace('%', percent)
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// How many annotations a CI system is given in a run; more are dropped by GitHub, and nobody reads them.
const CI_ANNOTATIONS: usize = 10;

/// What was annotated in this run, by its title: what differs in its message alone would look the same.
struct Once {
    seen: HashSet<String>,
    limit: usize,
}

impl Once {
    fn up_to(limit: usize) -> Self {
        let seen = HashSet::new();
        Self { seen, limit }
    }

    /// Whether an error is to be annotated: never was, and there is room.
    fn is_new(&mut self, title: &str) -> bool {
        self.seen.len() < self.limit && self.seen.insert(title.to_owned())
    }
}
