//! No input makes reading slower than linear, or a block larger than its caps.
//!
//! Each input is of one of the worst kinds: an anchor in every line, blocks that open and never close, lines without an
//! end, nesting, escapes. Its parts differ, so that nothing is known from before. What is held is a number that is the same
//! in every run: the bytes that the shapes were shown and have searched (`recognise::work`), for each byte that came.

use std::thread;

use super::hear;
use crate::recognise::counted;

/// How many bytes are read at most for each that comes, whatever comes: a line may be looked back at from each of the 32
/// behind it, and each look is some forty searches. Ordinary logs are far below one.
const MOST: u64 = 1250;

/// How long each input is: many blocks, and more than the longest line that is looked at.
const SIZE: usize = 64 << 10;

/// How long a block may be: its cap, and one line that was begun before it was full.
const LONGEST: usize = (64 << 10) + (40 << 10) + 64;

/// Each kind: its name, what comes first, and what is repeated with another `#` each time.
const KINDS: &[(&str, &str, &str)] = &[
    ("an anchor a line", "", "Error: # Invalid\n"),
    (
        "an anchor a line in a box",
        "",
        "│ Error: # api error Denied\n",
    ),
    ("short paragraphs in a box", "", "│ api error #\n│\n"),
    ("codes in a box", "", "│ Error: # status code: of x\n│ \n"),
    (
        "a padded box",
        "",
        "│ api error #                     a                     a\n│\n",
    ),
    ("brackets", "", "[#[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["),
    (
        "brackets behind an anchor",
        "\"Code\": ",
        "{{{{{{{{{{{{{#{{{{{{{{{{{{{",
    ),
    (
        "brackets behind a service",
        "",
        "(Service: ((((((((((((((((((((((((#((((((((((((",
    ),
    ("deep JSON in a line", "", "{\"Code\":"),
    (
        "deep JSON in a line, with codes",
        "",
        "{\"Code\":{\"code\":\"AccessDenied\",\"#\":",
    ),
    ("deep JSON in lines", "", "{\"Code\":{\"#\":\n"),
    (
        "objects that never close",
        "",
        "{ \"Code\": \"#\", \"Code\n",
    ),
    (
        "faults that never close",
        "",
        "{\"code\": { \"$fault\": \"#\n",
    ),
    ("fields in a line", "", "code=code code: "),
    ("quotes in a line", "", "\\\"Code\\\":\\\""),
    (
        "backslashes",
        "\"Code\": \"",
        "\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\",
    ),
    (
        "XML without an end",
        "",
        "<Error><Code>NoSuchKey</Code><#>\n",
    ),
    ("XML in a line", "", "<Code>#</Code>"),
    (
        "a message without an end",
        "<Error><Code>NoSuchKey</Code><Message>",
        "text # goes on\n",
    ),
    (
        "a traceback without an end",
        "Traceback (most recent call last):\n",
        "  File \"/x/#.py\", line 1, in x\n    raise error_class(parsed_response, otocore.exceptions.#\n",
    ),
    (
        "a stack without an end",
        "AccessDenied: x\n",
        "    at Request.extractError (#.js)\n",
    ),
    (
        "Java's stack",
        "com.amazonaws.AmazonServiceException: x (Service: S3; Status Code: 403\n",
        "\tat com.amazonaws.#(X.java:1)\n",
    ),
    ("carriage returns", "", "occurred (#\r"),
    ("carriage returns and breaks", "", "occurred (#\r\n"),
    ("escapes", "", "\u{1b}[31moccurred (\u{1b}[0m#\u{1b}]8;;\n"),
    ("escapes without an end", "", "\u{1b}[31;occurred (#"),
    ("heads in a line", "", "n error occurred ("),
    ("heads", "", "n error occurred (#\n"),
    (
        "padded heads",
        "",
        "An error occurred (#                                 a                                     a\n",
    ),
    ("operations in a line", "", "operation error "),
    ("operations", "", "operation error #: X,\n"),
    ("errors in a line", "", "Error: Invalid: "),
    ("a code in a line", "", "AccessDenied: "),
    ("a shared code in a line", "", "ValidationException: "),
    (
        "codes and breaks in a string",
        "",
        "ValidationException: x\\n\\tstatus code: 400\\n",
    ),
    ("status codes", "", "X: status code: # "),
    ("status codes in lines", "", "x: y\n\tstatus code: #\n"),
    ("causes", "", "caused by: # status code: 403\n"),
    ("PHP", "", "rror executing \"# AWS HTTP error (client): \n"),
    (
        "PHP in a line",
        "",
        "rror executing \"AWS HTTP error (client): ",
    ),
    ("Ruby in a line", "", "Aws::S3::Errors::Errors::Abc"),
    ("Rust", "", "unhandled error (\n    #\n"),
    (
        "Rust that never closes",
        "",
        "DispatchFailure( ConnectorError # {\n",
    ),
    ("metadata", "", "RespMetadata: { # {\n"),
    ("Haskell", "", "[ServiceError] { code       =# {\n"),
    (".NET in a line", "", "Amazon.S3.Model.#Exception "),
    ("CloudFormation", "", "CREATE_FAILED | AWS::# |  x\n"),
    ("handlers", "", "returned message: \"# HandlerErrorCode\n"),
    ("PowerShell", "", "FullyQualifiedErrorId : #\n"),
    ("headers", "x-amzn-errortype: A\n", "x-#: mzn-errortype\n"),
    ("tables", "", "+--#--+ | Code | |  Code  \n"),
    ("the CLI's JSON", "", "{\n    \"Code\": \"#\n"),
    ("the CLI's text", "", "AccessDeniedException\t#\n"),
    (
        "details",
        "aws: [ERROR]: An error occurred (X) when calling the Y operation: z\n\nAdditional error details:\n",
        "#: y\n",
    ),
    ("lists", "", "AccessDenied: #,\n"),
    (
        "lists of fields",
        "",
        "\"code\": \"AccessDenied\", \"#\": [\n",
    ),
    (
        "retries",
        "",
        "An error occurred (Throttling) when calling the X# operation (reached max retries: #): x\n",
    ),
    ("boto", "", "S3ResponseError: 403 #\n<Error>\n"),
    (
        "ARNs",
        "",
        "arn:aws:iam::123456789012:x ValidationException: ",
    ),
    ("the command in a line", "", "aws: aws aws: "),
    (
        "letters of several bytes",
        "",
        "é│ Error: Invalidé: ValidationExceptioné: #\n",
    ),
    ("bytes that are no letters", "", "occurred (\0\0\u{7f}"),
];

/// An input of the kind, of about that many bytes.
fn input(head: &str, part: &str, length: usize) -> Vec<u8> {
    let (mut text, mut state) = (head.to_owned(), 1_u32);
    while text.len() < length {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        // Letters alone: numbers and ids are left out of what is known.
        let own: String = (0..6)
            .map(|at| char::from(b'g' + (state >> (5 * at) & 15) as u8))
            .collect();
        text.push_str(&part.replace('#', &own));
    }
    text.into_bytes()
}

/// The same numbers for inputs of one kind, where they are too large.
fn fault(kind: &(&str, &str, &str)) -> Option<String> {
    let (name, head, part) = kind;
    let input = input(head, part, SIZE);
    let (read, longest) = counted::during(|| drop(hear(&input, None)));
    let each = read / input.len() as u64;
    (each > MOST || longest > LONGEST)
        .then(|| format!("{name}: each byte {each} times, a block of {longest} bytes"))
}

#[test]
fn each_byte_is_read_a_bounded_number_of_times() {
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let parts = KINDS.chunks(KINDS.len().div_ceil(workers));
    let faults: Vec<String> = thread::scope(|scope| {
        let work =
            |part: &'static [_]| scope.spawn(move || part.iter().filter_map(fault).collect());
        let running: Vec<thread::ScopedJoinHandle<'_, Vec<String>>> = parts.map(work).collect();
        running
            .into_iter()
            .flat_map(|part| part.join().expect("no panic"))
            .collect()
    });
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
