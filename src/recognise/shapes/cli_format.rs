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
    recognise::scan::{is_sure_code, word},
};

/// See the module.
#[derive(Debug)]
pub struct CliFormat;

impl Shape for CliFormat {
    fn read(&self, block: &Block) -> Reading {
        let line = block.line(block.marked());
        if let Some(rest) = line.strip_prefix("Code: ") {
            return yaml(block, rest);
        }
        if let Some((code, rest)) = line.split_once('\t')
            && is_sure_code(code)
            && (LOCAL.contains(&code) || catalogue::code(code).is_some())
            && !rest.starts_with(['\t', ' '])
        {
            return found(error(code, rest.split('\t').next().unwrap_or(rest)));
        }
        if line.starts_with('|') && line.contains("  Code  ") {
            return table(block);
        }
        Reading::No
    }

    fn goes_on(&self, block: &Block) -> bool {
        let last = block.len() - 1;
        let (head, line) = (block.line(block.marked()), block.line(last));
        if head.starts_with('|') {
            return line.starts_with(['|', '+']);
        }
        head.starts_with("Code: ")
            && (line.starts_with("  ")
                || line
                    .split_once(": ")
                    .is_some_and(|(name, _)| word(name) == name)
                || line.ends_with(':')
                || line.starts_with("- "))
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
    if !is_sure_code(code) {
        return Reading::No;
    }
    let lines = || (0..block.len()).map(|number| block.line(number));
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

fn table(block: &Block) -> Reading {
    let cells = |line: &str| -> Vec<String> {
        line.trim_matches('|')
            .split('|')
            .map(|cell| cell.trim().to_owned())
            .collect()
    };
    let names = cells(block.line(block.marked()));
    if names.first().is_some_and(|name| name == "Code")
        && names.get(1).is_some_and(|value| is_sure_code(value))
    {
        let message = (0..block.len())
            .map(|number| cells(block.line(number)))
            .find(|row| row[0] == "Message");
        return found(error(
            &names[1],
            message
                .as_ref()
                .and_then(|row| row.get(1))
                .map_or("", String::as_str),
        ));
    }
    let Some(place) = names.iter().position(|name| name == "Code") else {
        return Reading::No;
    };
    let mut rows = (block.marked() + 1..block.len())
        .map(|number| block.line(number))
        .filter(|line| line.starts_with('|'));
    let Some(values) = rows.next().map(cells) else {
        return Reading::More;
    };
    let Some(code) = values.get(place).filter(|code| is_sure_code(code)) else {
        return Reading::No;
    };
    let message = names
        .iter()
        .position(|name| name == "Message")
        .and_then(|at| values.get(at));
    found(error(code, message.map_or("", String::as_str)))
}
