//! A code by its name: `CODE: MESSAGE`, or a printed object with the code in a field, and no other mark of AWS.
//!
//! ```text
//! [anything: |* |[|=> ]CODE: MESSAGE      CODE -- MESSAGE      [CODE] MESSAGE      CODE (client): MESSAGE
//! CODE MESSAGE                             (alone in the line, the message of AWS's own words)
//! {"message":"M","code":"CODE",…}         { code: 'CODE', … }  {'Code': 'CODE', …}  code = CODE
//! ```
//!
//! Only codes that the catalogue knows count. One that other software uses too (`AccessDenied`, `NotFoundException`) needs
//! AWS somewhere near it. Looks alike and is none: the code in source, in a document, in a list of codes.

use super::{Block, Reading, Shape, depth, foreign, found, javascript, of, some};
use crate::{
    catalogue,
    recognise::scan::{braces, field, number, until},
};

/// See the module.
#[derive(Debug)]
pub struct Named;

impl Shape for Named {
    fn may_be_foreign(&self) -> bool {
        true
    }

    fn read(&self, block: &Block) -> Reading {
        let line = block.body(block.marked());
        if foreign::surrounds(block) || is_source(line) {
            return Reading::No;
        }
        let front = in_front(block, line);
        if matches!(front, Reading::Found(_)) {
            return front;
        }
        match (front, in_field(block, line)) {
            // An object tells more than a stack that may come.
            (Reading::No, field) | (_, field @ Reading::Found(_)) => field,
            (front, _) => front,
        }
    }

    fn goes_on(&self, block: &Block) -> bool {
        let last = block.len() - 1;
        let (before, line) = (block.body(last - 1).trim_end(), block.body(last).trim());
        let listed =
            last - block.marked() < 24 && (before.ends_with(',') || line.starts_with(", "));
        // What the Go SDK finds wrong with a request before it sends it.
        let is_found = line.starts_with("- ")
            && (before.starts_with("- ") || before.ends_with("validation error(s) found."));
        depth(block, block.marked()..last) > 0
            || listed
            || is_found
            || line == "{"
            || line.contains("RespMetadata")
    }

    fn may_go_on(&self, block: &Block) -> bool {
        depth(block, block.marked()..block.len()) > 0
            || block.body(block.len() - 1).trim_end().ends_with(',')
    }

    fn may_be_wrapped(&self) -> bool {
        true
    }
}

/// How many codes of a line are looked at: one with more is a list of them.
const MOST_CODES: usize = 8;

/// `CODE: MESSAGE` and its like. A code that others use too may have a stack below it that runs through an SDK.
fn in_front(block: &Block, line: &str) -> Reading {
    let (mut from, mut codes, mut otherwise) = (0, 0, Reading::No);
    while let Some(offset) = line[from..].find(|letter: char| letter.is_ascii_alphanumeric()) {
        let start = from + offset;
        let length = line[start..]
            .bytes()
            .take_while(|byte| byte.is_ascii_alphanumeric() || b"._".contains(byte))
            .count();
        from = start + length;
        let path = line[start..from].trim_end_matches('.');
        let Some(code) = own(path) else { continue };
        codes += 1;
        if codes > MOST_CODES {
            break;
        }
        let behind = &line[start + path.len()..];
        let end = [
            ": ",
            "] ",
            "]: ",
            " -- ",
            " (client): ",
            " (server): ",
            ", Message: ",
            " - ",
            "(properties: ",
            " error on AWS request",
        ]
        .iter()
        .find(|end| behind.starts_with(**end));
        let message = match end {
            Some(end) => &behind[end.len()..],
            // Without quotes a field's value would end at its first blank.
            None if line[..start].ends_with("code: ") && behind.starts_with(", message: ") => {
                &behind[", message: ".len()..]
            }
            None if behind == ":" => block.line(block.marked() + 1),
            None if behind.is_empty()
                && line[..start].ends_with(": ")
                && !is_key(&line[..start]) =>
            {
                ""
            }
            None if behind.is_empty() && speaks_of_error(&line[..start]) => "",
            None if behind.starts_with(" The ") && line[..start].ends_with("Sender ") => {
                &behind[1..]
            }
            None if start == 0 && code == path && is_said(behind) => &behind[1..],
            None => continue,
        };
        if code.is_empty()
            || ["Returned ", "When ", "Thrown ", "Indicates ", "Raised "]
                .iter()
                .any(|head| message.starts_with(head))
            || message == "Unauthorized"
            || message.starts_with("HTTP ")
            || ["PermissionError", "FileNotFoundError"].contains(&code)
            || message.starts_with("HTTP/")
            || is_declared(message)
            || message.is_empty() && behind == ":"
        {
            continue;
        }
        if !counts(code, message, spoken(block)) {
            // Inside quotes it is a value of something, and what follows is the rest of that.
            if behind.starts_with(": ") && !line[..start].contains('"') {
                otherwise = Reading::More;
            }
            continue;
        }
        let mut error = of(producer(block.text()));
        error.code = Some(code.to_owned());
        let said = until(message, &['\n'])
            .split("\\n")
            .next()
            .unwrap_or_default();
        let causes = (block.marked() + 1..block.len())
            .map(|number| block.body(number).trim())
            .filter(|line| line.starts_with("caused by: "));
        error.message = some(
            &std::iter::once(said)
                .chain(causes)
                .collect::<Vec<_>>()
                .join(" "),
        );
        error.http_status = field(block.text(), "StatusCode")
            .or_else(|| field(block.text(), "statusCode"))
            .and_then(|status| number(&status));
        error.request_id =
            field(block.text(), "RequestID").or_else(|| field(block.text(), "requestId"));
        return found(error);
    }
    otherwise
}

/// Where words of AWS count: in all lines but those of a stack, which names a program's own packages.
fn spoken(block: &Block) -> &str {
    let mut below = block.marked() + 1..block.len();
    let stack = below.find(|number| block.body(*number).trim_start().starts_with("at "));
    block.lines(0..stack.unwrap_or(block.len()))
}

/// Whether what stands before a value is its name in YAML, `  - Name: `, and no name of an error.
fn is_key(head: &str) -> bool {
    let name = head.trim().trim_start_matches("- ").trim_end_matches(':');
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-".contains(&byte);
    let of_error = ["rror", "ode", "eason", "xception"].iter();
    name.bytes().all(is_plain) && !of_error.into_iter().any(|mark| name.contains(mark))
}

/// ` MESSAGE` in AWS's own words, and not a row of a table of codes, where status and side follow.
fn is_said(behind: &str) -> bool {
    let has = |words: &&str| behind.contains(*words);
    behind.starts_with(' ')
        && OWN_WORDS.iter().any(has)
        && !behind.ends_with("Client")
        && !behind.ends_with("Server")
        && !behind.contains(['|', '`'])
}

/// Whether a sentence that ends in a code says that it is one: `Error getting records from shard CODE`.
fn speaks_of_error(head: &str) -> bool {
    head.ends_with(' ')
        && head
            .split(' ')
            .any(|word| matches!(word, "error" | "Error" | "ERROR"))
}

/// The code in a field of a printed object.
fn in_field(block: &Block, line: &str) -> Reading {
    let names = [
        "code",
        "Code",
        "errorType",
        "s3ErrorCode",
        "_serviceCode",
        "name",
    ];
    let text = block.text();
    // The code may stand below the message, in an object of one field a line.
    let near = if line.ends_with(',') {
        block.from_mark()
    } else {
        line
    };
    let Some(code) = names
        .iter()
        .find_map(|name| field(near, name).filter(|code| own(code) == Some(code.as_str())))
    else {
        return Reading::No;
    };
    let message = [
        "message",
        "Message",
        "errorMessage",
        "s3ErrorMessage",
        "msg",
    ]
    .iter()
    .find_map(|name| field(text, name))
    .or_else(|| javascript::thrown(block).map(str::to_owned));
    // A code alone is a list of codes, or the model that they are made from.
    let printed = message.is_some()
        || code.starts_with("Runtime.")
        || ["statusCode", "requestId", "retryable", "amzRequestid"]
            .iter()
            .any(|name| field(text, name).is_some());
    let said = message.as_deref().unwrap_or_default();
    if !printed || !counts(&code, said, speaking(block)) {
        return Reading::More;
    }
    let mut error = of(producer(text));
    error.code = Some(code);
    error.message = message;
    error.http_status = field(text, "statusCode")
        .or_else(|| field(text, "httpStatusCode"))
        .and_then(|status| number(&status));
    error.request_id = field(text, "requestId");
    found(error)
}

/// The code that a word is: itself, or the last part of a path of AWS's own.
pub(super) fn own(path: &str) -> Option<&str> {
    let is_known = |code: &str| {
        code.len() >= 5
            && code.bytes().filter(u8::is_ascii_uppercase).count() >= 2
            && catalogue::code(code).is_some()
    };
    if is_known(path) {
        return Some(path);
    }
    let last = path.rsplit('.').next()?;
    let is_ours = || {
        let path = path.to_ascii_lowercase();
        let mut marks = ["aws", "botocore", "boto3", "amazon"].iter();
        marks.any(|mark| path.contains(mark))
    };
    (last.len() < path.len() && is_known(last) && is_ours()).then_some(last)
}

/// Where a word of AWS counts for a code that others use too: an object that stands whole on its line speaks for itself.
pub(super) fn speaking(block: &Block) -> &str {
    let line = block.line(block.marked());
    let is_whole = line.trim_end().ends_with('}') && line.contains('{') && braces(line) == 0;
    if is_whole { line } else { block.text() }
}

/// Whether the code says AWS by itself, or stands near something that does.
pub(super) fn counts(code: &str, message: &str, text: &str) -> bool {
    let facts = catalogue::code(code);
    let services = facts.map_or(0, |facts| facts.services().count());
    let shared = services == 0
        || services > 8
        || GENERIC.contains(&code)
        || code
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    let near = || {
        [
            "aws",
            "AWS",
            "arn:",
            "mazon",
            "dynamodb",
            "DynamoDB",
            "Lambda",
            "S3",
            "s3:",
            "Bedrock",
            "EC2",
            "IAM",
            "extractError",
            "retryable",
            "amzRequestid",
            "RespMetadata",
            "X-Ray",
            "cloudformation",
            "CloudF",
        ]
        .iter()
        .any(|mark| text.contains(mark))
    };
    let own_words = OWN_WORDS
        .iter()
        .any(|words| message.contains(words) || text.contains(words));
    let runtime = code.starts_with("Runtime.");
    let own_pair = OWN_PAIRS.contains(&(code, message.trim_end()));
    !shared || runtime || own_words || own_pair || near()
}

/// Words of messages that AWS alone writes.
const OWN_WORDS: &[&str] = &[
    "security token included",
    "Rate exceeded",
    "Too many tokens",
    "request signature we calculated",
    "not authorized to perform: ",
    "The provided token",
    "not able to validate the provided access",
    "The difference between the request time",
    "Access Key Id you provided",
    "The bucket ",
    "The specified ",
    "You have requested more",
    "not a valid key=value",
    "exceeded the configured",
    "Reduce your request rate",
    "EKS Cluster",
    "recovery points",
    "send request failed",
    "could not find region configuration",
    "static credentials are empty",
    "Missing region in config",
    "Missing credentials in config",
    "failed to retrieve credentials",
    "when retrieving credentials",
    "invalid endpoint uri",
    "Inaccessible host",
    "The operation cannot be performed at this",
    "Session token not found",
    "reduce your request rate",
    "Too Many Requests",
    "Requested resource not found",
    "Error in role params",
    "Invalid principal",
    "EMR cluster",
    "do not have sufficient",
    "does not have sufficient permissions",
    "due to concurrent modification",
    "Encoded authorization failure message",
    "validation error detected",
    "Request limit exceeded",
    "validation errors detected",
    "validation error(s)",
    "Access to KMS is not allowed",
    "Must specify userName when calling",
    "Password did not conform with policy",
];

/// Codes that others use too, with the message that AWS alone gives them.
const OWN_PAIRS: &[(&str, &str)] = &[
    ("AccessDenied", "Access Denied"),
    ("UserNotFoundException", "User does not exist."),
    (
        "InternalError",
        "We encountered an internal error. Please try again.",
    ),
    (
        "MethodNotAllowed",
        "The specified method is not allowed against this resource.",
    ),
];

/// Codes of one or a few services that other software uses as well.
const GENERIC: &[&str] = &[
    "AccessDenied",
    "AlreadyExists",
    "ArgumentException",
    "AuthenticationFailed",
    "BadRequest",
    "BaseException",
    "ConcurrentModificationException",
    "ConfigError",
    "ConnectionError",
    "DuplicateRequestException",
    "EntityNotFoundException",
    "FileNotFoundError",
    "Forbidden",
    "GatewayTimeoutException",
    "IOError",
    "IllegalArgumentException",
    "IllegalStateException",
    "InternalError",
    "InvalidArgument",
    "InvalidArgumentException",
    "InvalidCast",
    "InvalidCertificate",
    "InvalidCharacter",
    "InvalidClientException",
    "InvalidConfiguration",
    "InvalidConfigurationException",
    "InvalidCredentials",
    "InvalidCredentialsException",
    "InvalidDataType",
    "InvalidDestination",
    "InvalidDocument",
    "InvalidDomainName",
    "InvalidEmailException",
    "InvalidEndpoint",
    "InvalidFilter",
    "InvalidFormat",
    "InvalidGrantException",
    "InvalidHeader",
    "InvalidImage",
    "InvalidInput",
    "InvalidKey",
    "InvalidName",
    "InvalidOperationException",
    "InvalidOutput",
    "InvalidParameter",
    "InvalidParameterException",
    "InvalidPasswordException",
    "InvalidPathException",
    "InvalidPolicy",
    "InvalidQueryException",
    "InvalidRange",
    "InvalidRequest",
    "InvalidRole",
    "InvalidRuntime",
    "InvalidScheme",
    "InvalidSchemeException",
    "InvalidScopeException",
    "InvalidSecretException",
    "InvalidService",
    "InvalidSessionException",
    "InvalidSignature",
    "InvalidSize",
    "InvalidState",
    "InvalidTag",
    "InvalidTemplate",
    "InvalidToken",
    "InvalidVersion",
    "MethodNotAllowed",
    "MissingParameter",
    "NotAuthorized",
    "NotFound",
    "NotFoundException",
    "OptimisticLockException",
    "OutOfMemory",
    "OutOfMemoryError",
    "PermissionError",
    "QuotaExceededException",
    "RequestError",
    "ResourceNotFound",
    "ServerError",
    "ServiceException",
    "ServiceNotFound",
    "ServiceNotFoundException",
    "ServiceUnavailable",
    "SubscriptionNotFound",
    "Throttled",
    "TimeoutError",
    "TimeoutException",
    "TooManyRequests",
    "UnauthorizedException",
    "UnsupportedMediaType",
    "UnsupportedOperation",
    "UnsupportedOperationException",
    "UserNotFoundException",
    "ValidationError",
    "ValidationException",
];

/// Whether what stands behind a name is its type, as in `NotFound: Final = "404"`.
fn is_declared(message: &str) -> bool {
    let (kind, rest) = message.split_once(' ').unwrap_or((message, ""));
    kind == "..." || rest.starts_with("= ") || kind == "=" || rest.trim_start().starts_with("# ")
}

/// Whether the line is source code, a diff of it, or a document.
fn is_source(line: &str) -> bool {
    let line = line.trim_start();
    [
        // The service models say it of their codes.
        "\"senderFault\"",
        "catch (",
        "throw new",
        "except ",
        "require(",
        "===",
        "!== ",
        "if (",
        "elif ",
        "raise ",
        "grep ",
        "== '",
        "== \"",
        "!= '",
    ]
    .iter()
    .any(|mark| line.contains(mark))
        || line.starts_with("import ")
        || [
            "@throws",
            "@exception",
            "@raise",
            ":raise",
            ":exc:",
            ":class:",
        ]
        .iter()
        .any(|mark| line.trim_start_matches(['*', ' ']).starts_with(mark))
        || line.starts_with("from ") && line.contains(" import ")
        || line.starts_with(['+', '*', '`', '#'])
            && (line.contains("e.response") || line.contains('`'))
}

/// Which client it was, as far as the text around tells.
fn producer(text: &str) -> &'static str {
    for (mark, producer) in [
        ("retryable", "js-sdk-v2"),
        ("extractError", "js-sdk-v2"),
        ("RespMetadata", "go-sdk-v1"),
        ("boto", "botocore"),
        ("amzRequestid", "minio"),
        ("errorType", "lambda"),
        ("│", "go-sdk"),
        ("AWSException", "julia-sdk"),
    ] {
        if text.contains(mark) {
            return producer;
        }
    }
    "named"
}
