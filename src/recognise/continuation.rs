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
        || body.starts_with(TRACEBACK) && last == block.marked() + 1
        || is_same(body, before, head)
        || is_dumped(block, last)
        || is_folded(block)
}

/// Whether only a blank line lies between the error and the place that Terraform names below it, where it draws no box.
pub fn may_skip_blank(block: &Block) -> bool {
    block.body(block.marked()).contains("Error: ")
}

/// Whether the block's last line, whatever its shape, may have one behind it that [`begins_apart`].
pub fn awaits(block: &Block) -> bool {
    let (head, last) = (block.line(block.marked()), block.body(block.len() - 1));
    names_source(last)
        || names_place(last)
        || last.starts_with(SOURCE) && code(head).is_some()
        || is_dumped(block, block.len())
        || folds(block.body(block.marked())).is_some()
}

/// Whether a line whose body begins like this belongs to none before it by its own words. It stands in no box
/// ([`has_edge`]).
pub fn begins_apart(body: &str) -> bool {
    let inner = body.trim_start();
    let first = inner.bytes().next();
    first.is_some_and(|first| {
        !BEGINS_OWN[usize::from(first)]
            || !OWN_SIGNS.contains(&first)
                && inner.trim_end() != "{"
                && !is_trace(body)
                && !OWN_HEADS.iter().any(|head| inner.starts_with(head))
    })
}

/// The signs that lines begin with which may belong to objects, lists, or what points at a place in the line before.
const OWN_SIGNS: &[u8] = b"<\",-+.^}";

/// The first letters of all that may not be apart: most lines are told by theirs.
const BEGINS_OWN: [bool; 256] = {
    const fn add(mut begins: [bool; 256], heads: &[&str]) -> [bool; 256] {
        let mut at = 0;
        while at < heads.len() {
            begins[heads[at].as_bytes()[0] as usize] = true;
            at += 1;
        }
        begins
    }
    let mut begins = [false; 256];
    let mut at = 0;
    while at < OWN_SIGNS.len() {
        begins[OWN_SIGNS[at] as usize] = true;
        at += 1;
    }
    begins[b'{' as usize] = true;
    add(add(add(begins, OWN_HEADS), TRACE), AROUND)
};

/// How lines begin that a shape takes as its own, wherever they stand.
const OWN_HEADS: &[&str] = &[
    TRACEBACK,
    "At ",
    "at ",
    "with ",
    "on ",
    "Runtime.",
    "Error message: ",
    "Message: ",
    "RespMetadata",
    "u'",
];

/// `  with aws_instance.x,`, `  on main.tf line 1, in …:` and the lines of source below: Terraform without a box.
fn is_place(body: &str, before: &str) -> bool {
    names_place(body)
        || names_place(before)
            && body
                .trim_start()
                .starts_with(|first: char| first.is_ascii_digit())
            && body.contains(": ")
}

fn names_place(line: &str) -> bool {
    line.starts_with("  with ") && line.ends_with(',')
        || line.starts_with("  on ") && line.contains(" line ")
}

/// How far source is indented in a traceback.
const SOURCE: &str = "    ";

/// Whether a traceback ends in the error that stands in front of it.
fn is_same(body: &str, before: &str, head: &str) -> bool {
    before.starts_with(SOURCE) && code(body).is_some() && code(body) == code(head)
}

fn code(line: &str) -> Option<&str> {
    scan::between(line, "occurred (", ")")
}

/// Whether the last line begins with the sentence of the AWS CLI, and another code: behind an error that has its code that
/// is another one, and what has told nothing so far was cut.
pub fn begins_anew(block: &Block) -> bool {
    let last = block.len() - 1;
    let body = block.body(last);
    let sentence = body.strip_prefix("aws: [ERROR]: ").unwrap_or(body);
    sentence.starts_with("An error occurred (")
        && !is_boxed(block.line(last))
        && code(sentence) != code(block.line(block.marked()))
}

/// The line of source below the place that a traceback of Python names.
fn is_source(body: &str, before: &str) -> bool {
    names_source(before) && indent(body) > indent(before)
}

fn names_source(line: &str) -> bool {
    line.trim_start().starts_with("File \"")
}

/// Whether line `next` is of the object that JavaScript prints behind a stack: `at x (y) {`, its fields, `}`.
fn is_dumped(block: &Block, next: usize) -> bool {
    let mut depth = 0;
    for number in block.marked() + 1..next {
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
    has_edge(line.as_bytes())
}

/// Whether a box begins with the line.
pub fn opens_box(line: &str) -> bool {
    line.contains('╷')
}

/// Whether each line of the marked one's box belongs to it.
pub fn is_in_box(block: &Block) -> bool {
    is_boxed(block.line(block.marked())) && folds(block.body(block.marked())).is_none()
}

/// Whether a line that was not cleaned stands in a box.
pub fn has_edge(line: &[u8]) -> bool {
    has_one_of(line, &["│", "╵"])
}

/// Whether a line that was not cleaned is where a box ends.
pub fn has_end(line: &[u8]) -> bool {
    has_one_of(line, &["╵"])
}

/// Whether one of these strokes, which all begin with one byte, stands in the line.
fn has_one_of(line: &[u8], strokes: &[&str]) -> bool {
    let begins = |at: usize| {
        let mut strokes = strokes.iter();
        strokes.any(|stroke| line[at..].starts_with(stroke.as_bytes()))
    };
    memchr::memchr_iter(0xe2, line).any(begins)
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The quote that a value of YAML opens in the line and does not close there: the string is folded, and goes on below.
pub fn folds(line: &str) -> Option<char> {
    let inner = line.trim_start();
    let (key, value) = scan::parted(inner.strip_prefix("- ").unwrap_or(inner), ": ")?;
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
    has_end(line.as_bytes())
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
    let begins = |heads: &[&str]| heads.iter().any(|head| inner.starts_with(head));
    indented && begins(TRACE)
        || inner.starts_with("at ") && inner.ends_with(')')
        || begins(AROUND)
        // What Lambda's runtime calls it, alone in a line.
        || body.starts_with("Runtime.") && scan::word(body) == body
}

/// How Python's stack begins.
pub const TRACEBACK: &str = "Traceback (most recent call last)";

/// How the lines of a stack begin, which are indented.
const TRACE: &[&str] = &["at ", "File \"", "... ", "from ", "^"];

/// How lines begin that stand around a stack.
const AROUND: &[&str] = &[
    "status code: ",
    "caused by: ",
    "Caused by: ",
    "---> ",
    "--- End of ",
    "Additional error details:",
    "For verbose messaging see ",
];
