//! Which lines follow an error as part of it, whatever the shape: stack traces, boxes, what a client adds behind, and
//! where `PowerShell` says that a program's standard error came from.

use super::Block;

/// Whether the block's last line belongs to what stands before it.
pub fn continues(block: &Block) -> bool {
    let last = block.len() - 1;
    let (line, body) = (block.line(last), block.body(last));
    let head = block.line(block.marked());
    // The box of a head whose own edge was lost begins with the next line.
    let opens = is_boxed(head) || head.starts_with("Error: ");
    (opens && is_boxed(line) && !closes_box(block.line(last - 1)))
        || is_trace(body)
        || is_position(body, block.body(last - 1))
}

/// Whether the line stands in a box as Terraform draws it, with whatever log prefix before it.
pub fn is_boxed(line: &str) -> bool {
    let edges = memchr::memchr_iter(0xe2, line.as_bytes());
    edges
        .into_iter()
        .any(|at| line[at..].starts_with(['│', '╵']))
}

fn closes_box(line: &str) -> bool {
    is_boxed(line) && line.contains('╵')
}

/// `At line:1 char:1`, `At C:\x.ps1:3 char:1`, and the lines with `+` under it.
fn is_position(body: &str, before: &str) -> bool {
    let opens = |line: &str| line.starts_with("At ") && line.contains(" char:");
    let goes_on = |line: &str| line.trim_start().starts_with("+ ");
    opens(body) || goes_on(body) && (opens(before) || goes_on(before))
}

fn is_trace(body: &str) -> bool {
    let inner = body.trim_start();
    let indented = inner.len() < body.len();
    (indented
        && ["at ", "File \"", "... ", "from ", "^"]
            .iter()
            .any(|head| inner.starts_with(head)))
        || inner.starts_with("at ") && inner.ends_with(')')
        || [
            "status code: ",
            "caused by: ",
            "Caused by: ",
            "---> ",
            "--- End of ",
            "Additional error details:",
        ]
        .iter()
        .any(|head| inner.starts_with(head))
}
