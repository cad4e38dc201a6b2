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
        // Where the console has wrapped the name, the rest stands on the next line.
        error.service = some(until(cmdlet.trim_start(), &['.', '\n']));
        error.code = kind
            .split_once(".Model.")
            .map(|(_, class)| class.to_owned());
        error.message = some(&message);
        found(error)
    }

    fn goes_on(&self, block: &Block) -> bool {
        let last = block.len() - 1;
        let id = block.line(block.marked()).trim_end();
        last == block.marked() + 1
            && block.body(last).starts_with("   ")
            && id.contains(",Amazon.")
            && !id.ends_with("Cmdlet")
    }

    fn may_go_on(&self, block: &Block) -> bool {
        block.len() == block.marked() + 1 && block.line(block.marked()).contains(",Amazon.")
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

#[cfg(test)]
mod tests {
    use crate::recognise;

    /// As the console prints it, with the message and the end of the name in lines of their own.
    fn printed(message: &str, kind: &str, cmdlet: &str) -> String {
        format!(
            "Get-Thing : {message}\nAt C:\\x.ps1:12 char:8\n+ $p = Get-Thing -Name x\n+      ~~~~~~~~~~~~~~~~~\n    + CategoryInfo          : InvalidOperation: (Amazon.PowerShe...Cmdlet) [Get-Thing], InvalidOperationException\n    + FullyQualifiedErrorId : {kind},{cmdlet}\n"
        )
    }

    #[test]
    fn the_message_may_be_wrapped_and_the_name_too() {
        let class = "Amazon.SimpleSystemsManagement.Model.ParameterNotFoundException";
        for (message, cmdlet) in [
            (
                "It is not there",
                "Amazon.PowerShell.Cmdlets.SSM.GetThingCmdlet",
            ),
            (
                "It is\nnot there",
                "Amazon.PowerShell.Cmdlets.SSM.GetThingCmdlet",
            ),
            (
                "It is not there",
                "Amazon.PowerShell.Cmdlets.\n   SSM.GetThingCmdlet",
            ),
        ] {
            let text = printed(message, class, cmdlet);
            let error = recognise::text(&text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(error.producer, "powershell");
            assert_eq!(error.code.as_deref(), Some("ParameterNotFoundException"));
            assert_eq!(error.service.as_deref(), Some("SSM"), "{text}");
            assert_eq!(error.message.as_deref(), Some("It is not there"), "{text}");
        }
    }

    #[test]
    fn an_error_of_no_model_has_no_code() {
        let text = printed(
            "Access Denied",
            "Amazon.S3.AmazonS3Exception",
            "Amazon.PowerShell.Cmdlets.S3.GetS3ObjectCmdlet",
        );
        let error = recognise::text(&text).expect("it is one");
        assert_eq!((error.code, error.service.as_deref()), (None, Some("S3")));
    }

    #[test]
    fn cmdlets_of_others_stay_silent() {
        let text = printed(
            "Cannot find path",
            "PathNotFound",
            "Microsoft.PowerShell.Commands.GetItemCommand",
        );
        assert_eq!(recognise::text(&text), None);
    }
}
