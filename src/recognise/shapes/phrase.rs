//! Messages without a code, known by their words.
//!
//! A row of [`PHRASES`] is `(producer, words)`: the words are whole enough that nothing but an AWS client says them.
//! The error's message is the line from the words on, the words before it in the same sentence included.

use super::{Block, Reading, Shape, found, of, some};

/// See the module.
#[derive(Debug)]
pub struct Phrase;

/// `(producer, words)`.
pub const PHRASES: &[(&str, &str)] = &[
    ("aws-cli", "Unable to locate credentials"),
    ("aws-cli", "Partial credentials found in"),
    ("aws-cli", "Credentials were refreshed, but the refreshed credentials are still expired"),
    ("aws-cli", "The config profile ("),
    ("aws-cli", "You must specify a region"),
    ("aws-cli", "Could not connect to the endpoint URL"),
    ("aws-cli", "timeout on endpoint URL"),
    ("aws-cli", "a valid response from endpoint URL"),
    ("aws-cli", "SSL validation failed for"),
    ("aws-cli", "Error loading SSO Token"),
    ("aws-cli", "when retrieving token from sso"),
    ("aws-cli", "Token has expired and refresh failed"),
    ("aws-cli", "The SSO session associated with this profile"),
    ("aws-cli", "Invalid endpoint: "),
    ("aws-cli", "Unable to parse config file"),
    ("aws-cli", "Parameter validation failed"),
    ("aws-cli", "arameter validation failed"),
    ("aws-cli", "Unknown options: "),
    ("aws-cli", "aws: error: "),
    ("aws-cli", "aws: [ERROR]: "),
    ("aws-cli", "Error parsing parameter "),
    ("aws-cli", "Unable to redirect output to pager"),
    ("aws-cli", "ailed to connect to proxy URL"),
    ("aws-cli", "Error when retrieving credentials from"),
    ("aws-cli", "aws: command not found"),
    ("aws-cli", "aws: not found"),
    ("botocore", "botocore.exceptions."),
    ("botocore", "Waiter "),
    ("go-sdk", "NoCredentialProviders"),
    ("go-sdk", "no valid providers in chain"),
    ("go-sdk", "failed to refresh cached credentials"),
    ("go-sdk", "No valid credential sources found"),
    ("go-sdk", "o valid credential sources"),
    ("go-sdk", "could not find region configuration"),
    ("go-sdk", "failed to get shared config profile"),
    ("java-sdk", "Unable to load AWS credentials from any provider"),
    ("java-sdk", "Unable to load credentials from any of the providers"),
    ("java-sdk", "Unable to find a region via the region provider chain"),
    ("java-sdk", "Unable to load region from any of the providers"),
    ("java-sdk", "Unable to contact EC2 metadata service"),
    ("java-sdk", "No AWS Credentials provided by"),
    ("js-sdk", "Could not load credentials from any providers"),
    ("js-sdk", "Missing credentials in config"),
    ("js-sdk", "Missing region in config"),
    ("js-sdk", "Region is missing"),
    ("js-sdk", "Inaccessible host: "),
    ("docker", "no basic auth credentials"),
    ("docker", "Your authorization token has expired"),
    ("docker", "is not authorized to perform: ecr:"),
    ("docker", "name unknown: The repository with name"),
    ("ecs", "ResourceInitializationError: "),
    ("ecs", "CannotPullContainerError: "),
    ("lambda", "Task timed out after "),
    ("lambda", "Runtime exited with"),
    ("aws", "is not authorized to perform: "),
    ("github-actions", "Credentials could not be loaded"),
    ("eks", "getting credentials: exec: executable aws"),
];

impl Shape for Phrase {
    fn read(&self, block: &Block) -> Reading {
        let text = block.from_mark();
        let line = block.body(block.marked());
        let Some((producer, words)) = PHRASES.iter().find(|(_, words)| line.contains(words)) else { return Reading::No };
        // Source code that holds the words is no error.
        let quoted = line.contains(&format!("('{words}")) || line.contains(&format!("(\"{words}"));
        if quoted || (*words == "Waiter " && !line.contains(" failed: ")) {
            return Reading::No;
        }
        let mut error = of(producer);
        let message = if words.contains("arameter validation") || line.ends_with(':') { text } else { line };
        error.message = some(message);
        if let Some(code) = code(line) {
            error.code = Some(code.to_owned());
        }
        found(error)
    }

    fn goes_on(&self, block: &Block) -> bool {
        let last = block.len() - 1;
        let head = block.from_mark();
        let line = block.body(last);
        head.contains("arameter validation failed") && last - block.marked() < 16 && (line.starts_with(' ') || line.contains("parameter") || line.starts_with("Invalid ") || line.starts_with("Missing "))
    }

    fn may_skip_blank(&self, block: &Block) -> bool {
        block.from_mark().contains("aws: [ERROR]")
    }
}

/// A code that stands right in front of its message: `ResourceInitializationError: …`.
fn code(line: &str) -> Option<&'static str> {
    ["ResourceInitializationError", "CannotPullContainerError", "NoCredentialProviders"].into_iter().find(|code| line.contains(code))
}
