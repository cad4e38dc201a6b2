//! The two files that the AWS clients read, with what ordinary parsers drop: lines, duplicates, comments, quotes.

mod header;
mod scanner;

pub(super) use header::Named;
pub(super) use scanner::{Fault, FaultKind, IniFile, Section, Setting};
