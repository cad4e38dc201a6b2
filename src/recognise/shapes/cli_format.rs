//! The AWS CLI's structured errors (`--cli-error-format json|yaml|text|table`): no operation, `Code` and `Message` side by side.
//!
//! ```text
//! yaml   Code: CODE ⏎ Message: MESSAGE
//! text   CODE ⇥ MESSAGE [⇥ member …]
//! table  |  Code  |  CODE  | ⏎ |  Message  |  MESSAGE  |     or with a row of names above a row of values
//! ```
//!
//! JSON is read with the bodies. The code stands at the start of its line or cell, and is of a code's form.

use super::{AwsError, Block, Reading, Shape, found, of, some};
use crate::{
    catalogue,
    recognise::scan::{is_field, is_sure_code},
};

/// See the module.
#[derive(Debug)]
pub struct CliFormat;

impl Shape for CliFormat {
    fn read(&self, block: &Block) -> Reading {
        let line = block.body(block.marked());
        if let Some(rest) = line.strip_prefix("Code: ") {
            return yaml(block, rest);
        }
        if let Some((code, rest)) = line.split_once('\t')
            && is_sure_code(code)
            && (LOCAL.contains(&code) || catalogue::code(code).is_some())
            && !rest.starts_with(['\t', ' '])
            // A message is a sentence; what is one word is a column of a table.
            && rest.split('\t').next().is_some_and(|message| message.trim().contains(' '))
        {
            return found(error(code, rest.split('\t').next().unwrap_or(rest)));
        }
        let is_code_column = |cell: &str| cell.trim() == "Code";
        if is_row(block.line(block.marked())) && line.split('|').any(is_code_column) {
            return table(block);
        }
        Reading::No
    }

    fn goes_on(&self, block: &Block) -> bool {
        let last = block.len() - 1;
        let (head, line) = (block.body(block.marked()), block.body(last));
        if is_row(block.line(block.marked())) {
            let edge = block.line(last).trim_end();
            return is_row(edge) || edge.ends_with("-+");
        }
        head.starts_with("Code: ")
            && (is_field(line) || line.starts_with("  ") || line.starts_with("- "))
    }

    fn may_go_on(&self, block: &Block) -> bool {
        is_row(block.line(block.marked())) || block.body(block.marked()).starts_with("Code: ")
    }
}

/// The AWS CLI's own codes, of what goes wrong before a request is sent.
const LOCAL: &[&str] = &["NoCredentials", "NoRegion", "ParamValidation"];

fn error(code: &str, message: &str) -> AwsError {
    AwsError {
        code: Some(code.to_owned()),
        message: some(message.trim_matches('"')),
        ..of("aws-cli")
    }
}

fn yaml(block: &Block, rest: &str) -> Reading {
    let code = rest.trim().trim_matches(['\'', '"']);
    // Azure puts the code in brackets before the message on the line above.
    let above = block
        .marked()
        .checked_sub(1)
        .map(|number| block.body(number));
    if !is_sure_code(code) || above.is_some_and(|line| line.contains(&format!("({code}) "))) {
        return Reading::No;
    }
    let lines = || (0..block.len()).map(|number| block.body(number));
    let Some(at) = lines().position(|line| line.to_ascii_lowercase().starts_with("message: "))
    else {
        return Reading::More;
    };
    let mut message = lines().nth(at).unwrap_or_default()["message: ".len()..].to_owned();
    for line in lines()
        .skip(at + 1)
        .take_while(|line| line.starts_with("  "))
    {
        message.push(' ');
        message.push_str(line.trim());
    }
    found(error(code, message.split("\\n").next().unwrap_or_default()))
}

/// A row of a table, behind whatever prefix.
fn is_row(line: &str) -> bool {
    line.contains('|') && line.trim_end().ends_with('|')
}

fn table(block: &Block) -> Reading {
    let cells = |line: &str| -> Vec<String> {
        line.trim_matches('|')
            .split('|')
            .map(|cell| cell.trim().to_owned())
            .collect()
    };
    let names = cells(block.body(block.marked()));
    if names.first().is_some_and(|name| name == "Code")
        && names.get(1).is_some_and(|value| is_sure_code(value))
    {
        let message = (0..block.len())
            .map(|number| cells(block.body(number)))
            .find(|row| row[0] == "Message");
        // A table of codes in a document has no such row.
        return match message.as_ref().and_then(|row| row.get(1)) {
            Some(message) => found(error(&names[1], message)),
            None => Reading::More,
        };
    }
    let Some(place) = names.iter().position(|name| name == "Code") else {
        return Reading::No;
    };
    let mut rows = (block.marked() + 1..block.len())
        .filter(|number| is_row(block.line(*number)))
        .map(|number| block.body(number));
    let Some(values) = rows.next().map(cells) else {
        return Reading::More;
    };
    let Some(code) = values.get(place).filter(|code| is_sure_code(code)) else {
        return Reading::No;
    };
    let at = names.iter().position(|name| name == "Message");
    match at.and_then(|at| values.get(at)) {
        Some(message) => found(error(code, message)),
        None => Reading::No,
    }
}
