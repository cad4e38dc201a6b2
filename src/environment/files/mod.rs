//! The two files that the AWS clients read, with what ordinary parsers drop: lines, duplicates, comments, quotes.

mod scanner;

pub(super) use scanner::{Fault, FaultKind, IniFile, Section, Setting};
