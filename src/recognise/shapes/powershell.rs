//! AWS Tools for `PowerShell`.
//!
//! ```text
//! CMDLET : MESSAGE ⏎ At line:N char:N ⏎ + … ⏎     + FullyQualifiedErrorId : TYPE,Amazon.PowerShell.Cmdlets.SERVICE.CMDLET
//! ```
//!
//! The message may be wrapped. The type holds the code where it is one of a service's model.

use super::{Block, Reading, Shape, found, of, some};
use crate::recognise::scan::{after, until};

/// See the module.
#[derive(Debug)]
pub struct PowerShell;

impl Shape for PowerShell {
    fn needs(&self) -> &'static [&'static str] {
        &["FullyQualifiedErrorId : "]
    }

    fn read(&self, block: &Block) -> Reading {
        let Some(id) = after(block.from_mark(), "FullyQualifiedErrorId : ") else {
            return Reading::No;
        };
        let Some((kind, cmdlet)) = id.split_once(",Amazon.PowerShell.Cmdlets.") else {
            return Reading::No;
        };
        let Some(message) = message(block) else {
            return Reading::No;
        };
        let mut error = of("powershell");
        error.service = some(until(cmdlet, &['.', '\n']));
        error.code = kind
            .split_once(".Model.")
            .map(|(_, class)| class.to_owned());
        error.message = some(&message);
        found(error)
    }
}

/// What stands between the cmdlet's name and the place in the script.
fn message(block: &Block) -> Option<String> {
    let lines = |range: std::ops::Range<usize>| range.map(|number| block.body(number));
    let at = lines(0..block.marked()).position(|line| line.starts_with("At "))?;
    let head = lines(0..at).collect::<Vec<_>>();
    let start = head.iter().rposition(|line| {
        line.split_once(" : ")
            .is_some_and(|(name, _)| name.contains('-') && !name.contains(' '))
    })?;
    let text = head[start..].join(" ");
    text.split_once(" : ").map(|(_, said)| said.to_owned())
}
