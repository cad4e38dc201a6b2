//! The forms of the output, one file each, and the table of their names.
//!
//! `annotate` and `brief` are for people. `jsonl` replaces the input by a document.

mod annotate;
mod brief;
mod jsonl;

use super::{Form, Look};

/// What a form is made from.
#[derive(Debug, Clone)]
pub struct Making {
    /// The reader's screen.
    pub look: Look,
    /// The command that failed, where it is known.
    pub again: Option<String>,
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
    Named {
        name: "annotate",
        make: |making| Box::new(annotate::Annotate::new(making)),
    },
    Named {
        name: "brief",
        make: |making| Box::new(brief::Brief::new(making)),
    },
    Named {
        name: "jsonl",
        make: |_| Box::new(jsonl::Jsonl),
    },
];

/// The form of that name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Named> {
    FORMS.iter().find(|form| form.name == name)
}
