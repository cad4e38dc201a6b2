//! How an explanation looks, not how it was reached: one file a form, behind one trait.
//!
//! | part | what it does |
//! | --- | --- |
//! | `form` | what a form is given and asked |
//! | `forms` | the forms, one file each, and their names |
//! | `digest` | the few sentences that short forms have room for |
//! | `note` | the note under an error; several forms hold it |
//! | `summary` | the counts at the end |
//! | `json` | the object of one error |
//! | `markdown` | text of the log inside a Markdown document |
//! | `check` | a machine, as a table or an object |
//! | `colors` | what each colour means |
//! | `harmless` | text of the log on its way into anything we write |
//! | `wrap` | prose at a width |

mod check;
mod colors;
mod digest;
mod form;
mod forms;
mod harmless;
mod json;
pub mod markdown;
mod note;
mod summary;
mod wrap;

pub use check::{Checked, Online, machine_object, table};
pub use form::{Form, Place, Told};
pub use forms::{FORMS, Making, Named, named};
pub use harmless::{document, harmless};
pub use json::{Event, asked, object};
pub use note::{Look, note, quote};
pub use summary::{Counted, Summary, summary};
