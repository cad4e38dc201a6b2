//! Which lines follow an error as part of it, whatever the shape: stack traces, boxes, what a client adds behind, and
//! where `PowerShell` says that a program's standard error came from.

use super::{Block, scan};

/// Whether the block's last line belongs to what stands before it.
pub fn continues(block: &Block) -> bool {
    let last = block.len() - 1;
    let (line, body) = (block.line(last), block.body(last));
    let head = block.line(block.marked());
    // The box of a head whose own edge was lost begins with the next line.
    let opens = is_boxed(head) || head.starts_with("Error: ");
    let before = block.body(last - 1);
    (opens && is_boxed(line) && !closes_box(block.line(last - 1)))
        || is_trace(body)
        || is_source(body, before)
        || is_position(body, before)
        || is_place(body, before) && block.body(block.marked()).contains("Error: ")
        // Python's loggers, and Lambda, print the traceback behind the error, and at its end the error once more.
        || body.starts_with("Traceback (most recent call last)") && last == block.marked() + 1
        || is_same(body, before, head)
        || is_dumped(block)
        || is_folded(block)
}

/// Whether only a blank line lies between the error and the place that Terraform names below it, where it draws no box.
pub fn may_skip_blank(block: &Block) -> bool {
    block.body(block.marked()).contains("Error: ")
}

/// `  with aws_instance.x,`, `  on main.tf line 1, in …:` and the lines of source below: Terraform without a box.
fn is_place(body: &str, before: &str) -> bool {
    let names = |line: &str| {
        line.starts_with("  with ") && line.ends_with(',')
            || line.starts_with("  on ") && line.contains(" line ")
    };
    names(body)
        || names(before)
            && body
                .trim_start()
                .starts_with(|first: char| first.is_ascii_digit())
            && body.contains(": ")
}

/// Whether a traceback ends in the error that stands in front of it.
fn is_same(body: &str, before: &str, head: &str) -> bool {
    let code = |line| scan::between(line, "occurred (", ")");
    before.starts_with("    ") && code(body).is_some() && code(body) == code(head)
}

/// The line of source below the place that a traceback of Python names.
fn is_source(body: &str, before: &str) -> bool {
    before.trim_start().starts_with("File \"") && indent(body) > indent(before)
}

/// Whether the line is of the object that JavaScript prints behind a stack: `at x (y) {`, its fields, `}`.
fn is_dumped(block: &Block) -> bool {
    let mut depth = 0;
    for number in block.marked() + 1..block.len() - 1 {
        let line = block.body(number);
        let opens = line.trim_start().starts_with("at ") && line.ends_with('{');
        if opens || depth > 0 {
            depth += scan::braces(line);
        }
    }
    depth > 0
}

/// Whether the line stands in a box as Terraform draws it, with whatever log prefix before it.
pub fn is_boxed(line: &str) -> bool {
    let edges = memchr::memchr_iter(0xe2, line.as_bytes());
    edges
        .into_iter()
        .any(|at| line[at..].starts_with(['│', '╵']))
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The quote that a value of YAML opens in the line and does not close there: the string is folded, and goes on below.
pub fn folds(line: &str) -> Option<char> {
    let inner = line.trim_start();
    let (key, value) = inner.strip_prefix("- ").unwrap_or(inner).split_once(": ")?;
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let named = key.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (named && !key.is_empty() && !unfolds(&value[1..], quote)).then_some(quote)
}

/// Whether the string ends here; an escaped quote ends none.
fn unfolds(text: &str, quote: char) -> bool {
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == '\\' && quote == '"' {
            letters.next();
        } else if letter == quote && letters.next_if_eq(&'\'').is_none_or(|_| quote == '"') {
            return true;
        }
    }
    false
}

/// Whether the last line goes on with the string that YAML has folded at its blanks: `message: "one` and, indented, `two"`;
/// that it has not ended yet is asked before ([`is_past_fold`]).
fn is_folded(block: &Block) -> bool {
    let (head, last) = (block.marked(), block.len() - 1);
    folds(block.body(head)).is_some()
        && indent(block.body(last)) > indent(block.body(head))
        && !block.body(last).trim().is_empty()
}

/// Whether a string that was folded has ended before the last line.
pub fn is_past_fold(block: &Block) -> bool {
    let (head, last) = (block.marked(), block.len() - 1);
    folds(block.body(head))
        .is_some_and(|quote| (head + 1..last).any(|number| unfolds(block.body(number), quote)))
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

/// Whether the line is of a stack, or of what stands around one.
pub fn is_trace(body: &str) -> bool {
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
            "For verbose messaging see ",
        ]
        .iter()
        .any(|head| inner.starts_with(head))
        // What Lambda's runtime calls it, alone in a line.
        || body.starts_with("Runtime.") && scan::word(body) == body
}
